"""Deciding together: sealed votes in three plain phrases, and what a decision is while it is open and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from survey.coproduction.people import Seat, Side, Way


class Choice(StrEnum):
    """The three phrases."""

    AGREE = "agree"
    """I agree."""
    GO_AHEAD = "go_ahead"
    """I don't agree, but go ahead."""
    STOP = "stop"
    """Stop: sort this first."""


@dataclass(frozen=True)
class Vote:
    """A vote as it was last cast. `seat` is the one held at that moment."""

    account: int
    seat: Seat
    choice: Choice
    words: str
    way: Way
    cast_at: datetime
    confirmed_at: datetime | None


class Result(StrEnum):
    """What a decision is."""

    OPEN = "open"
    """Votes are being cast, and sealed."""
    STOPPED = "stopped"
    """Counted; a stop is to be sorted first."""
    TIED = "tied"
    """As many agree as do not: both co-chairs decide."""
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    NO_DECISION = "no_decision"
    """No quorum by the second date: the last agreed wording stands."""


OVER = frozenset({Result.AGREED, Result.NOT_AGREED, Result.NO_DECISION})


class Step(StrEnum):
    """What somebody does to a decision."""

    VOTE = "vote"
    COUNT = "count"
    REPLY = "reply"
    """A co-chair writes, or signs, the reply to a stop."""
    CLEAR = "clear"
    """A stop is sorted: its author says so, or the co-chairs' reply is published."""
    CAST = "cast"
    """A co-chair's casting vote."""
    LET_STAND = "let_stand"
    """After the second date: what is not sorted by then is not decided."""


TRANSITIONS: Mapping[tuple[Result, Step], frozenset[Result]] = {
    (Result.OPEN, Step.VOTE): frozenset({Result.OPEN}),
    (Result.OPEN, Step.COUNT): frozenset(Result),
    (Result.STOPPED, Step.REPLY): frozenset({Result.STOPPED}),
    (Result.STOPPED, Step.CLEAR): frozenset({Result.STOPPED, Result.TIED, Result.AGREED, Result.NOT_AGREED}),
    (Result.STOPPED, Step.LET_STAND): frozenset({Result.NO_DECISION}),
    (Result.TIED, Step.CAST): frozenset({Result.TIED, Result.AGREED, Result.NOT_AGREED}),
    (Result.TIED, Step.LET_STAND): frozenset({Result.NO_DECISION}),
}
"""What each step can lead to; what is not here cannot be done. Votes are counted once, and what is over stays so."""


_RESULT_NAMES = {
    Result.OPEN: "Open, votes are cast and sealed",
    Result.STOPPED: "Stopped, something is to be sorted first",
    Result.TIED: "Tied, both co-chairs decide",
    Result.AGREED: "Agreed",
    Result.NOT_AGREED: "Not agreed",
    Result.NO_DECISION: "No decision, the last agreed wording stands",
}
_STEP_NAMES = {
    Step.VOTE: "vote",
    Step.COUNT: "count",
    Step.REPLY: "reply to a stop",
    Step.CLEAR: "clear a stop",
    Step.CAST: "casting vote of a co-chair",
    Step.LET_STAND: "let stand, after the second date",
}


def draw_decision() -> str:
    """The table of transitions as a Mermaid diagram, for the README."""
    lines = ["stateDiagram-v2", *(f"    {result}: {name}" for result, name in _RESULT_NAMES.items())]
    lines.append("    [*] --> open: put to the vote")
    for (before, step), after in TRANSITIONS.items():
        lines += [f"    {before} --> {result}: {_STEP_NAMES[step]}" for result in Result if result in after]
    return "\n".join([*lines, *(f"    {result} --> [*]" for result in Result if result in OVER)])


@dataclass(frozen=True)
class Tally:
    """Votes that count, by choice, and by side over all choices."""

    choices: Mapping[Choice, int]
    sides: Mapping[Side, int]


@dataclass(frozen=True)
class Decision:
    """Something the group votes on: a suggestion, or (None) the new version of the round as a whole."""

    id: int
    round: int
    suggestion: int | None
    result: Result
    opened_at: datetime
    closes_on: date
    counted_at: datetime | None
    settled_at: datetime | None
    tally: Tally | None
    """None while votes are sealed."""


@dataclass(frozen=True)
class Stop:
    """A stop after the count: its reason, the co-chairs' reply, and how it was cleared."""

    decision: int
    author: int
    words: str
    reply: str = ""
    replied_by: frozenset[int] = frozenset()
    """Accounts of the co-chairs who have signed this reply."""
    seen_at: datetime | None = None
    """When the reply was shown to its author, before anyone else."""
    replied_at: datetime | None = None
    """When the second co-chair signed this reply."""
    cleared_by: str = ""
    """`author` or `co_chairs`; '' while it stands."""
    cleared_at: datetime | None = None
