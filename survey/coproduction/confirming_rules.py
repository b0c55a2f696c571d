"""The rules of entries on somebody's behalf: they count once the member, or a second person for them, confirms them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey.coproduction.people import CO_CHAIRS, Office, Person, Way
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.saying_rules import LONGEST_REASON, check_words

MAY_CONFIRM_FOR_OTHERS = CO_CHAIRS | {Office.NAMED_CONTACT}


class What(StrEnum):
    """What is entered for somebody."""

    COMMENT = "comment"
    SUGGESTION = "suggestion"
    STORY = "story"
    VOTE = "vote"


@dataclass(frozen=True)
class Entry:
    """Something entered for a member. `id` is that of the comment, the suggestion, the story or the decision."""

    what: What
    id: int
    round: int
    member: int
    entered_by: int
    way: Way
    entered_at: datetime
    waits: bool
    is_open: bool
    """Whether it would still count: its round, or its vote, is not over."""
    helpers: frozenset[int] = frozenset()
    """Accounts of those who were ever shown a sign-in link of the member."""


class NotConfirmed(StrEnum):
    """Why an entry on somebody's behalf is not confirmed."""

    NOT_WAITING = "nothing waits to be confirmed here"
    HAD_A_HAND_IN_IT = "whoever entered it, or had a link of the member, cannot confirm it"
    NOT_IN_PERSON = "the member confirms in a session of their own"


def check_confirm(entry: Entry, person: Person, how: str = "") -> None:
    """Whether somebody may say that the member said this, or did not; a second person tells how they know.

    Raises Refused.
    """
    if not entry.waits:
        raise Refused(NotConfirmed.NOT_WAITING)
    if not entry.is_open:
        raise Refused(NotAllowed.OVER)
    if entry.member == person.id:
        if person.way is not Way.SELF:
            raise Refused(NotConfirmed.NOT_IN_PERSON)
        return
    if not person.offices & MAY_CONFIRM_FOR_OTHERS or person.way is not Way.SELF:
        raise Refused(NotAllowed.NOT_YOURS)
    if person.id == entry.entered_by or person.id in entry.helpers:
        raise Refused(NotConfirmed.HAD_A_HAND_IN_IT)
    check_words(how, LONGEST_REASON)


def can_confirm(entry: Entry, person: Person, how: str = "") -> bool:
    """The same as yes or no."""
    return holds(lambda: check_confirm(entry, person, how))
