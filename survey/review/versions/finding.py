"""Rounds found for who asks, with an audit row where something is sent about one that there is not."""

from __future__ import annotations

from flask import request

from survey.coproduction.people import Person
from survey.coproduction.rounds import Round
from survey.respondent.site import current_site
from survey.review.door import Guest, deed
from survey.review.rounds.views import find_round
from survey.store.group.acting import Deed, UnknownRound, note_refusal


def runs_rounds(person: Person) -> bool:
    """Whether somebody may close reviews and let versions go live."""
    return person.may_facilitate


def find(guest: Guest, number: int) -> Round:
    """A round that somebody may see. Raises UnknownRound."""
    try:
        return find_round(number, guest.person)
    except UnknownRound:
        if request.method == "POST":
            act = deed(guest, "send", f"round {number}")
            note_refusal(current_site().store, act, "there is no such round")
        raise


def deed_in(guest: Guest, action: str, round_: Round) -> Deed:
    """What a guest does to a round, for the audit."""
    return deed(guest, action, f"round {round_.id}")
