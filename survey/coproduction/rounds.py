"""A round: what the group is asked to look at, until when, and the one table of how it goes from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Where a round and its draft are."""

    DRAFT = "draft"
    """The facilitator prepares it."""
    IN_REVIEW = "in_review"
    """Members read, comment, suggest, and vote on suggestions."""
    PROPOSED = "proposed"
    """What was agreed has become a new version; the group votes on it as a whole."""
    AGREED = "agreed"
    TRANSLATING = "translating"
    LIVE = "live"
    RETIRED = "retired"
    """A later version is live."""
    STANDS = "stands"
    """The group did not agree by its second date: the last agreed wording stands."""
    CALLED_OFF = "called_off"


class Act(StrEnum):
    """What somebody does to a round as a whole."""

    OPEN = "open"
    EXTEND = "extend"
    PROPOSE = "propose"
    """Close the review: count the votes, make the new version."""
    AGREE = "agree"
    LET_STAND = "let_stand"
    TRANSLATE = "translate"
    GO_LIVE = "go_live"
    RETIRE = "retire"
    CALL_OFF = "call_off"


TRANSITIONS: Mapping[tuple[State, Act], State] = {
    (State.DRAFT, Act.OPEN): State.IN_REVIEW,
    (State.DRAFT, Act.CALL_OFF): State.CALLED_OFF,
    (State.IN_REVIEW, Act.EXTEND): State.IN_REVIEW,
    (State.IN_REVIEW, Act.PROPOSE): State.PROPOSED,
    (State.IN_REVIEW, Act.CALL_OFF): State.CALLED_OFF,
    (State.PROPOSED, Act.EXTEND): State.PROPOSED,
    (State.PROPOSED, Act.AGREE): State.AGREED,
    (State.PROPOSED, Act.LET_STAND): State.STANDS,
    (State.PROPOSED, Act.CALL_OFF): State.CALLED_OFF,
    (State.AGREED, Act.TRANSLATE): State.TRANSLATING,
    (State.TRANSLATING, Act.GO_LIVE): State.LIVE,
    (State.LIVE, Act.RETIRE): State.RETIRED,
}
"""From where each act leads where; what is not here cannot be done. There is no way back out of AGREED: an edit is a
new version, and a round of its own."""

OPEN_STATES = frozenset({State.IN_REVIEW, State.PROPOSED})
"""While the group is at work on it."""


@dataclass(frozen=True)
class Plan:
    """What the facilitator writes about a round before it opens."""

    title: str
    purpose: str
    can_change: str
    cannot_change: str
    difference: str
    """What difference it will make."""
    contact: str
    """The named contact: name, and how to reach them."""
    say_until: date | None
    """The last day to comment and suggest."""
    decide_until: date | None
    """The last day to vote on suggestions."""
    quorum: int
    notice_reason: str = ""
    """Why the notice is short, where it is."""


@dataclass(frozen=True)
class Round:
    """A round as it stands. Every change makes `revision` one higher."""

    id: int
    questionnaire: str
    version: str
    """Content hash of the draft that is read."""
    plan: Plan
    state: State
    minutes: int
    """What reading it once takes, computed when it was prepared."""
    asked: frozenset[int]
    """Accounts of those who are asked; of them those with a vote decide."""
    revision: int
    added_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    """When the review ended and the votes on suggestions were counted."""
    ended_at: datetime | None = None
    """When it was agreed, stood or was called off."""
    first_decide_until: date | None = None
    """The day of the first promise; different from `plan.decide_until` once it was extended."""
    sign_off_until: date | None = None
    """The last day to vote on the new version as a whole."""
    is_extended: bool = False
    new_version: str = ""
    """Content hash of what came of it; '' before that."""
    called_off_because: str = ""
