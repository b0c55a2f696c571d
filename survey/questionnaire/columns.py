"""Columns of the analysis file: what each holds, of whatever type its item is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.questionnaire.answers import write_in_key
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    Item,
    Missing,
    NumberItem,
    Option,
    Section,
    options_of,
)


@dataclass(frozen=True)
class CodedValue:
    """A value a column can hold; `missing` says why it is not an answer, None for one that is."""

    code: str | int
    label: str
    missing: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of the analysis file. `kind` is meta, answer or missing; `type` is string, integer, number or date."""

    name: str
    label: str
    type: str
    kind: str
    item: str | None = None
    option: str | None = None
    """Of `choices`: the code that 1 says was picked. Of `rank`: the code whose place it is, 0 for none."""
    section: str | None = None
    sensitive: bool = False
    role: str | None = None
    dimension: str | None = None
    values: tuple[CodedValue, ...] = ()
    """Empty where a column holds more than a list of codes: an area, a date, a number."""
    good: tuple[str | int, ...] = ()
    """Codes that count as good in the item's measure; on a 0/1 column `(1,)` where its option is one."""
    groups: tuple[CodedValue, ...] = ()
    """Headings that results are rolled up to; `group_of` says which code goes where."""
    group_of: dict[str, str] | None = None


WHY_MISSING = (
    CodedValue("not_asked", "Not asked: not for this person, or they stopped before it"),
    CodedValue("not_answered", "Not answered"),
    CodedValue("dont_know", "Answered that they do not know"),
    CodedValue("refused", "Answered that they would rather not say"),
)

_STATUS = (
    CodedValue("started", "Started and not sent"),
    CodedValue("submitted", "Sent"),
    CodedValue("withdrawn", "Withdrawn: the row has no answers"),
)

_ANSWERING = (
    CodedValue(Answering.SELF.value, "The person, on their own"),
    CodedValue(Answering.SUPPORTED.value, "The person, with support"),
    CodedValue(Answering.PROXY.value, "Someone else, for an adult"),
    CodedValue(Answering.CHILD.value, "Someone else, for a child"),
)

_AREA_SOURCE = (
    CodedValue("invitation", "The invitation"),
    CodedValue("answer", "The answer to the question about the area"),
)

_FIFTHS = tuple(
    CodedValue(fifth, label)
    for fifth, label in (
        (1, "The most deprived fifth"),
        *((number, f"Fifth {number} of 5") for number in (2, 3, 4)),
        (5, "The least deprived fifth"),
    )
)

META_COLUMNS = (
    Column("response", "Response, as a keyed hash that leads back to nobody", "string", "meta"),
    Column("meta_wave", "Wave", "string", "meta"),
    Column("meta_version", "Version of the questionnaire", "string", "meta"),
    Column("meta_area", "NHS area (code of the board)", "string", "meta"),
    Column("meta_area_source", "Where the area is known from", "string", "meta", values=_AREA_SOURCE),
    Column("meta_vintage", "List of areas the code belongs to", "string", "meta"),
    Column("meta_locale", "Language of the last page saved", "string", "meta"),
    Column("meta_format", "Format of the last page saved", "string", "meta"),
    Column("meta_mode", "How the answers came in", "string", "meta"),
    Column("meta_answering", "Who gave the answers, at the beginning", "string", "meta", values=_ANSWERING),
    Column("meta_handover_to", "Who went on for them, at the last handover", "string", "meta", values=_ANSWERING),
    Column("meta_handover_page", "Page at which that was", "string", "meta"),
    Column("meta_fifth", "Deprivation fifth of the postcode given", "integer", "meta", values=_FIFTHS),
    Column("meta_status", "How far the response has come", "string", "meta", values=_STATUS),
    Column("meta_started_on", "Day it was started", "date", "meta"),
    Column("meta_submitted_on", "Day it was sent", "date", "meta"),
    Column("meta_last_page", "Last page saved", "string", "meta"),
)


@dataclass(frozen=True)
class Asked:
    """One thing that people answer: an item, or a row of a grid as the choice it is."""

    section: Section
    item: Item
    label: str
    """The question, without any part that depends on the person; a row's after that of its grid."""
    grid: str | None = None
    page: str = ""


