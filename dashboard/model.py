"""What a release holds, as frozen values: places, questions, and the rows of its tables.

Numbers of a row that is not shown are None. A row's fields are columns of its table (`dashboard.tables`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from dashboard.release import Facts, Level, Span, Status


@dataclass(frozen=True)
class Place:
    """England, a region or an area of one vintage; `hex` is its tile (column, row from the south)."""

    code: str
    name: str
    short_name: str
    level: Level
    region: str
    hex: tuple[int, int] | None


@dataclass(frozen=True)
class Option:
    """An answer as results show it."""

    code: str
    text: str


@dataclass(frozen=True)
class Item:
    """A question of the release."""

    id: str
    text: str
    section: str
    type: str
    sensitive: bool
    dimension: str | None
    options: tuple[Option, ...]
    measure: str | None
    """What a good answer is, in words; None where the item has no measure."""
    good: tuple[str, ...] = ()
    """The options that the measure counts."""

    @property
    def is_ordered(self) -> bool:
        """Whether its answers run from good to bad: one is chosen, and the good ones are the first or the last.

        A release does not say which answers have an order; where those that count as good stand apart, or one may
        choose several, they have none that a chart could show.
        """
        codes, count = tuple(option.code for option in self.options), len(self.good)
        alone = self.type in ("choice", "scale") and 0 < count < len(codes)
        return alone and set(self.good) in (set(codes[:count]), set(codes[-count:]))

    def name_answer(self, option: str) -> str:
        """The words of an option, or of the measure where `option` is ''."""
        if option == "":
            return self.measure or ""
        return next(answer.text for answer in self.options if answer.code == option)


class TableRow(Protocol):
    """A row of a table of a release: a dataclass whose fields are columns."""

    __dataclass_fields__: ClassVar[dict[str, Any]]
    TABLE: ClassVar[str]


@dataclass(frozen=True)
class Figure:
    """A published share: whole per cent, with a likely range; `band` is 'under' or 'over' where `share` is a bound."""

    status: Status
    base: int | None
    """People who answered, to the nearest 5."""
    share: int | None
    band: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Cell(Figure):
    """A figure of one item in one place; `option` is '' for the item's measure."""

    TABLE: ClassVar[str] = "estimates"
    level: Level
    area: str
    option: str
    nearest_safe: str | None
    """`span:level:area` of the nearest place that may be shown."""


@dataclass(frozen=True)
class ItemCell(Cell):
    """The same with its item, for reading every question of a place at once."""

    item: str


@dataclass(frozen=True)
class Measure(ItemCell):
    """The same with its years, where those of one item may stand for those of another."""

    span: Span


@dataclass(frozen=True)
class GroupCell(Figure):
    """A figure of one item among one group of people, in England."""

    TABLE: ClassVar[str] = "groups"
    span: Span
    item: str
    option: str
    """'' for the item's measure."""
    dimension: str
    category: str
    """An option of the dimension's question."""
    nearest_safe: str | None
    """`span:dimension:category` of the nearest group that may be shown; `span::` is everyone."""


@dataclass(frozen=True)
class NonResponse(Figure):
    """How many stopped at a page, or left a question out, in England; the base is who came that far or was asked."""

    TABLE: ClassVar[str] = "non_response"
    kind: str
    """break_off, left_out, dont_know or refused."""
    subject: str
    """The page of a break-off, else the item."""
    dimension: str
    """'' for everyone, else language, format, mode or answering."""
    category: str


@dataclass(frozen=True)
class Trend(Figure):
    """A figure of one item in England or a region in one wave, and how it differs from the wave before."""

    TABLE: ClassVar[str] = "trends"
    item: str
    option: str
    """'' for the item's measure."""
    level: Level
    area: str
    wave: str
    release: int
    break_reason: str
    """wording, boundaries or weighting where it may not be joined to the wave before; '' where it may."""
    difference: int | None
    """Points from the wave before; None where it cannot be told."""
    difference_low: int | None
    difference_high: int | None
    changed: bool | None
    """Whether the change stands out once all changes of the release are taken together."""


@dataclass(frozen=True)
class Comparison:
    """The measure of an item in a region or area against the rest of England."""

    TABLE: ClassVar[str] = "comparisons"
    level: Level
    area: str
    item: str
    status: Status
    share: int | None
    rest: int | None
    """The rest of England, per cent."""
    difference: int | None
    """Points."""
    low: int | None
    high: int | None
    worth_a_look: bool | None
    """Stands out once all comparisons of the span and list are taken together."""
    funnel_low: int | None
    """95% limits around England for this many people."""
    funnel_high: int | None
    funnel_low_998: int | None
    funnel_high_998: int | None
    shrunk: int | None
    """Drawn toward the region."""
    shrunk_low: int | None
    shrunk_high: int | None
    detectable: int | None
    """The smallest difference that this many people would probably have shown, points."""
    reason: str
    """Why a shown share is not compared: band, england or rest; '' where it is."""


@dataclass(frozen=True)
class Coverage:
    """How many answered in a region or area, beside those invited and those who have a budget."""

    TABLE: ClassVar[str] = "coverage"
    level: Level
    area: str
    count: int | None
    """To the nearest 5; None where there is a band."""
    band: str
    """'' or `under 10`."""
    invited: int | None
    response_rate: int | None
    benchmark_share: float | None
    benchmark_of: str
    benchmark_source: str
    benchmark_date: str
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    missing: int | None
    reason: str


@dataclass(frozen=True)
class Group(Figure):
    """How much of the answers come from one group, beside a benchmark."""

    TABLE: ClassVar[str] = "inclusion"
    dimension: str
    dimension_label: str
    category: str
    label: str
    count: int | None
    benchmark_share: float | None
    benchmark_of: str
    """`phb_holders` or `population`: only of the former can people be missing."""
    benchmark_source: str
    benchmark_date: str
    ratio_low: float | None
    ratio_high: float | None
    missing: int | None
    """People, to the nearest 5."""
    reason: str


@dataclass(frozen=True)
class Count:
    """A fieldwork count: to the nearest 5, or in a `band` such as 'under 10'."""

    category: str
    count: int | None
    band: str


@dataclass(frozen=True)
class Release:
    """One release of one wave, without its cells."""

    folder: Path
    facts: Facts
    items: tuple[Item, ...]
    areas: Mapping[str, tuple[Place, ...]]
    """By vintage: England, the regions and the areas of that list."""

    def item(self, item_id: str) -> Item | None:
        """The question of that id."""
        return next((item for item in self.items if item.id == item_id), None)

    def place(self, vintage: str, code: str) -> Place | None:
        """The place of that code on the list of `vintage`."""
        return next((place for place in self.areas.get(vintage, ()) if place.code == code), None)

    def places(self, vintage: str, level: Level) -> tuple[Place, ...]:
        """The places of one level, by region and name."""
        found = [place for place in self.areas.get(vintage, ()) if place.level is level]
        return tuple(sorted(found, key=lambda place: (place.region, place.short_name)))
