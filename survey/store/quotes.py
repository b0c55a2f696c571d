"""Words of an answer that may leave: one person redacts and proposes them, another approves or refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.store.accounts import Account
from survey.store.audit import record
from survey.store.clock import to_stored
from survey.store.coding import LONGEST_QUOTE, CodingError, Refusal, checked_words
from survey.store.readings import Coded
from survey.store.written import Answer, is_there

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "quote, response, item, seq, theme, words, proposed_by, approved_at is not null"


@dataclass(frozen=True)
class Quote:
    """Redacted words, which nobody has refused."""

    id: int
    answer: Answer
    theme: str
    words: str = field(repr=False)
    proposed_by: int
    is_approved: bool


def load_quotes(store: Store, wave: str) -> tuple[Quote, ...]:
    """Every quote of a wave that is proposed or approved, in the order in which they were proposed."""
    asked = f"select {_COLUMNS} from quotes join responses using (response) where wave = ? and refused_at is null"
    return tuple(_quote(row) for row in store.rows(f"{asked} order by quote", [wave]))


def propose_quote(
    store: Store, account: Account, *, wave: str, coded: Coded, theme: str, words: str, now: datetime
) -> None:
    """Propose words of an answer for a theme that its two readers found, one of them the proposer.

    Raises CodingError, NotSaved.

    One quote of an answer: nobody is to be recognised by putting several together.
    """
    answer = coded.answer
    words = checked_words(words, LONGEST_QUOTE)
    if not words:
        raise CodingError(Refusal.NO_WORDS)
    if not coded.is_full:
        raise CodingError(Refusal.NOT_READ_BY_TWO)
    if coded.by(account.id) is None or theme not in coded.found_by_both:
        raise CodingError(Refusal.NOT_FOUND_THERE)

    def work(cursor: DuckDBPyConnection) -> None:
        if not is_there(cursor, answer):
            raise CodingError(Refusal.ANSWER_GONE)
        live = "select 1 from quotes where response = ? and item = ? and refused_at is null"
        if cursor.execute(live, [answer.response, answer.item]).fetchone():
            raise CodingError(Refusal.ALREADY_QUOTED)
        [(number,)] = cursor.execute("select coalesce(max(quote), 0) + 1 from quotes").fetchall()
        cursor.execute(
            "insert into quotes (quote, response, item, seq, theme, words, proposed_by, proposed_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [number, answer.response, answer.item, answer.seq, theme, words, account.id, to_stored(now)],
        )
        _record(cursor, account, "propose quote", wave, number, now)

    store.journal.run(work)


def approve_quote(store: Store, account: Account, *, wave: str, quote: int, now: datetime) -> None:
    """Let a quote that somebody else has proposed leave. Raises CodingError, NotSaved."""

    def work(cursor: DuckDBPyConnection) -> None:
        found = _find(cursor, wave, quote)
        if found.is_approved:
            raise CodingError(Refusal.ALREADY_DECIDED)
        if found.proposed_by == account.id:
            raise CodingError(Refusal.OWN_QUOTE)
        if not is_there(cursor, found.answer):
            raise CodingError(Refusal.ANSWER_GONE)
        cursor.execute(
            "update quotes set approved_by = ?, approved_at = ? where quote = ?", [account.id, to_stored(now), quote]
        )
        _record(cursor, account, "approve quote", wave, quote, now)

    store.journal.run(work)


def refuse_quote(store: Store, account: Account, *, wave: str, quote: int, now: datetime) -> None:
    """Refuse a quote, also one's own or an approved one; from then on it is published no more.

    Raises CodingError, NotSaved.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        _find(cursor, wave, quote)
        cursor.execute("update quotes set refused_at = ? where quote = ?", [to_stored(now), quote])
        _record(cursor, account, "refuse quote", wave, quote, now)

    store.journal.run(work)


def _find(cursor: DuckDBPyConnection, wave: str, quote: int) -> Quote:
    """A quote that nobody has refused yet."""
    rows = cursor.execute(
        f"select {_COLUMNS}, refused_at is not null from quotes join responses using (response)"
        " where wave = ? and quote = ?",
        [wave, quote],
    ).fetchall()
    if not rows:
        raise CodingError(Refusal.UNKNOWN_QUOTE)
    if rows[0][-1]:
        raise CodingError(Refusal.ALREADY_DECIDED)
    return _quote(rows[0][:-1])


def _quote(row: tuple[Any, ...]) -> Quote:
    number, response, item, seq, theme, words, proposed_by, is_approved = row
    return Quote(number, Answer(response, item, seq), theme, words, proposed_by, is_approved)


def _record(cursor: DuckDBPyConnection, account: Account, action: str, wave: str, quote: int, now: datetime) -> None:
    record(cursor, actor=account.name, action=action, subject=wave, now=now, details={"quote": str(quote)})
