"""A round: what the group is asked to look at, until when, and the one table of how it goes from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from survey.coproduction.people import Person
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.working_days import EXTENSION, add_working_days


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
    load_reason: str = ""
    """Why more is asked of somebody than they can give that month, where it is."""


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


# --- What may be done to a round as a whole; opening it has a module of its own ------


class NotNow(StrEnum):
    """Why something cannot be done to a round as a whole."""

    EXTENDED_ALREADY = "the round had its one extension"
    NO_REASON = "it is not said why the round is called off"
    OPENED_ALREADY = "the round is open, and its plan is fixed"


@dataclass(frozen=True)
class Days:
    """The last days of a round."""

    say_until: date | None
    decide_until: date | None
    sign_off_until: date | None


def check_planning(round_: Round, by: Person, revision: int) -> None:
    """Raise Refused where somebody may not change the plan that they saw at a revision."""
    if not by.may_facilitate:
        raise Refused(NotAllowed.NOT_YOURS)
    if round_.state is not State.DRAFT:
        raise Refused(NotNow.OPENED_ALREADY)
    if round_.revision != revision:
        raise Refused(NotAllowed.CHANGED_MEANWHILE)


def can_plan(round_: Round, by: Person, revision: int) -> bool:
    """Whether somebody may change the plan that they saw at a revision."""
    return holds(lambda: check_planning(round_, by, revision))


def check_extension(round_: Round, by: Person) -> None:
    """Raise Refused where somebody may not take the one extension; of those asked everyone with a vote may, and the
    facilitator."""
    if not by.may_facilitate:
        if by.id not in round_.asked:
            raise Refused(NotAllowed.NOT_ASKED)
        if by.side is None:
            raise Refused(NotAllowed.NO_VOTE)
    check_time_left(round_)


def can_extend(round_: Round, by: Person) -> bool:
    """Whether somebody may take the one extension."""
    return holds(lambda: check_extension(round_, by))


def check_time_left(round_: Round) -> None:
    """Raise Refused where a round has no extension any more, whoever asks."""
    if (round_.state, Act.EXTEND) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
    if round_.is_extended:
        raise Refused(NotNow.EXTENDED_ALREADY)


def days_after_extension(round_: Round, today: date) -> Days:
    """The last days of a round with its extension: ten working days more, counted from today where a day has passed."""
    plan, sign_off = round_.plan, round_.sign_off_until
    if round_.state is State.PROPOSED:
        return Days(plan.say_until, plan.decide_until, _later(sign_off, today))
    return Days(_later(plan.say_until, today), _later(plan.decide_until, today), sign_off)


def _later(day: date | None, today: date) -> date | None:
    return None if day is None else add_working_days(max(day, today), EXTENSION)


def check_calling_off(round_: Round, by: Person, reason: str) -> None:
    """Raise Refused where somebody may not call a round off."""
    if not by.may_facilitate:
        raise Refused(NotAllowed.NOT_YOURS)
    if (round_.state, Act.CALL_OFF) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
    if not reason.strip():
        raise Refused(NotNow.NO_REASON)


def can_call_off(round_: Round, by: Person, reason: str) -> bool:
    """Whether somebody may call a round off."""
    return holds(lambda: check_calling_off(round_, by, reason))
