"""The quality report of a release: how far its numbers can be trusted. All of it is made from published figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ConfigDict, TypeAdapter, ValidationError


@dataclass(frozen=True)
class Places:
    """Of how many areas of the wave's own list something can be shown."""

    span: str
    shown: int
    areas: int


@dataclass(frozen=True)
class Cells:
    """What became of the cells of one table, by span and level ('' where the table has none)."""

    table: str
    span: str
    level: str
    shown: int
    too_few: int
    suppressed: int
    not_asked: int
    changed_ground: int

    @property
    def all(self) -> int:
        """Every cell."""
        return self.shown + self.too_few + self.suppressed + self.not_asked + self.changed_ground


@dataclass(frozen=True)
class Rate:
    """Whole per cent of a base, to the nearest 5 people, at a page or an item."""

    subject: str
    text: str
    """What the page or the item asks."""
    share: int
    band: str
    base: int


@dataclass(frozen=True)
class Indicator:
    """A number for the whole wave, or why there is none."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class DesignEffect:
    """How many times larger the variance is than without weights, to 0.1, of an item's measure or first answer."""

    item: str
    text: str
    value: float


@dataclass(frozen=True)
class Changes:
    """What is different from the release before that had estimates."""

    release: int
    cells: int
    """How many cells of the estimates say something else."""


@dataclass(frozen=True)
class QualityReport:
    """`quality.json`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    places: tuple[Places, ...]
    cells: tuple[Cells, ...]
    breaks_off: tuple[Rate, ...]
    """Pages where most people stop, of those who came that far; the most first."""
    left_out: tuple[Rate, ...]
    """Items that most people left out, of those who were asked; the most first."""
    indicators: tuple[Indicator, ...]
    weighting: dict[str, str]
    """How people were weighted, as in `methods` of release.json."""
    design_effects: tuple[DesignEffect, ...]
    """The largest first."""
    changes: Changes | None
    pages: Mapping[str, str] = field(default_factory=dict)
    """What each page asks, in the order people come to them; none in a report of before they were listed."""


_ADAPTER = TypeAdapter(QualityReport)


class QualityError(Exception):
    """A text is not that of a quality report."""


def dump_report(report: QualityReport) -> str:
    """The report as the text of `quality.json`."""
    return _ADAPTER.dump_json(report, indent=1).decode()


def parse_report(text: str) -> QualityReport:
    """The report from the text of `quality.json`. Raises QualityError."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise QualityError(f"{error.error_count()} mistakes, the first: {error.errors()[0]['msg']}") from error
