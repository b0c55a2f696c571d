"""What became of comments: outcomes one after another, what their authors said of them, and reopenings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.saying import Became, Outcome
from survey.store.clock import from_stored

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "comment, seq, became, outcomes.words, power, suggestion, owner, due_on, decided_at"


def latest_outcomes(store: Store, number: int) -> Mapping[int, Outcome]:
    """By comment of a round, the newest outcome; those that were reopened since are there too."""
    rows = store.rows(
        f"select {_COLUMNS} from outcomes join comments using (comment) where round = ?"
        " qualify row_number() over (partition by comment order by seq desc) = 1",
        [number],
    )
    return {row[0]: _outcome(row) for row in rows}


def without_outcome(cursor: DuckDBPyConnection, number: int) -> tuple[int, ...]:
    """The comments of a round that still need one: those that count and are not hidden, with no outcome since they
    were said or reopened."""
    rows = cursor.execute(
        """
        select comment from comments left join reopenings using (comment)
        where round = ? and confirmed_at is not null and hidden_because = '' and not exists (
            select 1 from outcomes
            where outcomes.comment = comments.comment and outcomes.seq > coalesce(reopenings.after_seq, 0)
        )
        order by comment
        """,
        [number],
    ).fetchall()
    return tuple(comment for (comment,) in rows)


def _outcome(row: tuple[Any, ...]) -> Outcome:
    comment, seq, became, words, power, suggestion, owner, due_on, decided_at = row
    return Outcome(comment, seq, Became(became), words, power, suggestion, owner, due_on, from_stored(decided_at))
