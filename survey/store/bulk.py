"""Many rows at once, for made-up data and tests: whole columns in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas
from duckdb import DuckDBPyConnection

if TYPE_CHECKING:
    from survey.store.connect import Store

Columns = Mapping[str, Any]
"""By name: arrays or lists of one length. Moments are naive UTC; repeated words are best a pandas.Categorical."""


def append_responses(store: Store, columns: Columns) -> None:
    """Add rows to `responses`: response, return_hash, wave, version, vintage, area, invitation, started_at."""
    _append(store, responses=columns)


def append_events(store: Store, columns: Columns) -> None:
    """Add rows to `events`, oldest first: response, seq, page, answers (JSON), locale, format, mode, saved_at."""
    _append(store, events=columns)


def append_statuses(store: Store, columns: Columns) -> None:
    """Add rows to `statuses`: response, seq, status, locale, format, mode, set_at."""
    _append(store, statuses=columns)


def append_all(store: Store, *, responses: Columns, events: Columns, statuses: Columns) -> None:
    """Add rows to the three tables, to all of them or to none."""
    _append(store, responses=responses, events=events, statuses=statuses)


def _append(store: Store, **tables: Columns) -> None:
    frames = {table: pandas.DataFrame(dict(columns), copy=False) for table, columns in tables.items()}

    def work(cursor: DuckDBPyConnection) -> None:
        for table, rows in frames.items():
            cursor.register("new_rows", rows)
            try:
                cursor.execute(f"insert into {table} by name select * from new_rows")
            finally:
                cursor.unregister("new_rows")

    store.journal.run(work)
