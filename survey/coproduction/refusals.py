"""How a rule of the group says no: one exception, with the reason as a value that each part puts into plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum


class Refused(Exception):
    """A rule refuses what somebody wants to do; nothing was changed.

    `reasons` are all that apply, each a member of the enum of reasons beside the rule; its value is written for the
    audit row, and `survey/review/reasons.py` has the words for people.
    `about` has what those words name, where they have a place `%(about)s`: it is for people and not for the audit.
    """

    def __init__(self, *reasons: StrEnum, about: Mapping[StrEnum, str] | None = None) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons
        self.about: Mapping[StrEnum, str] = about or {}


def reasons_against(check: Callable[[], object]) -> tuple[StrEnum, ...]:
    """Why a check refuses; nothing where it lets it pass."""
    try:
        check()
    except Refused as refused:
        return refused.reasons
    return ()


def holds(check: Callable[[], object]) -> bool:
    """Whether a check lets it pass: each `can_` is its `check_` asked so."""
    return not reasons_against(check)


class NotAllowed(StrEnum):
    """Reasons that many rules share."""

    NOT_YOURS = "this is for somebody else to do"
    NOT_ASKED = "this person was not asked in this round"
    NO_VOTE = "this person has no vote"
    CHANGED_MEANWHILE = "somebody else has changed it meanwhile"
    CLOCK_WENT_BACK = "the clock of the system stands before what was done last"
    HIDDEN_CHARACTERS = "the text has characters that cannot be seen or that turn the direction of writing"
    TOO_LONG = "the text is too long"
    NOT_IN_PERSON = "somebody else was shown the link that this person came in with"
    EMPTY = "the text is empty"
    OVER = "the round is over, or has not begun"
