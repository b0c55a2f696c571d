"""Counts of answers by area, read from an analysis file in one statement: the only place where answers are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.analysis.equations import Ints
from dashboard.analysis_file import META, AnalysisFile, AnalysisFileError, Item

COUNTED = ("started", "submitted")
"""Answers count from responses that were sent and from those that were begun; withdrawn ones have no answers."""


@dataclass(frozen=True)
class WaveCounts:
    """Counts of one wave: for every item (areas in the list's order and last those without one, columns)."""

    by_item: Mapping[str, Ints]
    responses: int
    data_until: str | None


def count_answers(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]) -> WaveCounts:
    """Base, options and measure of every item by area. Raises AnalysisFileError when the file is not as it says."""
    _check_columns(connection, file)
    _check_areas(connection, file, areas)
    expressions = [(item, list(_expressions(item))) for item in file.items]
    selected = ", ".join(expression for _, group in expressions for expression in group) or "1"
    rows = connection.execute(
        f"select meta_area, {selected} from read_parquet($file) where meta_status in $counted group by meta_area",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchall()
    place = {area: number for number, area in enumerate([*areas, None])}
    by_item: dict[str, Ints] = {}
    at = 1
    for item, group in expressions:
        counts = np.zeros((len(place), len(group)), dtype=np.int64)
        for row in rows:
            counts[place[row[0]]] = row[at : at + len(group)]
        at += len(group)
        _check_codes(file, item, counts)
        by_item[item.id] = counts
    return WaveCounts(by_item, *_count_responses(connection, file))


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


def _expressions(item: Item) -> Iterator[str]:
    """Base, options, measure: an expression each. Ids and codes were checked when the codebook was read."""
    if item.takes_several:
        yield f"count({_picked(item, item.options[0].code)})"
        for option in item.options:
            yield f"count(*) filter ({_picked(item, option.code)} = 1)"
        if item.good:
            yield f"count(*) filter ({' or '.join(f'{_picked(item, code)} = 1' for code in item.good)})"
        return
    yield f'count("{item.id}")'
    for option in item.options:
        yield f'count(*) filter ("{item.id}"::varchar in ({_quoted(option.codes)}))'
    if item.good:
        codes = [code for option in item.options if option.code in item.good for code in option.codes]
        yield f'count(*) filter ("{item.id}"::varchar in ({_quoted(codes)}))'


def _picked(item: Item, code: str) -> str:
    return f'"{item.id}__{code}"'


def _quoted(codes: Sequence[str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


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


def _check_codes(file: AnalysisFile, item: Item, counts: Ints) -> None:
    if not item.takes_several and (counts[:, 1 : len(item.options) + 1].sum(axis=1) != counts[:, 0]).any():
        raise AnalysisFileError(f"{file.responses} has answers to '{item.id}' that its codebook does not know.")


def _count_responses(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> tuple[int, str | None]:
    row = connection.execute(
        "select count(*), strftime(max(greatest(meta_started_on, meta_submitted_on)), '%Y-%m-%d')"
        " from read_parquet($file) where meta_status in $counted",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchone()
    if row is None or not row[0]:
        raise AnalysisFileError(f"{file.responses} holds no response: there is nothing to publish of {file.wave}.")
    return int(row[0]), row[1]
