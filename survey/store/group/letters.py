"""Letters to members: queued with what they are about, sent by mail where that is set up, read or printed otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.letter_words import About, letter_words
from survey.coproduction.people import Office
from survey.coproduction.rounds import Round
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import next_number
from survey.store.group.people import holders_in

if TYPE_CHECKING:
    from survey.store.connect import Store

MOST_TRIES = 10
"""The pause after each try is twice as long as the one before, from one minute: ten take eight and a half hours."""
STALE = timedelta(days=14)
"""An older letter is not sent any more: its member has just been given an address, or mail was just set up."""


@dataclass(frozen=True)
class Letter:
    """A letter to a member."""

    id: int
    subject: str
    words: str
    made_at: datetime
    sent_at: datetime | None
    """When it went by mail; None for one that was not sent, or not yet."""
    problem: str
    """Why the last try failed; '' where none did."""


@dataclass(frozen=True)
class Waiting:
    """A letter that is to be sent now."""

    id: int
    address: str
    subject: str
    words: str


def queue_letter(cursor: DuckDBPyConnection, account: int, subject: str, words: str, now: datetime) -> None:
    """A letter for somebody, in the transaction of what it tells them. It holds nobody's words, and no way in.

    Who has an e-mail address gets it by mail, if mail is set up; for everyone it is there to read and to print.
    """
    number = next_number(cursor, "letters", "letter")
    cursor.execute(
        "insert into letters values (?, ?, ?, ?, ?, null, 0, null, '')",
        [number, account, subject, words, to_stored(now)],
    )


def write_letters(
    cursor: DuckDBPyConnection, accounts: Iterable[int], about: About, number: int, now: datetime
) -> None:
    """The letter about something in a round, to each of these accounts."""
    for account in sorted(set(accounts)):
        queue_letter(cursor, account, *letter_words(about, number), now)


def write_that_review_ended(cursor: DuckDBPyConnection, round_: Round, now: datetime) -> None:
    """The letters when a review is over: to all who were asked, and to the sponsor, who owes an answer."""
    write_letters(cursor, round_.asked, About.ROUND_ENDED, round_.id, now)
    write_letters(cursor, holders_in(cursor).get(Office.SPONSOR, ()), About.ANSWER_DUE, round_.id, now)


def letters_of(store: Store, account: int) -> tuple[Letter, ...]:
    """All letters to somebody, the newest first."""
    rows = store.rows(
        "select letter, subject, words, made_at, sent_at, last_problem from letters where account = ?"
        " order by letter desc",
        [account],
    )
    return tuple(
        Letter(number, subject, words, from_stored(made_at), None if sent_at is None else from_stored(sent_at), problem)
        for number, subject, words, made_at, sent_at, problem in rows
    )


def waiting_letters(store: Store, now: datetime) -> tuple[Waiting, ...]:
    """The letters to send now, the oldest first: to members who are here and have an address."""
    moment = to_stored(now)
    rows = store.rows(
        """
        select letter, email, subject, words
        from letters join members using (account) left join departures using (account)
        where sent_at is null and email <> '' and departures.account is null and tries < ? and made_at > ?
            and (tried_at is null or tried_at + to_minutes(1 << greatest(tries - 1, 0)) <= ?)
        order by letter
        """,
        [MOST_TRIES, moment - STALE, moment],
    )
    return tuple(Waiting(*row) for row in rows)


def note_sent(store: Store, letter: int, now: datetime) -> None:
    """Write that a letter was handed over to the mail."""
    store.journal.run(
        lambda cursor: cursor.execute(
            "update letters set sent_at = ?, last_problem = '' where letter = ?", [to_stored(now), letter]
        )
    )


def note_problem(store: Store, letters: Iterable[int], problem: str, now: datetime) -> None:
    """Write why letters could not be sent; they are tried again after a while."""
    store.journal.run(
        lambda cursor: cursor.execute(
            "update letters set tries = tries + 1, tried_at = ?, last_problem = ? where list_contains(?, letter)",
            [to_stored(now), problem, list(letters)],
        )
    )


def address_of(store: Store, name: str) -> str:
    """Where mail to the account of a name goes; '' where there is no such account, or no address, or they have left."""
    rows = store.rows(
        "select email from accounts join members using (account) left join departures using (account)"
        " where name = ? and departures.account is null",
        [name],
    )
    return str(rows[0][0]) if rows else ""
