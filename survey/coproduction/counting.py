"""Counting votes: which of them count, whether there are enough of the right people, and what comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from survey.coproduction.deciding import Choice, Result, Tally, Vote
from survey.coproduction.people import FEWEST_TO_NAME_A_SEAT, SIDES, Side

CO_CHAIRS_NEEDED = 2
"""A tie is decided, and a reply to a stop signed, by both."""


def count_votes(votes: Iterable[Vote]) -> Tally:
    """The votes that count: confirmed by the member, and of a seat that has a vote."""
    counted = [vote for vote in votes if vote.confirmed_at is not None and vote.seat in SIDES]
    choices, sides = Counter(vote.choice for vote in counted), Counter(SIDES[vote.seat] for vote in counted)
    return Tally({choice: choices[choice] for choice in Choice}, {side: sides[side] for side in Side})


def votes_in(tally: Tally) -> int:
    """How many votes count."""
    return sum(tally.choices.values())


def has_quorum(tally: Tally, quorum: int) -> bool:
    """Whether enough have voted, and more people with lived experience (carers with them) than staff."""
    return votes_in(tally) >= quorum and tally.sides[Side.LIVED_EXPERIENCE] > tally.sides[Side.STAFF]


def result_of(tally: Tally, open_stops: int, casting: Collection[bool], quorum: int, *, is_second_date: bool) -> Result:
    """What a count comes to. `casting` holds whether each co-chair who has cast a vote agrees.

    A stop that was cleared counts as "go ahead". 4 agree, 2 go ahead and 1 stopped: `stopped`; once it is cleared 4
    stand against 3: `agreed`. Without a quorum the vote stays open to the second date, and then there is no decision.
    """
    if not has_quorum(tally, quorum):
        return Result.NO_DECISION if is_second_date else Result.OPEN
    if open_stops:
        return Result.STOPPED
    agree = tally.choices[Choice.AGREE]
    others = votes_in(tally) - agree
    if agree != others:
        return Result.AGREED if agree > others else Result.NOT_AGREED
    if len(casting) < CO_CHAIRS_NEEDED:
        return Result.TIED
    return Result.AGREED if all(casting) else Result.NOT_AGREED


def sides_to_show(tally: Tally) -> Mapping[Side, int] | None:
    """How many voted on each side; None where one is so small that it would say who has voted."""
    return tally.sides if min(tally.sides.values()) >= FEWEST_TO_NAME_A_SEAT else None
