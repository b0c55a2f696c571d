"""Names of items wherever a questionnaire refers to one: it exists, comes earlier, and can be seen from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.questionnaire.model import GridItem, Item, Questionnaire, row_items
from survey.questionnaire.problems import Finding, Location, instead_of, shown
from survey.questionnaire.walk import items_of

REFERENCE_NAMES = ("item-unknown", "item-later", "grid-itself", "repeat-outside")
"""The rules that `find_reference_problems` can report, wherever something refers to an item."""


class KnownItem(NamedTuple):
    """An item, or a row of a grid as the choice it is, and where it is asked."""

    item: Item
    page_number: int
    section_number: int


@dataclass(frozen=True)
class Known:
    """Everything that can be referred to, and which pages come before which place."""

    items: Mapping[str, KnownItem]
    repeated: frozenset[int]
    """The numbers of the sections that repeat."""
    first_pages: tuple[int, ...]
    """Of each section, the number of its first page in the file."""

    def before(self, location: Location) -> int:
        """The number of the page at which a text or condition there is read: only earlier ones are answered."""
        section = int(location[1])
        return self.first_pages[section] + (int(location[3]) if location[2:3] == ("pages",) else 0)


def know(questionnaire: Questionnaire) -> Known:
    """Look through a questionnaire for what can be referred to; of two items with one id, the first."""
    items: dict[str, KnownItem] = {}
    for location, number, item in items_of(questionnaire):
        rows = row_items(item) if isinstance(item, GridItem) else ()
        for each in (item, *rows):
            items.setdefault(each.id, KnownItem(each, number, int(location[1])))
    first_pages = [0]
    for section in questionnaire.sections:
        first_pages.append(first_pages[-1] + len(section.pages))
    repeated = frozenset(number for number, section in enumerate(questionnaire.sections) if section.repeat is not None)
    return Known(items, repeated, tuple(first_pages))


def find_reference_problems(known: Known, name: str, location: Location, before: int) -> Iterator[Finding]:
    """What is wrong with naming an item at a location; nothing if it can be asked for its answer there.

    Only items of pages before number `before` are answered by then.
    """
    if name not in known.items:
        message = f"There is no item {shown(name)}."
        remedy = instead_of(name, known.items, "Name an item of this questionnaire by its id.")
        yield Finding(location, "item-unknown", message, remedy)
        return
    item, page_number, section_number = known.items[name]
    if isinstance(item, GridItem):
        message = f"{shown(name)} is a grid, whose rows are answered one by one."
        remedy = f"Name one of its rows, such as {shown(row_items(item)[0].id)}."
        yield Finding(location, "grid-itself", message, remedy)
    if page_number >= before:
        message = f"{shown(name)} is asked only here or later, so its answer is not known yet."
        remedy = "Refer to an item of an earlier page, or move that item's page up."
        yield Finding(location, "item-later", message, remedy)
    elif section_number in known.repeated and section_number != location[1]:
        message = f"{shown(name)} is asked again and again in a section that repeats, so it has no one answer here."
        remedy = "Refer to an item outside the section, or move this into it."
        yield Finding(location, "repeat-outside", message, remedy)
