"""The people of the group as its rules know them: the seat they have, the offices they hold, how they take part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FEWEST_TO_NAME_A_SEAT = 3
"""Where fewer than this many hold a seat, naming the seat would say who it is."""


class Seat(StrEnum):
    """What somebody is in the group. Staff who live with a budget themselves count once, as staff."""

    LIVED_EXPERIENCE = "lived_experience"
    CARER = "carer"
    STAFF = "staff"
    FACILITATOR = "facilitator"


class Side(StrEnum):
    """The two sides that the quorum weighs against each other."""

    LIVED_EXPERIENCE = "lived_experience"
    STAFF = "staff"


SIDES = {
    Seat.LIVED_EXPERIENCE: Side.LIVED_EXPERIENCE,
    Seat.CARER: Side.LIVED_EXPERIENCE,
    Seat.STAFF: Side.STAFF,
}
"""Seats with a vote. Carers live with the budget of the person they care for; a facilitator does not vote."""


class Office(StrEnum):
    """Duties that a person holds beside the seat."""

    NAMED_CONTACT = "named_contact"
    FACILITATOR = "facilitator"
    CO_CHAIR_LIVED = "co_chair_lived"
    """The co-chair with lived experience."""
    CO_CHAIR = "co_chair"
    SPONSOR = "sponsor"
    """Signs the answer to each round; need not be in the group."""


CO_CHAIRS = frozenset({Office.CO_CHAIR_LIVED, Office.CO_CHAIR})


class Way(StrEnum):
    """How something came into the program."""

    SELF = "self"
    SUPPORTER = "supporter"
    """Signed in with a link that somebody else was shown."""
    PAPER = "paper"
    """Written down by somebody else; counts once the member has confirmed it."""


class Hat(StrEnum):
    """As what somebody speaks. Only staff choose; whatever they choose, they count as staff."""

    MEMBER = "member"
    """Everybody who is not staff."""
    JOB = "job"
    LIVED_EXPERIENCE = "lived_experience"


class Naming(StrEnum):
    """How somebody wants to be called before the group."""

    REAL = "real"
    DISPLAY = "display"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Person:
    """Somebody who acts. `id` is that of the account; `seat` is None for whoever is not in the group."""

    id: int
    seat: Seat | None
    offices: frozenset[Office] = frozenset()
    way: Way = Way.SELF

    @property
    def side(self) -> Side | None:
        """The side that a vote of theirs counts on; None for those without a vote."""
        return SIDES.get(self.seat) if self.seat is not None else None

    @property
    def may_facilitate(self) -> bool:
        """Whether they run rounds and keep the group's records: in a session of their own, for what they write down
        for members is confirmed by somebody else."""
        runs = self.seat is Seat.FACILITATOR or Office.FACILITATOR in self.offices
        return runs and self.way is Way.SELF

    @property
    def is_co_chair(self) -> bool:
        """Whether they are one of the two co-chairs."""
        return bool(self.offices & CO_CHAIRS)


@dataclass(frozen=True)
class Shown:
    """How the group sees somebody: `name` is '' for one who stays anonymous, `seat` None where it would tell who."""

    name: str
    seat: Seat | None


def seats_that_can_be_named(seats: Iterable[Seat]) -> frozenset[Seat]:
    """The seats held by so many that naming one says nothing about who it is. `seats` has one entry a member."""
    held = list(seats)
    return frozenset(seat for seat in Seat if held.count(seat) >= FEWEST_TO_NAME_A_SEAT)
