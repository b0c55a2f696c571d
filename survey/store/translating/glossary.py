"""The glossary of a language: the same term is always the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import LONGEST_REASON, as_kept, check_words
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out

if TYPE_CHECKING:
    from survey.store.connect import Store

LONGEST_TERM = 200


@dataclass(frozen=True)
class Term:
    """An English term, what it is in the language, and why so."""

    term: str
    words: str
    note: str
    account: int
    """Who wrote it last."""
    written_at: datetime


def glossary_of(store: Store, locale: str) -> tuple[Term, ...]:
    """The terms of a language in the order of the alphabet."""
    rows = store.rows(
        "select term, words, note, account, written_at from glossary where locale = ? order by lower(term), term",
        [locale],
    )
    return tuple(Term(term, words, note, by, from_stored(written_at)) for term, words, note, by, written_at in rows)


def write_term(
    store: Store, doing: Deed, locale: str, term: str, words: str, note: str = "", *, was: str | None = None
) -> None:
    """Write a term or write it anew; without words it is taken out. Raises Refused.

    `was` is what the person saw for it, '' for nothing; None asks nothing of it.
    """
    term, words, note = as_kept(term), as_kept(words), as_kept(note)

    def work(cursor: DuckDBPyConnection) -> None:
        stands = cursor.execute(
            "select words from glossary where locale = ? and term = ?", [locale, term]
        ).fetchone() or ("",)
        if was is not None and as_kept(was) != stands[0]:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        check_words(term, LONGEST_TERM)
        if not words:
            cursor.execute("delete from glossary where locale = ? and term = ?", [locale, term])
            return
        check_words(words, LONGEST_TERM)
        if note:
            check_words(note, LONGEST_REASON)
        cursor.execute(
            "insert or replace into glossary values (?, ?, ?, ?, ?, ?)",
            [locale, term, words, note, doing.by.id, to_stored(doing.now)],
        )

    carry_out(store, doing, work)
