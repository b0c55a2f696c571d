"""From counts to the rows of `estimates.parquet`: every place, span and answer, each with its figure or the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.analysis.bands import State, States
from dashboard.analysis.disclosure import Table, protect_any_of, protect_one_of_each, protect_opinions
from dashboard.analysis.equations import Bools, Ints
from dashboard.analysis.lattice import ENGLAND, Ground, Lattice, Place, Unit, Waves, build_lattice
from dashboard.analysis.rounding import SMALLEST_BASE, Figure, band_limit, most_under, nearest_five, rounded_figure
from dashboard.areas import Geography
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.counts import WaveCounts
from dashboard.publish.history import ReleasedCell
from dashboard.release import ENGLAND as ENGLAND_CODE
from dashboard.release import Level, Span, Status

POOLED = 3
"""Waves that are pooled: the published one and those before it."""


@dataclass(frozen=True)
class Spot:
    """A place of a list of areas, and the ground it stands on."""

    level: Level
    code: str
    unit: Unit
    region: str


@dataclass(frozen=True)
class ItemResult:
    """What may be shown of one item: counts and states of every row of the lattice."""

    item: Item
    counts: Ints
    states: States
    pooled: bool
    """Whether every pooled wave asked it, in the same words."""


@dataclass(frozen=True)
class Study:
    """The waves of one release with their counts: `files` in order of time, those outside `window` for safety only."""

    geography: Geography
    files: tuple[AnalysisFile, ...]
    counts: tuple[WaveCounts, ...]
    wave: str
    window: tuple[str, ...]
    """The waves that are pooled, `wave` the last of them."""
    released: Mapping[str, Sequence[ReleasedCell]]

    @property
    def file(self) -> AnalysisFile:
        """The analysis file of the wave."""
        return self.files[self._numbers[self.wave]]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {file.wave: number for number, file in enumerate(self.files)}

    @cached_property
    def lattice(self) -> Lattice:
        """Every row that can be worked out of these waves."""
        return build_lattice([ground_of(self.geography, file.vintage) for file in self.files])

    @cached_property
    def spans(self) -> dict[Span, Waves]:
        """The waves of each span."""
        return {
            Span.WAVE: frozenset([self._numbers[self.wave]]),
            Span.POOLED: frozenset(self._numbers[wave] for wave in self.window),
        }

    @cached_property
    def spots(self) -> dict[str, tuple[Spot, ...]]:
        """Places by list of areas."""
        return {vintage: spots_of(self.geography, vintage) for vintage in self.geography.lists}

    def row(self, waves: Waves, spot: Spot) -> int | None:
        """The row of a place in a set of waves; None where answers cannot be added up to it."""
        return self.lattice.index.get((waves, spot.unit))

    def protect(self, item: Item) -> ItemResult:
        """Apply the rules of the item's class."""
        alike = [
            number
            for number, file in enumerate(self.files)
            if _is_same(item, file.item(item.id), file.questionnaire["version"])
        ]
        empty = np.zeros((1, len(item.column_options) + 1), dtype=np.int64)
        by_wave = [
            counts.by_item[item.id] if number in alike else np.repeat(empty, len(file_places(self, number)) + 1, axis=0)
            for number, counts in enumerate(self.counts)
        ]
        counts = self.lattice.system.totals(np.vstack(by_wave))
        pooled = self.spans[Span.POOLED] <= set(alike)
        table = Table(self.lattice, item.columns, counts, self._candidates(pooled), self._published(item, set(alike)))
        if not item.is_strict:
            states = protect_opinions(table)
        elif item.takes_several:
            states = protect_any_of(table)
        else:
            states = protect_one_of_each(table)
        return ItemResult(item, counts, states, pooled)

    def _candidates(self, pooled: bool) -> Bools:
        """Rows of this release. Two waves are pooled for England only: with a third, they would give that one away."""
        found = np.zeros(self.lattice.system.size, dtype=bool)
        for span, waves in self.spans.items():
            if span is Span.POOLED and not pooled:
                continue
            wanted = [
                spot
                for spots in self.spots.values()
                for spot in spots
                if spot.level is Level.ENGLAND or len(waves) in (1, POOLED)
            ]
            rows = [self.row(waves, spot) for spot in wanted]
            found[[row for row in rows if row is not None]] = True
        return found

    def _published(self, item: Item, alike: set[int]) -> States:
        states = np.full((self.lattice.system.size, len(item.column_options) + 1), State.HIDDEN, dtype=np.int8)
        column = {option: number for number, option in enumerate(item.column_options, start=1)}
        unit = {(vintage, spot.level, spot.code): spot.unit for vintage, spots in self.spots.items() for spot in spots}
        for cell in self.released.get(item.id, ()):
            waves = frozenset(self._numbers[wave] for wave in cell.waves)
            row = self.lattice.index.get((waves, unit[cell.vintage, Level(cell.level), cell.area]))
            if row is not None and waves <= alike and cell.option in column:
                states[row, column[cell.option]] = State.BANDED if cell.banded else State.EXACT
                states[row, 0] = State.EXACT
        return states


