"""Counts of answers by area and by group, read from an analysis file: the only place where answers are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from dashboard.analysis.tally import Tally
from dashboard.publish.analysis_file import META, AnalysisFile, AnalysisFileError, Item
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.cells import Cells
from dashboard.publish.codes import COUNTED as COUNTED
from dashboard.publish.rows import Rows, read_rows
from dashboard.publish.summing import ItemSums
from dashboard.publish.weights import NOT_EVERY_WAVE, NOT_WANTED, Weighting, weigh


@dataclass(frozen=True)
class WaveCounts:
    """Counts of one wave: for every item (areas in the list's order and last those without one, columns).

    Items that are dimensions are never weighted: they are compared with the benchmark that the weights come from.
    """

    by_item: Mapping[str, Tally]
    groups: Mapping[tuple[str, str], Tally]
    """By item, which is no dimension, and dimension, England: (options in order and last those in none, columns)."""
    weighted: bool
    responses: int
    data_until: str | None
    weighting: Weighting
    cells: Cells

    def unweighted(self, reason: str) -> WaveCounts:
        """The same people, each of weight 1; `reason` is a sentence for readers."""
        return replace(
            self,
            by_item={item: Tally.unweighted(tally.people) for item, tally in self.by_item.items()},
            groups={key: Tally.unweighted(tally.people) for key, tally in self.groups.items()},
            weighted=False,
            weighting=Weighting.none(reason),
        )


def count_answers(
    connection: duckdb.DuckDBPyConnection,
    file: AnalysisFile,
    areas: Sequence[str],
    benchmarks: Sequence[Benchmark] = (),
    *,
    weighted: bool = True,
) -> WaveCounts:
    """Base, options and measure of every item by area and group, weighted to the benchmarks where there are any.

    Raises AnalysisFileError when the file is not as it says, WeightingError when the benchmarks contradict each other.
    """
    responses, data_until = count_responses(connection, file, areas)
    rows = read_rows(connection, file, areas)
    empty = Cells(rows.dimensions, rows.categories, rows.people, {})
    weighting = weigh(file, empty, benchmarks) if weighted else Weighting.none(NOT_WANTED)
    sums = rows.sums(connection, file, weighting.weights)
    opinions = [item for item in file.items if item.dimension is None]
    cells = replace(empty, by_item={item.id: sums[item.id].tally(1).people[: len(empty.people)] for item in opinions})
    return WaveCounts(
        by_item={item.id: _first(sums[item.id].tally(0), len(areas) + 1) for item in file.items},
        groups={
            (item.id, dimension): tally
            for item in opinions
            for dimension, tally in _groups(item, sums[item.id], rows, cells, weighting)
        },
        weighted=weighting.weights is not None,
        responses=responses,
        data_until=data_until,
        weighting=weighting,
        cells=cells,
    )


def weighted_alike(counts: Sequence[WaveCounts], pooled: Collection[int]) -> tuple[WaveCounts, ...]:
    """The same counts, without weights unless all of the `pooled`, given by number, have them."""
    if all(counts[number].weighted for number in pooled):
        return tuple(counts)
    return tuple(each.unweighted(NOT_EVERY_WAVE) if each.weighted else each for each in counts)


def count_responses(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]
) -> tuple[int, str | None]:
    """How many responses count, and the last day of which there is one. Raises AnalysisFileError."""
    _check_columns(connection, file)
    _check_areas(connection, file, areas)
    row = connection.execute(
        "select count(*), strftime(max(greatest(meta_started_on, meta_submitted_on)), '%Y-%m-%d')"
        " from read_parquet($file) where meta_status in $counted",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchone()
    if row is None or not row[0]:
        raise AnalysisFileError(f"{file.responses} holds no response: there is nothing to publish of {file.wave}.")
    return int(row[0]), row[1]


def count_fieldwork(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> dict[str, dict[str, int]]:
    """Responses by dimension and category. `page` is the last page of those that were not sent."""
    everyone = "meta_status <> 'withdrawn'"
    dimensions = {
        "day_week": ("strftime(date_trunc('week', meta_started_on), '%Y-%m-%d')", everyone),
        "area": ("coalesce(meta_area, '')", everyone),
        "mode": ("meta_mode", everyone),
        "language": ("meta_locale", everyone),
        "format": ("meta_format", everyone),
        "status": ("meta_status", "true"),
        "page": ("meta_last_page", "meta_status = 'started'"),
    }
    return {
        dimension: dict(
            connection.execute(
                f"select {category} as category, count(*) from read_parquet($file)"
                f" where {condition} and category is not null group by category order by category",
                {"file": str(file.responses)},
            ).fetchall()
        )
        for dimension, (category, condition) in dimensions.items()
    }


def _groups(item: Item, sums: ItemSums, rows: Rows, cells: Cells, weighting: Weighting) -> Iterator[tuple[str, Tally]]:
    weights = np.ones(len(cells.people)) if weighting.weights is None else weighting.weights
    for dimension, tally in cells.tallies(item, weights):
        yield dimension.dimension or "", tally
    for division, overlapping in enumerate(rows.overlapping, start=2):
        yield overlapping.item.dimension or "", sums.tally(division).onto(overlapping.belongs)


def _first(tally: Tally, rows: int) -> Tally:
    return Tally(tally.people[:rows], tally.weights[:rows], tally.squares[:rows])


def _check_columns(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> None:
    try:
        found = connection.from_parquet(str(file.responses)).columns
    except duckdb.Error as error:
        raise AnalysisFileError(f"{file.responses} cannot be read: {error}") from error
    missing = [name for name in dict.fromkeys([*META, *file.columns]) if name not in found]
    if missing:
        raise AnalysisFileError(
            f"{file.responses} lacks {len(missing)} columns that its codebook or the format names: "
            f"{', '.join(missing[:8])}. Export the wave again."
        )


def _check_areas(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]) -> None:
    unknown = connection.execute(
        "select distinct meta_area, meta_vintage from read_parquet($file)"
        " where (meta_area is not null and meta_area not in $areas)"
        " or (meta_vintage is not null and meta_vintage <> $vintage) order by all",
        {"file": str(file.responses), "areas": list(areas), "vintage": file.vintage},
    ).fetchall()
    if unknown:
        named = ", ".join(f"{area} (list of {vintage})" for area, vintage in unknown[:8])
        raise AnalysisFileError(f"{file.responses} has areas that are not on the list of {file.vintage}: {named}.")
