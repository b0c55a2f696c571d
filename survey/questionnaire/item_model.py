"""The format's items: every type of question, its options, formats and checks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from survey.questionnaire.condition_model import Condition, Frozen
from survey.questionnaire.format_model import EasyReadLabel, Formats
from survey.questionnaire.text_model import Answering, Code, ItemId, Text

Role = Annotated[str, Field(pattern=r"^(consent|answering|area|dimension:[a-z][a-z0-9_]{0,31})$")]
Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|today)$")]
"""A day as in 2026-04-01, or the day on which the question is answered."""


class Missing(StrEnum):
    """Why an answer that was given is not a value."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"


# --- Parts of items -------------------------------------------------------------


class Option(Frozen):
    """One answer a person can pick."""

    code: Code
    text: Text
    hint: Text | None = None
    easyread: EasyReadLabel | None = None
    missing: Missing | None = None
    exclusive: bool = False
    group: Code | None = None
    write_in: Text | None = None
    """Label of a text box that opens when the option is picked; its text is restricted, like all free text."""
    answering: Answering | None = None
    """On the item with role `answering`: which wording the option leads to."""


class OptionGroup(Frozen):
    """A heading over some options; results are rolled up to it."""

    code: Code
    text: Text


class Measure(Frozen):
    """The codes that count as good when an item is shown as one share."""

    good: tuple[str | int, ...] = Field(min_length=1)


class SoftCheck(Frozen):
    """An odd but possible answer: under this condition the page asks once whether it is right, and then takes it.

    The condition may ask the items of its own page and of earlier ones.
    """

    when: Condition
    text: Text


class Equivalence(Frozen):
    """Says that answers can be compared with those to an earlier version's wording, and why."""

    version: str
    reason: str


# --- Items ----------------------------------------------------------------------


class ItemBase(Frozen):
    """What every item has."""

    id: ItemId
    text: Text
    hint: Text | None = None
    role: Role | None = None
    sensitive: bool = False
    required: bool = False
    off: bool = False
    """Switched off by default; a wave may switch it on by name."""
    formats: Formats | None = None
    soft: tuple[SoftCheck, ...] = ()
    equivalent: tuple[Equivalence, ...] = ()


class ChoiceItem(ItemBase):
    """Pick one."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    groups: tuple[OptionGroup, ...] = ()
    measure: Measure | None = None


class ChoicesItem(ItemBase):
    """Pick any number; an `exclusive` option stands alone."""

    type: Literal["choices"]
    options: tuple[Option, ...] = Field(min_length=2)
    measure: Measure | None = None


class ScaleLabel(Frozen):
    """What a number between the ends of a scale means."""

    number: int
    text: Text


class ScaleItem(ItemBase):
    """A whole number from `min` to `max` with both ends in words; `options` hold only missing codes.

    With `labels` for the numbers between them every step, or some, is in words too.
    """

    type: Literal["scale"]
    min: int = 0
    max: int = 10
    min_text: Text
    max_text: Text
    labels: tuple[ScaleLabel, ...] = ()
    options: tuple[Option, ...] = ()
    measure: Measure | None = None

    @property
    def in_words(self) -> tuple[tuple[int, str, Text], ...]:
        """Each number that has words, from the lowest: the number, the end of its gettext context, and the words."""
        between = [(label.number, f"label.{label.number}", label.text) for label in self.labels]
        return ((self.min, "min_text", self.min_text), *sorted(between), (self.max, "max_text", self.max_text))


class GridRow(Frozen):
    """One thing the grid asks about; with `show_if` only of those it is for."""

    code: Code
    text: Text
    easyread: EasyReadLabel | None = None
    show_if: Condition | None = None


class GridItem(ItemBase):
    """The same options for each of several rows; every row is answered by itself, see `row_items`."""

    type: Literal["grid"]
    rows: tuple[GridRow, ...] = Field(min_length=1)
    options: tuple[Option, ...] = Field(min_length=2)
    measure: Measure | None = None


class RankItem(ItemBase):
    """Pick some and put them in order, the first being the one that matters most; `at_most` so many."""

    type: Literal["rank"]
    options: tuple[Option, ...] = Field(min_length=2)
    at_most: int | None = Field(default=None, ge=1)


class NumberItem(ItemBase):
    """A number people type, in a `unit`, with at most so many `decimals`; `options` hold only missing codes."""

    type: Literal["number"]
    min: int | float
    max: int | float
    decimals: int = Field(default=0, ge=0, le=3)
    unit: Text | None = None
    options: tuple[Option, ...] = ()


class DatePart(StrEnum):
    """The finest part of a date that is asked for."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class DateItem(ItemBase):
    """A date of which the day, or day and month, may be unknown; `options` hold only missing codes."""

    type: Literal["date"]
    finest: DatePart = Field(default=DatePart.DAY, strict=False)
    earliest: Day | None = None
    latest: Day | None = None
    options: tuple[Option, ...] = ()


class AreaItem(ItemBase):
    """An NHS area of the wave's list, by name or through a postcode; `options` hold only missing codes."""

    type: Literal["area"]
    options: tuple[Option, ...] = ()


class ShortTextItem(ItemBase):
    """One line of free text."""

    type: Literal["short_text"]
    max_length: int = Field(default=200, ge=1, le=1000)


class LongTextItem(ItemBase):
    """Several lines of free text."""

    type: Literal["long_text"]
    max_length: int = Field(default=4000, ge=1, le=20000)


class StatementItem(ItemBase):
    """Words to read; nothing to answer."""

    type: Literal["statement"]


Item = Annotated[
    ChoiceItem
    | ChoicesItem
    | ScaleItem
    | GridItem
    | RankItem
    | NumberItem
    | DateItem
    | AreaItem
    | ShortTextItem
    | LongTextItem
    | StatementItem,
    Discriminator("type"),
]

WithOptions = (ChoiceItem, ChoicesItem, ScaleItem, GridItem, RankItem, NumberItem, DateItem, AreaItem)
"""The types that have options, for isinstance."""


def options_of(item: Item) -> tuple[Option, ...]:
    """The options of an item, of whatever type it is."""
    return item.options if isinstance(item, WithOptions) else ()


def row_key(item_id: str, row: str) -> str:
    """How a row of a grid is named in answers, conditions and columns, as if it were an item of its own."""
    return f"{item_id}__{row}"


def row_items(grid: GridItem) -> tuple[ChoiceItem, ...]:
    """Each row of a grid as the choice it is to routing, checks and export, in the order of the rows."""
    return tuple(
        ChoiceItem.model_construct(
            id=row_key(grid.id, row.code),
            type="choice",
            text=row.text,
            options=grid.options,
            measure=grid.measure,
            sensitive=grid.sensitive,
            off=grid.off,
        )
        for row in grid.rows
    )


def answered_parts(item: Item) -> tuple[Item, ...]:
    """What of an item has an answer, a condition and columns of its own: of a grid its rows, else the item itself."""
    return row_items(item) if isinstance(item, GridItem) else (item,)
