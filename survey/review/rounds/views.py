"""The rounds of the group: the home page, a round's page, more time, and calling a round off."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.people import Person
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import NotNow, Round, State, can_extend, check_extension, days_after_extension
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.rounds.drawing import show_home, show_round
from survey.review.rounds.forms import CallOffForm
from survey.staff.sponsor import owed_answers
from survey.store.group.acting import UnknownRound, note_refusal
from survey.store.group.overview import is_newcomer
from survey.store.group.rounds import load_round
from survey.store.group.running import call_off, extend_round

rounds = Blueprint("rounds", __name__)


@rounds.get("/")
def home() -> Answer:
    """The rounds that ask something of the reader, and what came of earlier ones."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    return render_template(
        "review/rounds/home.html",
        home=show_home(site.store, guest.person, site.today()),
        is_new=is_newcomer(site.store, guest.person.id),
        owed=owed_answers(site.store, guest.person.id),
        runs_rounds=guest.person.may_facilitate,
    )


@rounds.get("/rounds/<int:number>")
def show(number: int) -> Answer:
    """What a round is about, its questions, and what there is to do."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    round_, site = find_round(number, guest.person), current_site()
    if round_.state is State.DRAFT:
        return redirect(url_for("review.preparing.prepare", number=round_.id), 303)
    return render_template(
        "review/rounds/round.html",
        shown=show_round(site.store, round_, guest.person, site.today()),
        is_asked=guest.person.id in round_.asked,
        may_extend=can_extend(round_, guest.person),
        runs_rounds=guest.person.may_facilitate,
        gives_outcomes=guest.person.may_facilitate or guest.person.is_co_chair,
    )


@rounds.get("/rounds/<int:number>/extend")
def ask_for_time(number: int) -> Answer:
    """What more time means, before somebody takes it."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    round_ = find_round(number, guest.person)
    check_extension(round_, guest.person)
    days = days_after_extension(round_, current_site().today())
    return render_template("review/rounds/extend.html", round=round_, days=days)


@rounds.post("/rounds/<int:number>/extend")
def extend(number: int) -> Answer:
    """Take the one extension."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    round_ = find_round(number, guest.person)
    extend_round(current_site().store, deed(guest, "extend round", f"round {round_.id}"), guest.person, round_.id)
    flash(gettext("There are ten more working days now."))
    return redirect(url_for("review.rounds.show", number=round_.id), 303)


@rounds.get("/rounds/<int:number>/call-off")
def ask_why(number: int) -> Answer:
    """The form for the reason why a round ends without a result."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    return render_template(
        "review/rounds/call_off.html", round=find_round(number, guest.person), form=CallOffForm(data={"reason": ""})
    )


@rounds.post("/rounds/<int:number>/call-off")
def stop(number: int) -> Answer:
    """Call a round off for good."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    round_, form = find_round(number, guest.person), CallOffForm(request.form)
    act = deed(guest, "call off round", f"round {round_.id}")
    if not form.validate():
        note_refusal(current_site().store, act, "the form was not in order")
        return render_template("review/rounds/call_off.html", round=round_, form=form), 400
    try:
        call_off(current_site().store, act, round_.id, form.reason.data)
    except Refused as refused:
        if NotNow.NO_REASON not in refused.reasons:
            raise
        form.reason.errors = explain(refused)
        return render_template("review/rounds/call_off.html", round=round_, form=form), 400
    flash(gettext("The round is called off. Everyone in the group can read why."))
    return redirect(url_for("review.rounds.home"), 303)


def find_round(number: int, person: Person) -> Round:
    """A round that somebody may see: one that was never opened, only those who run rounds. Raises UnknownRound."""
    found = load_round(current_site().store, number)
    if found.opened_at is None and not person.may_facilitate:
        raise UnknownRound(number)
    return found
