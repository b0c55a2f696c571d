"""Every piece of wording of a questionnaire with its place and its part: question, hint, row, label, Easy Read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from survey.questionnaire.model import (
    ChoiceItem,
    EasyReadLabel,
    GridItem,
    Item,
    NumberItem,
    Questionnaire,
    ScaleItem,
    StatementItem,
    Text,
    options_of,
)
from survey.questionnaire.pipes import fill
from survey.questionnaire.problems import Location
from survey.questionnaire.walk import pages_of, wordings_of


class Part(Enum):
    """What a piece of wording is to the person who reads it."""

    QUESTION = auto()
    STATEMENT = auto()
    ROW = auto()
    HINT = auto()
    INTRO = auto()
    ODD = auto()
    """Asks whether an odd answer is right."""
    LABEL = auto()
    EASY_QUESTION = auto()
    EASY_WORDS = auto()
    """Easy Read wording of what is no question: statements, hints, options and rows."""


@dataclass(frozen=True)
class Passage:
    """One wording; `place` is that of all its variants, `variant` is empty where there is only one.

    `page` counts the pages of the file from 0; what stands on none has None.
    """

    place: Location
    variant: str
    text: str
    part: Part
    page: int | None = None
    item: Item | None = None

    @property
    def location(self) -> Location:
        """Where exactly the wording is."""
        return (*self.place, self.variant) if self.variant else self.place


def forms_of(text: Text | None) -> dict[str, str]:
    """The wordings of a text by variant, or by number of a plural; under "" where there is only one."""
    return {} if text is None else {"".join(variant): wording for variant, wording in wordings_of(text)}


def passages_of(questionnaire: Questionnaire) -> Iterator[Passage]:
    """Every wording that people read, in the order of the file; what is signed in a film is not among them."""
    yield Passage(("title",), "", questionnaire.title, Part.LABEL)
    yield Passage(("purpose",), "", questionnaire.purpose, Part.INTRO)
    yield from _easy_label((), questionnaire.easyread)
    for number, section in enumerate(questionnaire.sections):
        yield from _each(("sections", number, "title"), section.title, Part.LABEL)
    for location, number, page in pages_of(questionnaire):
        yield from _each((*location, "intro"), page.intro, Part.INTRO, number)
        yield from _easy_label(location, page.easyread, number)
        for position, item in enumerate(page.items):
            yield from _passages_of_item((*location, "items", position), number, item)
    for position, term in enumerate(questionnaire.glossary):
        yield Passage(("glossary", position, "meaning"), "", term.meaning, Part.INTRO)


def _passages_of_item(at: Location, page: int, item: Item) -> Iterator[Passage]:
    asked = not isinstance(item, StatementItem)
    yield from _each((*at, "text"), item.text, Part.QUESTION if asked else Part.STATEMENT, page, item)
    yield from _each((*at, "hint"), item.hint, Part.HINT, page, item)
    if isinstance(item, ScaleItem):
        yield from _each((*at, "min_text"), item.min_text, Part.LABEL, page, item)
        yield from _each((*at, "max_text"), item.max_text, Part.LABEL, page, item)
        for position, label in enumerate(item.labels):
            yield from _each((*at, "labels", position, "text"), label.text, Part.LABEL, page, item)
    if isinstance(item, NumberItem):
        yield from _each((*at, "unit"), item.unit, Part.LABEL, page, item)
    if isinstance(item, ChoiceItem):
        for position, group in enumerate(item.groups):
            yield from _each((*at, "groups", position, "text"), group.text, Part.LABEL, page, item)
    if isinstance(item, GridItem):
        for position, row in enumerate(item.rows):
            place = (*at, "rows", position)
            yield from _each((*place, "text"), row.text, Part.ROW, page, item)
            yield from _easy_label(place, row.easyread, page, item)
    for position, option in enumerate(options_of(item)):
        place = (*at, "options", position)
        yield from _each((*place, "text"), option.text, Part.LABEL, page, item)
        yield from _each((*place, "hint"), option.hint, Part.HINT, page, item)
        yield from _each((*place, "write_in"), option.write_in, Part.LABEL, page, item)
        yield from _easy_label(place, option.easyread, page, item)
    for position, odd in enumerate(item.soft):
        yield from _each((*at, "soft", position, "text"), odd.text, Part.ODD, page, item)
    if item.formats is not None and item.formats.easyread is not None:
        easy, place = item.formats.easyread, (*at, "formats", "easyread")
        yield from _each((*place, "text"), easy.text, Part.EASY_QUESTION if asked else Part.EASY_WORDS, page, item)
        yield from _each((*place, "hint"), easy.hint, Part.EASY_WORDS, page, item)


def _easy_label(
    place: Location, label: EasyReadLabel | None, page: int | None = None, item: Item | None = None
) -> Iterator[Passage]:
    if label is not None:
        yield from _each((*place, "easyread", "text"), label.text, Part.EASY_WORDS, page, item)


def _each(
    place: Location, text: Text | None, part: Part, page: int | None = None, item: Item | None = None
) -> Iterator[Passage]:
    for variant, wording in forms_of(text).items():
        yield Passage(place, variant, fill(wording, _no_answer), part, page, item)


def _no_answer(_: str) -> None:
    """Wording is read as someone reads it who has not answered what is piped in."""
