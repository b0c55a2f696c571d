"""Closing a review: everything that has to be settled before what was agreed becomes a new version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.coproduction.people import Person
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import TRANSITIONS, Act, Round


class Unsettled(StrEnum):
    """What keeps a review from being closed."""

    SAYING = "people may still comment and suggest"
    VOTING = "people may still vote on suggestions"
    COMMENTS = "comments have no outcome"
    SUGGESTIONS = "suggestions are not decided"
    STOPS = "stops are open"
    TIES = "votes are tied"


@dataclass(frozen=True)
class LeftOpen:
    """The numbers of what is not settled in a round: comments, suggestions, and suggestions that hang on a stop or a
    tie."""

    comments: tuple[int, ...] = ()
    suggestions: tuple[int, ...] = ()
    stopped: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()


def check_proposing(round_: Round, by: Person, left: LeftOpen, today: date) -> None:
    """Raise Refused with everything that keeps somebody from closing the review of a round."""
    if not by.may_facilitate:
        raise Refused(NotAllowed.NOT_YOURS)
    if (round_.state, Act.PROPOSE) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
    found = {
        **_days(round_, today),
        **{reason: str(len(numbers)) for reason, numbers in _counted(left).items() if numbers},
    }
    if found:
        raise Refused(*found, about={reason: about for reason, about in found.items() if about})


def can_propose(round_: Round, by: Person, left: LeftOpen, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_proposing(round_, by, left, today))


def _days(round_: Round, today: date) -> dict[StrEnum, str]:
    plan = round_.plan
    last = {Unsettled.SAYING: plan.say_until, Unsettled.VOTING: plan.decide_until}
    return {reason: "" for reason, day in last.items() if day is not None and today <= day}


def _counted(left: LeftOpen) -> dict[StrEnum, tuple[int, ...]]:
    return {
        Unsettled.COMMENTS: left.comments,
        Unsettled.SUGGESTIONS: left.suggestions,
        Unsettled.STOPS: left.stopped,
        Unsettled.TIES: left.tied,
    }
