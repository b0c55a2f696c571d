"""Walking through a questionnaire with the place of each part in its file, and what comes before what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not
from survey.questionnaire.model import (
    ChoiceItem,
    GridItem,
    Item,
    Page,
    Questionnaire,
    ScaleItem,
    Section,
    Text,
    options_of,
    row_items,
)
from survey.questionnaire.problems import Location


class PageAt(NamedTuple):
    """A page; `number` counts the pages of the file from 0."""

    location: Location
    number: int
    page: Page


class ItemAt(NamedTuple):
    """An item, and the number of its page."""

    location: Location
    page_number: int
    item: Item


class VariableAt(NamedTuple):
    """An item or a row of a grid (then `location` is the grid's), and the section it repeats with."""

    location: Location
    page_number: int
    repeated: Section | None
    item: Item


class ConditionAt(NamedTuple):
    """A condition; only items of pages before number `before` are known where it is asked."""

    location: Location
    before: int
    condition: Condition


class ComparisonAt(NamedTuple):
    """One comparison of a condition."""

    location: Location
    before: int
    comparison: Comparison


def pages_of(questionnaire: Questionnaire) -> Iterator[PageAt]:
    """Every page in the order of the file."""
    number = 0
    for section_number, section in enumerate(questionnaire.sections):
        for position, page in enumerate(section.pages):
            yield PageAt(("sections", section_number, "pages", position), number, page)
            number += 1


def items_of(questionnaire: Questionnaire) -> Iterator[ItemAt]:
    """Every item in the order of the file."""
    for location, number, page in pages_of(questionnaire):
        for position, item in enumerate(page.items):
            yield ItemAt((*location, "items", position), number, item)


def variables_of(questionnaire: Questionnaire) -> Iterator[VariableAt]:
    """Everything that a condition can name: every item but grids, and every row of a grid as the choice it is."""
    for location, number, item in items_of(questionnaire):
        section = questionnaire.sections[int(location[1])]
        repeated = section if section.repeat is not None else None
        for each in row_items(item) if isinstance(item, GridItem) else (item,):
            yield VariableAt(location, number, repeated, each)


def conditions_of(questionnaire: Questionnaire) -> Iterator[ConditionAt]:
    """Every condition: of sections, of pages, and of their ends, which know the page's own answers."""
    first = 0
    for number, section in enumerate(questionnaire.sections):
        if section.show_if is not None:
            yield ConditionAt(("sections", number, "show_if"), first, section.show_if)
        first += len(section.pages)
    for location, number, page in pages_of(questionnaire):
        if page.show_if is not None:
            yield ConditionAt((*location, "show_if"), number, page.show_if)
        if page.end is not None and page.end.when is not None:
            yield ConditionAt((*location, "end", "when"), number + 1, page.end.when)


def comparisons_of(questionnaire: Questionnaire) -> Iterator[ComparisonAt]:
    """Every comparison of every condition."""
    for location, before, condition in conditions_of(questionnaire):
        for place, comparison in comparisons_in(location, condition):
            yield ComparisonAt(place, before, comparison)


def strings_of(questionnaire: Questionnaire) -> Iterator[tuple[Location, str]]:
    """Every string that a person reads, with each of its variants."""
    yield ("title",), questionnaire.title
    yield ("purpose",), questionnaire.purpose
    yield ("contact", "name"), questionnaire.contact.name
    yield ("contact", "email"), questionnaire.contact.email
    yield ("contact", "phone"), questionnaire.contact.phone
    for location, text in texts_of(questionnaire):
        if isinstance(text, str):
            yield location, text
        else:
            yield from (((*location, variant), wording) for variant, wording in text if wording is not None)


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[Location, Text]]:
    """Every wording that may depend on who is answering."""
    for number, section in enumerate(questionnaire.sections):
        yield ("sections", number, "title"), section.title
    for location, _, page in pages_of(questionnaire):
        yield from _present(location, intro=page.intro)
    for location, _, item in items_of(questionnaire):
        yield from _present(location, text=item.text, hint=item.hint)
        if isinstance(item, ScaleItem):
            yield from _present(location, min_text=item.min_text, max_text=item.max_text)
        if isinstance(item, ChoiceItem):
            for position, group in enumerate(item.groups):
                yield (*location, "groups", position, "text"), group.text
        for position, option in enumerate(options_of(item)):
            place = (*location, "options", position)
            yield from _present(place, text=option.text, hint=option.hint, write_in=option.write_in)


def _present(location: Location, **texts: Text | None) -> Iterator[tuple[Location, Text]]:
    yield from (((*location, key), text) for key, text in texts.items() if text is not None)


def comparisons_in(location: Location, condition: Condition) -> Iterator[tuple[Location, Comparison]]:
    """The comparisons that a condition at a location is made of."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            key = "all" if isinstance(condition, All) else "any"
            for position, part in enumerate(parts):
                yield from comparisons_in((*location, key, position), part)
        case Not(part=part):
            yield from comparisons_in((*location, "not"), part)
        case Comparison():
            yield location, condition
