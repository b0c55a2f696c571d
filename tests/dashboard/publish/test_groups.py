"""England's answers by one dimension at a time: the right numbers, no group that is hidden, nothing that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from scipy.optimize import linprog

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State
from dashboard.analysis.disclosure.lattice import ENGLAND, NOWHERE, group_lattice
from dashboard.analysis.rounding import nearest_five, whole_per_cent
from dashboard.publish.wave import publish_wave
from tests.dashboard.analysis.disclosure.worlds import determined_cells
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, GROUP_OF, ITEMS, VINTAGE, item, people, write_analysis

WAVES = ("2024", "2025")
CODES = {"ethnicity": ("white", "asian", "black", "other"), "difficulty": ("seeing", "hearing", "walking")}
DIFFICULTY = item("difficulty", "choices", *CODES["difficulty"], sensitive=True, dimension="difficulty")
ASKED = (*(each for each in ITEMS if each["id"] in ("control", "sex", "ethnicity", "harder")), DIFFICULTY)
Row = Mapping[str, Any]


def answers_of(wave: str) -> list[dict[str, Any]]:
    """Responses in which people have any number of difficulties, few of them with hearing."""
    random = np.random.default_rng(int(wave))
    rows = [{**row} for row in people(300, VINTAGE[wave], seed=int(wave))]
    for row in rows:
        for code, likely in zip(CODES["difficulty"], (0.3, 0.02, 0.5), strict=True):
            row[f"difficulty__{code}"] = int(random.random() < likely)
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The releases of two waves, the second pooled with the first."""
    root = tmp_path_factory.mktemp("groups")
    for wave in WAVES:
        analysis = write_analysis(root / "analysis", wave, answers_of(wave), items=ASKED)
        now = datetime(int(wave), 11, 12, tzinfo=UTC)
        publish_wave(analysis, root / "releases", areas=AREAS, benchmarks=BENCHMARKS, weighted=False, now=now)
    return root / "releases"


def read(folder: Path, wave: str, table: str, condition: str) -> list[Row]:
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(f"select * from '{folder}/{wave}/0001/{table}.parquet' where {condition}")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_every_item_stands_by_every_dimension_and_no_dimension_by_another(folder: Path) -> None:
    rows = read(folder, "2025", "groups", "true")
    assert {row["item"] for row in rows} == {"control", "harder"}
    assert {row["dimension"] for row in rows} == {"sex", "ethnicity", "difficulty"}
    assert len(rows) == 2 * (3 + 1 + 3 + 1) * (2 + 4 + 3)
    assert max(Counter((row["span"], row["item"], row["option"], row["category"]) for row in rows).values()) == 1


def test_a_figure_is_that_of_the_people_of_the_group(folder: Path) -> None:
    white = [row for row in answers_of("2025") if GROUP_OF.get(row.get("ethnicity", "")) == "white"]
    counted = [row["control"] for row in white if row.get("control") in ("lot", "some", "none")]
    (row,) = read(
        folder, "2025", "groups", "item = 'control' and option = 'some' and category = 'white' and span = 'wave'"
    )
    assert (row["status"], row["base"]) == ("shown", nearest_five(len(counted)))
    assert abs(row["share"] - whole_per_cent(counted.count("some") / len(counted))) <= 1


def test_a_group_that_is_hidden_itself_is_hidden_in_every_table(folder: Path) -> None:
    for wave in WAVES:
        hidden = read(
            folder, wave, "estimates", "level = 'england' and item in ('ethnicity', 'difficulty') and status <> 'shown'"
        )
        assert {row["option"] for row in hidden} & {"hearing"}
        for group in hidden:
            rows = read(folder, wave, "groups", f"category = '{group['option']}' and span = '{group['span']}'")
            assert len(rows) == 8
            assert not [row for row in rows if row["status"] == "shown"]


