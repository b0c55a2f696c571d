"""Decisions in the store: what was put to the vote, and how far it is. Votes lie beside them, sealed until counted."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.deciding import Choice, Decision, Result, Tally
from survey.coproduction.decision_rules import Matter, NotDecided, check_put
from survey.coproduction.people import SIDES, Side, Way
from survey.coproduction.refusals import Refused
from survey.coproduction.suggestions import Fate
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out_in_round, next_number
from survey.store.group.people import person_of, seats_in
from survey.store.group.rounds import round_of
from survey.store.group.suggestions import settle_suggestion, suggestion_of

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "decision, round, suggestion, result, opened_at, closes_on, counted_at, settled_at, tally"


class UnknownDecision(LookupError):
    """There is no decision of this number."""


def open_decision(
    cursor: DuckDBPyConnection, number: int, suggestion: int | None, closes_on: date, by: int, now: datetime
) -> int:
    """Put a suggestion of a round to the vote, or (None) its new version as a whole; return the decision's number.

    Who may is checked by the caller. Raises Refused for what is on the ballot paper already.
    """
    known = cursor.execute(
        "select 1 from decisions where round = ? and suggestion is not distinct from ?", [number, suggestion]
    ).fetchone()
    if known is not None:
        raise Refused(NotDecided.NOT_TO_VOTE_ON)
    decision = next_number(cursor, "decisions", "decision")
    cursor.execute(
        "insert into decisions values (?, ?, ?, ?, ?, ?, ?, null, null, '')",
        [decision, number, suggestion, Result.OPEN, by, to_stored(now), closes_on],
    )
    return decision


def put_to_vote(store: Store, deed: Deed, number: int, suggestions: Collection[int], today: date, way: Way) -> None:
    """Put suggestions of a round to the vote, all or none. Raises Refused, UnknownSuggestion."""

    def work(cursor: DuckDBPyConnection) -> None:
        round_ = round_of(cursor, number)
        person = person_of(cursor, deed.by, way)
        for suggestion in sorted(suggestions):
            check_put(round_, suggestion_of(cursor, suggestion), person, today)
            assert round_.plan.decide_until is not None
            open_decision(cursor, number, suggestion, round_.plan.decide_until, deed.by.id, deed.now)
            settle_suggestion(cursor, suggestion, Fate.IN_VOTE, deed.now)

    carry_out_in_round(store, deed, number, work)


def decisions_of(store: Store, number: int) -> tuple[Decision, ...]:
    """Everything that was put to the vote in a round, in that order."""
    with store.as_of_now() as cursor:
        return decisions_in(cursor, number)


def decisions_in(cursor: DuckDBPyConnection, number: int) -> tuple[Decision, ...]:
    """The same inside a transaction."""
    rows = cursor.execute(f"select {_COLUMNS} from decisions where round = ? order by decision", [number]).fetchall()
    return tuple(_decision(row) for row in rows)


def matter_of(cursor: DuckDBPyConnection, decision: int) -> Matter:
    """A decision in its round. Raises UnknownDecision."""
    rows = cursor.execute(f"select {_COLUMNS} from decisions where decision = ?", [decision]).fetchall()
    if not rows:
        raise UnknownDecision(decision)
    found = _decision(rows[0])
    return Matter(round_of(cursor, found.round), found)


def load_matter(store: Store, decision: int) -> Matter:
    """The same as of now."""
    with store.as_of_now() as cursor:
        return matter_of(cursor, decision)


def voters_in(cursor: DuckDBPyConnection, asked: Collection[int]) -> frozenset[int]:
    """Of those asked in a round: who is in the group now and has a vote."""
    seats = seats_in(cursor)
    return frozenset(account for account in asked if seats.get(account) in SIDES)


def write_result(cursor: DuckDBPyConnection, decision: int, result: Result, now: datetime, *, is_over: bool) -> None:
    """Write what a decision has come to; whether it may is checked by the caller."""
    cursor.execute(
        "update decisions set result = ?, settled_at = ? where decision = ?",
        [result, to_stored(now) if is_over else None, decision],
    )


def write_count(cursor: DuckDBPyConnection, decision: int, tally: Tally, now: datetime) -> None:
    """Write the votes of a decision as they were counted: from now on they are no longer sealed."""
    cursor.execute(
        "update decisions set counted_at = ?, tally = ? where decision = ?",
        [to_stored(now), json.dumps({"choices": dict(tally.choices), "sides": dict(tally.sides)}), decision],
    )


def _decision(row: tuple[Any, ...]) -> Decision:
    decision, number, suggestion, result, opened_at, closes_on, counted_at, settled_at, tally = row
    return Decision(
        id=decision,
        round=number,
        suggestion=suggestion,
        result=Result(result),
        opened_at=from_stored(opened_at),
        closes_on=closes_on,
        counted_at=None if counted_at is None else from_stored(counted_at),
        settled_at=None if settled_at is None else from_stored(settled_at),
        tally=_tally(json.loads(tally)) if tally else None,
    )


def _tally(kept: dict[str, dict[str, int]]) -> Tally:
    return Tally(
        {choice: kept["choices"].get(choice, 0) for choice in Choice},
        {side: kept["sides"].get(side, 0) for side in Side},
    )
