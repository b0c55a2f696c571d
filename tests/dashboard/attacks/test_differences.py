"""Subtracting what was published: no difference is of fewer than ten people, and what is left could be otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import duckdb
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp

from dashboard.analysis.rounding import band_limit, fewest_over, most_under, nearest_five, rounded_figure
from dashboard.areas import load_geography
from dashboard.publish.analysis_file import Item, load_analysis_file
from dashboard.publish.counts import count_answers
from dashboard.publish.study import ground_of, spots_of
from dashboard.publish.wave import publish_wave
from dashboard.release import read_facts
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, VINTAGE, people, write_analysis

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
WAVES = ("2024", "2025", "2026", "2027")
"""Two on the areas of 2023 and two on those of 2026; the last two releases pool across both lists."""
SOME = [item for item in ITEMS if item["id"] in ("control", "harder", "sex")]
GEOGRAPHY = load_geography(AREAS)

WORLDS = 8

Ints = NDArray[np.int64]
Atoms = frozenset[tuple[str, str]]
"""A set of people: pieces (wave, area of its own list), '' for no area."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four waves of a few people each, published one after the other, nobody weighted: the sharpest figures."""
    root = tmp_path_factory.mktemp("country")
    for wave in WAVES:
        analysis = write_analysis(root / "a", wave, people(220, VINTAGE[wave], seed=int(wave)), items=SOME)
        publish_wave(analysis, root / "r", areas=AREAS, benchmarks=BENCHMARKS, weighted=False, now=NOW)
    return root


@dataclass(frozen=True)
class Shown:
    """A row that some release shows: whom it is of, and its figures by option."""

    atoms: Atoms
    figures: dict[str, tuple[int, int, str]]
    """Base, share and band."""


@dataclass(frozen=True)
class World:
    """One item: what is true, and what was published."""

    item: Item
    counts: dict[tuple[str, str], Ints]
    """Of each piece: base, options, measure."""
    shown: tuple[Shown, ...]

    def of(self, atoms: Atoms) -> Ints:
        """The counts of a set of people."""
        return np.array([self.counts[atom] for atom in atoms], dtype=np.int64).reshape(-1, self.width).sum(axis=0)

    @cached_property
    def width(self) -> int:
        """Columns: base, options, measure."""
        return len(self.item.column_options) + 1

    @cached_property
    def known(self) -> set[Atoms]:
        """The sets of rows shown, their differences, and of these what is left beside rows shown."""
        shown = {row.atoms for row in self.shown}
        found = shown | set(differences(shown, shown))
        return found | set(differences(found, shown))


def publishes(people: int, count: int, base: int, share: int, band: str) -> bool:
    """Whether a cell with these counts would stand as it was published."""
    if nearest_five(people) != base:
        return False
    limit = band_limit(people)
    if band:
        return count <= most_under(limit, people) if band == "under" else count >= fewest_over(100 - limit, people)
    return rounded_figure(count / people, people, people).share == share


def differences(wholes: set[Atoms], parts: set[Atoms]) -> Iterator[Atoms]:
    """Of one set inside another; and of what is left of a set by all the disjoint ones inside it, the largest first."""
    ordered = sorted(parts, key=lambda atoms: (-len(atoms), sorted(atoms)))
    for whole in wholes:
        left = whole
        for part in ordered:
            if part < whole:
                yield whole - part
                if part < left:
                    left = left - part
        yield left


def units_of(vintage: str) -> dict[tuple[str, str], Atoms]:
    """Level and code on a list, with the ground that each stands on, as pieces of `vintage`'s areas, wave ''."""
    places = ground_of(GEOGRAPHY, vintage).places
    found: dict[tuple[str, str], Atoms] = {}
    ground = ground_of(GEOGRAPHY, vintage)
    for other in GEOGRAPHY.lists:
        for spot in spots_of(GEOGRAPHY, other):
            level, name = spot.unit
            codes = [
                place.code
                for place in places
                if level == "england" or name in (place.region, place.block) or spot.unit == ground.unit(place.code)
            ]
            pieces = frozenset(("", code) for code in [*codes, *([""] if level == "england" else [])])
            found[other, spot.code] = pieces
    return found


@pytest.fixture(scope="module", params=[item["id"] for item in SOME])
def world(country: Path, request: pytest.FixtureRequest) -> World:
    item_id = str(request.param)
    counts: dict[tuple[str, str], Ints] = {}
    for wave in WAVES:
        file = load_analysis_file(country / "a" / wave)
        codes = GEOGRAPHY.codes(file.vintage)
        with duckdb.connect(":memory:") as connection:
            tally = count_answers(connection, file, codes, weighted=False).by_item[item_id]
        counts |= {(wave, code): row for code, row in zip([*codes, ""], tally.people, strict=True)}
    units = {vintage: units_of(vintage) for vintage in GEOGRAPHY.lists}
    rows: dict[Atoms, dict[str, tuple[int, int, str]]] = {}
    for wave in WAVES:
        release = country / "r" / wave / "0001"
        spans = {"wave": (wave,), "pooled": read_facts(release).pooled_waves}
        cells = duckdb.connect(":memory:").execute(
            "select span, vintage, area, option, base, share, band from read_parquet($file)"
            " where status = 'shown' and item = $item",
            {"file": str(release / "estimates.parquet"), "item": item_id},
        )
        for span, vintage, area, option, *figure in cells.fetchall():
            atoms = frozenset((each, code) for each in spans[span] for _, code in units[VINTAGE[each]][vintage, area])
            rows.setdefault(atoms, {})[option] = tuple(figure)
    item = next(each for each in file.items if each.id == item_id)
    return World(item, counts, tuple(Shown(*row) for row in rows.items()))


