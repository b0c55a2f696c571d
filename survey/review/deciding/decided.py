"""One decision: what it came to, the reply to a stop, how a stop is cleared, and the casting votes that break a tie."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.deciding import Decision, Result
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.deciding.counted import show_counted
from survey.review.deciding.papers import show_sheet, subject_of
from survey.review.deciding.views import number_in, refuse_other_fields, say_no_such_vote
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.saying.drafts import Draft, draft_of
from survey.store.group.acting import note_refusal
from survey.store.group.decisions import UnknownDecision, load_matter
from survey.store.group.settling import give_up
from survey.store.group.stops import UnknownStop, cast, clear_stop, note_seen, sign_reply, stops_of
from survey.store.group.suggestions import load_suggestion

decided = Blueprint("decided", __name__)
decided.register_error_handler(UnknownDecision, say_no_such_vote)
decided.register_error_handler(UnknownStop, say_no_such_vote)

_WRITING = frozenset({NotAllowed.EMPTY, NotAllowed.TOO_LONG, NotAllowed.HIDDEN_CHARACTERS})
"""What is wrong with the words of a reply, and told beside them."""
CASTING = {"agree": True, "not": False}


@decided.get("/decisions/<int:number>")
def show(number: int) -> Answer:
    """A decision. Where the author of a stop opens it, its signed reply counts as shown to them."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    if guest.person.way is Way.SELF:
        note_seen(current_site().store, deed(guest, "see reply to stop", f"decision {number}"), number)
    return _draw(number, guest)


@decided.post("/decisions/<int:number>/reply")
def reply(number: int) -> Answer:
    """Write the reply to a stop, or sign it as it stands."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, decision = _found(number, guest)
    refuse_other_fields(guest, draft, "sign reply to stop", {"stop", "words", "seen"})
    stop = request.form.get("stop", "")
    author, words = _author(decision, stop), as_kept(request.form.get("words", ""))
    seen = as_kept(request.form.get("seen", ""))
    act = deed(guest, "sign reply to stop", f"decision {decision.id}")
    try:
        sign_reply(current_site().store, act, draft.round.id, decision.id, author, words, seen, guest.person.way)
    except Refused as refused:
        if not set(refused.reasons) <= _WRITING:
            raise
        return _draw(number, guest, {int(stop): (words, explain(refused)[0])}), 400
    flash(gettext("You have signed the reply. When both co-chairs have signed it, the person who said stop reads it."))
    return _back(number)


@decided.post("/decisions/<int:number>/clear")
def clear(number: int) -> Answer:
    """Say that a stop is sorted: as its author, or as a co-chair with the signed reply. Then count again."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, decision = _found(number, guest)
    refuse_other_fields(guest, draft, "clear stop", {"stop"})
    author = _author(decision, request.form.get("stop", ""))
    act = deed(guest, "clear stop", f"decision {decision.id}")
    clear_stop(current_site().store, act, draft.round.id, decision.id, author, guest.person.way)
    flash(gettext("This stop is sorted. The votes were counted again."))
    return _back(number)


@decided.post("/decisions/<int:number>/cast")
def cast_vote(number: int) -> Answer:
    """A co-chair's vote that breaks a tie."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, decision = _found(number, guest)
    refuse_other_fields(guest, draft, "cast the deciding vote", {"agrees"})
    act = deed(guest, "cast the deciding vote", f"decision {decision.id}")
    agrees = CASTING.get(request.form.get("agrees", ""))
    if agrees is None:
        note_refusal(current_site().store, act, NotDecided.NO_CHOICE)
        return _draw(number, guest, casting_error=gettext("Choose one of the two.")), 400
    result = cast(current_site().store, act, draft.round.id, decision.id, agrees, guest.person.way)
    if result is Result.TIED:
        flash(gettext("Your vote is saved. It stays sealed until the other co-chair has voted."))
    else:
        flash(gettext("Both co-chairs have voted."))
    return _back(number)


@decided.post("/decisions/<int:number>/let-stand")
def end(number: int) -> Answer:
    """End what is still held up after the second date."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, decision = _found(number, guest)
    refuse_other_fields(guest, draft, "let stand", ())
    act = deed(guest, "let stand", f"decision {decision.id}")
    give_up(current_site().store, act, draft.round.id, decision.id, current_site().today(), guest.person.way)
    flash(gettext("There is no decision. The last agreed words stay."))
    return _back(number)


def _draw(number: int, guest: Guest, typed: dict[int, tuple[str, str]] | None = None, casting_error: str = "") -> str:
    store = current_site().store
    matter = load_matter(store, number)
    draft = draft_of(matter.round)
    if matter.decision.result is Result.OPEN:
        (paper,) = (each for each in show_sheet(draft, guest).papers if each.decision.id == matter.decision.id)
        return render_template("review/deciding/open.html", draft=draft, paper=paper)
    suggestion = None if matter.decision.suggestion is None else load_suggestion(store, matter.decision.suggestion)
    return render_template(
        "review/deciding/decided.html",
        draft=draft,
        counted=show_counted(matter, subject_of(draft, guest, suggestion), guest),
        typed=typed or {},
        casting_error=casting_error,
        problems=[
            *({"href": f"#words-{stop}", "text": error} for stop, (_, error) in (typed or {}).items()),
            *([{"href": "#agrees", "text": casting_error}] if casting_error else []),
        ],
    )


def _found(number: int, guest: Guest) -> tuple[Draft, Decision]:
    matter = load_matter(current_site().store, number)
    return draft_of(matter.round), matter.decision


def _author(decision: Decision, stop: str) -> int:
    """Who has said a stop, by its number on the page. Raises UnknownStop."""
    number, stops = number_in(stop), stops_of(current_site().store, decision.id)
    if not 1 <= number <= len(stops):
        raise UnknownStop(number)
    return stops[number - 1].author


def _back(number: int) -> Answer:
    return redirect(url_for("review.decided.show", number=number), 303)
