"""From an item's type to its form field: `BUILDERS` is all there is to add to for a new type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app
from markupsafe import Markup, escape
from wtforms import Field, ValidationError

from survey.areas import Area
from survey.i18n import Phrase, gettext
from survey.questionnaire.answers import AnswerError, Value, check_answer, check_write_in, write_in_key
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    Option,
    ScaleItem,
    ShortTextItem,
)
from survey.respondent.messages import explain
from survey.respondent.slots import flag_slot
from survey.respondent.wording import Wording

PREFIX = "answer-"
"""Before every field's name, so that no item's id can be mistaken for a button or the token."""


@dataclass(frozen=True)
class DrawnOption:
    """One option as the page shows it."""

    value: str
    text: Phrase | str
    hint: Phrase | None = None
    exclusive: bool = False
    after_or: bool = False
    """The first of those that are no real answer: I don't know, none of these. The word "or" stands before it."""
    write_in: str | None = None
    """The name of the field that opens with it."""
    write_in_label: Phrase | None = None
    end: Phrase | None = None
    """What this end of a scale means."""

    def as_item(self, field: str, opened: str = "") -> dict[str, Any]:
        """The parameters of an NHS.UK radio button or checkbox of the field; `opened` is the HTML it opens."""
        return {
            "value": self.value,
            "html": escape(self.text) + Markup(' <span class="app-scale__end">{}</span>').format(self.end)
            if self.end
            else escape(self.text),
            "hint": {"html": escape(self.hint)} if self.hint else None,
            "behaviour": "exclusive" if self.exclusive else None,
            "attributes": flag_slot("checked", field, self.value),
            "conditional": {"html": opened} if opened else None,
        }


@dataclass(frozen=True)
class DrawnGroup:
    """Options that stand together, under a heading or none."""

    heading: Phrase | None
    options: tuple[DrawnOption, ...]


@dataclass(frozen=True)
class Drawing:
    """What the template needs to draw an item: the name of a macro, and words."""

    macro: str
    text: Phrase
    hint: Phrase | None
    groups: tuple[DrawnGroup, ...] = ()
    missing: tuple[DrawnOption, ...] = ()
    """I don't know, I would rather not say: apart from the values."""
    rows: int = 1


class QuestionField(Field):  # type: ignore[misc]
    """What fields of a page have in common: they keep what was typed, and a message is drawn the same way."""

    raw: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was sent as it was sent."""
        self.raw = valuelist

    def error(self) -> dict[str, Any] | None:
        """The NHS.UK parameters of the field's message, if there is one."""
        return {"text": self.errors[0], "visuallyHiddenText": gettext("Error")} if self.errors else None


class AnswerField(QuestionField):
    """One item of a page: what was typed, what the questionnaire's rules make of it, how it is drawn."""

    def __init__(self, item: Item, drawing: Drawing, area_codes: frozenset[str], **kwargs: Any) -> None:
        super().__init__(label=drawing.text, **kwargs)
        self.item = item
        self.drawing = drawing
        self.raw = []
        self.value: Value | None = None
        self._area_codes = area_codes

    def pre_validate(self, form: object) -> None:
        """Ask the pure core; what it refuses becomes a message."""
        try:
            self.value = check_answer(self.item, self.raw, area_codes=self._area_codes)
        except AnswerError as error:
            raise ValidationError(explain(error, self.item)) from error

    def widget(self, field: AnswerField, *, form: object, is_heading: bool, described_by: str) -> Markup:
        """Draw the field with the macro of its type; its text is the page's heading when it is alone there."""
        macros = current_app.jinja_env.get_template("respondent/fields.html").module
        drawn: Markup = getattr(macros, self.drawing.macro)(field, form, is_heading, described_by)
        return drawn

    # --- Parameters of the NHS.UK macros ------------------------------------------

    def heading(self, is_heading: bool) -> dict[str, Any]:
        """A legend or label."""
        return {"html": escape(self.drawing.text), "size": "l" if is_heading else "m", "isPageHeading": is_heading}

    def hint(self) -> dict[str, Any] | None:
        """What stands under the legend or label."""
        return {"html": escape(self.drawing.hint)} if self.drawing.hint else None

    def items(
        self, options: Sequence[DrawnOption], form: Mapping[str, Field], draw_write_in: Callable[[Field, Phrase], str]
    ) -> list[dict[str, Any]]:
        """Radio buttons or checkboxes, each with the text box it opens."""
        items: list[dict[str, Any]] = []
        for option in options:
            if option.after_or:
                items.append({"divider": gettext("or")})
            opened = ""
            if option.write_in is not None and option.write_in_label is not None:
                opened = draw_write_in(form[option.write_in], option.write_in_label)
            items.append(option.as_item(self.name, opened))
        return items


class WriteInField(QuestionField):
    """The text box under an option; drawn by the option's item, and checked where the option is picked."""

    def __init__(self, item: Item, option: Option, **kwargs: Any) -> None:
        super().__init__(label="", **kwargs)
        self.item = item
        self.option = option
        self.raw = []
        self.value: str | None = None

    def pre_validate(self, form: Mapping[str, QuestionField]) -> None:
        """Ask the pure core; what it refuses becomes a message, unless nobody could see it."""
        try:
            self.value = check_write_in(self.option, " ".join(self.raw))
        except AnswerError as error:
            if self.option.code in form[PREFIX + self.item.id].raw:
                raise ValidationError(explain(error, self.item)) from error


