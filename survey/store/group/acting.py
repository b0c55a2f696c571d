"""Doing something in the group's records: the rule, the change and its audit row in one transaction.

What a rule refuses leaves one audit row as well, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from duckdb import DuckDBPyConnection

from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import Account
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store

CLOCKS_MAY_DIFFER = timedelta(minutes=1)
"""A moment this much before the last one is no sign of a clock that was put back."""

Done = TypeVar("Done")


@dataclass(frozen=True)
class Deed:
    """Who does what to what, for the audit: never a code, a vote, or the words of a member."""

    by: Account
    action: str
    subject: str
    now: datetime
    details: Mapping[str, str] = field(default_factory=dict)


def carry_out(store: Store, deed: Deed, work: Callable[[DuckDBPyConnection], Done]) -> Done:
    """Run `work`, which checks the rules and writes, with its audit row in one transaction; return what it returns.

    Raises what `work` raises, after nothing was changed; of a Refused there is an audit row that says why.
    """

    def whole(cursor: DuckDBPyConnection) -> Done:
        done = work(cursor)
        _write(cursor, deed, deed.action, deed.details)
        return done

    try:
        return store.journal.run(whole)
    except Refused as refused:
        details = {**deed.details, "why": str(refused)}
        store.journal.run(lambda cursor: _write(cursor, deed, f"refused: {deed.action}", details))
        raise


def carry_out_in_round(store: Store, deed: Deed, number: int, work: Callable[[DuckDBPyConnection], Done]) -> Done:
    """The same for something in a round, of which nothing is done before what was done last."""

    def ticking(cursor: DuckDBPyConnection) -> Done:
        row = cursor.execute("select acted_at from rounds where round = ?", [number]).fetchone()
        if row is None:
            raise UnknownRound(number)
        if deed.now < from_stored(row[0]) - CLOCKS_MAY_DIFFER:
            raise Refused(NotAllowed.CLOCK_WENT_BACK)
        done = work(cursor)
        cursor.execute(
            "update rounds set acted_at = greatest(acted_at, ?) where round = ?", [to_stored(deed.now), number]
        )
        return done

    return carry_out(store, deed, ticking)


def note_refusal(store: Store, deed: Deed, why: str) -> None:
    """The audit row of something that was refused before it came to a rule: at a door, in a form."""
    details = {**deed.details, "why": why}
    store.journal.run(lambda cursor: _write(cursor, deed, f"refused: {deed.action}", details))


class UnknownRound(LookupError):
    """There is no round of this number."""


def next_number(cursor: DuckDBPyConnection, table: str, column: str) -> int:
    """The number of a new row; the one writer makes this safe."""
    ((number,),) = cursor.execute(f"select coalesce(max({column}), 0) + 1 from {table}").fetchall()
    return int(number)


def _write(cursor: DuckDBPyConnection, deed: Deed, action: str, details: Mapping[str, str]) -> None:
    record(cursor, actor=deed.by.name, action=action, subject=deed.subject, now=deed.now, details=details)
