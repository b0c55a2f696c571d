"""What translators said about a string: for those who work on it next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.adjudication.drafts import Key
from survey.coproduction.saying_rules import as_kept, check_words
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out, next_number

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class TranslationComment:
    """One remark on a string, made on the wording `source`."""

    id: int
    source: str
    words: str
    account: int
    said_at: datetime


def add_comment(store: Store, doing: Deed, key: Key, words: str) -> int:
    """Put a remark down; return its number. Raises Refused."""
    kept = as_kept(words)

    def work(cursor: DuckDBPyConnection) -> int:
        check_words(kept)
        number = next_number(cursor, "translation_comments", "comment")
        cursor.execute(
            "insert into translation_comments values (?, ?, ?, ?, ?, ?, ?, ?)",
            [number, key.locale, key.catalogue, key.context, key.source, kept, doing.by.id, to_stored(doing.now)],
        )
        return number

    return carry_out(store, doing, work)


def comments_on(store: Store, key: Key) -> tuple[TranslationComment, ...]:
    """What was said about a string, in order; of a questionnaire's, at its context in other wordings too."""
    rows = store.rows(
        "select comment, source, words, account, said_at from translation_comments where locale = ? and catalogue = ?"
        " and context = ? and (context <> '' or source = ?) order by comment",
        [key.locale, key.catalogue, key.context, key.source],
    )
    return tuple(
        TranslationComment(comment, source, words, account, from_stored(said_at))
        for comment, source, words, account, said_at in rows
    )
