"""Reading one answer at a time: finding themes, settling where two differ, and proposing words to quote."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey.i18n import gettext
from survey.staff.door import admit
from survey.staff.parts import staff_parts
from survey.staff.reading.desk import Desk, contact_of, open_desk
from survey.staff.reading.hints import find_hints
from survey.staff.reading.messages import explain
from survey.staff.reading.views import Answer, back_to, words
from survey.staff.rights import Right
from survey.store.accounts import Account
from survey.store.coding import LONGEST_QUOTE, CodingError, Refusal, plain_words
from survey.store.quotes import propose_quote
from survey.store.readings import Coded, save_reading
from survey.store.written import find_words

NOTHING = "nothing"
"""What is sent for "nothing of these"; no theme is called so."""


@words.get("/<wave>/<item>/read")
def next_answer(wave: str, item: str) -> Answer:
    """The next answer that this reader has not read; without themes, the first of all."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    desk = open_desk(staff_parts(current_app), account, wave, item)
    return _go_on(desk, desk.to_read if desk.frame.codes else list(desk.places))


@words.get("/<wave>/<item>/settle")
def next_to_settle(wave: str, item: str) -> Answer:
    """The next answer on which this reader and another differ."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    desk = open_desk(staff_parts(current_app), account, wave, item)
    return _go_on(desk, desk.to_settle)


@words.get("/<wave>/<item>/read/<place>")
def show_answer(wave: str, item: str, place: str) -> Answer:
    """One answer; what another has found in it only once both have read it, and differ."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    desk = open_desk(staff_parts(current_app), account, wave, item)
    coded = _find(desk, place)
    mine = coded.by(account.id)
    if coded.is_full and mine is None:
        raise CodingError(Refusal.READ_BY_TWO)
    chosen = frozenset[str]() if mine is None else mine.now or frozenset({NOTHING})
    return _draw_answer(desk, place, coded, chosen)


@words.post("/<wave>/<item>/read/<place>")
def save_answer(wave: str, item: str, place: str) -> Answer:
    """Save what was found and go on to the next."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    desk = open_desk(parts, account, wave, item)
    coded = _find(desk, place)
    settling = coded.differ and coded.by(account.id) is not None
    chosen = frozenset(request.form.getlist("theme"))
    problem = _problem(chosen)
    if problem is None:
        try:
            save_reading(
                parts.store, account, wave=wave, answer=coded.answer, themes=chosen - {NOTHING}, now=parts.now()
            )
        except CodingError as error:
            if error.kind is not Refusal.UNKNOWN_THEME:
                raise
            problem = explain(error.kind)
    if problem is not None:
        return _draw_answer(desk, place, coded, chosen & (desk.frame.codes | {NOTHING}), problem), 400
    following = "staff.words.next_to_settle" if settling else "staff.words.next_answer"
    return redirect(url_for(following, wave=wave, item=item, after=place), 303)


@words.get("/<wave>/<item>/quote/<place>")
def ask_for_quote(wave: str, item: str, place: str) -> Answer:
    """The words of an answer, to take out of them whatever shows who somebody is."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    desk = open_desk(staff_parts(current_app), account, wave, item)
    coded = _find(desk, place)
    return _draw_quote(desk, place, coded, _words_of(coded), theme="")


@words.post("/<wave>/<item>/quote/<place>")
def propose(wave: str, item: str, place: str) -> Answer:
    """Propose a quote; what still looks like a name or a number has to be looked at first."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    desk = open_desk(parts, account, wave, item)
    coded = _find(desk, place)
    typed, theme = request.form.get("words", ""), request.form.get("chosen", "")
    if len(typed) <= LONGEST_QUOTE and find_hints(plain_words(typed)) and request.form.get("looked") != "yes":
        problem = gettext("Look at what is listed, and say that you did")
        return _draw_quote(desk, place, coded, typed, theme, problem=problem), 400
    try:
        propose_quote(parts.store, account, wave=wave, coded=coded, theme=theme, words=typed, now=parts.now())
    except CodingError as error:
        shown = typed[: 2 * LONGEST_QUOTE]
        return _draw_quote(desk, place, coded, shown, theme, problem=explain(error.kind)), 400
    return redirect(url_for("staff.words.list_quotes", wave=wave), 303)


def _problem(chosen: frozenset[str]) -> str | None:
    if not chosen:
        return gettext("Choose the themes you found, or “Nothing of these”")
    if NOTHING in chosen and len(chosen) > 1:
        return gettext("Choose themes or “Nothing of these”, not both")
    return None


def _find(desk: Desk, place: str) -> Coded:
    found = desk.places.get(place)
    if found is None:
        abort(404)
    return found


def _words_of(coded: Coded) -> str:
    """The words themselves: looked up for this page alone, and kept nowhere."""
    found = find_words(staff_parts(current_app).store, coded.answer)
    if found is None:
        raise CodingError(Refusal.ANSWER_GONE)
    return found


def _go_on(desk: Desk, places: list[str]) -> Response:
    """To the next of some places after the one that was just left, else back to the question."""
    after = request.args.get("after", "")
    following = next((place for place in places if place > after), None)
    if following is None and desk.to_read == places:
        following = next(iter(places), None)  # those that were passed over
    if following is None:
        return back_to(desk)
    left = after if after in desk.places else None
    address = url_for("staff.words.show_answer", wave=desk.wave.id, item=desk.question.item, place=following, left=left)
    return redirect(address, 303)


def _draw_answer(desk: Desk, place: str, coded: Coded, chosen: frozenset[str], problem: str | None = None) -> str:
    parts = staff_parts(current_app)
    left = request.args.get("left", "")
    mine = coded.by(desk.account.id)
    others = [reading.now for reading in coded.readings if reading is not mine]
    labels = {theme.code: theme.label for theme in desk.frame.in_use}
    return render_template(
        "staff/reading/answer.html",
        desk=desk,
        contact=contact_of(parts, desk.wave),
        place=place,
        answer=_words_of(coded),
        chosen=chosen,
        nothing=NOTHING,
        has_read=mine is not None,
        can_quote=mine is not None and bool(coded.found_by_both),
        why_no_quote=explain(Refusal.NOT_READ_BY_TWO),
        can_save=not coded.is_full or coded.differ,
        other=[labels[code] for code in labels if code in others[0]] if coded.differ and mine and others else None,
        is_settling=coded.differ and mine is not None,
        left=left if left in desk.places else None,
        problem=problem,
    )


def _draw_quote(desk: Desk, place: str, coded: Coded, typed: str, theme: str, problem: str | None = None) -> str:
    parts = staff_parts(current_app)
    mine = coded.by(desk.account.id)
    found = coded.found_by_both if mine else frozenset()
    themes = [each for each in desk.frame.in_use if each.code in found]
    return render_template(
        "staff/reading/propose.html",
        desk=desk,
        contact=contact_of(parts, desk.wave),
        place=place,
        answer=_words_of(coded),
        typed=typed,
        themes=themes,
        why_no_quote=explain(Refusal.NOT_READ_BY_TWO),
        theme=theme or (themes[0].code if len(themes) == 1 else ""),
        hints=find_hints(plain_words(typed[: 10 * LONGEST_QUOTE])),
        problem=problem,
    )
