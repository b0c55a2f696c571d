"""The pulse after a round: a few questions, the same for everyone who was asked, once, and kept without who."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for

from survey.coproduction.pulse import Answers, NoPulse, Tick, Value, can_give_pulse, check_pulse, closes_on
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import Round
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.fair.words import GOOD, HARD, HELPED, SCALE, STATEMENTS
from survey.review.reasons import explain
from survey.store.group.acting import note_refusal
from survey.store.group.pulses import give_pulse, load_given
from survey.store.group.rounds import load_round

NOT_SAY = "not_say"


def show_pulse(number: int) -> Answer:
    """The questions, or why there are none for this person now."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    round_ = load_round(site.store, number)
    given = load_given(site.store, number, guest.account.id)
    try:
        check_pulse(round_, guest.person, has_given=given.by_this_person, given=given.count, today=site.today())
    except Refused as refused:
        return render_template("review/fair/no_pulse.html", round=round_, reasons=explain(refused))
    return _draw(number)


def send_pulse(number: int) -> Answer:
    """Take the answers, once."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    doing = deed(guest, "give a pulse", f"round {number}")
    answers = _read()
    if answers is None:
        note_refusal(site.store, doing, NoPulse.OFF_SCALE)
        return _draw(number, explain(Refused(NoPulse.OFF_SCALE))), 400
    try:
        give_pulse(site.store, doing, number, guest.person, site.today(), answers)
    except Refused as refused:
        if may_give(guest, load_round(site.store, number)):
            return _draw(number, explain(refused)), 400
        raise
    flash(gettext("Thank you. Nobody can see which answers are yours."))
    return redirect(url_for("review.fair.show_fair"), 303)


def may_give(guest: Guest, round_: Round) -> bool:
    """Whether somebody can say now how a round was for them."""
    site = current_site()
    given = load_given(site.store, round_.id, guest.account.id)
    return can_give_pulse(round_, guest.person, has_given=given.by_this_person, given=given.count, today=site.today())


def _read() -> Answers | None:
    """What was sent; None where the page does not offer it."""
    sent = {value: request.form.get(value, NOT_SAY) for value in Value}
    ticked = request.form.getlist("ticks")
    if not {*sent.values()} <= {*SCALE} or not {*ticked} <= {*map(str, Tick)}:
        return None
    points = {value: int(point) for value, point in sent.items() if point != NOT_SAY}
    return Answers(points, frozenset(map(Tick, ticked)), request.form.get("words", "").strip())


def _draw(number: int, problems: list[str] | None = None) -> str:
    round_ = load_round(current_site().store, number)
    last = closes_on(round_)
    if last is None:
        abort(404)
    return render_template(
        "review/fair/pulse.html",
        round=round_,
        last=last,
        problems=problems or [],
        statements=STATEMENTS,
        scale=SCALE,
        groups=(
            ("helped", gettext("What helped in this round?"), HELPED),
            ("hard", gettext("What made it hard?"), HARD),
            ("good", gettext("What was good about this round?"), GOOD),
        ),
        chosen={value: request.form.get(value, "") for value in Value},
        ticked=set(request.form.getlist("ticks")),
        words=request.form.get("words", ""),
    )
