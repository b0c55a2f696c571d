"""Letters to members: queued with what they are about, sent by mail where that is set up, read or printed otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import next_number

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Letter:
    """A letter to a member. `sent_at` is when it went by mail; None for one that was not, or not yet."""

    id: int
    subject: str
    words: str
    made_at: datetime
    sent_at: datetime | None


def queue_letter(cursor: DuckDBPyConnection, account: int, subject: str, words: str, now: datetime) -> None:
    """A letter for somebody, in the transaction of what it tells them. It holds nobody's words, and no way in.

    Who has an e-mail address gets it by mail, if mail is set up; for everyone it is there to read and to print.
    """
    number = next_number(cursor, "letters", "letter")
    cursor.execute(
        "insert into letters values (?, ?, ?, ?, ?, null, 0, '')",
        [number, account, subject, words, to_stored(now)],
    )


def letters_of(store: Store, account: int) -> tuple[Letter, ...]:
    """All letters to somebody, the newest first."""
    rows = store.rows(
        "select letter, subject, words, made_at, sent_at from letters where account = ? order by letter desc", [account]
    )
    return tuple(
        Letter(number, subject, words, from_stored(made_at), None if sent_at is None else from_stored(sent_at))
        for number, subject, words, made_at, sent_at in rows
    )