def test_what_is_shown_instead_is_the_same_group_or_everyone(folder: Path) -> None:
    shown = {
        (row["span"], row.get("dimension", ""), row.get("category", ""), row["item"], row["option"])
        for table, condition in (("groups", "true"), ("estimates", "level = 'england'"))
        for row in read(folder, "2025", table, f"status = 'shown' and {condition}")
    }
    hidden = read(folder, "2025", "groups", "nearest_safe is not null")
    ways = {(row["nearest_safe"].split(":")[1], row["dimension"]) for row in hidden}
    assert {dimension for dimension, _ in ways} > {""}
    assert all(dimension in ("", own) for dimension, own in ways)
    assert all((*row["nearest_safe"].split(":"), row["item"], row["option"]) in shown for row in hidden)


@pytest.mark.parametrize("item_id", ["control", "harder"])
def test_no_secret_follows_from_all_releases_together(folder: Path, item_id: str) -> None:
    """By linear algebra, over the groups of ethnicity and England's row of both waves, alone and pooled."""
    codes = CODES["ethnicity"]
    options = ("lot", "some", "none") if item_id == "control" else ("money",)
    lattice = group_lattice(2, codes)
    atoms = []
    for wave in WAVES:
        rows = [row for row in answers_of(wave) if _answered(row, item_id)]
        for code in (*codes, None):
            inside = [row for row in rows if GROUP_OF.get(row.get("ethnicity") or "") == code]
            atoms.append([len(inside), *(sum(_picked(row, item_id, option) for row in inside) for option in options)])
    counts = lattice.system.totals(np.array(atoms))
    states = np.full(counts.shape, State.HIDDEN, dtype=np.int8)
    for number, wave in enumerate(WAVES):
        spans = {"wave": frozenset({number}), "pooled": frozenset(range(number + 1))}
        for table, condition in (("groups", "dimension = 'ethnicity'"), ("estimates", "level = 'england'")):
            for row in read(folder, wave, table, f"item = '{item_id}' and {condition} and status = 'shown'"):
                if row["option"] in options:
                    unit = ("group", row["category"]) if table == "groups" else ENGLAND
                    at = lattice.index[spans[row["span"]], unit]
                    states[at, options.index(row["option"]) + 1] = State.BANDED if row["band"] else State.EXACT
    fewest = np.minimum(counts, counts[:, :1] - counts)
    secret = (counts[:, :1] > 0) & ((counts[:, :1] < 10) | (fewest < (1 if item_id == "control" else 8)))
    secret[:, 0] = False
    sums = Columns(sums=((0, (1, 2, 3)),)) if item_id == "control" else Columns()
    assert (states == State.EXACT).sum() > 5
    assert (secret & (states == State.HIDDEN)).any()
    assert not (secret & (states == State.EXACT)).any()
    assert not (determined_cells(lattice, sums, states) & secret).any()
    assert (frozenset({0}), NOWHERE) in lattice.index


def _answered(row: Row, item_id: str) -> bool:
    if item_id == "control":
        return row.get("control") in ("lot", "some", "none")
    return row.get("harder__money") is not None


def _picked(row: Row, item_id: str, option: str) -> bool:
    return bool(row["control"] == option if item_id == "control" else row[f"harder__{option}"])


def test_a_second_dimension_says_no_more_of_the_first() -> None:
    """Bounds on an item by age are the same whether the table of the item by sex is known or not."""
    random = np.random.default_rng(2)
    for _ in range(3):
        people_of = random.integers(0, 6, size=(2, 2, 2))  # answer, age, sex
        cells = np.arange(8).reshape(people_of.shape)
        item_alone = [cells[answer].ravel() for answer in range(2)]
        one_known = [cells[0, 0].ravel()]
        by_sex = [cells[answer, :, sex] for answer in range(2) for sex in range(2)]
        for target in cells[:, 1]:
            beside = [_bounds(target, [*item_alone, *one_known, *more], people_of.ravel()) for more in ([], by_sex)]
            np.testing.assert_allclose(beside[0], beside[1], atol=1e-6)


def _bounds(
    target: np.ndarray[Any, Any], known: list[np.ndarray[Any, Any]], truth: np.ndarray[Any, Any]
) -> list[float]:
    """The fewest and the most people that the cells of `target` can hold together."""
    equations = np.array([np.isin(np.arange(truth.size), each) for each in known], dtype=float)
    aim = np.isin(np.arange(truth.size), target).astype(float)
    return [sign * linprog(sign * aim, A_eq=equations, b_eq=equations @ truth).fun for sign in (1, -1)]
