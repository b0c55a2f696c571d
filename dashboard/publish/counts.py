"""Counts of answers by area, read from an analysis file: the only place where answers are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from dashboard.analysis.disclosure.equations import Ints
from dashboard.analysis.tally import Tally
from dashboard.publish.analysis_file import META, AnalysisFile, AnalysisFileError, Item

COUNTED = ("started", "submitted")
"""Answers count from responses that were sent and from those that were begun; withdrawn ones have no answers."""


@dataclass(frozen=True)
class WaveCounts:
    """Counts of one wave: for every item (areas in the list's order and last those without one, columns)."""

    by_item: Mapping[str, Tally]
    groups: Mapping[tuple[str, str], Tally]
    """By item and dimension, England: (the dimension's options in order and last those in none, columns)."""
    weighted: bool
    responses: int
    data_until: str | None


def count_answers(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]) -> WaveCounts:
    """Base, options and measure of every item by area. Raises AnalysisFileError when the file is not as it says."""
    _check_columns(connection, file)
    _check_areas(connection, file, areas)
    place = {area: number for number, area in enumerate([*areas, None])}
    by_item = {
        item.id: Tally.unweighted((_count_several if item.takes_several else _count_one)(connection, file, item, place))
        for item in file.items
    }
    return WaveCounts(by_item, {}, False, *_count_responses(connection, file))


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


Place = Mapping[str | None, int]
"""The row of counts of each area, and of no area."""


def _count_one(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, item: Item, place: Place) -> Ints:
    """Of an item with one answer. Its id was checked when the codebook was read."""
    column = {code: number for number, option in enumerate(item.options, start=1) for code in option.codes}
    counts = np.zeros((len(place), len(item.column_options) + 1), dtype=np.int64)
    rows = _group(connection, file, f'meta_area, "{item.id}"::varchar', "count(*)", f'"{item.id}" is not null')
    for area, code, number in rows:
        if code not in column:
            raise AnalysisFileError(f"{file.responses} has '{code}' for '{item.id}', which its codebook does not know.")
        counts[place[area], column[code]] += number
    counts[:, 0] = counts.sum(axis=1)
    if item.good:
        good = [column[code] for option in item.options if option.code in item.good for code in option.codes[:1]]
        counts[:, -1] = counts[:, good].sum(axis=1)
    return counts


def _count_several(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, item: Item, place: Place) -> Ints:
    """Of an item with any number of answers. Its id and codes were checked when the codebook was read."""
    columns = {option.code: f'"{item.id}__{option.code}"' for option in item.options}
    answered = next(iter(columns.values()))
    sums = [f"count(*) filter ({column} = 1)" for column in columns.values()]
    if item.good:
        sums.append(f"count(*) filter ({' or '.join(f'{columns[code]} = 1' for code in item.good)})")
    counts = np.zeros((len(place), len(item.column_options) + 1), dtype=np.int64)
    for area, *numbers in _group(
        connection, file, "meta_area", f"count(*), {', '.join(sums)}", f"{answered} is not null"
    ):
        counts[place[area]] = numbers
    return counts


def _group(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, groups: str, counted: str, condition: str
) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"select {groups}, {counted} from read_parquet($file)"
        f" where meta_status in $counted and {condition} group by {groups}",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchall()


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


def _count_responses(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> tuple[int, str | None]:
    row = connection.execute(
        "select count(*), strftime(max(greatest(meta_started_on, meta_submitted_on)), '%Y-%m-%d')"
        " from read_parquet($file) where meta_status in $counted",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchone()
    if row is None or not row[0]:
        raise AnalysisFileError(f"{file.responses} holds no response: there is nothing to publish of {file.wave}.")
    return int(row[0]), row[1]
