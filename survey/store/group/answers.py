"""The sponsor's answers to rounds: signed once, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.closing import Answer
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


def sign_answer(cursor: DuckDBPyConnection, answer: Answer, by: int) -> None:
    """Put a signed answer down; who may is checked by the caller."""
    cursor.execute(
        "insert into sponsor_answers values (?, ?, ?, ?, ?, ?)",
        [answer.round, answer.words, answer.name, answer.office, by, to_stored(answer.signed_at)],
    )


def answer_of(cursor: DuckDBPyConnection, number: int) -> Answer | None:
    """The answer to a round inside a transaction; None where there is none yet."""
    row = cursor.execute(
        "select words, name, office, signed_at from sponsor_answers where round = ?", [number]
    ).fetchone()
    return None if row is None else Answer(number, row[0], row[1], row[2], from_stored(row[3]))


def load_answer(store: Store, number: int) -> Answer | None:
    """The answer to a round; None where there is none yet."""
    with store.as_of_now() as cursor:
        return answer_of(cursor, number)