def test_no_difference_of_published_rows_is_of_fewer_than_ten_people(world: World) -> None:
    bases = [int(world.of(atoms)[0]) for atoms in world.known]
    assert len(world.known) > 2 * len(world.shown) > 40
    assert [base for base in bases if 0 < base < 10] == []


def test_of_no_difference_does_it_follow_that_nobody_or_everyone_gave_an_answer(world: World) -> None:
    """Where a difference has all its cells, whose parts are shown as numbers: were they exact, as they are not."""
    numbers = {
        option: {row.atoms for row in world.shown if row.figures.get(option, (0, 0, "band"))[2] == ""}
        for option in world.item.column_options
    }
    few = 8 if world.item.is_strict else 1
    for column, (_, known) in enumerate(numbers.items(), start=1):
        told = known | set(differences(known, known))
        for atoms in told:
            base, count = world.of(atoms)[[0, column]].tolist()
            others = few if world.item.takes_several or not world.item.is_strict else 0
            assert base == 0 or (count >= few and base - count >= others), (column, base, count)


def test_what_few_people_said_could_be_otherwise_and_all_figures_the_same(world: World) -> None:
    """Other worlds are looked for in whole numbers, with the people of every piece known: in one at least, those of
    each piece of fewer than ten said something else, and every figure reads as it was published.
    """
    random = np.random.default_rng(1)
    few = {atom for atom, counts in world.counts.items() if 0 < counts[0] < 10}
    assert len(few) > 60
    for _ in range(WORLDS):
        other = other_world(world, few, random)
        assert all(publishes_the_same(world, row, other) for row in world.shown)
        few -= {atom for atom in few if (other[atom] != world.counts[atom][1 : len(other[atom]) + 1]).any()}
        if not few:
            break
    assert few == set()


def other_world(world: World, few: set[tuple[str, str]], random: np.random.Generator) -> dict[tuple[str, str], Ints]:
    """Counts of every option in every piece that agree with all figures: those of `few` as far from true as can be."""
    atoms, width = list(world.counts), len(world.item.options)
    true = np.array([world.counts[atom] for atom in atoms], dtype=np.int64)
    good = [option.code in world.item.good for option in world.item.options]
    lines, low, high = [], [], []
    for row in world.shown:
        inside = np.array([atom in row.atoms for atom in atoms])
        for option, figure in row.figures.items():
            chosen = np.array(good if option == "" else [each.code == option for each in world.item.options])
            base = int(true[inside, 0].sum())
            fits = [count for count in range(base + 1) if publishes(base, count, *figure)]
            lines.append(np.outer(inside, chosen).ravel())
            low.append(min(fits))
            high.append(max(fits))
    if not world.item.takes_several:
        lines += [np.outer(np.arange(len(atoms)) == at, np.ones(width)).ravel() for at in range(len(atoms))]
        low += true[:, 0].tolist()
        high += true[:, 0].tolist()
    wanted = np.array([[atom in few] for atom in atoms]) * (true[:, 1 : width + 1] - true[:, :1] / 2)
    found = milp(
        (wanted * random.random(wanted.shape)).ravel(),
        constraints=LinearConstraint(np.array(lines, dtype=float), low, high),
        integrality=np.ones(wanted.size),
        bounds=(0, np.repeat(true[:, 0], width)),
        options={"mip_rel_gap": 0.2, "time_limit": 5},
    )
    assert found.x is not None
    return dict(zip(atoms, np.rint(found.x).astype(np.int64).reshape(-1, width), strict=True))


def publishes_the_same(world: World, row: Shown, other: dict[tuple[str, str], Ints]) -> bool:
    """Whether each figure of a row would be published as it was."""
    base, counts = int(world.of(row.atoms)[0]), np.sum([other[atom] for atom in row.atoms], axis=0)
    good = sum(
        int(count) for option, count in zip(world.item.options, counts, strict=True) if option.code in world.item.good
    )
    by_option = {option.code: int(count) for option, count in zip(world.item.options, counts, strict=True)} | {"": good}
    return all(publishes(base, by_option[option], *figure) for option, figure in row.figures.items())


@pytest.mark.parametrize("item", ["control", "harder"])
def test_england_less_its_groups_leaves_nobody_alone(country: Path, item: str) -> None:
    """What England's row leaves beside the groups that are shown: those hidden, and those who did not say."""
    tested, column = 0, "control" if item == "control" else "harder__money"
    for wave in WAVES:
        release = country / "r" / wave / "0001"
        pooled = read_facts(release).pooled_waves
        for span, waves in {"wave": (wave,), "pooled": pooled}.items():
            files = [str(country / "a" / each / "responses.parquet") for each in waves]
            with duckdb.connect(":memory:") as connection:
                answered = connection.execute(
                    "select sex, control, harder__money, harder__time, harder__nothing"
                    f" from read_parquet({files}) where {column} is not null"
                ).fetchall()
                shown = connection.execute(
                    "select option, list(category) from read_parquet($file) where status = 'shown' and band = ''"
                    " and span = $span and item = $item and option <> '' group by option",
                    {"file": str(release / "groups.parquet"), "span": span, "item": item},
                ).fetchall()
            for option, groups in shown:
                left = [row for row in answered if row[0] not in groups]
                said = sum(has_said(row, item, option) for row in left)
                few = 8 if item == "harder" else 1
                assert not left or (len(left) >= 10 and few <= said <= len(left) - few), (span, option, groups)
                tested += bool(groups)
    assert tested


def has_said(row: tuple[str, str, int, int, int], item: str, option: str) -> bool:
    """Whether someone picked an option; `row` is sex, control and the three options of `harder`."""
    return row[1] == option if item == "control" else bool(row[2 + ["money", "time", "nothing"].index(option)])