def dimension_of(item: Item) -> str | None:
    """The name of the group dimension an item is."""
    return item.role.removeprefix("dimension:") if item.role and item.role.startswith("dimension:") else None


def good_of(item: Item) -> tuple[str | int, ...]:
    """The codes that count as good."""
    measure = getattr(item, "measure", None)
    return measure.good if measure is not None else ()


def columns_of(asked: Asked) -> tuple[Column, ...]:
    """The columns of one item, that of the reasons last."""
    return (*_ANSWER_COLUMNS[asked.item.type](asked), _missing_column(asked))


def text_columns_of(asked: Asked) -> Iterator[Column]:
    """Its columns of the separate file of free text."""
    item = asked.item
    if item.type in ("short_text", "long_text"):
        yield _column(asked, item.id, "string")
    for option in options_of(item):
        if option.write_in is not None:
            label = f"{asked.label} – {wording(option.text)}"
            yield _column(asked, write_in_key(item.id, option.code), "string", label=label, option=option.code)


def _column(asked: Asked, name: str, type: str, **more: Any) -> Column:
    told = {"label": asked.label, "kind": "answer", **more}
    return Column(
        name=name, type=type, item=asked.item.id, section=asked.section.id, sensitive=asked.item.sensitive, **told
    )


def _real(item: Item) -> list[Option]:
    return [option for option in options_of(item) if option.missing is None]


def _codes(asked: Asked) -> list[Column]:
    item = asked.item
    groups = item.groups if isinstance(item, ChoiceItem) else ()
    return [
        _column(
            asked,
            item.id,
            "string",
            role=item.role,
            dimension=dimension_of(item),
            values=tuple(CodedValue(option.code, wording(option.text)) for option in _real(item)),
            good=good_of(item),
            groups=tuple(CodedValue(group.code, wording(group.text)) for group in groups),
            group_of={option.code: option.group for option in _real(item) if option.group} if groups else None,
        )
    ]


def _numbers(asked: Asked) -> list[Column]:
    item = asked.item
    whole = not (isinstance(item, NumberItem) and item.decimals)
    return [
        _column(
            asked,
            item.id,
            "integer" if whole else "number",
            role=item.role,
            dimension=dimension_of(item),
            good=good_of(item),
        )
    ]


def _picked(asked: Asked) -> list[Column]:
    item = asked.item
    return [
        _column(
            asked,
            f"{item.id}__{option.code}",
            "integer",
            label=f"{asked.label} – {wording(option.text)}",
            option=option.code,
            role=item.role,
            dimension=dimension_of(item),
            values=(CodedValue(0, "Not picked"), CodedValue(1, "Picked")),
            good=(1,) if option.code in good_of(item) else (),
        )
        for option in _real(item)
    ]


def _places(asked: Asked) -> list[Column]:
    return [
        _column(
            asked,
            f"{asked.item.id}__{option.code}",
            "integer",
            label=f"{asked.label} – place of: {wording(option.text)}",
            option=option.code,
            values=(CodedValue(0, "Not chosen"),),
        )
        for option in _real(asked.item)
    ]


def _days(asked: Asked) -> list[Column]:
    label = f"{asked.label} (what was not known of the date is left out)"
    return [_column(asked, asked.item.id, "string", label=label)]


def _no_value(asked: Asked) -> list[Column]:
    return []


_ANSWER_COLUMNS: Mapping[str, Callable[[Asked], list[Column]]] = {
    "choice": _codes,
    "choices": _picked,
    "scale": _numbers,
    "number": _numbers,
    "rank": _places,
    "date": _days,
    "area": _codes,
    "short_text": _no_value,
    "long_text": _no_value,
}
"""By type of item; the rows of a grid are choices, and of free text only the reasons stand here."""


def _missing_column(asked: Asked) -> Column:
    given = {option.missing for option in options_of(asked.item)}
    return _column(
        asked,
        f"{asked.item.id}__missing",
        "string",
        label=f"{asked.label} – why there is no answer",
        kind="missing",
        values=tuple(
            CodedValue(value.code, value.label, missing=str(value.code))
            for value in WHY_MISSING
            if value.code not in set(Missing) or value.code in given
        ),
    )
