"""A draft as a pack to print: every question with all its answers and room to write, numbered as on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flask_babel import lazy_gettext as _l

from survey.coproduction.numbering import Numbered
from survey.i18n import Phrase
from survey.questionnaire.in_words import Words
from survey.questionnaire.model import (
    GridItem,
    Item,
    NumberItem,
    ScaleItem,
    options_of,
)
from survey.respondent.alone import Alone, Look
from survey.respondent.worded import asked, in_words, label
from survey.review.reading.asked import Asked, Asking
from survey.review.reading.draft import Draft


@dataclass(frozen=True)
class PackedAnswer:
    """An answer as it is printed; `writes` labels the line beside it, where something can be written there."""

    text: Phrase
    hint: Phrase | None = None
    writes: Phrase | None = None


@dataclass(frozen=True)
class PackedQuestion:
    """A question as it is printed. `kind` is the type of its item."""

    number: int
    kind: str
    text: Phrase
    hint: Phrase | None
    intro: Phrase | None
    rows: tuple[Phrase, ...]
    answers: tuple[PackedAnswer, ...]
    unit: Phrase | None
    asked: Asked
    is_off: bool


@dataclass(frozen=True)
class PackedSection:
    """Questions under one title."""

    title: Phrase
    questions: tuple[PackedQuestion, ...]


def pack_draft(draft: Draft, look: Look) -> tuple[PackedSection, ...]:
    """The whole draft in a language and format. Raises nothing: what is not translated is in English, and says so."""
    asking = Asking(draft.numbered, Words(draft.questionnaire))
    sections = []
    for together in by_section(draft.numbered):
        questions = tuple(_question(draft, numbered, look, asking) for numbered in together)
        sections.append(PackedSection(draft.alone(together[0], look).title, questions))
    return tuple(sections)


def by_section(numbered: Sequence[Numbered]) -> Iterator[tuple[Numbered, ...]]:
    """The questions of each section, in order."""
    for _, members in groupby(numbered, key=attrgetter("section.id")):
        yield tuple(members)


def tell_how(each: PackedQuestion) -> object:
    """How people answer it, lazily translated."""
    match each.kind:
        case "choice":
            return _l("People choose one answer:")
        case "choices":
            return _l("People choose all answers that fit:")
        case "grid":
            return _l("For each of them people choose one answer:")
        case "scale":
            return _l("People choose one number:")
        case "rank":
            return _l("People put these in order:")
        case "number" if each.unit is not None:
            return _l("People write a number (%(unit)s).", unit=str(each.unit))
        case "number":
            return _l("People write a number.")
        case "date":
            return _l("People write a date.")
        case "area":
            return _l("People choose the area where they live.")
        case "short_text" | "long_text":
            return _l("People answer in their own words.")
        case _:
            return _l("There is nothing to answer. People read it.")


def _question(draft: Draft, numbered: Numbered, look: Look, asking: Asking) -> PackedQuestion:
    alone, item = draft.alone(numbered, look), numbered.item
    tell = alone.teller.phrase
    text, hint = asked(item, alone.wording)
    return PackedQuestion(
        number=numbered.number,
        kind=item.type,
        text=tell(in_words(text)),
        hint=None if hint is None else tell(in_words(hint)),
        intro=alone.intro,
        rows=tuple(_rows(item, alone)),
        answers=tuple(_answers(item, alone)),
        unit=alone.say(f"item.{item.id}.unit", item.unit) if isinstance(item, NumberItem) and item.unit else None,
        asked=asking.tell(numbered),
        is_off=item.off,
    )


def _rows(item: Item, alone: Alone) -> Iterator[Phrase]:
    for row in item.rows if isinstance(item, GridItem) else ():
        yield alone.teller.phrase(in_words(label(f"item.{item.id}.row.{row.code}", row, alone.wording)[0]))


def _answers(item: Item, alone: Alone) -> Iterator[PackedAnswer]:
    tell = alone.teller.phrase
    if isinstance(item, ScaleItem):
        ends = {number: alone.say(f"item.{item.id}.{name}", text) for number, name, text in item.in_words}
        for number in range(item.min, item.max + 1):
            yield PackedAnswer(alone.wording.name(str(number)), ends.get(number))
    for option in options_of(item):
        context = f"item.{item.id}.option.{option.code}"
        text, hint = label(context, option, alone.wording)
        writes = None if option.write_in is None else alone.say(f"{context}.write_in", option.write_in)
        yield PackedAnswer(tell(in_words(text)), None if hint is None else tell(in_words(hint)), writes)
