"""Deciding: the ballot paper of a round, putting to the vote, and counting. What comes after stands elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.deciding import Result
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import gettext, ngettext
from survey.respondent.site import current_site
from survey.review.deciding.papers import show_sheet
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.saying.drafts import Draft, load_draft
from survey.store.group.acting import note_refusal
from survey.store.group.decisions import UnknownDecision, decisions_of, put_to_vote
from survey.store.group.settling import count
from survey.store.group.stops import UnknownStop
from survey.store.group.suggestions import UnknownSuggestion
from survey.store.group.votes import BallotRefused, Filled, cast_votes, own_votes

deciding = Blueprint("deciding", __name__)

LONGEST_NUMBER = 18
"""Digits, with which no number is larger than the store can be asked for."""
ALL = "all"
"""In a form: every decision that can be counted."""
AT_A_FIELD: frozenset[StrEnum] = frozenset(
    {
        NotDecided.NO_CHOICE,
        NotDecided.STOP_WITHOUT_WORDS,
        NotDecided.HAS_VOTED,
        NotAllowed.EMPTY,
        NotAllowed.TOO_LONG,
        NotAllowed.HIDDEN_CHARACTERS,
    }
)
"""Reasons that are told beside what was filled in; any other is the answer to all that was sent."""


@deciding.errorhandler(UnknownDecision)
@deciding.errorhandler(UnknownStop)
@deciding.errorhandler(UnknownSuggestion)
def say_no_such_vote(error: LookupError) -> tuple[str, int]:
    """Like any other address that leads nowhere."""
    return render_template("review/refused.html", reasons=[gettext("There is no such vote.")], typed=[]), 404


@deciding.get("/rounds/<int:number>/decisions")
def ballot(number: int) -> Answer:
    """What the group votes on in a round: the ballot paper, and what was counted."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    return render_template("review/deciding/ballot.html", sheet=show_sheet(draft, guest))


@deciding.post("/rounds/<int:number>/decisions")
def vote(number: int) -> Answer:
    """Save the votes that were filled in, one or several; all or none."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, site = load_draft(number, guest), current_site()
    decisions = [each.id for each in decisions_of(site.store, draft.round.id)]
    act = deed(guest, "vote", f"round {draft.round.id}")
    refuse_other_fields(guest, draft, "vote", {f"{name}-{each}" for each in decisions for name in ("choice", "words")})
    sent = {each: Filled(request.form.get(f"choice-{each}", ""), _words(each)) for each in decisions}
    filled = _changed(sent, draft, guest)
    if not filled:
        note_refusal(site.store, act, NotDecided.NO_CHOICE)
        sheet = show_sheet(draft, guest, errors=_nothing_chosen(draft, guest))
        return render_template("review/deciding/ballot.html", sheet=sheet), 400
    try:
        cast_votes(site.store, act, draft.round.id, filled, site.today(), guest.person.way)
    except BallotRefused as refused:
        if not set(refused.reasons) <= AT_A_FIELD:
            raise
        errors = {decision: tuple(explain(Refused(*reasons))) for decision, reasons in refused.by_decision.items()}
        sheet = show_sheet(draft, guest, typed=sent, errors=errors)
        return render_template("review/deciding/ballot.html", sheet=sheet), 400
    flash(_thanks(guest.person.way, len(filled)))
    return redirect(url_for("review.deciding.ballot", number=draft.round.id), 303)


@deciding.post("/rounds/<int:number>/decisions/put")
def put(number: int) -> Answer:
    """Put suggestions to the vote, one or several at once."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, site = load_draft(number, guest), current_site()
    refuse_other_fields(guest, draft, "put to the vote", {"suggestion"})
    chosen = {int(text) for text in request.form.getlist("suggestion") if text.isdecimal() and len(text) < 19}
    act = deed(guest, "put to the vote", f"round {draft.round.id}", suggestions=_listed(chosen))
    if not chosen:
        note_refusal(site.store, act, NotAllowed.EMPTY)
        flash(gettext("Choose at least one suggestion first."))
    else:
        put_to_vote(site.store, act, draft.round.id, chosen, site.today(), guest.person.way)
        flash(
            ngettext(
                "%(num)d suggestion is put to the vote.",
                "%(num)d suggestions are put to the vote.",
                len(chosen),
            )
        )
    return redirect(url_for("review.deciding.ballot", number=draft.round.id), 303)


@deciding.post("/rounds/<int:number>/decisions/count")
def close(number: int) -> Answer:
    """Close one vote, or all that can be closed, and count."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, site = load_draft(number, guest), current_site()
    refuse_other_fields(guest, draft, "count votes", {"decision"})
    wanted = request.form.get("decision", "")
    one = None if wanted == ALL else number_in(wanted)
    act = deed(guest, "count votes", f"round {draft.round.id}", decision=ALL if one is None else str(one))
    results = count(site.store, act, draft.round.id, site.today(), guest.person.way, one)
    counted = [decision for decision, result in results.items() if result is not Result.OPEN]
    if Result.OPEN in results.values():
        flash(gettext("Too few people have voted. There are ten more working days now. Everyone is told."))
    if counted:
        flash(ngettext("%(num)d vote is counted.", "%(num)d votes are counted.", len(counted)))
    if len(counted) == 1:
        return redirect(url_for("review.decided.show", number=counted[0]), 303)
    return redirect(url_for("review.deciding.ballot", number=draft.round.id), 303)


def refuse_other_fields(guest: Guest, draft: Draft, action: str, own: Collection[str]) -> None:
    """Raise Refused, with its audit row, where a form has fields of its own making: a seat, a role, an account."""
    if not set(request.form) <= {"csrf_token", *own}:
        note_refusal(current_site().store, deed(guest, action, f"round {draft.round.id}"), NotDecided.OTHER_FIELDS)
        raise Refused(NotDecided.OTHER_FIELDS)


def number_in(text: str) -> int:
    """A number from a form. Raises UnknownDecision for anything else."""
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise UnknownDecision
    return int(text)


def _words(decision: int) -> str:
    return as_kept(request.form.get(f"words-{decision}", ""))


def _changed(sent: Mapping[int, Filled], draft: Draft, guest: Guest) -> dict[int, Filled]:
    """What was filled in and is not saved just so, that a vote which was counted meanwhile does not hold up others.

    Of a page that was sent twice it is everything.
    """
    saved = {
        decision: Filled(vote.choice, vote.words)
        for decision, vote in own_votes(current_site().store, draft.round.id, guest.account.id).items()
    }
    filled = {decision: paper for decision, paper in sent.items() if paper.choice or paper.words}
    return {decision: paper for decision, paper in filled.items() if saved.get(decision) != paper} or filled


def _nothing_chosen(draft: Draft, guest: Guest) -> dict[int, tuple[str, ...]]:
    words = tuple(explain(Refused(NotDecided.NO_CHOICE)))
    return {paper.decision.id: words for paper in show_sheet(draft, guest).open if paper.may_vote}


def _thanks(way: Way, votes: int) -> str:
    if way is Way.SELF:
        return ngettext("Your vote is saved.", "Your %(num)d votes are saved.", votes)
    return gettext("This is kept. It counts once the member has said yes to it.")


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))
