"""The gate of a round: everything that has to stand before members are asked to read, checked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from survey.coproduction.people import SIDES, Office, Person, Seat, Side
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import TRANSITIONS, Act, Plan, Round
from survey.coproduction.working_days import NOTICE, working_days_between

LEAST_QUORUM = 3
"""Of fewer votes anyone could work out who cast which."""
DAYS_AHEAD = 365
"""A day further off than this is a slip of the finger."""


class Unready(StrEnum):
    """What keeps a round from opening."""

    NO_TITLE = "the round has no title"
    NO_PURPOSE = "it is not said what the round is for"
    NO_CAN_CHANGE = "it is not said what can change"
    NO_CANNOT_CHANGE = "it is not said what cannot change"
    NO_DIFFERENCE = "it is not said what difference it will make"
    NO_CONTACT = "there is no named contact"
    NO_READING_TIME = "it is not known how long reading takes"
    NO_SAY_UNTIL = "there is no last day to say something"
    SAY_UNTIL_PAST = "the last day to say something is not to come"
    SHORT_NOTICE = "there are fewer than ten working days, and no reason why"
    SAY_UNTIL_FAR = "the last day to say something is more than a year off"
    NO_DECIDE_UNTIL = "there is no last day to vote"
    DECIDE_TOO_EARLY = "the last day to vote is not after the last day to say something"
    DECIDE_FAR = "the last day to vote is more than a year off"
    QUORUM_SMALL = "the quorum is smaller than three"
    QUORUM_OUT_OF_REACH = "fewer people with a vote are asked than the quorum needs"
    NOBODY_ASKED = "nobody with a vote is asked"
    MORE_STAFF = "no more people with lived experience are asked than staff"
    OVERLOADED = "more is asked of somebody than they can give this month, and no reason why"
    NO_CO_CHAIRS = "the group has not got both of its co-chairs"
    CO_CHAIR_NOT_ASKED = "a co-chair is not asked"
    NO_FACILITATOR = "the group has no facilitator"


FIELD_OF: Mapping[Unready, str] = {
    Unready.NO_TITLE: "title",
    Unready.NO_PURPOSE: "purpose",
    Unready.NO_CAN_CHANGE: "can_change",
    Unready.NO_CANNOT_CHANGE: "cannot_change",
    Unready.NO_DIFFERENCE: "difference",
    Unready.NO_CONTACT: "contact",
    Unready.NO_READING_TIME: "title",
    Unready.NO_SAY_UNTIL: "say_until",
    Unready.SAY_UNTIL_PAST: "say_until",
    Unready.SHORT_NOTICE: "notice_reason",
    Unready.SAY_UNTIL_FAR: "say_until",
    Unready.NO_DECIDE_UNTIL: "decide_until",
    Unready.DECIDE_TOO_EARLY: "decide_until",
    Unready.DECIDE_FAR: "decide_until",
    Unready.QUORUM_SMALL: "quorum",
    Unready.QUORUM_OUT_OF_REACH: "quorum",
    Unready.NOBODY_ASKED: "asked",
    Unready.MORE_STAFF: "asked",
    Unready.OVERLOADED: "load_reason",
    Unready.NO_CO_CHAIRS: "asked",
    Unready.CO_CHAIR_NOT_ASKED: "asked",
    Unready.NO_FACILITATOR: "asked",
}
"""The part of the plan in which each is put right; `asked` is who is asked."""

_WORDS = {
    "title": Unready.NO_TITLE,
    "purpose": Unready.NO_PURPOSE,
    "can_change": Unready.NO_CAN_CHANGE,
    "cannot_change": Unready.NO_CANNOT_CHANGE,
    "difference": Unready.NO_DIFFERENCE,
    "contact": Unready.NO_CONTACT,
}


@dataclass(frozen=True)
class Around:
    """What a round meets when it opens: the group as it is on that day."""

    today: date
    seats: Mapping[int, Seat]
    """By account, of those who are in the group."""
    holders: Mapping[Office, tuple[int, ...]]
    overloaded: frozenset[int]
    """Accounts of whom this month more would be asked than they can give, were they asked in this round."""

    def voters(self, asked: frozenset[int], side: Side | None = None) -> int:
        """How many of those asked have a vote, on one side or on both."""
        sides = [SIDES[self.seats[each]] for each in asked if self.seats.get(each) in SIDES]
        return len(sides) if side is None else sides.count(side)

    @property
    def has_facilitator(self) -> bool:
        """Whether somebody runs the group's rounds."""
        in_office = any(account in self.seats for account in self.holders.get(Office.FACILITATOR, ()))
        return in_office or Seat.FACILITATOR in self.seats.values()


