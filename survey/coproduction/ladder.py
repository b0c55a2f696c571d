"""The rung of a question on the ladder of participation: how far people shaped it, told only by what happened."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    """From the lowest to the highest; after Arnstein's ladder in the words of the Coalition for Personalised Care."""

    INFORMED = "informed"
    """The group can read it."""
    CONSULTED = "consulted"
    """People who live with a budget have said something about it."""
    INVOLVED = "involved"
    """They have suggested what should be different, or voted on what somebody suggested."""
    CO_DESIGNED = "co_designed"
    """The group voted for a change of theirs."""
    LED_BY_MEMBERS = "led_by_members"
    """One of them asked for the question in the first place, and the group voted for it."""


class Because(StrEnum):
    """What happened that puts a question on its rung."""

    NOTHING_SAID = "nobody with lived experience has said anything about it"
    COMMENTED = "somebody with lived experience commented"
    SUGGESTED = "somebody with lived experience suggested a change"
    VOTED = "somebody with lived experience voted on a change"
    CHANGE_AGREED = "the group voted for a change that somebody with lived experience suggested"
    ASKED_FIRST = "somebody with lived experience asked for the question, and the group voted for it"


@dataclass(frozen=True)
class TakenPart:
    """What the side of lived experience did about a question, in all rounds up to one.

    Only what counts: confirmed, not hidden, not withdrawn. Of votes only those that were counted, for they are sealed
    until then. What staff did alone lifts no question.
    """

    commented: bool = False
    suggested: bool = False
    voted: bool = False
    change_agreed: bool = False
    asked_first: bool = False


def find_rung(taken: TakenPart) -> tuple[Rung, Because]:
    """The highest rung that what happened allows, and what that was."""
    if taken.asked_first:
        return Rung.LED_BY_MEMBERS, Because.ASKED_FIRST
    if taken.change_agreed:
        return Rung.CO_DESIGNED, Because.CHANGE_AGREED
    if taken.suggested:
        return Rung.INVOLVED, Because.SUGGESTED
    if taken.voted:
        return Rung.INVOLVED, Because.VOTED
    if taken.commented:
        return Rung.CONSULTED, Because.COMMENTED
    return Rung.INFORMED, Because.NOTHING_SAID
