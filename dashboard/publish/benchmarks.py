"""Benchmarks: how many of all people belong to a group, with the source and the date of every figure."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.areas import Geography
from dashboard.release import ENGLAND

INVENTED = "illustrative"
"""The file of this name holds made-up figures, for made-up waves only."""
OF = ("phb_holders", "population")
"""Whom a benchmark describes. Only against budget holders can people be said to be missing."""
AREA = "area"
"""The dimension of benchmarks that say how many of all people live in each region or area."""
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

    `areas` are the codes that may stand in the column `area`. Raises BenchmarkError with every problem, one a line.
    """
    files = [path for path in sorted(folder.glob("*.csv")) if (path.stem == INVENTED) == made_up]
    problems: list[str] = []
    found = [benchmark for path in files for benchmark in read_benchmarks(path, areas, problems)]
    for key, number in Counter((each.dimension, each.category, each.area) for each in found).items():
        if number > 1:
            problems.append(f"There are {number} benchmarks for {' / '.join(key)}.")
    if problems:
        raise BenchmarkError("\n".join(problems))
    return tuple(found)


def known_areas(geography: Geography) -> frozenset[str]:
    """What may stand in the column `area`: england, the regions, and the areas of every list."""
    areas = [area for areas in geography.lists.values() for area in areas]
    return frozenset({ENGLAND} | {area.code for area in areas} | {area.region_code for area in areas})


def read_benchmarks(path: Path, areas: Collection[str], problems: list[str]) -> list[Benchmark]:
    """The benchmarks of one file that make sense; what does not is added to `problems`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                problems.append(f"{path} needs exactly the columns {', '.join(_COLUMNS)}.")
                return []
            rows = list(enumerate(reader, start=2))
    except OSError as error:
        problems.append(f"{path} cannot be read: {error.strerror}.")
        return []
    except UnicodeDecodeError:
        problems.append(f"{path} is not UTF-8: save it as 'CSV UTF-8'.")
        return []
    read = [(row, _read_row(row, areas)) for _, row in rows]
    problems += [
        f"{path}, line {number}: {words}"
        for (number, _), (_, result) in zip(rows, read, strict=True)
        if isinstance(result, tuple)
        for words in result
    ]
    found = [result for _, result in read if isinstance(result, Benchmark)]
    for key in dict.fromkeys((each.dimension, each.area) for each in found):
        group = [each for each in found if (each.dimension, each.area) == key]
        total = sum(each.share for each in group)
        whole = len(group) == sum((row["dimension"], row["area"]) == key for row, _ in read)
        if whole and abs(total - 1) > _TOLERANCE:
            problems.append(f"{path}: the shares of '{key[0]}' in '{key[1]}' add up to {total:.3f} instead of 1.")
        if len({(each.of, each.date) for each in group}) > 1:
            problems.append(f"{path}: '{key[0]}' in '{key[1]}' mixes dates, or whom it describes: keep them apart.")
    return found


def _read_row(row: dict[str, str], areas: Collection[str]) -> Benchmark | tuple[str, ...]:
    """One line, or what is wrong with it."""
    if not all(row[column] for column in _COLUMNS):
        return ("every column needs a value.",)
    problems = []
    try:
        share = float(row["share"])
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        problems.append(f"'{row['share']}' is not a share between 0 and 1.")
    if row["area"] not in areas:
        problems.append(f"'{row['area']}' is no area; use england, a region (london) or an ODS code.")
    if row["dimension"] == AREA and row["category"] not in areas:
        problems.append(f"'{row['category']}' is no area; the categories of '{AREA}' are ODS codes.")
    if row["of"] not in OF:
        problems.append(f"'{row['of']}' says not whom it describes; use {' or '.join(OF)}.")
    try:
        date.fromisoformat(f"{row['date']}-01-01"[:10])
    except ValueError:
        problems.append(f"'{row['date']}' is not a date such as 2021, 2024-03 or 2024-03-31.")
    if problems:
        return tuple(problems)
    return Benchmark(row["dimension"], row["category"], row["area"], share, row["source"], row["date"], row["of"])


def unused(benchmarks: Collection[Benchmark], dimensions: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """What no question asks about, and groups of a question that a benchmark leaves out: nothing is compared with them.

    `dimensions` has the codes (options, or the headings they are rolled up to) of each group dimension.
    """
    found = []
    for dimension, area in dict.fromkeys((each.dimension, each.area) for each in benchmarks):
        if dimension == AREA:
            continue
        if dimension not in dimensions:
            found.append(f"'{dimension}' is no group dimension; there are {', '.join(sorted(dimensions))}.")
            continue
        known = {each.category for each in benchmarks if (each.dimension, each.area) == (dimension, area)}
        if different := sorted(known ^ set(dimensions[dimension])):
            found.append(f"'{dimension}' in '{area}' has other groups than its question: {', '.join(different)}.")
    return tuple(dict.fromkeys(found))
