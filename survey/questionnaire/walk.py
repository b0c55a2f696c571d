"""Walking through a questionnaire with the place of each part in its file, and what comes before what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not
from survey.questionnaire.model import (
    ChoiceItem,
    GridItem,
    Item,
    NumberItem,
    Page,
    Plural,
    Questionnaire,
    ScaleItem,
    Text,
    answered_parts,
    options_of,
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


def variables_of(questionnaire: Questionnaire) -> Iterator[Item]:
    """Everything that a condition can name: every item but grids, and every row of a grid as the choice it is."""
    for _, _, item in items_of(questionnaire):
        yield from answered_parts(item)


def conditions_of(questionnaire: Questionnaire) -> Iterator[ConditionAt]:
    """Every condition: of sections, pages and rows of grids; of ends and soft checks, which know the page's answers."""
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
    for location, number, item in items_of(questionnaire):
        for position, row in enumerate(item.rows if isinstance(item, GridItem) else ()):
            if row.show_if is not None:
                yield ConditionAt((*location, "rows", position, "show_if"), number, row.show_if)
        for position, soft in enumerate(item.soft):
            yield ConditionAt((*location, "soft", position, "when"), number + 1, soft.when)


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
    for number, term in enumerate(questionnaire.glossary):
        yield ("glossary", number, "term"), term.term
        yield ("glossary", number, "meaning"), term.meaning
    for location, text in texts_of(questionnaire):
        yield from (((*location, *variant), wording) for variant, wording in wordings_of(text))
    for location, _, item in items_of(questionnaire):
        if item.formats is not None and item.formats.bsl is not None:
            yield (*location, "formats", "bsl", "transcript"), item.formats.bsl.transcript


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[Location, Text]]:
    """Every wording that may depend on who is answering, or on how many there are."""
    yield from _present(("easyread",), text=questionnaire.easyread.text if questionnaire.easyread else None)
    for number, section in enumerate(questionnaire.sections):
        yield ("sections", number, "title"), section.title
    for location, _, page in pages_of(questionnaire):
        yield from _present(location, intro=page.intro)
        yield from _present((*location, "easyread"), text=page.easyread.text if page.easyread else None)
    for location, _, item in items_of(questionnaire):
        yield from _texts_of_item(location, item)


def wordings_of(text: Text) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each wording of a text, and under which key of it: none where it is plain."""
    if isinstance(text, str):
        yield (), text
    elif isinstance(text, Plural):
        yield ("one",), text.one
        yield ("other",), text.other
    else:
        yield from (((variant,), wording) for variant, wording in text if wording is not None)


def _texts_of_item(location: Location, item: Item) -> Iterator[tuple[Location, Text]]:
    yield from _present(location, text=item.text, hint=item.hint)
    if item.formats is not None and item.formats.easyread is not None:
        easyread = item.formats.easyread
        yield from _present((*location, "formats", "easyread"), text=easyread.text, hint=easyread.hint)
    if isinstance(item, ScaleItem):
        yield from _present(location, min_text=item.min_text, max_text=item.max_text)
        yield from (((*location, "labels", place, "text"), label.text) for place, label in enumerate(item.labels))
    if isinstance(item, NumberItem):
        yield from _present(location, unit=item.unit)
    if isinstance(item, ChoiceItem):
        for position, group in enumerate(item.groups):
            yield (*location, "groups", position, "text"), group.text
    for position, row in enumerate(item.rows if isinstance(item, GridItem) else ()):
        place = (*location, "rows", position)
        yield from _present(place, text=row.text)
        yield from _present((*place, "easyread"), text=row.easyread.text if row.easyread else None)
    for position, option in enumerate(options_of(item)):
        place = (*location, "options", position)
        yield from _present(place, text=option.text, hint=option.hint, write_in=option.write_in)
        yield from _present((*place, "easyread"), text=option.easyread.text if option.easyread else None)
    for position, soft in enumerate(item.soft):
        yield (*location, "soft", position, "text"), soft.text


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
