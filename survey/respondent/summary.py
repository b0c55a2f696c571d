"""What a person answered, as the check page lists it: by section, in their words and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from survey.i18n import Phrase
from survey.questionnaire.answers import Value, write_in_key
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    LongTextItem,
    ScaleItem,
    ShortTextItem,
)
from survey.respondent.journey import Journey
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class SummaryRow:
    """One question and what was answered; `answers` is empty where it was left out."""

    page: str
    question: Phrase
    answers: tuple[Phrase | str, ...]
    """Phrases are ours; strings are what the person wrote, in whatever language."""


@dataclass(frozen=True)
class SummarySection:
    """The questions of a section that the person has seen."""

    title: Phrase
    rows: tuple[SummaryRow, ...]


def summarise(journey: Journey, wording: Wording) -> list[SummarySection]:
    """The sections of the path with the pages that were saved, in order."""
    placed = [journey.edition.page(page) for page in journey.path.pages if page in journey.pages]
    sections = []
    for section, pages in groupby(placed, key=lambda each: each.section):
        rows = tuple(
            SummaryRow(
                each.page.id,
                wording.say(f"item.{item.id}.text", item.text),
                tuple(_answers(item, journey, wording)),
            )
            for each in pages
            for item in each.page.items
            if item.type != "statement"
        )
        if rows:
            sections.append(SummarySection(wording.say(f"section.{section.id}.title", section.title), rows))
    return sections


def _answers(item: Item, journey: Journey, wording: Wording) -> Iterator[Phrase | str]:
    answers = journey.path.answers
    value = answers.get(item.id)
    if value is None:
        return
    for code in value if isinstance(value, tuple) else (value,):
        yield _answer(item, code, journey, wording)
        written = answers.get(write_in_key(item.id, str(code)))
        if isinstance(written, str):
            yield written


def _answer(item: Item, code: Value, journey: Journey, wording: Wording) -> Phrase | str:
    if isinstance(item, (ShortTextItem, LongTextItem)):
        return str(code)
    if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem, AreaItem)):
        for option in item.options:
            if option.code == code:
                return wording.say(f"item.{item.id}.option.{option.code}.text", option.text)
    if isinstance(item, AreaItem):
        return wording.name(journey.edition.area_names.get(str(code), str(code)))
    return Phrase(str(code), wording.catalogue.language)
