"""The codebook: what every column of the analysis file means, so that the file needs no other explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from survey.questionnaire.answers import write_in_key
from survey.questionnaire.model import (
    Answering,
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    LongTextItem,
    Missing,
    Option,
    Questionnaire,
    ScaleItem,
    Section,
    ShortTextItem,
    StatementItem,
    Text,
)
from survey.questionnaire.text import choose


@dataclass(frozen=True)
class CodedValue:
    """A value a column can hold; `missing` says why it is not an answer, None for one that is."""

    code: str | int
    label: str
    missing: str | None = None


@dataclass(frozen=True)
class Column:
    """A column of the analysis file. `kind` is meta, answer or missing; `type` is string, integer or date."""

    name: str
    label: str
    type: str
    kind: str
    item: str | None = None
    option: str | None = None
    """Of a `choices` item: the code that 1 says was picked and 0 says was not."""
    section: str | None = None
    sensitive: bool = False
    role: str | None = None
    dimension: str | None = None
    values: tuple[CodedValue, ...] = ()
    """Empty where a column holds more than a list of codes: an area, a date, a number on a scale."""
    good: tuple[str | int, ...] = ()
    """Codes that count as good in the item's measure; on a 0/1 column `(1,)` where its option is one."""
    groups: tuple[CodedValue, ...] = ()
    """Headings that results are rolled up to; `group_of` says which code goes where."""
    group_of: dict[str, str] | None = None


WHY_MISSING = (
    CodedValue("not_asked", "Not asked: the question was not for this person"),
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
    Column("meta_answering", "Who gave the answers", "string", "meta", values=_ANSWERING),
    Column("meta_status", "How far the response has come", "string", "meta", values=_STATUS),
    Column("meta_started_on", "Day it was started", "date", "meta"),
    Column("meta_submitted_on", "Day it was sent", "date", "meta"),
    Column("meta_last_page", "Last page saved", "string", "meta"),
)


def columns(questionnaire: Questionnaire, wave_columns: Sequence[Column] = ()) -> tuple[Column, ...]:
    """The columns of the analysis file in order: meta, those an exporter adds, then the items'."""
    asked = [column for section, item in _asked(questionnaire) for column in _item_columns(section, item)]
    return (*META_COLUMNS, *wave_columns, *asked)


def restricted_columns(questionnaire: Questionnaire) -> tuple[Column, ...]:
    """The columns of the separate file of free text: text items, and write-ins under their answers' key."""
    return tuple(column for section, item in _asked(questionnaire) for column in _text_columns(section, item))


def codebook(questionnaire: Questionnaire, wave_columns: Sequence[Column] = ()) -> dict[str, Any]:
    """Everything a reader of the analysis file needs, ready for JSON.

    `questionnaire` names the version, `sections` and `items` give wording and types in the order of the file,
    `columns` and `restricted_columns` the two files. Items that are switched off are in none of them. A measure of
    a `choices` item counts a person in who picked at least one of its good codes.
    """
    return {
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "status": questionnaire.status.value,
            "language": questionnaire.language,
            "title": questionnaire.title,
        },
        "sections": [{"id": section.id, "title": _label(section.title)} for section in questionnaire.sections],
        "items": [_described(section, item) for section, item in _asked(questionnaire)],
        "columns": [asdict(column) for column in columns(questionnaire, wave_columns)],
        "restricted_columns": [asdict(column) for column in restricted_columns(questionnaire)],
    }


def _asked(questionnaire: Questionnaire) -> Iterator[tuple[Section, Item]]:
    for section in questionnaire.sections:
        for page in section.pages:
            for item in page.items:
                if not item.off and not isinstance(item, StatementItem):
                    yield section, item


def _label(text: Text) -> str:
    return choose(text, Answering.SELF)[0]


def _dimension(item: Item) -> str | None:
    return item.role.removeprefix("dimension:") if item.role and item.role.startswith("dimension:") else None


def _options(item: Item) -> tuple[Option, ...]:
    return item.options if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem, AreaItem)) else ()


def _good(item: Item) -> tuple[str | int, ...]:
    measured = isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem)) and item.measure is not None
    return item.measure.good if measured else ()  # type: ignore[union-attr]


def _item_columns(section: Section, item: Item) -> Iterator[Column]:
    if isinstance(item, (ShortTextItem, LongTextItem)):
        yield _missing_column(section, item)
        return
    if isinstance(item, ChoicesItem):
        yield from (_picked_column(section, item, option) for option in item.options if option.missing is None)
    else:
        yield _value_column(section, item)
    yield _missing_column(section, item)


def _value_column(section: Section, item: Item) -> Column:
    groups = item.groups if isinstance(item, ChoiceItem) else ()
    return Column(
        name=item.id,
        label=_label(item.text),
        type="integer" if isinstance(item, ScaleItem) else "string",
        kind="answer",
        item=item.id,
        section=section.id,
        sensitive=item.sensitive,
        role=item.role,
        dimension=_dimension(item),
        values=tuple(CodedValue(option.code, _label(option.text)) for option in _options(item) if not option.missing),
        good=_good(item),
        groups=tuple(CodedValue(group.code, _label(group.text)) for group in groups),
        group_of={option.code: option.group for option in _options(item) if option.group} if groups else None,
    )


def _picked_column(section: Section, item: ChoicesItem, option: Option) -> Column:
    return Column(
        name=f"{item.id}__{option.code}",
        label=f"{_label(item.text)} – {_label(option.text)}",
        type="integer",
        kind="answer",
        item=item.id,
        option=option.code,
        section=section.id,
        sensitive=item.sensitive,
        role=item.role,
        dimension=_dimension(item),
        values=(CodedValue(0, "Not picked"), CodedValue(1, "Picked")),
        good=(1,) if option.code in _good(item) else (),
    )


def _missing_column(section: Section, item: Item) -> Column:
    given = {option.missing for option in _options(item)}
    return Column(
        name=f"{item.id}__missing",
        label=f"{_label(item.text)} – why there is no answer",
        type="string",
        kind="missing",
        item=item.id,
        section=section.id,
        sensitive=item.sensitive,
        values=tuple(
            CodedValue(value.code, value.label, missing=str(value.code))
            for value in WHY_MISSING
            if value.code not in set(Missing) or value.code in given
        ),
    )


def _text_columns(section: Section, item: Item) -> Iterator[Column]:
    if isinstance(item, (ShortTextItem, LongTextItem)):
        yield _free_text(section, item, item.id, _label(item.text), None)
    for option in _options(item):
        if option.write_in is not None:
            label = f"{_label(item.text)} – {_label(option.text)}"
            yield _free_text(section, item, write_in_key(item.id, option.code), label, option.code)


def _free_text(section: Section, item: Item, name: str, label: str, option: str | None) -> Column:
    return Column(name, label, "string", "answer", item.id, option, section.id, sensitive=item.sensitive)


def _described(section: Section, item: Item) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "text": _label(item.text),
        "section": section.id,
        "sensitive": item.sensitive,
        "role": item.role,
        "dimension": _dimension(item),
        "options": [
            {"code": option.code, "text": _label(option.text), "missing": option.missing, "group": option.group}
            for option in _options(item)
        ],
        "groups": [],
        "good": list(_good(item)),
        "columns": [column.name for column in _item_columns(section, item)],
    }
    if isinstance(item, ChoiceItem):
        described["groups"] = [{"code": group.code, "text": _label(group.text)} for group in item.groups]
    if isinstance(item, ScaleItem):
        ends = {"min_text": _label(item.min_text), "max_text": _label(item.max_text)}
        described |= {"min": item.min, "max": item.max, **ends}
    return described
