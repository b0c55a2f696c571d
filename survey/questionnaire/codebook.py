"""The codebook: what every column of the analysis file means, so that the file needs no other explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from survey.questionnaire.columns import (
    META_COLUMNS,
    Asked,
    Column,
    columns_of,
    dimension_of,
    good_of,
    text_columns_of,
)
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import (
    ChoiceItem,
    GridItem,
    NumberItem,
    Page,
    Questionnaire,
    ScaleItem,
    Section,
    StatementItem,
    options_of,
    row_items,
)

REPEAT_META = (
    Column("response", "Response, as in the file of responses", "string", "meta"),
    Column("meta_round", "Which round of the questions it is", "integer", "meta"),
    Column("meta_about", "The answer that the round is about", "string", "meta"),
)
"""What stands before the items' columns in the file of a repeat, which has a row for each round of each response."""


def columns(questionnaire: Questionnaire, wave_columns: Sequence[Column] = ()) -> tuple[Column, ...]:
    """The columns of the analysis file in order: meta, those an exporter adds, then those of items asked once."""
    once = (section for section in questionnaire.sections if section.repeat is None)
    asked = [column for section in once for each in asked_in(section) for column in columns_of(each)]
    return (*META_COLUMNS, *wave_columns, *asked)


def repeat_columns(section: Section) -> tuple[Column, ...]:
    """The columns of the file of a section that is asked again and again."""
    return (*REPEAT_META, *(column for each in asked_in(section) for column in columns_of(each)))


def restricted_columns(questionnaire: Questionnaire) -> tuple[Column, ...]:
    """The columns of the separate file of free text: text items, and write-ins under their answers' key."""
    return tuple(
        column for section in questionnaire.sections for each in asked_in(section) for column in text_columns_of(each)
    )


def asked_in(section: Section) -> Iterator[Asked]:
    """What people answer in a section, in order; without what is switched off and what is only to be read."""
    for page in section.pages:
        for item in page.items:
            if item.off or isinstance(item, StatementItem):
                continue
            label = wording(item.text)
            if not isinstance(item, GridItem):
                yield Asked(section, item, label, page=page.id)
                continue
            for row in row_items(item):
                yield Asked(section, row, f"{label} – {wording(row.text)}", grid=item.id, page=page.id)


def codebook(questionnaire: Questionnaire, wave_columns: Sequence[Column] = ()) -> dict[str, Any]:
    """Everything a reader of the analysis file needs, ready for JSON.

    `questionnaire` names the version, `sections` and `items` give wording and types in the order of the file, `pages`
    says in which order people come to them, `columns` and `restricted_columns` describe the two files, `repeats` the
    file of each repeated section. A row of a grid is an item of type `choice` that names its `grid`; an item of a
    repeat names its `repeat`. Items that are switched off are in none of them. A measure of a `choices` item counts a
    person in who picked at least one good code.
    """
    return {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "status": questionnaire.status.value,
            "language": questionnaire.language,
            "title": questionnaire.title,
        },
        "sections": [{"id": section.id, "title": wording(section.title)} for section in questionnaire.sections],
        "pages": [
            {"id": page.id, "section": section.id, "text": _first_words(page, section)}
            for section in questionnaire.sections
            for page in section.pages
        ],
        "items": [_described(each) for section in questionnaire.sections for each in asked_in(section)],
        "columns": [asdict(column) for column in columns(questionnaire, wave_columns)],
        "repeats": [
            {
                "section": section.id,
                "from": section.repeat.source,
                "columns": [asdict(column) for column in repeat_columns(section)],
            }
            for section in questionnaire.sections
            if section.repeat is not None
        ],
        "restricted_columns": [asdict(column) for column in restricted_columns(questionnaire)],
    }


def _first_words(page: Page, section: Section) -> str:
    """What a page asks first; where everything on it is switched off, what its section is called."""
    return next((wording(item.text) for item in page.items if not item.off), wording(section.title))


def _described(asked: Asked) -> dict[str, Any]:
    item = asked.item
    described: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "text": asked.label,
        "section": asked.section.id,
        "page": asked.page,
        "grid": asked.grid,
        "repeat": asked.section.id if asked.section.repeat else None,
        "sensitive": item.sensitive,
        "role": item.role,
        "dimension": dimension_of(item),
        "options": [
            {"code": option.code, "text": wording(option.text), "missing": option.missing, "group": option.group}
            for option in options_of(item)
        ],
        "groups": [],
        "good": list(good_of(item)),
        "equivalent": [equivalence.model_dump() for equivalence in item.equivalent],
        "columns": [column.name for column in columns_of(asked)],
    }
    if isinstance(item, ChoiceItem):
        described["groups"] = [{"code": group.code, "text": wording(group.text)} for group in item.groups]
    if isinstance(item, ScaleItem):
        described |= {"min": item.min, "max": item.max}
        described["labels"] = [{"number": number, "text": wording(text)} for number, _, text in item.in_words]
    if isinstance(item, NumberItem):
        described |= {"min": item.min, "max": item.max, "decimals": item.decimals}
        described |= {"unit": None if item.unit is None else wording(item.unit)}
    return described
