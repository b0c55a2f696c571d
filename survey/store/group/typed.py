"""What somebody has typed into a form of the group and not sent yet: kept for them on any device, shown to nobody else.

Each page that is opened keeps its own row, so that two windows never write over one another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store

MOST_WINDOWS = 10
"""So many windows of one person on one form are kept; of more the oldest go."""
_BETWEEN = "#"


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they were typed in one window."""

    window: str
    fields: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True)
class Window:
    """A page that was opened with a form. It began with the text of another window as that was saved at a moment."""

    name: str
    began_with: str = ""
    """'' where it began empty."""
    as_of: datetime | None = None


def keep_typed(
    store: Store, account: int, place: str, window: Window, fields: Mapping[str, str], now: datetime
) -> tuple[Typed, ...]:
    """Keep what is typed in a window, in place of what it began with; return what other windows keep."""

    def work(cursor: DuckDBPyConnection) -> None:
        forget_typed(cursor, account, place, window)
        cursor.execute(
            "insert or replace into typed values (?, ?, ?, ?)",
            [account, f"{place}{_BETWEEN}{window.name}", json.dumps(fields, ensure_ascii=False), to_stored(now)],
        )
        cursor.execute(
            "delete from typed where account = ? and starts_with(place, ?) and place not in (select place from typed"
            " where account = ? and starts_with(place, ?) order by saved_at desc limit ?)",
            [account, f"{place}{_BETWEEN}", account, f"{place}{_BETWEEN}", MOST_WINDOWS],
        )

    store.journal.run(work)
    return tuple(each for each in typed_at(store, account, place) if each.window != window.name)


def typed_at(store: Store, account: int, place: str) -> tuple[Typed, ...]:
    """What somebody has typed into one form, by window; what was saved last comes first."""
    rows = store.rows(
        "select place, fields, saved_at from typed where account = ? and starts_with(place, ?) order by saved_at desc",
        [account, f"{place}{_BETWEEN}"],
    )
    return tuple(
        Typed(kept.removeprefix(f"{place}{_BETWEEN}"), json.loads(fields), from_stored(saved_at))
        for kept, fields, saved_at in rows
    )


def drop_typed(store: Store, account: int, place: str, window: Window) -> None:
    """Throw away what was typed in a window, and what it began with."""
    store.journal.run(lambda cursor: forget_typed(cursor, account, place, window))


def forget_typed(cursor: DuckDBPyConnection, account: int, place: str, window: Window) -> None:
    """The same inside a transaction. What was typed on in the other window since then stays."""
    cursor.execute(
        "delete from typed where account = ? and (place = ? or place = ? and saved_at = ?)",
        [
            account,
            f"{place}{_BETWEEN}{window.name}",
            f"{place}{_BETWEEN}{window.began_with}",
            None if window.as_of is None else to_stored(window.as_of),
        ],
    )