# --- By type --------------------------------------------------------------------

Builder = Callable[[Any, Wording, Sequence[Area]], Drawing]


def _radios(item: ChoiceItem, wording: Wording, areas: Sequence[Area]) -> Drawing:
    return Drawing("radios", *_asked(item, wording), groups=_groups(item, wording))


def _checkboxes(item: ChoicesItem, wording: Wording, areas: Sequence[Area]) -> Drawing:
    return Drawing("checkboxes", *_asked(item, wording), groups=(DrawnGroup(None, _options(item, wording)),))


def _scale(item: ScaleItem, wording: Wording, areas: Sequence[Area]) -> Drawing:
    ends = {
        item.min: wording.say(f"item.{item.id}.min_text", item.min_text),
        item.max: wording.say(f"item.{item.id}.max_text", item.max_text),
    }
    numbers = tuple(
        DrawnOption(str(number), str(number), end=ends.get(number)) for number in range(item.min, item.max + 1)
    )
    return Drawing(
        "scale", *_asked(item, wording), groups=(DrawnGroup(None, numbers),), missing=_missing(item, wording)
    )


def _area(item: AreaItem, wording: Wording, areas: Sequence[Area]) -> Drawing:
    """A native select, areas under the names of regions: it works on a phone, by voice and without JavaScript."""
    english = wording.name
    by_region = groupby(sorted(areas, key=lambda area: (area.region, area.short_name)), key=lambda area: area.region)
    groups = tuple(
        DrawnGroup(english(region), tuple(DrawnOption(area.code, english(area.short_name)) for area in members))
        for region, members in by_region
    )
    return Drawing("area", *_asked(item, wording), groups=groups, missing=_missing(item, wording))


def _text_line(item: ShortTextItem, wording: Wording, areas: Sequence[Area]) -> Drawing:
    return Drawing("text_line", *_asked(item, wording))


def _text_box(item: Item, wording: Wording, areas: Sequence[Area]) -> Drawing:
    return Drawing("text_box", *_asked(item, wording), rows=8)


def _statement(item: Item, wording: Wording, areas: Sequence[Area]) -> Drawing:
    return Drawing("statement", *_asked(item, wording))


BUILDERS: Mapping[str, Builder] = {
    "choice": _radios,
    "choices": _checkboxes,
    "scale": _scale,
    "area": _area,
    "short_text": _text_line,
    "long_text": _text_box,
    "statement": _statement,
}


def build_fields(item: Item, wording: Wording, areas: Sequence[Area]) -> dict[str, Field]:
    """The unbound fields of an item by name: its own, then one for each option with a text box."""
    drawing = BUILDERS[item.type](item, wording, areas)
    codes = frozenset(area.code for area in areas)
    fields: dict[str, Field] = {PREFIX + item.id: AnswerField(item, drawing, codes)}
    if isinstance(item, (ChoiceItem, ChoicesItem)):
        for option in item.options:
            if option.write_in is not None:
                fields[PREFIX + write_in_key(item.id, option.code)] = WriteInField(item, option)
    return fields


def _asked(item: Item, wording: Wording) -> tuple[Phrase, Phrase | None]:
    return wording.say(f"item.{item.id}.text", item.text), wording.say_if(f"item.{item.id}.hint", item.hint)


def _groups(item: ChoiceItem, wording: Wording) -> tuple[DrawnGroup, ...]:
    """Runs of options of one group, each under the group's heading; those without stand alone."""
    headings = {group.code: wording.say(f"item.{item.id}.group.{group.code}.text", group.text) for group in item.groups}
    drawn = dict(zip((option.code for option in item.options), _options(item, wording), strict=True))
    return tuple(
        DrawnGroup(headings.get(code or ""), tuple(drawn[option.code] for option in options))
        for code, options in groupby(item.options, key=lambda option: option.group)
    )


def _missing(item: ScaleItem | AreaItem, wording: Wording) -> tuple[DrawnOption, ...]:
    return tuple(_option(item, option, wording, after_or=place == 0) for place, option in enumerate(item.options))


def _options(item: ChoiceItem | ChoicesItem, wording: Wording) -> tuple[DrawnOption, ...]:
    apart = [option.exclusive or option.missing is not None for option in item.options]
    first_apart = apart.index(True) if True in apart else 0
    return tuple(
        _option(item, option, wording, after_or=place == first_apart > 0) for place, option in enumerate(item.options)
    )


def _option(item: Item, option: Option, wording: Wording, *, after_or: bool = False) -> DrawnOption:
    context = f"item.{item.id}.option.{option.code}"
    return DrawnOption(
        value=option.code,
        text=wording.say(f"{context}.text", option.text),
        hint=wording.say_if(f"{context}.hint", option.hint),
        exclusive=option.exclusive,
        after_or=after_or,
        write_in=None if option.write_in is None else PREFIX + write_in_key(item.id, option.code),
        write_in_label=wording.say_if(f"{context}.write_in", option.write_in),
    )
