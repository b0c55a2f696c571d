"""Suggestions in the store: one change each, who wants it and why, and how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Hat, Way
from survey.coproduction.suggestions import CHANGE, AddQuestion, Change, Fate, Suggestion
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import next_number

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "suggestion, round, change, why, author, comment, hat, way, suggested_at, confirmed_at, fate"


class UnknownSuggestion(LookupError):
    """There is no suggestion of this number."""


def item_of(change: Change) -> str:
    """The item that a change is about; of a new question the one it is to follow, '' for the first place."""
    return change.after if isinstance(change, AddQuestion) else change.item


def add_suggestion(
    cursor: DuckDBPyConnection,
    number: int,
    change: Change,
    why: str,
    *,
    comment: int | None,
    author: int,
    hat: Hat,
    way: Way,
    entered_by: int,
    now: datetime,
) -> int:
    """Put a suggestion down; who may, and whether the change fits, is checked by the caller. Return its number."""
    suggestion = next_number(cursor, "suggestions", "suggestion")
    moment = to_stored(now)
    row = [suggestion, number, item_of(change), _written(change), why, author, comment, hat, way, entered_by, moment]
    confirmed = [moment, "self"] if way is Way.SELF else [None, ""]
    cursor.execute(
        "insert into suggestions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        [*row, *confirmed, Fate.SUGGESTED],
    )
    return suggestion


def suggestions_of(store: Store, number: int, item: str | None = None) -> tuple[Suggestion, ...]:
    """What was suggested in a round, or about one item of it, in that order, withdrawn ones too.

    What waits to be confirmed is not among them.
    """
    narrower = "" if item is None else " and item = ?"
    rows = store.rows(
        f"select {_COLUMNS} from suggestions where round = ? and confirmed_at is not null{narrower}"
        " order by suggestion",
        [number] if item is None else [number, item],
    )
    return tuple(_suggestion(row) for row in rows)


def suggestion_of(cursor: DuckDBPyConnection, suggestion: int) -> Suggestion:
    """One suggestion inside a transaction, confirmed or not. Raises UnknownSuggestion."""
    rows = cursor.execute(f"select {_COLUMNS} from suggestions where suggestion = ?", [suggestion]).fetchall()
    if not rows:
        raise UnknownSuggestion(suggestion)
    return _suggestion(rows[0])


def load_suggestion(store: Store, suggestion: int) -> Suggestion:
    """One suggestion. Raises UnknownSuggestion."""
    with store.as_of_now() as cursor:
        return suggestion_of(cursor, suggestion)


def all_suggestions(cursor: DuckDBPyConnection, number: int) -> tuple[Suggestion, ...]:
    """Everything that was suggested in a round, in that order, inside a transaction: also what waits for a yes."""
    rows = cursor.execute(
        f"select {_COLUMNS} from suggestions where round = ? order by suggestion", [number]
    ).fetchall()
    return tuple(_suggestion(row) for row in rows)


def settle_suggestion(cursor: DuckDBPyConnection, suggestion: int, fate: Fate, now: datetime) -> None:
    """Write what became of a suggestion; whether it may become that is checked by the caller."""
    cursor.execute(
        "update suggestions set fate = ?, settled_at = ? where suggestion = ?", [fate, to_stored(now), suggestion]
    )


def _written(change: Change) -> str:
    return CHANGE.dump_json(change, by_alias=True, exclude_none=True).decode()


def _suggestion(row: tuple[Any, ...]) -> Suggestion:
    suggestion, number, change, why, author, comment, hat, way, suggested_at, confirmed_at, fate = row
    return Suggestion(
        id=suggestion,
        round=number,
        change=CHANGE.validate_json(change),
        why=why,
        author=author,
        comment=comment,
        hat=Hat(hat),
        way=Way(way),
        suggested_at=from_stored(suggested_at),
        confirmed_at=None if confirmed_at is None else from_stored(confirmed_at),
        fate=Fate(fate),
    )
