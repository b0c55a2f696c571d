"""What is different between two versions of one question: its words, answers, rows, formats and checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from survey.questionnaire.in_words import Words, wording
from survey.questionnaire.model import EasyReadLabel, GridItem, GridRow, Item, Option, ScaleItem, Text, options_of
from survey.questionnaire.versions.changes import Change, Kind, in_lines, moved, text_changes
from survey.questionnaire.versions.routing import routing_change

_LIMITS = ("min", "max", "decimals", "finest", "earliest", "latest", "max_length", "at_most")
_TEXTS = {
    "text": "The question",
    "hint": "The hint of",
    "min_text": "The lowest number of",
    "max_text": "The highest number of",
    "unit": "The unit of",
}


def item_changes(old: Item, new: Item, old_words: Words, new_words: Words) -> Iterator[Change]:
    """Every difference between two versions of an item, in the order in which people meet its parts."""
    where, name = f"item.{new.id}", f"“{wording(new.text)}”"
    if old.type != new.type:
        yield Change(Kind.TYPE, where, name, old.type, new.type)
    for field, what in _TEXTS.items():
        before, after = getattr(old, field, None), getattr(new, field, None)
        about = f"{what} “{wording(old.text)}”"
        yield from text_changes(f"{where}.{field}", about, before, after)
    yield from _scale_changes(old, new, where)
    if old.type == new.type:
        yield from _limits(old, new, where, name)
    yield from _option_changes(old, new, where, name)
    yield from _row_changes(old, new, old_words, new_words)
    yield from _format_changes(old, new, where, name)
    yield from _soft_changes(old, new, old_words, new_words)
    for field, kind, tell in _PLAIN:
        before, after = getattr(old, field, None), getattr(new, field, None)
        if (before or None) != (after or None):  # a type without groups has none at all
            yield Change(kind, where, name, tell(before), tell(after))


def _limits(old: Item, new: Item, where: str, name: str) -> Iterator[Change]:
    pairs = [(field, getattr(old, field, None), getattr(new, field, None)) for field in _LIMITS]
    different = [(field, before, after) for field, before, after in pairs if before != after]
    if different:
        earlier = ", ".join(f"{field} {'not set' if before is None else before}" for field, before, _ in different)
        later = ", ".join(f"{field} {'not set' if after is None else after}" for field, _, after in different)
        yield Change(Kind.LIMITS, where, name, earlier, later)


def _tell_measure(measure: object) -> str | None:
    good = getattr(measure, "good", None)
    return None if good is None else f"Counts as good: {', '.join(map(str, good))}"


def _tell_equivalent(equivalent: object) -> str | None:
    assert isinstance(equivalent, tuple)
    return "; ".join(f"Can be compared with {each.version}: {each.reason}" for each in equivalent) or None


def _tell_groups(groups: object) -> str | None:
    return ", ".join(wording(group.text) for group in groups) if isinstance(groups, tuple) and groups else None


def _yes_or_no(yes: str, no: str) -> Callable[[object], str]:
    return lambda value: yes if value else no


_PLAIN: tuple[tuple[str, Kind, Callable[[object], str | None]], ...] = (
    ("groups", Kind.OPTION_CHANGED, _tell_groups),
    ("sensitive", Kind.SENSITIVE, _yes_or_no("Sensitive", "Not sensitive")),
    ("required", Kind.REQUIRED, _yes_or_no("Must be answered", "Can be left out")),
    ("off", Kind.SWITCHED, _yes_or_no("Switched off", "Asked")),
    ("role", Kind.ROLE, lambda role: None if role is None else str(role)),
    ("measure", Kind.MEASURE, _tell_measure),
    ("equivalent", Kind.EQUIVALENT, _tell_equivalent),
)
"""What is compared as it is: the field, the kind of change, and how its value is told."""


# --- Options ------------------------------------------------------------------------


def _scale_changes(old: Item, new: Item, where: str) -> Iterator[Change]:
    before = {label.number: label.text for label in old.labels} if isinstance(old, ScaleItem) else {}
    after = {label.number: label.text for label in new.labels} if isinstance(new, ScaleItem) else {}
    for number in sorted(before.keys() | after.keys()):
        what = f"The words for {number} of “{wording(old.text)}”"
        yield from text_changes(f"{where}.label.{number}", what, before.get(number), after.get(number))


def _option_changes(old: Item, new: Item, where: str, name: str) -> Iterator[Change]:
    before = {option.code: option for option in options_of(old)}
    after = {option.code: option for option in options_of(new)}
    for code, option in after.items():
        place = f"{where}.option.{code}"
        known = before.get(code)
        if known is None:
            yield Change(Kind.OPTION_ADDED, place, f"An answer to {name}", None, wording(option.text))
        else:
            yield from _one_option(known, option, place, name)
    for code, option in before.items():
        if code not in after:
            place = f"{where}.option.{code}"
            yield Change(Kind.OPTION_REMOVED, place, f"An answer to {name}", wording(option.text), None)
    if moved(list(before), list(after)):
        yield Change(Kind.OPTIONS_REORDERED, where, f"The answers to {name}", _listed(before), _listed(after))


def _listed(things: dict[str, Option] | dict[str, GridRow]) -> str:
    return "\n".join(wording(thing.text) for thing in things.values())


def _one_option(old: Option, new: Option, where: str, name: str) -> Iterator[Change]:
    yield from text_changes(f"{where}.text", f"An answer to {name}", old.text, new.text, Kind.OPTION_REWORDED)
    about = f"the answer “{wording(new.text)}” to {name}"
    yield from text_changes(f"{where}.hint", f"The hint of {about}", old.hint, new.hint)
    yield from text_changes(f"{where}.write_in", f"The text box of {about}", old.write_in, new.write_in)
    yield from label_changes(where, f"The Easy Read of {about}", old.easyread, new.easyread)
    earlier, later = _option_facts(old), _option_facts(new)
    if earlier != later:
        what = f"{about[0].upper()}{about[1:]}"
        yield Change(Kind.OPTION_CHANGED, where, what, ", ".join(earlier) or None, ", ".join(later) or None)


def _option_facts(option: Option) -> list[str]:
    return [
        *([f"counts as {option.missing.value.replace('_', ' ')}"] if option.missing else []),
        *(["stands on its own"] if option.exclusive else []),
        *([f"under the heading {option.group}"] if option.group else []),
        *([f"leads to the wording for {option.answering.value}"] if option.answering else []),
    ]


# --- Rows, formats and soft checks ----------------------------------------------------


def _row_changes(old: Item, new: Item, old_words: Words, new_words: Words) -> Iterator[Change]:
    before = {row.code: row for row in old.rows} if isinstance(old, GridItem) else {}
    after = {row.code: row for row in new.rows} if isinstance(new, GridItem) else {}
    name = f"“{wording(new.text)}”"
    for code, row in after.items():
        where = f"item.{new.id}.row.{code}"
        known = before.get(code)
        if known is None:
            yield Change(Kind.ROW_ADDED, where, f"A line of {name}", None, wording(row.text))
            continue
        yield from text_changes(f"{where}.text", f"A line of {name}", known.text, row.text, Kind.ROW_REWORDED)
        line = f"the line “{wording(row.text)}” of {name}"
        yield from label_changes(where, f"The Easy Read of {line}", known.easyread, row.easyread)
        yield from routing_change(where, f"T{line[1:]}", known.show_if, row.show_if, old_words, new_words)
    for code, row in before.items():
        if code not in after:
            yield Change(Kind.ROW_REMOVED, f"item.{new.id}.row.{code}", f"A line of {name}", wording(row.text), None)
    if moved(list(before), list(after)):
        yield Change(Kind.ROWS_REORDERED, f"item.{new.id}", f"The lines of {name}", _listed(before), _listed(after))


def label_changes(where: str, what: str, old: EasyReadLabel | None, new: EasyReadLabel | None) -> Iterator[Change]:
    """What is different in the Easy Read words and picture of an answer, a line, a page or the start."""
    if old != new:
        yield Change(Kind.FORMATS, f"{where}.easyread", what, _tell_label(old), _tell_label(new))


def _tell_label(label: EasyReadLabel | None) -> str | None:
    return None if label is None else _tell_easy_read(label.text, None, label.image)


def _format_changes(old: Item, new: Item, where: str, name: str) -> Iterator[Change]:
    for field, (what, tell) in _FORMATS.items():
        before, after = getattr(old.formats, field, None), getattr(new.formats, field, None)
        if before != after:
            earlier, later = (None if each is None else tell(each) for each in (before, after))
            yield Change(Kind.FORMATS, f"{where}.{field}", f"{what} of {name}", earlier, later)


def _tell_easy_read(text: Text | None, hint: Text | None, image: str | None) -> str:
    words = [wording(each) for each in (text, hint) if each is not None]
    return " ".join([*words, *([f"(picture {image})"] if image else [])])


_FORMATS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "easyread": ("The Easy Read", lambda each: _tell_easy_read(each.text, each.hint, each.image)),
    "audio": ("The recording", lambda each: f"{each.file}"),
    "bsl": ("The British Sign Language video", lambda each: f"{each.video}, {each.captions}: {each.transcript}"),
}


def _soft_changes(old: Item, new: Item, old_words: Words, new_words: Words) -> Iterator[Change]:
    gone = [in_lines(old_words.soft(check)) for check in old.soft if check not in new.soft]
    come = [in_lines(new_words.soft(check)) for check in new.soft if check not in old.soft]
    for before, after in zip_longest(gone, come):
        yield Change(Kind.SOFT, f"item.{new.id}.soft", f"A check of “{wording(new.text)}”", before, after)
