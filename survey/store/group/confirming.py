"""Entries on somebody's behalf: what waits, and its confirmation or refusal, alike for all that can be entered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.confirming_rules import Entry, NotConfirmed, What, check_confirm
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import OPEN_STATES, State
from survey.coproduction.suggestions import Fate
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out
from survey.store.group.people import person_of
from survey.store.group.suggestions import settle_suggestion

if TYPE_CHECKING:
    from survey.store.connect import Store

REFUSED = "the member said no"
"""As how it was confirmed, of an entry that never will be."""


@dataclass(frozen=True)
class _Table:
    """Where a kind of entry lies: its table, the columns of number, member and moment, and when it is still open."""

    name: str
    number: str
    member: str
    moment: str
    is_open: str


_IN_REVIEW = f"rounds.state = '{State.IN_REVIEW}'"
_TABLES = {
    What.COMMENT: _Table("comments", "comment", "author", "said_at", _IN_REVIEW),
    What.SUGGESTION: _Table("suggestions", "suggestion", "author", "suggested_at", _IN_REVIEW),
    What.STORY: _Table("stories", "story", "author", "told_at", "true"),
    What.VOTE: _Table(
        "(select votes.*, decisions.round, decisions.counted_at from votes join decisions using (decision))",
        "decision",
        "account",
        "cast_at",
        f"entries.counted_at is null and rounds.state in {tuple(sorted(map(str, OPEN_STATES)))}",
    ),
}


def waiting_for(store: Store, account: int | None = None) -> tuple[Entry, ...]:
    """What was entered on behalf of a member, or of anybody, and waits to be confirmed; the oldest first."""
    with store.as_of_now() as cursor:
        entries = [
            entry
            for what, table in _TABLES.items()
            for entry in _entries(cursor, what, "and (? is null or entries." + table.member + " = ?)", [account] * 2)
        ]
    return tuple(sorted((entry for entry in entries if entry.waits and entry.is_open), key=lambda one: one.entered_at))


def entries_of(store: Store, what: What, number: int) -> tuple[Entry, ...]:
    """What was entered under a number, be it still waiting or not: of a vote there is one for each member."""
    with store.as_of_now() as cursor:
        return tuple(_entries(cursor, what, f"and entries.{_TABLES[what].number} = ?", [number]))


def confirm(
    store: Store,
    deed: Deed,
    what: What,
    number: int,
    member: int,
    way: Way,
    how: str = "",
    seen: datetime | None = None,
) -> Entry:
    """Let an entry count from now on: the member says so, or a second person who tells how they know.

    `way` is how whoever does this came in, `seen` when that was entered which they had before them. Raises Refused.
    """

    def work(cursor: DuckDBPyConnection) -> Entry:
        entry = _checked(cursor, deed, what, number, member, way, how, seen)
        _write(cursor, entry, "confirmed_at = ?, confirmed_how = ?", [to_stored(deed.now), _told(deed, entry, how)])
        return entry

    return carry_out(store, deed, work)


def reject(
    store: Store,
    deed: Deed,
    what: What,
    number: int,
    member: int,
    way: Way,
    how: str = "",
    seen: datetime | None = None,
) -> Entry:
    """Put an entry aside for good: the member did not say this. Its row stays. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Entry:
        entry = _checked(cursor, deed, what, number, member, way, how, seen)
        _write(cursor, entry, "confirmed_how = ?", [REFUSED])
        if what is What.SUGGESTION:
            settle_suggestion(cursor, number, Fate.WITHDRAWN, deed.now)
        return entry

    return carry_out(store, deed, work)


def vote_of(store: Store, decision: int, member: int) -> tuple[str, str]:
    """What was entered as a member's vote, and the words with it: for that member's eyes alone."""
    ((choice, words),) = store.rows(
        "select choice, words from votes where decision = ? and account = ?", [decision, member]
    )
    return choice, words


def _checked(
    cursor: DuckDBPyConnection,
    deed: Deed,
    what: What,
    number: int,
    member: int,
    way: Way,
    how: str,
    seen: datetime | None,
) -> Entry:
    table = _TABLES[what]
    narrower = f"and entries.{table.number} = ? and entries.{table.member} = ?"
    found = [*_entries(cursor, what, narrower, [number, member])]
    if not found:
        raise Refused(NotConfirmed.NOT_WAITING)
    check_confirm(found[0], person_of(cursor, deed.by, way), how)
    if seen not in (None, found[0].entered_at):
        raise Refused(NotAllowed.CHANGED_MEANWHILE)
    return found[0]


def _entries(cursor: DuckDBPyConnection, what: What, narrower: str, values: list[Any]) -> Iterable[Entry]:
    table = _TABLES[what]
    rows = cursor.execute(
        f"""
        select entries.{table.number}, round, entries.{table.member}, entries.entered_by, entries.way,
            entries.{table.moment}, entries.confirmed_at is null and entries.confirmed_how = '', {table.is_open},
            coalesce((select list(shown_by) from shown_links where account = entries.{table.member}), [])
        from {table.name} entries join rounds using (round)
        where entries.way <> '{Way.SELF}' {narrower}
        """,
        values,
    ).fetchall()
    for number, round_, member, entered_by, way, entered_at, waits, is_open, helpers in rows:
        moment = from_stored(entered_at)
        yield Entry(
            what, number, round_, member, entered_by, Way(way), moment, bool(waits), bool(is_open), frozenset(helpers)
        )


def _write(cursor: DuckDBPyConnection, entry: Entry, columns: str, values: list[object]) -> None:
    table = "votes" if entry.what is What.VOTE else _TABLES[entry.what].name
    member = _TABLES[entry.what].member
    cursor.execute(
        f"update {table} set {columns} where {_TABLES[entry.what].number} = ? and {member} = ?",
        [*values, entry.id, entry.member],
    )


def _told(deed: Deed, entry: Entry, how: str) -> str:
    return "self" if deed.by.id == entry.member else json.dumps({"by": deed.by.id, "how": how}, ensure_ascii=False)
