"""What became of comments: outcomes one after another, what their authors said of them, and reopenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.closing import Course, Drafted, Reflection, Reflects, Reopening
from survey.coproduction.saying import Became, Outcome
from survey.store.clock import from_stored, to_stored

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


def add_outcome(cursor: DuckDBPyConnection, comment: int, seq: int, drafted: Drafted, by: int, now: datetime) -> None:
    """Put down what became of a comment, after the outcomes it has; who may is checked by the caller."""
    cursor.execute(
        "insert into outcomes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            comment,
            seq,
            drafted.became,
            drafted.words,
            drafted.power,
            drafted.suggestion,
            drafted.owner,
            drafted.due_on,
            by,
            to_stored(now),
        ],
    )


def reflect(cursor: DuckDBPyConnection, comment: int, seq: int, reflects: Reflects, words: str, now: datetime) -> None:
    """Put down whether an outcome reflects what its author said; what they said of it before is replaced."""
    cursor.execute(
        "insert or replace into reflections values (?, ?, ?, ?, ?)", [comment, seq, reflects, words, to_stored(now)]
    )


def reopen(cursor: DuckDBPyConnection, comment: int, after_seq: int, words: str, now: datetime) -> None:
    """Open a comment again, which goes once."""
    cursor.execute("insert into reopenings values (?, ?, ?, ?)", [comment, after_seq, words, to_stored(now)])


def course_of(cursor: DuckDBPyConnection, comment: int) -> Course:
    """All that came after one comment."""
    return _courses(cursor, "comment = ?", comment).get(comment, Course())


def courses_in(cursor: DuckDBPyConnection, number: int) -> Mapping[int, Course]:
    """By comment of a round, all that came after it; those with nothing are left out."""
    return _courses(cursor, "comment in (select comment from comments where round = ?)", number)


def load_course(store: Store, comment: int) -> Course:
    """All that came after one comment."""
    with store.as_of_now() as cursor:
        return course_of(cursor, comment)


def next_without_outcome(store: Store, number: int, after: int) -> int | None:
    """The next comment of a round that needs an outcome, from the first again after the last; None where none does."""
    with store.as_of_now() as cursor:
        missing = without_outcome(cursor, number)
    return next((comment for comment in missing if comment > after), missing[0] if missing else None)


def _courses(cursor: DuckDBPyConnection, where: str, value: int) -> Mapping[int, Course]:
    outcomes: dict[int, list[Outcome]] = defaultdict(list)
    for row in cursor.execute(f"select {_COLUMNS} from outcomes where {where} order by seq", [value]).fetchall():
        outcomes[row[0]].append(_outcome(row))
    reflections: dict[int, list[Reflection]] = defaultdict(list)
    for comment, seq, reflects, words, said_at in cursor.execute(
        f"select comment, seq, reflects, words, said_at from reflections where {where} order by seq", [value]
    ).fetchall():
        reflections[comment].append(Reflection(seq, Reflects(reflects), words, from_stored(said_at)))
    reopenings = {
        comment: Reopening(after_seq, words, from_stored(reopened_at))
        for comment, after_seq, words, reopened_at in cursor.execute(
            f"select comment, after_seq, words, reopened_at from reopenings where {where}", [value]
        ).fetchall()
    }
    return {
        comment: Course(tuple(given), tuple(reflections[comment]), reopenings.get(comment))
        for comment, given in outcomes.items()
    }


def _outcome(row: tuple[Any, ...]) -> Outcome:
    comment, seq, became, words, power, suggestion, owner, due_on, decided_at = row
    return Outcome(comment, seq, Became(became), words, power, suggestion, owner, due_on, from_stored(decided_at))
