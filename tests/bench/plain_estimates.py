"""The yardstick of publishing: shares of every item by area, with standard errors, in one plain DuckDB statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np

from dashboard.analysis.tally import Floats, Tally
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.counts import WaveCounts

_SHARES = """
with sums as ({sums}),
bases as (select item, area, n as base, w as total, ww as squares, sum(n) over (partition by item) as people
    from sums where option = '')
select item, area, option, n, w, ww, w / total as share, sqrt(
    greatest(people / (people - 1) * ((1 - 2 * w / total) * ww + (w / total) ** 2 * squares), 0) / total ** 2
) as standard_error
from sums join bases using (item, area) where option <> ''
"""
"""The variance of a share p within an area is n/(n - 1) Σ w²(y - p)² / (Σw)², linearised, from the weights alone; the
sums are over those who answered in the area, n are all who answered in any."""


def standard_errors(tally: Tally, areas: int) -> Floats:
    """The same of the first rows of a tally: (areas, columns)."""
    people = tally.people[:areas, 0].sum()
    shares, squares = tally.shares()[:areas], tally.squares[:areas]
    within = (1 - 2 * shares) * squares + shares**2 * squares[:, :1]
    found: Floats = np.sqrt(np.maximum(people / (people - 1) * within, 0)) / tally.weights[:areas, :1]
    return found


def with_weights(file: AnalysisFile, target: Path) -> Path:
    """The analysis file with the weight of each response as one more column, as the statement wants it."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"copy (select * from '{file.responses}' join '{file.folder / 'weights.parquet'}' using (response))"
            f" to '{target}' (format parquet, compression zstd)"
        )
    return target


def plain_statement(items: tuple[Item, ...], weighted: Path) -> str:
    """One statement for every option of every item in every area: n, Σw, Σw², the share and its standard error."""
    return _SHARES.format(sums=" union all ".join(part for item in items for part in _sums(item, weighted)))


def _sums(item: Item, weighted: Path) -> Iterator[str]:
    if item.takes_several:
        columns = {option.code: f'"{item.id}__{option.code}"' for option in item.options}
        counted = ["{option: '', n: count(*)::double, w: sum(weight), ww: sum(weight * weight)}"]
        counted += [
            f"{{option: '{code}', n: sum({column})::double, w: sum(weight * {column}),"
            f" ww: sum(weight * weight * {column})}}"
            for code, column in columns.items()
        ]
        answered = f"{next(iter(columns.values()))} is not null and meta_area is not null"
        yield (
            f"select item, area, unnest(found, recursive := true) from (select '{item.id}' as item, meta_area as area,"
            f" [{', '.join(counted)}] as found from '{weighted}' where {answered} group by all)"
        )
        return
    of_option = {code: option.code for option in item.options for code in option.codes}
    code = f'"{item.id}"::varchar'
    if any(key != value for key, value in of_option.items()):
        pairs = ", ".join(f"'{key}': '{value}'" for key, value in of_option.items())
        code = f"map {{{pairs}}}[{code}]"
    yield (
        f"select '{item.id}' as item, meta_area as area, coalesce(option, '') as option, count(*)::double as n,"
        f" sum(weight) as w, sum(weight * weight) as ww from (select *, {code} as option from '{weighted}'"
        f""" where "{item.id}" is not null and meta_area is not null)"""
        f" group by grouping sets ((meta_area), (meta_area, option))"
    )


Figures = dict[tuple[str, str, str], tuple[float, ...]]
"""By item, area and option."""


def figures_of(counts: WaveCounts, items: tuple[Item, ...], areas: Sequence[str]) -> Figures:
    """What the statement gives, from counts: n, Σw, Σw², share and standard error of every option somebody chose."""
    found: Figures = {}
    for item in items:
        tally = counts.by_item[item.id]
        errors = standard_errors(tally, len(areas))
        for column, option in enumerate(item.options, start=1):
            figures = (tally.people, tally.weights, tally.squares, tally.shares(), errors)
            columns = np.column_stack([each[: len(areas), column] for each in figures]).tolist()
            found |= {(item.id, area, option.code): tuple(row) for area, row in zip(areas, columns, strict=True)}
    return found


def furthest_apart(ours: Iterable[Sequence[float]], theirs: Iterable[Sequence[float]]) -> float:
    """The largest relative difference of figures in the same order."""
    found, expected = np.array(list(ours), dtype=float), np.array(list(theirs), dtype=float)
    return float((np.abs(found - expected) / np.maximum(np.abs(expected), 1e-9)).max())
