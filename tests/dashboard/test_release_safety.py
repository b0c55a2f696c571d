"""A whole release held against an attacker: every number is coarse, and three waves together give nobody away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.analysis.disclosure.bands import State, States
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.lattice import Lattice, build_lattice
from dashboard.areas import Geography, load_geography
from dashboard.publish.analysis_file import Item, load_analysis_file
from dashboard.publish.comparisons import comparison_rows, regions_of
from dashboard.publish.counts import count_answers
from dashboard.publish.estimates import EstimateRow
from dashboard.publish.study import ground_of, spots_of
from dashboard.publish.wave import publish_wave
from dashboard.quality_report import Cells
from dashboard.release import read_facts
from dashboard.tables import TABLES
from tests.dashboard.analysis.disclosure.worlds import determined_cells
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, VINTAGE, people, write_analysis

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
WAVES = ("2024", "2025", "2026")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`analysis` and `releases` of three waves of few people."""
    root = tmp_path_factory.mktemp("safety")
    for wave in WAVES:
        analysis = write_analysis(root / "analysis", wave, people(300, VINTAGE[wave], seed=int(wave) + 1))
        publish_wave(analysis, root / "releases", areas=AREAS, benchmarks=BENCHMARKS, now=NOW)
    return root


# --- Every number -----------------------------------------------------------------

COARSE = {
    "base": lambda number: number % 5 == 0 and number >= 10,
    "effective": lambda number: number % 5 == 0 and number > 0,
    "count": lambda number: number % 5 == 0,
    "missing": lambda number: number % 5 == 0,
    **dict.fromkeys(
        ("share", "low", "high", "dissimilarity", "dissimilarity_by_chance"), lambda number: number % 1 == 0
    ),
    **dict.fromkeys(
        (
            *("rest", "difference", "difference_low", "difference_high", "shrunk", "shrunk_low", "shrunk_high"),
            *("funnel_low", "funnel_high", "funnel_low_998", "funnel_high_998", "detectable", "release"),
        ),
        lambda number: number % 1 == 0,
    ),
    "p_value": lambda number: round(number, 3) == number,
    **dict.fromkeys(("worth_a_look", "changed"), lambda clear: clear in (True, False)),
    **dict.fromkeys(("ratio", "ratio_low", "ratio_high", "benchmark_share"), lambda number: round(number, 1) == number),
}
"""What may stand in the columns of numbers; a benchmark is not of answers."""
FREE_OF_ANSWERS = {
    *("number", "format", "hex", "estimates_from", "release"),
    *("areas", "cells", *(field.name for field in fields(Cells)), *("share", "value", "low", "high")),
}
"""Keys of the JSON files whose numbers say nothing of answers, or are those of a table."""


