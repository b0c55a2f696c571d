"""Preparing a round: what the group looks at, the plan, who is asked; and opening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from survey.coproduction.burden import overloaded, reading_minutes
from survey.coproduction.empty import empty_questionnaire, name_questionnaire
from survey.coproduction.numbering import number_items
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from survey.coproduction.working_days import NOTICE, add_working_days
from survey.i18n import gettext
from survey.questionnaire.model import Contact, Questionnaire
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.rounds.forms import EMPTY, PlanForm, StartForm, filled
from survey.review.rounds.views import find_round
from survey.staff.parts import staff_parts
from survey.store.connect import Store
from survey.store.group.acting import note_refusal
from survey.store.group.members import Member, list_members
from survey.store.group.rounds import list_rounds, load_round
from survey.store.group.running import (
    EMPTY_PLAN,
    Written,
    known_questionnaires,
    months_of,
    open_round,
    prepare_round,
    write_plan,
)
from survey.store.versions import load_version

preparing = Blueprint("preparing", __name__)

_NOBODY = Contact(name="Not known yet", email="nobody@example.org", phone="01632 960 000")
"""For an empty page where no other questionnaire says whom to ask; the numbers are kept free for examples."""


@dataclass(frozen=True)
class Source:
    """Something that a round can look at."""

    value: str
    questionnaire: Questionnaire
    round: Round | None
    """The past round that made it; None for a file."""

    @property
    def minutes(self) -> int:
        """What reading it takes."""
        return reading_minutes(self.questionnaire)

    @property
    def questions(self) -> int:
        """How many questions it has."""
        return len(number_items(self.questionnaire))


@dataclass(frozen=True)
class Candidate:
    """A member as the facilitator sees them while choosing whom to ask."""

    member: Member
    taken: int
    """Minutes asked of them this month."""
    budget: int
    is_too_much: bool
    """Whether this round would be more than they can give."""


@preparing.get("/rounds/new")
def begin() -> Answer:
    """What the group can look at."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    return _draw_start(StartForm(data={"title": ""}))


@preparing.post("/rounds/new")
def start() -> Answer:
    """Begin a round on what was chosen."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    store, form, sources = current_site().store, StartForm(request.form), _sources()
    form.offer([source.value for source in sources])
    if not form.validate():
        note_refusal(store, deed(guest, "prepare round", "a new round"), "the form was not in order")
        return _draw_start(form), 400
    questionnaire = _chosen(form, sources)
    act = deed(guest, "prepare round", "a new round", questionnaire=questionnaire.id)
    prepared = prepare_round(store, act, EMPTY_PLAN, questionnaire)
    flash(gettext("The round is begun. Nobody else sees it before you open it."))
    return redirect(url_for("review.preparing.prepare", number=prepared.id), 303)


@preparing.get("/rounds/<int:number>/prepare")
def prepare(number: int) -> Answer:
    """The plan of a round."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    round_ = find_round(number, guest.person)
    if round_.state is not State.DRAFT:
        return redirect(url_for("review.rounds.show", number=round_.id), 303)
    return _draw_plan(round_, filled(round_), round_.revision)


@preparing.post("/rounds/<int:number>/prepare")
def save(number: int) -> Answer:
    """Save the plan; with "open", ask the members to read, if nothing stands in the way."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    site, round_, form = current_site(), find_round(number, guest.person), PlanForm(request.form)
    is_opening = request.form.get("action") == "open"
    act = deed(guest, "open round" if is_opening else "plan round", f"round {round_.id}")
    revision = _revision()
    if not form.validate():
        note_refusal(site.store, act, "the form was not in order")
        return _draw_plan(round_, form, revision), 400
    written = form.written(revision)
    try:
        if is_opening:
            open_round(site.store, act, round_.id, written, site.today())
        else:
            write_plan(site.store, act, round_.id, written)
    except Refused as refused:
        if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
            current = load_round(site.store, round_.id)
            return _draw_plan(current, form, current.revision, theirs=_differences(current, written)), 409
        if not form.put(refused):
            raise
        return _draw_plan(round_, form, revision), 400
    if is_opening:
        flash(gettext("The round is open. Everyone you ask can read it now."))
        return redirect(url_for("review.rounds.show", number=round_.id), 303)
    flash(gettext("Saved. Nobody else sees it before you open it."))
    return redirect(url_for("review.preparing.prepare", number=round_.id), 303)


# --- What can be looked at --------------------------------------------------------


def _sources() -> tuple[Source, ...]:
    store, folder = current_site().store, staff_parts(current_app).folder
    files = (draft.questionnaire for draft in folder.read() if draft.questionnaire is not None)
    past = (each for each in list_rounds(store) if each.new_version)
    return (
        *(Source(f"file:{each.id}", each, None) for each in files),
        *(Source(f"round:{each.id}", load_version(store, each.new_version), each) for each in past),
    )


def _chosen(form: StartForm, sources: Sequence[Source]) -> Questionnaire:
    if form.source.data != EMPTY:
        return next(each.questionnaire for each in sources if each.value == form.source.data)
    taken = known_questionnaires(current_site().store) | {each.questionnaire.id for each in sources}
    title = form.title.data
    contact = sources[0].questionnaire.contact if sources else _NOBODY
    return empty_questionnaire(name_questionnaire(title, taken), title, contact)


# --- Pages ------------------------------------------------------------------------


def _draw_start(form: StartForm) -> str:
    return render_template("review/rounds/new.html", form=form, sources=_sources())


def _draw_plan(round_: Round, form: PlanForm, revision: int, **more: Any) -> str:
    site = current_site()
    questionnaire = load_version(site.store, round_.version)
    return render_template(
        "review/rounds/prepare.html",
        round=round_,
        form=form,
        revision=revision,
        questionnaire=questionnaire,
        questions=len(number_items(questionnaire)),
        candidates=_candidates(site.store, round_),
        first_day=add_working_days(site.today(), NOTICE),
        **more,
    )


def _candidates(store: Store, round_: Round) -> list[Candidate]:
    with store.as_of_now() as cursor:
        months = months_of(cursor, current_site().today())
    return [
        Candidate(member, taken, budget, overloaded(round_.minutes, taken, budget))
        for member in list_members(store)
        for taken, budget in [months[member.account]]
    ]


def _differences(theirs: Round, typed: Written) -> list[tuple[str, Any, Any]]:
    """Where somebody else's plan is not what was typed: the field, theirs, yours."""
    pairs = [(field.name, getattr(theirs.plan, field.name), getattr(typed.plan, field.name)) for field in fields(Plan)]
    return [(name, old, new) for name, old, new in (*pairs, ("asked", theirs.asked, typed.asked)) if old != new]


def _revision() -> int:
    """The revision that the form was opened at; one that nobody has where it is forged."""
    sent = request.form.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
