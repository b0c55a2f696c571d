"""Benchmarks: how many of all people belong to a group, with the source and the date of every figure."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

INVENTED = "illustrative"
"""The file of this name holds made-up figures, for made-up waves only."""
OF = ("phb_holders", "population")
"""Whom a benchmark describes. Only against budget holders can people be said to be missing."""
_COLUMNS = ("dimension", "category", "area", "share", "source", "date", "of")
_TOLERANCE = 0.0051


class BenchmarkError(Exception):
    """A file of benchmarks cannot be used; the message says which line and why."""


@dataclass(frozen=True)
class Benchmark:
    """The share, between 0 and 1, of a group (an option's code, or its heading's) in one area."""

    dimension: str
    category: str
    area: str
    share: float
    source: str
    date: str
    """A year, a month or a day: 2021, 2024-03, 2024-03-31."""
    of: str


def load_benchmarks(folder: Path, areas: Collection[str], *, made_up: bool) -> tuple[Benchmark, ...]:
    """Every benchmark in the CSV files of `folder`; the invented ones for made-up waves and for nothing else.

    `areas` are the codes that may stand in the column `area`. Raises BenchmarkError.
    """
    files = [path for path in sorted(folder.glob("*.csv")) if (path.stem == INVENTED) == made_up]
    found = [benchmark for path in files for benchmark in _load_file(path, areas)]
    _check_once(found)
    return tuple(found)


def _load_file(path: Path, areas: Collection[str]) -> list[Benchmark]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise BenchmarkError(f"{path} needs exactly the columns {', '.join(_COLUMNS)}.")
        found = [_read_row(path, number, row, areas) for number, row in enumerate(reader, start=2)]
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for benchmark in found:
        groups[benchmark.dimension, benchmark.area].append(benchmark.share)
    for (dimension, area), shares in groups.items():
        if abs(sum(shares) - 1) > _TOLERANCE:
            raise BenchmarkError(
                f"{path}: the shares of '{dimension}' in '{area}' add up to {sum(shares):.3f} instead of 1."
            )
    return found


def _read_row(path: Path, number: int, row: dict[str, str], areas: Collection[str]) -> Benchmark:
    where = f"{path}, line {number}"
    if not all(row[column] for column in _COLUMNS):
        raise BenchmarkError(f"{where}: every column needs a value.")
    try:
        share = float(row["share"])
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise BenchmarkError(f"{where}: '{row['share']}' is not a share between 0 and 1.")
    if row["area"] not in areas:
        raise BenchmarkError(f"{where}: '{row['area']}' is no area; use england, a region (london) or an ODS code.")
    if row["of"] not in OF:
        raise BenchmarkError(f"{where}: '{row['of']}' says not whom it describes; use {' or '.join(OF)}.")
    try:
        date.fromisoformat(f"{row['date']}-01-01"[:10])
    except ValueError as error:
        raise BenchmarkError(f"{where}: '{row['date']}' is not a date such as 2021, 2024-03 or 2024-03-31.") from error
    return Benchmark(row["dimension"], row["category"], row["area"], share, row["source"], row["date"], row["of"])


def _check_once(benchmarks: list[Benchmark]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for benchmark in benchmarks:
        key = (benchmark.dimension, benchmark.category, benchmark.area)
        if key in seen:
            raise BenchmarkError(f"There are two benchmarks for {' / '.join(key)}.")
        seen.add(key)