def check_opening(round_: Round, by: Person, around: Around) -> None:
    """Raise Refused with everything that keeps a round from opening, in the order of its plan."""
    if not by.may_facilitate:
        raise Refused(NotAllowed.NOT_YOURS)
    if (round_.state, Act.OPEN) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
    problems = find_problems(round_, around)
    if problems:
        raise Refused(*problems)


def can_open(round_: Round, by: Person, around: Around) -> bool:
    """Whether somebody can open a round now."""
    return holds(lambda: check_opening(round_, by, around))


def find_problems(round_: Round, around: Around) -> tuple[Unready, ...]:
    """Everything that is missing or wrong in a round that is prepared."""
    plan = round_.plan
    words = [problem for field, problem in _WORDS.items() if not getattr(plan, field).strip()]
    unread = [] if round_.minutes > 0 else [Unready.NO_READING_TIME]
    return (*words, *unread, *_of_days(plan, around.today), *_of_quorum(round_, around), *_of_people(round_, around))


def _of_days(plan: Plan, today: date) -> list[Unready]:
    say, decide = plan.say_until, plan.decide_until
    found = []
    if say is None:
        found.append(Unready.NO_SAY_UNTIL)
    elif say <= today:
        found.append(Unready.SAY_UNTIL_PAST)
    elif (say - today).days > DAYS_AHEAD:
        found.append(Unready.SAY_UNTIL_FAR)
    elif working_days_between(today, say) < NOTICE and not plan.notice_reason.strip():
        found.append(Unready.SHORT_NOTICE)
    if decide is None:
        found.append(Unready.NO_DECIDE_UNTIL)
    elif decide <= (say or today):
        found.append(Unready.DECIDE_TOO_EARLY)
    elif (decide - today).days > DAYS_AHEAD:
        found.append(Unready.DECIDE_FAR)
    return found


def _of_quorum(round_: Round, around: Around) -> list[Unready]:
    if round_.plan.quorum < LEAST_QUORUM:
        return [Unready.QUORUM_SMALL]
    voters = around.voters(round_.asked)
    return [Unready.QUORUM_OUT_OF_REACH] if 0 < voters < round_.plan.quorum else []


def _of_people(round_: Round, around: Around) -> list[Unready]:
    asked, found = round_.asked, []
    if not around.voters(asked):
        found.append(Unready.NOBODY_ASKED)
    elif around.voters(asked, Side.LIVED_EXPERIENCE) <= around.voters(asked, Side.STAFF):
        found.append(Unready.MORE_STAFF)
    chairs = [around.holders.get(office, ()) for office in (Office.CO_CHAIR_LIVED, Office.CO_CHAIR)]
    if not all(any(account in around.seats for account in each) for each in chairs):
        found.append(Unready.NO_CO_CHAIRS)
    elif not all(asked & set(each) for each in chairs):
        found.append(Unready.CO_CHAIR_NOT_ASKED)
    if not around.has_facilitator:
        found.append(Unready.NO_FACILITATOR)
    if asked & around.overloaded and not round_.plan.load_reason.strip():
        found.append(Unready.OVERLOADED)
    return found