def numbers_of(content: Any, key: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from numbers_of(value, name)
    elif isinstance(content, list):
        for value in content:
            yield from numbers_of(value, key)
    elif isinstance(content, (int, float)) and not isinstance(content, bool):
        yield key, content


def test_no_number_in_any_file_is_finer_than_its_rounding(folder: Path) -> None:
    files = [path for path in (folder / "releases").rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) == (4 + len(TABLES)) * len(WAVES)
    seen = 0
    for path in files:
        if path.suffix == ".json":
            found = [number for number in numbers_of(json.loads(path.read_text())) if number[0] not in FREE_OF_ANSWERS]
            assert {key for key, _ in found} <= {"responses", "base"}
            assert all(number % 5 == 0 for _, number in found)
            continue
        table = duckdb.connect(":memory:").from_parquet(str(path))
        for column, kind in zip(table.columns, table.types, strict=True):
            if str(kind) != "VARCHAR":
                values = [value for (value,) in table.project(column).fetchall() if value is not None]
                assert all(COARSE[column](value) for value in values), (path.name, column)
                seen += len(values)
    assert seen > 5000


def test_comparisons_and_trends_follow_from_published_estimates_alone(folder: Path) -> None:
    """Made again from the files that anyone may read, they are the same: they can say nothing besides."""
    regions = regions_of(load_geography(AREAS))
    for wave in WAVES:
        release = folder / "releases" / wave / "0001"
        with duckdb.connect(":memory:") as connection:
            estimates = connection.execute(f"select * from '{release}/estimates.parquet'").fetchall()
            compared = connection.execute(f"select * from '{release}/comparisons.parquet'").fetchall()
            lines = connection.execute(
                f"select t.* exclude (wave, release) from '{release}/trends.parquet' t where wave <> '{wave}'"
            ).fetchall()
            known = {
                (item, option, level, area, *figure)
                for other in WAVES
                for item, option, level, area, *figure in connection.execute(
                    "select item, option, level, area, status, base, effective, share, band, low, high"
                    f" from '{folder}/releases/{other}/0001/estimates.parquet' where span = 'wave' and level <> 'area'"
                ).fetchall()
            }
        assert compared == [*comparison_rows([EstimateRow(*row) for row in estimates], regions)]
        assert {line[:11] for line in lines} <= known
    assert lines


def test_a_shown_figure_follows_from_its_own_rounded_numbers(folder: Path) -> None:
    """Of one effective base and share there is one pair of limits in all releases: they say nothing besides."""
    limits: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for wave in WAVES:
        rows = duckdb.connect(":memory:").execute(
            f"select effective, share, low, high from '{folder}/releases/{wave}/0001/estimates.parquet'"
            " where status = 'shown' and band = ''"
        )
        for effective, share, low, high in rows.fetchall():
            limits.setdefault((effective, share), set()).add((low, high))
    assert len(limits) > 100
    assert max(map(len, limits.values())) == 1


# --- Everything that was ever published, together -----------------------------------


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load_geography(AREAS)


@pytest.fixture(scope="module")
def lattice(geography: Geography) -> Lattice:
    return build_lattice([ground_of(geography, VINTAGE[wave]) for wave in WAVES])


def what_is_out(folder: Path, lattice: Lattice, geography: Geography, item: str, options: tuple[str, ...]) -> States:
    """States of every cell of one item from the files of all releases."""
    states = np.full((lattice.system.size, len(options) + 1), State.HIDDEN, dtype=np.int8)
    for wave in WAVES:
        release = folder / "releases" / wave / "0001"
        spans = {"wave": (wave,), "pooled": read_facts(release).pooled_waves}
        rows = duckdb.connect(":memory:").execute(
            f"select span, vintage, level, area, option, band from '{release / 'estimates.parquet'}'"
            " where status = 'shown' and item = ?",
            [item],
        )
        spots = {(v, s.level.value, s.code): s.unit for v in geography.lists for s in spots_of(geography, v)}
        for span, vintage, level, area, option, band in rows.fetchall():
            waves = frozenset(WAVES.index(each) for each in spans[span])
            row = lattice.index[waves, spots[vintage, level, area]]
            states[row, 1 + options.index(option)] = State.BANDED if band else State.EXACT
            states[row, 0] = State.EXACT
    return states


def count_all(folder: Path, geography: Geography, lattice: Lattice, item_id: str) -> tuple[Item, Ints]:
    files = [load_analysis_file(folder / "analysis" / wave) for wave in WAVES]
    with duckdb.connect(":memory:") as connection:
        counted = [count_answers(connection, file, geography.codes(file.vintage)) for file in files]
    item = next(item for item in files[0].items if item.id == item_id)
    return item, lattice.system.totals(np.vstack([counts.by_item[item_id].people for counts in counted]))


def secrets(item: Item, counts: Ints) -> Bools:
    """Cells nobody may learn: of fewer than ten people; nobody and everyone, of sensitive items 1 to 7 as well."""
    base = counts[:, :1]
    fewest = np.minimum(counts, base - counts) if item.takes_several or not item.is_strict else counts
    secret = (base > 0) & ((base < 10) | (fewest < (8 if item.is_strict else 1)))
    secret[:, 0] = False
    return np.asarray(secret)


@pytest.mark.parametrize("item_id", ["control", "sex", "harder"])
@pytest.mark.slow
def test_linear_algebra_over_all_releases_finds_no_cell_that_must_be_hidden(
    folder: Path, lattice: Lattice, geography: Geography, item_id: str
) -> None:
    item, counts = count_all(folder, geography, lattice, item_id)
    states = what_is_out(folder, lattice, geography, item_id, item.column_options)
    assert (states == State.EXACT).sum() > 50
    assert not ((states == State.EXACT) & secrets(item, counts)).any()
    assert not (determined_cells(lattice, item.columns, states) & secrets(item, counts)).any()


@pytest.mark.slow
def test_one_area_shown_too_many_is_found(folder: Path, lattice: Lattice, geography: Geography) -> None:
    """A planted hole: an area that was hidden for its neighbours' sake."""
    item, counts = count_all(folder, geography, lattice, "control")
    states = what_is_out(folder, lattice, geography, "control", item.column_options)
    england = {unit for waves, unit in lattice.rows if unit[0] in ("england", "nowhere")}
    hidden = [
        row
        for row, (waves, unit) in enumerate(lattice.rows)
        if len(waves) == 1 and unit not in england and counts[row, 0] >= 10 and not states[row].any()
    ]
    found = 0
    for row in hidden[:4]:
        planted = states.copy()
        planted[row] = State.EXACT
        found += bool((determined_cells(lattice, item.columns, planted) & secrets(item, counts)).any())
    assert found
