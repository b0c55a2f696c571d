"""The waves of one release, every row that can be worked out of them, and what may be shown of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.analysis.disclosure.bands import State, States, primary_states
from dashboard.analysis.disclosure.classes import Table, protect
from dashboard.analysis.disclosure.equations import Bools
from dashboard.analysis.disclosure.lattice import ENGLAND, Ground, Lattice, Place, Unit, Waves, build_lattice
from dashboard.analysis.rounding import SMALLEST_BASE
from dashboard.analysis.tally import Tally, stack
from dashboard.areas import Geography
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.counts import WaveCounts
from dashboard.publish.history import ReleasedCell, ReleasedGroup
from dashboard.publish.makings import RowKey
from dashboard.publish.weights import Weighting
from dashboard.release import ENGLAND as ENGLAND_CODE
from dashboard.release import Level, Span

POOLED = 3
"""Waves that are pooled: the published one and those before it."""
WEIGHTING: RowKey = (Span.WAVE, "", "", "")
"""Among the rows of estimates that may be kept, it stands for what is said of the weights."""


@dataclass(frozen=True)
class Spot:
    """A place of a list of areas, and the ground it stands on."""

    level: Level
    code: str
    unit: Unit
    region: str


@dataclass(frozen=True)
class ItemResult:
    """What may be shown of one item: sums and states of every row of the lattice."""

    item: Item
    tally: Tally
    states: States
    pooled: bool
    """Whether every pooled wave asked it, in the same words."""
    settled: Bools
    """Rows of this release that keep the figures of an earlier one, (rows,)."""


@dataclass(frozen=True)
class Study:
    """The waves of one release with their counts: `files` in order of time, those outside `window` for safety only.

    A wave whose estimates were made before may stand in `files` several times: see `dashboard.publish.waves`.
    """

    geography: Geography
    files: tuple[AnalysisFile, ...]
    counts: tuple[WaveCounts, ...]
    wave: str
    window: tuple[str, ...]
    """The waves that are pooled, `wave` the last of them."""
    parts: Mapping[str, Waves]
    """For each wave the numbers of its files that this release counts."""
    released: Mapping[str, Sequence[ReleasedCell]]
    released_groups: Mapping[tuple[str, str], Sequence[ReleasedGroup]]
    """By item and dimension."""
    before: Mapping[RowKey, Waves]
    """When estimates are made again, the files that each row of the release before is about."""

    @property
    def file(self) -> AnalysisFile:
        """The analysis file of the wave."""
        return self.files[min(self.parts[self.wave])]

    @property
    def weighted(self) -> bool:
        """Whether the people of this wave, and of those pooled with it, weigh differently."""
        return all(self.counts[number].weighted for wave in self.window for number in self.parts[wave])

    @property
    def own(self) -> WaveCounts:
        """Counts of the wave; `cells` and `weighting` are of all its people."""
        return self.counts[min(self.parts[self.wave])]

    @property
    def weightings(self) -> tuple[Weighting, ...]:
        """How each wave that is pooled was weighted, this one last."""
        return tuple(self.counts[min(self.parts[wave])].weighting for wave in self.window if self.parts[wave])

    @property
    def keeps_weighting(self) -> bool:
        """Whether fewer than ten people are new since it was said how people weigh: that may give one of them away."""
        if WEIGHTING not in self.before:
            return False
        new = self.parts[self.wave] - self.before[WEIGHTING]
        return sum(self.counts[number].responses for number in new) < SMALLEST_BASE

    @cached_property
    def lattice(self) -> Lattice:
        """Every row that can be worked out of these waves."""
        return build_lattice([ground_of(self.geography, file.vintage) for file in self.files])

    @cached_property
    def spans(self) -> dict[Span, Waves]:
        """The waves of each span."""
        return {
            Span.WAVE: self.parts[self.wave],
            Span.POOLED: frozenset[int]().union(*(self.parts[wave] for wave in self.window)),
        }

    @cached_property
    def spots(self) -> dict[str, tuple[Spot, ...]]:
        """Places by list of areas."""
        return {vintage: spots_of(self.geography, vintage) for vintage in self.geography.lists}

    @cached_property
    def _units(self) -> dict[tuple[str, str, str], Unit]:
        """The ground of each place, by list of areas, level and code."""
        return {
            (vintage, spot.level.value, spot.code): spot.unit for vintage, spots in self.spots.items() for spot in spots
        }

    def row(self, waves: Waves, spot: Spot) -> int | None:
        """The row of a place in a set of waves; None where answers cannot be added up to it."""
        return self.lattice.index.get((waves, spot.unit))

    def protect(self, item: Item, withheld: Bools | None = None) -> ItemResult:
        """Apply the rules of the item's class; `withheld` cells, (rows, columns), stay hidden whatever else."""
        alike = [
            number
            for number, file in enumerate(self.files)
            if is_same(item, file.item(item.id), file.questionnaire["version"])
        ]
        width = len(item.column_options) + 1
        by_wave = [
            counts.by_item[item.id] if number in alike else Tally.nobody(len(file_places(self, number)) + 1, width)
            for number, counts in enumerate(self.counts)
        ]
        tally = stack(by_wave).onto(self.lattice.system.sparse)
        pooled = self.spans[Span.POOLED] <= set(alike)
        settled = self._settled(item, tally)
        table = Table(
            self.lattice,
            item.columns,
            tally.people,
            self._candidates(pooled) & ~settled,
            self._published(item, set(alike), tally),
            withheld,
        )
        (states,) = protect([table], strict=item.is_strict, several=item.takes_several)
        return ItemResult(item, tally, states, pooled, settled)

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
                if spot.level is Level.ENGLAND or span is Span.WAVE or len(self.window) in (1, POOLED)
            ]
            rows = [self.row(waves, spot) for spot in wanted]
            found[[row for row in rows if row is not None]] = True
        return found

    def _settled(self, item: Item, tally: Tally) -> Bools:
        """Rows with fewer than ten new people since their figures were made: they keep what they have said."""
        found = np.zeros(self.lattice.system.size, dtype=bool)
        for span, waves in self.spans.items():
            for vintage, spots in self.spots.items():
                for spot in spots:
                    row = self.row(waves, spot)
                    before = self.before.get((span.value, vintage, spot.code, item.id))
                    if row is not None and before is not None:
                        new = self.row(waves - before, spot)
                        found[row] |= new is None or tally.people[new, 0] < SMALLEST_BASE
        return found

    def _published(self, item: Item, alike: set[int], tally: Tally) -> States:
        """What is known of each cell. Some people may have left: where a band no longer fits, it counts as known."""
        states = np.full((self.lattice.system.size, len(item.column_options) + 1), State.HIDDEN, dtype=np.int8)
        column = {option: number for number, option in enumerate(item.column_options, start=1)}
        index, banded, exact = self.lattice.index, int(State.BANDED), int(State.EXACT)
        known: dict[tuple[int, int], int] = {}
        for cell in self.released.get(item.id, ()):
            row = index.get((cell.waves, self._units[cell.vintage, cell.level, cell.area]))
            if row is not None and cell.waves <= alike and cell.option in column:
                at = (row, column[cell.option])
                known[at] = max(known.get(at, 0), banded if cell.banded else exact)
        for (row, option), state in known.items():
            states[row, option] = state
            states[row, 0] = exact
        if not known:
            return states
        fits = primary_states(tally.people, np.ones(len(states), dtype=bool)) == State.BANDED
        return np.where((states == State.BANDED) & ~fits, State.EXACT, states).astype(np.int8)


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


def is_same(item: Item, other: Item | None, version: str) -> bool:
    """Whether another wave, which used `version`, asked the same: answers and what counts as good, and the words.

    The words may differ where the item says that its answers can be compared with those of that version.
    """
    if other is None or (item.type, _codes(item), item.good) != (other.type, _codes(other), other.good):
        return False
    return version in item.equivalent or (item.text, item.options) == (other.text, other.options)


def _codes(item: Item) -> list[tuple[str, tuple[str, ...]]]:
    return [(option.code, option.codes) for option in item.options]
