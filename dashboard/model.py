"""What a release holds, as frozen values: places, questions, figures, groups, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.release import Facts, Level, Status


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

    def name_answer(self, option: str) -> str:
        """The words of an option, or of the measure where `option` is ''."""
        if option == "":
            return self.measure or ""
        return next(answer.text for answer in self.options if answer.code == option)


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

    level: Level
    area: str
    option: str
    nearest_safe: str | None
    """`span:level:area` of the nearest place that may be shown."""


@dataclass(frozen=True)
class Group(Figure):
    """How much of the answers come from one group, beside a benchmark."""

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
