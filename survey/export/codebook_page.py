"""The codebook as one page for people: no script, nothing from elsewhere, and it prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey import resources
from survey.export.item_answers import ItemAnswers
from survey.questionnaire.codebook import asked_in
from survey.questionnaire.columns import WHY_MISSING, Asked
from survey.questionnaire.in_words import Said, Words, wording
from survey.questionnaire.model import (
    GridItem,
    Item,
    NumberItem,
    Page,
    Questionnaire,
    ScaleItem,
    Section,
    options_of,
    row_key,
)

_FOLDER = resources.PACKAGE / "templates" / "export"

TYPES = {
    "choice": "One answer of several",
    "choices": "Any number of answers",
    "scale": "A number on a scale",
    "rank": "Answers in an order of one's own",
    "number": "A number",
    "date": "A date, as far as it is known: year, year and month, or the day",
    "area": "An NHS area, by its code",
    "short_text": "A line in people's own words",
    "long_text": "People's own words",
}


@dataclass(frozen=True)
class Code:
    """A value, what it means, and the number it is in SPSS where that is another."""

    code: str
    label: str
    spss: str


@dataclass(frozen=True)
class Entry:
    """What the page says of one item, or of one row of a grid."""

    id: str
    text: str
    type: str
    notes: tuple[str, ...]
    asked: tuple[Said, ...]
    """Who was asked; empty where everyone was."""
    codes: tuple[Code, ...]
    reasons: tuple[Code, ...]
    """Why there may be no answer."""
    columns: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Part:
    """A section of the questionnaire; `asked` says for whom it is."""

    id: str
    title: str
    asked: tuple[Said, ...]
    entries: tuple[Entry, ...]


def draw_codebook(book: Mapping[str, Any], questionnaire: Questionnaire) -> str:
    """The page of a codebook as it was written with the files of a wave, see `wave.py`."""
    words = Words(questionnaire)
    columns: dict[str, list[Mapping[str, Any]]] = {}
    for column in (*book["columns"], *(each for repeat in book["repeats"] for each in repeat["columns"])):
        if column["item"] is not None:
            columns.setdefault(column["item"], []).append(column)
    pages = {page.id: page for section in questionnaire.sections for page in section.pages}
    parts = [
        Part(
            id=section.id,
            title=wording(section.title),
            asked=tuple(_of_section(section, words)),
            entries=tuple(
                _entry(each, pages[each.page], words, columns.get(each.item.id, ())) for each in asked_in(section)
            ),
        )
        for section in questionnaire.sections
    ]
    return (
        _environment()
        .get_template("codebook.html")
        .render(
            book=book,
            parts=[part for part in parts if part.entries],
            meta=[column for column in book["columns"] if column["item"] is None],
            reasons=WHY_MISSING,
            style=(_FOLDER / "codebook.css").read_text(encoding="utf-8"),
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _of_section(section: Section, words: Words) -> Iterator[Said]:
    if section.show_if is not None:
        lead = "The questions of this section are asked"
        yield words.condition(section.show_if, f"{lead} only if", f"{lead} unless")
    if section.repeat is not None:
        yield words.repeat(section.repeat)


def _entry(asked: Asked, page: Page, words: Words, columns: Sequence[Mapping[str, Any]]) -> Entry:
    item = asked.item
    answers = ItemAnswers(item, 0)
    numbers = {str(value.code): answers.spss_reasons()[str(value.code)] for value in WHY_MISSING}
    given = {option.missing.value for option in options_of(item) if option.missing is not None}
    return Entry(
        id=item.id,
        text=asked.label,
        type=TYPES[item.type],
        notes=tuple(_notes(item)),
        asked=tuple(_asked(asked, page, words)),
        codes=tuple(_codes(item, answers)),
        reasons=tuple(
            Code(str(value.code), value.label, str(numbers[str(value.code)]))
            for value in WHY_MISSING
            if value.code in ("not_asked", "not_answered") or value.code in given
        ),
        columns=tuple(columns),
    )


def _asked(asked: Asked, page: Page, words: Words) -> Iterator[Said]:
    if page.show_if is not None:
        yield words.condition(page.show_if)
    for item in page.items:
        for row in item.rows if isinstance(item, GridItem) else ():
            if row_key(item.id, row.code) == asked.item.id and row.show_if is not None:
                yield words.condition(row.show_if, "This part is asked only if", "This part is asked unless")


def _notes(item: Item) -> Iterator[str]:
    if item.sensitive:
        yield "Sensitive: stricter rules hold for what is published of it."
    if isinstance(item, (NumberItem, ScaleItem)):
        unit = f" ({wording(item.unit)})" if isinstance(item, NumberItem) and item.unit is not None else ""
        yield f"From {item.min} to {item.max}{unit}."
    for equivalence in item.equivalent:
        yield f"Can be compared with version {equivalence.version}: {equivalence.reason}"


def _codes(item: Item, answers: ItemAnswers) -> Iterator[Code]:
    if isinstance(item, ScaleItem):
        yield from (Code(str(number), wording(text), str(number)) for number, _, text in item.in_words)
        return
    for place, option in enumerate((each for each in options_of(item) if each.missing is None), start=1):
        yield Code(option.code, wording(option.text), str(place) if item.type == "choice" else "")
