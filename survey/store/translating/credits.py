"""Credit for translators: named as they choose, or not at all, where their words are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import as_kept, check_words
from survey.store.clock import to_stored
from survey.store.group.acting import Deed, carry_out

if TYPE_CHECKING:
    from survey.store.connect import Store

LONGEST_NAME = 80


def choose_credit(store: Store, doing: Deed, name: str) -> None:
    """Whoever acts is named so from now on; '' for not at all. Raises Refused."""
    kept = as_kept(name)

    def work(cursor: DuckDBPyConnection) -> None:
        if kept:
            check_words(kept, LONGEST_NAME)
        if "\n" in kept:
            raise Refused(NotAllowed.HIDDEN_CHARACTERS)
        cursor.execute(
            "insert or replace into translator_credits values (?, ?, ?)", [doing.by.id, kept, to_stored(doing.now)]
        )

    carry_out(store, doing, work)


def credit_of(store: Store, account: int) -> str | None:
    """How somebody is named; '' for not at all, None where they have not chosen."""
    rows = store.rows("select name from translator_credits where account = ?", [account])
    return rows[0][0] if rows else None


def credits_of(store: Store, locale: str) -> tuple[str, ...]:
    """The names, as chosen, of those whose words are served in a language; nobody is named who did not choose to be."""
    rows = store.rows(_SERVED_BY, [locale, locale])
    return tuple(sorted((name for (name,) in rows), key=str.casefold))


_SERVED_BY = """
with decided as (
    select catalogue, context, source, arg_max(forms, entry) as forms from translation_entries
    where locale = ? and step = 'adjudicate' group by all
)
select distinct name from translation_entries
join decided using (catalogue, context, source, forms) join translator_credits using (account)
where locale = ? and step <> 'pretest' and name <> ''
"""
"""In SQL because a page that everyone can open asks it: entry by entry it took a fifth of a second of 8,000."""
