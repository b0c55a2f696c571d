"""Where every row of an analysis file belongs: its area, its cell, and the overlapping groups it is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.tally import Floats
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.cells import cells_of_rows
from dashboard.publish.codes import Codes, compacted, read_answers, read_areas
from dashboard.publish.summing import PORTION, Division, ItemSums, Portion


@dataclass(frozen=True)
class Overlapping:
    """A dimension whose groups overlap: the set of groups that each person is in."""

    item: Item
    of_row: Ints
    belongs: Ints
    """(groups and last none, sets): 1 where a set has the group; all 0 for rows that do not count."""


@dataclass(frozen=True)
class Rows:
    """Places of every row of the file, in its order, as small as they can be: there is one for each person."""

    areas: Codes
    """The place in the list, then no area, then what does not count."""
    area_places: int
    dimensions: tuple[Item, ...]
    cells: Ints
    """Cells, then those of what does not count."""
    categories: Ints
    """(cells that count, dimensions)"""
    overlapping: tuple[Overlapping, ...]

    @property
    def people(self) -> Ints:
        """How many are in each cell."""
        return np.bincount(self.cells, minlength=len(self.categories))[: len(self.categories)]

    def sums(
        self,
        connection: duckdb.DuckDBPyConnection,
        file: AnalysisFile,
        weights: Floats | None,
    ) -> dict[str, ItemSums]:
        """By item the sums by area (division 0), by cell (1) and by the sets of each overlapping dimension (2, …).

        `weights` are those of a person in each cell. Items that are dimensions have sums by area alone, unweighted.
        """
        cells = int(self.cells.max(initial=0)) + 1
        of_cell = None if weights is None else np.append(weights, np.zeros(cells - len(weights)))
        by_area, by_cell = Division(self.area_places, weights is not None), Division(cells, weighted=False)
        by_sets = [Division(each.belongs.shape[1], weights is not None) for each in self.overlapping]
        of_opinion = (by_area, by_cell, *by_sets)
        of_group = (Division(self.area_places, weighted=False),)
        found: dict[str, ItemSums] = {}
        for answers in read_answers(connection, file, file.items):
            for item, _ in answers:
                found[item.id] = ItemSums(item, of_group if item.dimension else of_opinion)
            for rows, portion in self._portions(of_cell):
                for item, codes in answers:
                    found[item.id].add(portion, codes[rows])
        return found

    def _portions(self, of_cell: Floats | None) -> Iterator[tuple[slice, Portion]]:
        for start in range(0, len(self.areas), PORTION):
            rows = slice(start, start + PORTION)
            cells = self.cells[rows]
            places = (self.areas[rows], cells, *(each.of_row[rows] for each in self.overlapping))
            weights = None if of_cell is None else of_cell[cells]
            yield rows, Portion(tuple(each.astype(np.int64) for each in places), weights)


def read_rows(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]) -> Rows:
    """Area, cell and groups of every row of the file. Raises AnalysisFileError."""
    of_row = read_areas(connection, file, areas)
    counts = of_row <= len(areas)
    dimensions = [item for item in file.items if item.dimension is not None]
    single, overlapping = [], []
    for item, codes in (each for answers in read_answers(connection, file, dimensions) for each in answers):
        if item.takes_several:
            overlapping.append(_overlapping(item, codes, counts))
        else:
            single.append((item, codes))
    cells, categories = cells_of_rows(single, counts)
    return Rows(
        areas=of_row,
        area_places=len(areas) + 2,
        dimensions=tuple(item for item, _ in single),
        cells=_small(cells),
        categories=categories,
        overlapping=tuple(overlapping),
    )


def _overlapping(item: Item, codes: Codes, counts: Bools) -> Overlapping:
    unanswered = 2 ** len(item.options)
    sets, of_row = compacted(np.where(counts, codes, unanswered + 1).astype(np.int64), unanswered + 2)
    picked = (sets >> np.arange(len(item.options))[:, None] & 1) * (sets < unanswered)
    none = (picked.sum(axis=0) == 0) & (sets <= unanswered)
    return Overlapping(item, _small(of_row), np.vstack([picked, none]).astype(np.int64))


def _small(places: Ints) -> Ints:
    return places.astype(np.min_scalar_type(int(places.max(initial=0))))