def file_places(study: Study, number: int) -> tuple[Place, ...]:
    """The areas of one wave."""
    return study.lattice.grounds[number].places


def ground_of(geography: Geography, vintage: str) -> Ground:
    """A list of areas as the lattice needs it."""
    places = tuple(
        Place(area.code, geography.block_of[vintage, area.code], area.region_code) for area in geography.lists[vintage]
    )
    return Ground(vintage, places)


def spots_of(geography: Geography, vintage: str) -> tuple[Spot, ...]:
    """England, the regions and the areas of one list."""
    ground = ground_of(geography, vintage)
    regions = sorted({place.region for place in ground.places})
    return (
        Spot(Level.ENGLAND, ENGLAND_CODE, ENGLAND, ""),
        *(Spot(Level.REGION, region, ("region", region), region) for region in regions),
        *(Spot(Level.AREA, place.code, ground.unit(place.code), place.region) for place in ground.places),
    )


def estimate_rows(study: Study, results: Sequence[ItemResult]) -> Iterator[tuple[object, ...]]:
    """The rows of `estimates.parquet`, in the order of its columns."""
    for result in results:
        for vintage, spots in study.spots.items():
            cells = {
                (span, spot.level, spot.code): _cells(study, result, span, spot) for span in Span for spot in spots
            }
            regions = {spot.code: spot.region for spot in spots}
            for (span, level, code), found in cells.items():
                ways = _ways_on(span, level, code, regions[code])
                for number, option in enumerate(result.item.column_options):
                    status, figure = found[number]
                    safe = next((way for way in ways if cells[way][number][0] is Status.SHOWN), None)
                    yield (
                        *(span.value, vintage, level.value, code, result.item.id),
                        *("option" if option else "measure", option, status.value),
                        *_numbers(figure),
                        ":".join(safe) if safe and status is not Status.SHOWN else None,
                    )


def england_row(study: Study, result: ItemResult) -> tuple[list[int], list[tuple[Status, Figure | None]]]:
    """England in the wave: exact counts, not to be published, and cells, both by column option."""
    england = next(spot for spot in study.spots[study.file.vintage] if spot.level is Level.ENGLAND)
    row = study.row(study.spans[Span.WAVE], england)
    return result.counts[row, 1:].tolist(), _cells(study, result, Span.WAVE, england)


def _cells(study: Study, result: ItemResult, span: Span, spot: Spot) -> list[tuple[Status, Figure | None]]:
    width = len(result.item.column_options)
    row = study.row(study.spans[span], spot)
    if row is None:
        return [(Status.BREAK, None)] * width
    if span is Span.POOLED and not result.pooled:
        return [(Status.NOT_ASKED, None)] * width
    counts, states = result.counts[row].tolist(), result.states[row].tolist()
    return [_cell(counts[0], counts[column], State(states[column])) for column in range(1, width + 1)]


def _cell(base: int, count: int, state: State) -> tuple[Status, Figure | None]:
    if state is State.EXACT:
        return Status.SHOWN, rounded_figure(count, base)
    if state is State.BANDED:
        limit = band_limit(base)
        if count <= most_under(limit, base):
            return Status.SHOWN, Figure(nearest_five(base), limit, "under")
        return Status.SHOWN, Figure(nearest_five(base), 100 - limit, "over")
    return (Status.TOO_FEW if base < SMALLEST_BASE else Status.SUPPRESSED), None


def _numbers(figure: Figure | None) -> tuple[int | None, int | None, str, int | None, int | None]:
    if figure is None:
        return None, None, "", None, None
    return figure.base, figure.share, figure.band, figure.low, figure.high


def _ways_on(span: Span, level: Level, code: str, region: str) -> list[tuple[Span, Level, str]]:
    """Where to look instead of a hidden cell, nearest first."""
    other = Span.POOLED if span is Span.WAVE else Span.WAVE
    ways = [(other, level, code)]
    if level is Level.AREA:
        ways += [(each, Level.REGION, region) for each in (span, other)]
    if level is not Level.ENGLAND:
        ways += [(each, Level.ENGLAND, ENGLAND_CODE) for each in (span, other)]
    return ways


def _is_same(item: Item, other: Item | None, version: str) -> bool:
    """Whether another wave, which used `version`, asked the same: answers and what counts as good, and the words.

    The words may differ where the item says that its answers can be compared with those of that version.
    """
    if other is None or (item.type, _codes(item), item.good) != (other.type, _codes(other), other.good):
        return False
    return version in item.equivalent or (item.text, item.options) == (other.text, other.options)


def _codes(item: Item) -> list[tuple[str, tuple[str, ...]]]:
    return [(option.code, option.codes) for option in item.options]
