"""Whether the answers to a question can be compared with those to an earlier version of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Answering, GridItem, Item, Questionnaire, ScaleItem, Text, options_of, row_items
from survey.questionnaire.versions.changes import readings, same_words
from survey.questionnaire.walk import items_of


class Continues(StrEnum):
    """What becomes of the line from one version to the next."""

    DECLARED = "declared"
    """The wording changed, and the new version says why the answers can be compared all the same."""
    BREAK = "break"


@dataclass(frozen=True)
class Trend:
    """A question, or a row of a grid, whose answers are not simply those to the same words."""

    item: str
    question: str
    continues: Continues
    reason: str
    readers: tuple[Answering, ...] = ()
    """Those who read other words than before; empty where everyone does."""


def compare_trends(old: Questionnaire, new: Questionnaire) -> Iterator[Trend]:
    """Every question of both versions whose line breaks, or would without a declaration."""
    before = {item.id: item for _, _, item in items_of(old)}
    for _, _, item in items_of(new):
        known = before.get(item.id)
        if known is None or item.type == known.type == "statement":
            continue
        declared = next((same.reason for same in item.equivalent if same.version == old.version), None)
        for key, question, (reason, readers) in _breaks(known, item):
            continues = Continues.BREAK if declared is None else Continues.DECLARED
            yield Trend(key, question, continues, declared or reason, readers)


_Why = tuple[str, tuple[Answering, ...]]


def _breaks(old: Item, new: Item) -> Iterator[tuple[str, str, _Why]]:
    why = _why(old, new)
    if not isinstance(new, GridItem) or not isinstance(old, GridItem):
        if why is not None:
            yield new.id, wording(new.text), why
        return
    rows = {row.id: row for row in row_items(old)}
    for row in row_items(new):
        if row.id in rows:
            reason = why or _why(rows[row.id], row)
            if reason is not None:
                yield row.id, f"{wording(row.text)} ({wording(new.text)})", reason


def _why(old: Item, new: Item) -> _Why | None:
    """The first reason for a break; spaces, quotation marks, hints and the order of the answers are none."""
    if old.type != new.type:
        return f"it is answered in another way ({new.type}, not {old.type})", ()
    for field in ("text", "min_text", "max_text", "unit"):
        readers = _other_words(getattr(old, field, None), getattr(new, field, None))
        if readers is not None:
            return "its words are not the same", readers
    numbers_before, numbers_after = _words_of_numbers(old), _words_of_numbers(new)
    for number in sorted(numbers_before.keys() | numbers_after.keys()):
        readers = _other_words(numbers_before.get(number), numbers_after.get(number))
        if readers is not None:
            return "its numbers had other words", readers
    for field in ("min", "max", "decimals", "at_most", "finest"):
        if getattr(old, field, None) != getattr(new, field, None):
            return "it takes other numbers or dates", ()
    before = {option.code: option for option in options_of(old)}
    after = {option.code: option for option in options_of(new)}
    if before.keys() != after.keys():
        return "it has other answers to pick from", ()
    for code, option in after.items():
        if (before[code].missing, before[code].exclusive) != (option.missing, option.exclusive):
            return f"the answer “{wording(option.text)}” counts in another way", ()
        readers = _other_words(before[code].text, option.text)
        if readers is not None:
            return f"the answer “{wording(option.text)}” had other words", readers
    return None


def _words_of_numbers(item: Item) -> dict[int, Text]:
    return {label.number: label.text for label in item.labels} if isinstance(item, ScaleItem) else {}


def _other_words(old: Text | None, new: Text | None) -> tuple[Answering, ...] | None:
    """Who reads other words; empty for everyone, None for nobody."""
    if old == new:
        return None
    before, after = readings(old), readings(new)
    readers = tuple(reader for reader in Answering if not same_words(before[reader] or "", after[reader] or ""))
    if not readers:
        return None
    return () if len(readers) == len(Answering) else readers
