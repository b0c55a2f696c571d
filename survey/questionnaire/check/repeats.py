"""Checks of sections that repeat: what they count is known before them, and nothing in them happens only once."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.check.references import REFERENCE_NAMES, find_reference_problems, know
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import ChoicesItem, Item, NumberItem, Questionnaire
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.walk import items_of, pages_of


def most_rounds(source: NumberItem | ChoicesItem) -> int:
    """How often a source could have its section asked, if the section did not say `at_most`."""
    if isinstance(source, NumberItem):
        return int(source.max)
    return sum(option.missing is None and not option.exclusive for option in source.options)


def _check_sources(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = know(questionnaire)
    for number, section in enumerate(questionnaire.sections):
        if section.repeat is None:
            continue
        name, place = section.repeat.source, ("sections", number, "repeat", "from")
        yield from find_reference_problems(known, name, place, known.first_pages[number])
        if name in known.items:
            source = known.items[name].item
            yield from _check_source(place, source)
            if isinstance(source, (NumberItem, ChoicesItem)) and most_rounds(source) > section.repeat.at_most:
                message = (
                    f"{shown(name)} goes up to {most_rounds(source)}; only {section.repeat.at_most} are asked about."
                )
                remedy = "Raise `at_most`, or say in the section's text that it asks about some only."
                yield Finding((*place[:-1], "at_most"), "repeat-most", message, remedy, Severity.WARNING)


def _check_source(place: Location, source: Item) -> Iterator[Finding]:
    if source.type == "grid":
        return  # said already, with the advice to name a row, which is no source either
    if not isinstance(source, (NumberItem, ChoicesItem)):
        message = f"A section cannot repeat from {shown(source.id)}, which has type `{source.type}`."
        yield Finding(place, "repeat-source", message, "Name an item of type `number` or `choices`.")
    elif isinstance(source, NumberItem) and source.decimals:
        message = f"{shown(source.id)} takes decimals, and a section is asked a whole number of times."
        yield Finding(place, "repeat-source", message, "Take `decimals` out of that item.")
    elif isinstance(source, NumberItem) and source.max < 1:
        message = f"{shown(source.id)} never reaches 1, so the section is never asked."
        yield Finding(place, "repeat-source", message, "Raise its `max`.")
    if source.off:
        message = f"{shown(source.id)} is switched off, so the section is never asked."
        yield Finding(place, "repeat-off", message, "Take `off` out of that item, or name another.")


def _check_once(questionnaire: Questionnaire) -> Iterator[Finding]:
    repeated = {number for number, section in enumerate(questionnaire.sections) if section.repeat is not None}
    for location, _, page in pages_of(questionnaire):
        if location[1] in repeated and page.end is not None:
            message = "The journey cannot end inside a section that repeats."
            yield Finding((*location, "end"), "repeat-end", message, "Put the end on a page of its own after it.")
    for location, _, item in items_of(questionnaire):
        if location[1] in repeated and item.role is not None:
            message = f"The role `{item.role}` belongs to one answer, and this is asked again and again."
            yield Finding((*location, "role"), "repeat-role", message, "Put the item into a section of its own.")


REPEAT_RULES = (
    Rule(_check_sources, (*REFERENCE_NAMES, "repeat-source", "repeat-off", "repeat-most")),
    Rule(_check_once, ("repeat-end", "repeat-role")),
)
