"""From an item's type to its form field: `BUILDERS` is all there is to add to for a new type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wtforms import Field

from survey.questionnaire.answers import Answers, Value, write_in_key
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    GridItem,
    Item,
    LongTextItem,
    NumberItem,
    RankItem,
    ScaleItem,
    ShortTextItem,
    options_of,
    row_items,
    row_key,
)
from survey.respondent.answer_fields import AnswerField, Entered, WriteInField
from survey.respondent.area_field import AreaField
from survey.respondent.drawings import (
    PREFIX,
    AreaChoice,
    Drawing,
    DrawnGroup,
    DrawnOption,
    draw_groups,
    draw_missing,
    draw_options,
)
from survey.respondent.rank_field import RankField
from survey.respondent.typed_fields import DateField, NumberField, TextField, unit_words
from survey.respondent.worded import asked, label
from survey.respondent.wording import Wording

__all__ = ["BUILDERS", "PREFIX", "AnswerField", "FieldKind", "WriteInField", "build_fields", "fill_fields"]


class GridField(AnswerField):
    """The question above the rows of a grid, which it draws; it has no answer of its own."""

    item: GridItem

    def rows(self, form: Mapping[str, Field]) -> list[Field]:
        """The fields of its rows, in order."""
        return [form[name] for name in (PREFIX + row.id for row in row_items(self.item)) if name in form]

    def pre_validate(self, form: object) -> None:
        """Nothing to check: each row is checked by itself."""

    @classmethod
    def as_entered(cls, item: Item, answers: Answers) -> dict[str, Sequence[str]]:
        """The answers of its rows."""
        assert isinstance(item, GridItem)
        keys = [row_key(item.id, row.code) for row in item.rows]
        return {PREFIX + key: (str(answers[key]),) for key in keys if key in answers}


class RowField(AnswerField):
    """One row of a grid: a choice, drawn by its grid."""

    nested = True


# --- By type --------------------------------------------------------------------

Draw = Callable[[Any, Wording, AreaChoice], Drawing]


@dataclass(frozen=True)
class FieldKind:
    """How a type of item is drawn, and the field that reads what was sent."""

    draw: Draw
    field: type[AnswerField] = AnswerField


def _radios(item: ChoiceItem, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing("radios", *asked(item, wording), groups=draw_groups(item, wording))


def _checkboxes(item: ChoicesItem, wording: Wording, areas: AreaChoice) -> Drawing:
    options = draw_options(item.id, item.options, wording)
    return Drawing("checkboxes", *asked(item, wording), groups=(DrawnGroup(None, options),))


def _scale(item: ScaleItem, wording: Wording, areas: AreaChoice) -> Drawing:
    words = {number: wording.say(f"item.{item.id}.{name}", text) for number, name, text in item.in_words}
    numbers = tuple(
        DrawnOption(str(number), str(number), end=words.get(number)) for number in range(item.min, item.max + 1)
    )
    return Drawing(
        "scale",
        *asked(item, wording),
        groups=(DrawnGroup(None, numbers),),
        missing=draw_missing(item, item.options, wording),
    )


def _grid(item: GridItem, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing("grid", *asked(item, wording))


def _rank(item: RankItem, wording: Wording, areas: AreaChoice) -> Drawing:
    ranked = [option for option in item.options if option.missing is None]
    others = [option for option in item.options if option.missing is not None]
    return Drawing(
        "rank",
        *asked(item, wording),
        groups=(DrawnGroup(None, draw_options(item.id, ranked, wording)),),
        missing=draw_missing(item, others, wording),
        template="respondent/fields_in_parts.html",
    )


def _number(item: NumberItem, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing(
        "number",
        *asked(item, wording),
        missing=draw_missing(item, item.options, wording),
        unit=wording.say_if(f"item.{item.id}.unit", item.unit),
        unit_words=unit_words(item, wording),
        template="respondent/fields_in_parts.html",
    )


def _date(item: DateItem, wording: Wording, areas: AreaChoice) -> Drawing:
    missing = draw_missing(item, item.options, wording)
    return Drawing("date", *asked(item, wording), missing=missing, template="respondent/fields_in_parts.html")


def _area(item: AreaItem, wording: Wording, areas: AreaChoice) -> Drawing:
    """A native select, areas under the names of regions: it works on a phone, by voice and without JavaScript."""
    english = wording.name
    in_order = sorted(areas.areas, key=lambda area: (area.region, area.short_name))
    groups = tuple(
        DrawnGroup(english(region), tuple(DrawnOption(area.code, english(area.short_name)) for area in members))
        for region, members in groupby(in_order, key=lambda area: area.region)
    )
    return Drawing("area", *asked(item, wording), groups=groups, missing=draw_missing(item, item.options, wording))


def _text_line(item: ShortTextItem, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing("text_line", *asked(item, wording))


def _text_box(item: LongTextItem, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing("text_box", *asked(item, wording), rows=8)


def _statement(item: Item, wording: Wording, areas: AreaChoice) -> Drawing:
    return Drawing("statement", *asked(item, wording))


BUILDERS: Mapping[str, FieldKind] = {
    "choice": FieldKind(_radios),
    "choices": FieldKind(_checkboxes),
    "scale": FieldKind(_scale),
    "grid": FieldKind(_grid, GridField),
    "rank": FieldKind(_rank, RankField),
    "number": FieldKind(_number, NumberField),
    "date": FieldKind(_date, DateField),
    "area": FieldKind(_area, AreaField),
    "short_text": FieldKind(_text_line, TextField),
    "long_text": FieldKind(_text_box, TextField),
    "statement": FieldKind(_statement),
}


def build_fields(item: Item, wording: Wording, areas: AreaChoice) -> dict[str, Field]:
    """The unbound fields of an item by name: its own, then one for each row, or each option with a text box."""
    kind = BUILDERS[item.type]
    fields: dict[str, Field] = {PREFIX + item.id: kind.field(item, kind.draw(item, wording, areas), areas)}
    if isinstance(item, GridItem):
        for said, row in zip(item.rows, row_items(item), strict=True):
            text, _ = label(f"item.{item.id}.row.{said.code}", said, wording)
            options = draw_options(row.id, row.options, wording, said_of=item.id)
            drawing = Drawing("radios", text, None, groups=(DrawnGroup(None, options),))
            fields[PREFIX + row.id] = RowField(row, drawing, areas)
    for option in options_of(item):
        if option.write_in is not None:
            fields[PREFIX + write_in_key(item.id, option.code)] = WriteInField(item, option)
    return fields


def fill_fields(items: Iterable[Item], answers: Mapping[str, Value]) -> Entered:
    """Saved answers as they would stand in the inputs of their items, by the name of the input."""
    entered: dict[str, Sequence[str]] = {}
    for item in items:
        entered |= BUILDERS[item.type].field.as_entered(item, answers)
        for option in options_of(item):
            key = write_in_key(item.id, option.code)
            if option.write_in is not None and key in answers:
                entered[PREFIX + key] = (str(answers[key]),)
    return entered
