"""What translators did with each string: entries that are only ever added, checked by the rules where they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.adjudication.drafts import Entry, Key, Origin, Step, decided_entry
from survey.adjudication.problems import find_problems
from survey.adjudication.rules import check_step
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import LONGEST_WORDS, as_kept, check_words
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out, next_number

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "context, source, plural, step, forms, origin, account, note, made_at"


def history_of(store: Store, key: Key) -> tuple[Entry, ...]:
    """What was done with a string, in order; of a questionnaire's, at its context in other wordings too."""
    with store.as_of_now() as cursor:
        return _history(cursor, key)


def histories(store: Store, locale: str, catalogue: str) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """What was done with every string of a catalogue, by context and source: each wording by itself."""
    rows = store.rows(
        f"select {_COLUMNS} from translation_entries where locale = ? and catalogue = ? order by entry",
        [locale, catalogue],
    )
    found: dict[tuple[str, str], list[Entry]] = {}
    for row in rows:
        entry = _entry(row)
        found.setdefault((row[0], entry.source), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def decided_in(store: Store, locale: str, catalogue: str) -> dict[tuple[str, str], tuple[Entry, ...]]:
    """The histories of those wordings about which something was decided."""
    every = histories(store, locale, catalogue)
    return {key: history for key, history in every.items() if decided_entry(history, key[1]) is not None}


def add_entry(
    store: Store,
    doing: Deed,
    key: Key,
    plural: str,
    step: Step,
    forms: tuple[str, ...],
    *,
    origin: Origin,
    note: str,
    forms_wanted: int,
    seen: int | None = None,
) -> Entry:
    """Put down a step, by whoever acts. Raises Refused, with the reasons of the rules or the problems of the words.

    `forms_wanted` is how many forms the language has where there is a `plural`. `seen` is how many entries of the
    history the person saw; None asks nothing of it.
    """
    forms, note = tuple(as_kept(form) for form in forms), as_kept(note)

    def work(cursor: DuckDBPyConnection) -> Entry:
        history = _history(cursor, key)
        if seen is not None and seen != len(history):
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        _check_words(key, plural, forms, forms_wanted, note)
        check_step(history, key.source, step, doing.by.id, forms, note)
        entry = Entry(step, forms, origin, doing.by.id, note, doing.now, key.source, plural)
        cursor.execute(
            f"insert into translation_entries (entry, locale, catalogue, {_COLUMNS}) values (?{', ?' * 11})",
            [
                next_number(cursor, "translation_entries", "entry"),
                key.locale,
                key.catalogue,
                key.context,
                key.source,
                plural,
                step,
                json.dumps(forms, ensure_ascii=False),
                origin,
                doing.by.id,
                note,
                to_stored(doing.now),
            ],
        )
        return entry

    return carry_out(store, doing, work)


def _check_words(key: Key, plural: str, forms: tuple[str, ...], forms_wanted: int, note: str) -> None:
    if note:
        check_words(note)
    if any(len(form) > LONGEST_WORDS for form in forms):
        raise Refused(NotAllowed.TOO_LONG)
    problems = [
        problem
        for problem in find_problems(
            (key.source, plural) if plural else (key.source,),
            forms,
            forms_wanted if plural else 1,
            is_questionnaire=bool(key.context),
        )
        if problem.stops
    ]
    if problems:
        reasons = tuple(dict.fromkeys(problem.wrong for problem in problems))
        raise Refused(*reasons, about={problem.wrong: problem.details for problem in reversed(problems)})


def _history(cursor: DuckDBPyConnection, key: Key) -> tuple[Entry, ...]:
    rows = cursor.execute(
        f"select {_COLUMNS} from translation_entries where locale = ? and catalogue = ? and context = ?"
        " and (context <> '' or source = ?) order by entry",
        [key.locale, key.catalogue, key.context, key.source],
    ).fetchall()
    return tuple(_entry(row) for row in rows)


def _entry(row: tuple[Any, ...]) -> Entry:
    _, source, plural, step, forms, origin, account, note, made_at = row
    return Entry(
        step=Step(step),
        forms=tuple(json.loads(forms)),
        origin=Origin(origin),
        account=account,
        note=note,
        made_at=from_stored(made_at),
        source=source,
        plural=plural,
    )
