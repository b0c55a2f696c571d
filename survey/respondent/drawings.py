"""What a page shows of an item: its words, its options, and the macro that draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from survey.areas import Area
from survey.i18n import Phrase
from survey.questionnaire.answers import write_in_key
from survey.questionnaire.model import ChoiceItem, Item, Option, OptionGroup
from survey.respondent.slots import flag_slot
from survey.respondent.worded import label
from survey.respondent.wording import Wording

PREFIX = "answer-"
"""Before every field's name, so that no item's id can be mistaken for a button or the token."""


@dataclass(frozen=True)
class AreaChoice:
    """The areas that can be chosen in a wave: those of one list."""

    vintage: str
    areas: tuple[Area, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(area.code for area in self.areas)


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
    """What a template needs to draw an item: where the macro is, and words."""

    macro: str
    text: Phrase
    hint: Phrase | None
    groups: tuple[DrawnGroup, ...] = ()
    missing: tuple[DrawnOption, ...] = ()
    """I don't know, I would rather not say: apart from the values."""
    rows: int = 1
    unit: Phrase | None = None
    unit_words: frozenset[str] = frozenset()
    """Every way to write the unit, in the source and in the person's language."""
    template: str = "respondent/fields.html"

    @property
    def options(self) -> tuple[DrawnOption, ...]:
        """All values that can be picked, without their groups."""
        return tuple(option for group in self.groups for option in group.options)


# --- The words of parts ---------------------------------------------------------


def draw_groups(item: ChoiceItem, wording: Wording) -> tuple[DrawnGroup, ...]:
    """Runs of options of one group, each under the group's heading; those without stand alone."""
    headings = {group.code: _heading(item, group, wording) for group in item.groups}
    drawn = {option.value: option for option in draw_options(item.id, item.options, wording)}
    return tuple(
        DrawnGroup(headings.get(code or ""), tuple(drawn[option.code] for option in options))
        for code, options in groupby(item.options, key=lambda option: option.group)
    )


def draw_options(
    item_id: str, options: Sequence[Option], wording: Wording, *, said_of: str | None = None
) -> tuple[DrawnOption, ...]:
    """Options as radio buttons or checkboxes, "or" before the first that is no real answer.

    Rows of a grid have ids of their own, and the words of the item `said_of`.
    """
    apart = [option.exclusive or option.missing is not None for option in options]
    first_apart = apart.index(True) if True in apart else 0
    return tuple(
        _draw_option(item_id, option, wording, said_of or item_id, after_or=place == first_apart > 0)
        for place, option in enumerate(options)
    )


def draw_missing(item: Item, options: Sequence[Option], wording: Wording) -> tuple[DrawnOption, ...]:
    """What can be said in place of a value, "or" before the first."""
    return tuple(
        _draw_option(item.id, option, wording, item.id, after_or=place == 0, exclusive=True)
        for place, option in enumerate(options)
    )


def _heading(item: ChoiceItem, group: OptionGroup, wording: Wording) -> Phrase:
    return wording.say(f"item.{item.id}.group.{group.code}.text", group.text)


def _draw_option(
    item_id: str, option: Option, wording: Wording, said_of: str, *, after_or: bool, exclusive: bool = False
) -> DrawnOption:
    context = f"item.{said_of}.option.{option.code}"
    text, hint = label(context, option, wording)
    return DrawnOption(
        value=option.code,
        text=text,
        hint=hint,
        exclusive=option.exclusive or exclusive,
        after_or=after_or,
        write_in=None if option.write_in is None else PREFIX + write_in_key(item_id, option.code),
        write_in_label=wording.say_if(f"{context}.write_in", option.write_in),
    )
