"""No small row and no small remainder follows from what is shown, whatever is added and subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest

from dashboard.analysis.disclosure.equations import Bools, Ints, System, build_system
from dashboard.analysis.disclosure.lattice import Lattice, build_lattice
from dashboard.analysis.disclosure.suppression import suppress
from tests.dashboard.analysis.disclosure.worlds import OLD, known_sets, nothing, published_rows, random_lattice


def region(*areas: int) -> tuple[System, Ints]:
    """A region (row 0) of areas, with people in each."""
    membership = np.vstack([np.ones((1, len(areas)), dtype=np.int64), np.eye(len(areas), dtype=np.int64)])
    system = build_system(membership, [(0, list(range(1, len(areas) + 1)))])
    return system, system.totals(np.array(areas)[:, None])


def shown_rows(areas: Sequence[int], fixed: Sequence[int] = ()) -> list[int]:
    system, counts = region(*areas)
    everything = np.ones(system.size, dtype=bool)
    shown = suppress(system, counts, everything[:, None], np.isin(np.arange(system.size), fixed)[:, None])
    return np.flatnonzero(shown[:, 0]).tolist()


@pytest.mark.parametrize(
    ("areas", "shown"),
    [
        ((20, 10), [0, 1, 2]),
        ((22, 8), [0]),  # the 8 would follow
        ((14, 7, 5, 4), [0, 1]),  # 16 are left, more than one area
        ((23, 4, 2, 1), [0]),  # 7 would be left, though of three areas
        ((12, 11, 9), [0, 1]),  # the smallest of those that could be shown goes with the 9
        ((30, 20, 15, 9), [0, 1, 2]),
        ((9, 9), [0]),
        ((5, 4), []),  # a region of 9 is not shown either
        ((15, 15, 0), [0, 1, 2]),  # an empty area gives nobody away
        ((40,), [0, 1]),
    ],
)
def test_a_region_of_areas(areas: tuple[int, ...], shown: list[int]) -> None:
    assert shown_rows(areas) == shown


def test_a_row_that_is_out_stays_and_the_others_make_up_for_it() -> None:
    assert shown_rows((12, 11, 9)) == [0, 1]
    assert shown_rows((12, 11, 9), fixed=[2]) == [0, 2]
    assert shown_rows((12, 11, 9), fixed=[1, 2]) == [1, 2]


def test_what_follows_from_earlier_releases_alone_hides_nothing_else() -> None:
    assert shown_rows((12, 11, 9), fixed=[0, 1, 2]) == [0, 1, 2]
    assert shown_rows((20, 15, 12, 8), fixed=[0, 1, 2, 3]) == [0, 1, 2, 3]


def test_pooled_waves_less_one_wave_do_not_give_the_other_away() -> None:
    """Area A: 9 people one year, 12 the next. Pooled 21 and the second year's 12 would give the 9 away."""
    lattice = build_lattice([OLD, OLD])
    people = np.array([9, 40, 40, 40, 0, 12, 40, 40, 40, 0])
    counts = lattice.system.totals(people[:, None])
    none = nothing(lattice)
    shown = suppress(lattice.system, counts, published_rows(lattice)[:, None], none[:, None])[:, 0]
    place = ("block", "A")
    assert shown[lattice.index[frozenset({0, 1}), place]]
    assert not shown[lattice.index[frozenset({1}), place]]


class Case(NamedTuple):
    """A made-up country, the people of its atoms, counts of its rows and what is shown."""

    lattice: Lattice
    people: Ints
    counts: Ints
    shown: Bools


def random_case(seed: int) -> Case:
    random = np.random.default_rng(seed)
    lattice = random_lattice(random)
    people = random.choice([0, 1, 3, 5, 7, 9, 10, 12, 14, 20, 40], size=len(lattice.atoms))
    counts = lattice.system.totals(people[:, None])
    none = nothing(lattice)
    shown = suppress(lattice.system, counts, published_rows(lattice)[:, None], none[:, None])[:, 0]
    return Case(lattice, people, counts, shown)


@pytest.mark.parametrize("part", range(2))
def test_no_sum_or_difference_of_shown_rows_is_a_set_of_fewer_than_ten(part: int) -> None:
    """All sets of people of a small country are tried, with linear algebra, against everything shown exactly."""
    for seed in range(part * 40, part * 40 + 40):
        lattice, people, _, shown = random_case(seed)
        sets, told = known_sets(lattice, shown, people)
        size = sets @ people
        assert not (told & (size > 0) & (size < 10)).any(), seed


def test_no_further_row_could_be_shown() -> None:
    """Showing any hidden row that has enough people is found out by the same attacker, or it was shown."""
    wasted = tried = 0
    for seed in range(25):
        lattice, people, counts, shown = random_case(seed)
        for row in np.flatnonzero(published_rows(lattice) & (counts[:, 0] >= 10) & ~shown):
            more = shown.copy()
            more[row] = True
            sets, told = known_sets(lattice, more, people)
            size = sets @ people
            tried += 1
            wasted += not (told & (size > 0) & (size < 10)).any()
    assert tried > 50
    assert wasted / tried < 0.1


def test_an_attacker_finds_a_planted_hole() -> None:
    """Showing what was hidden for the sake of others lets the attacker in: the test above can fail."""
    lattice = build_lattice([OLD])
    people = np.array([22, 8, 30, 30, 0])
    sets, told = known_sets(lattice, lattice.system.totals(people[:, None])[:, 0] >= 10, people)
    size = sets @ people
    assert (told & (size > 0) & (size < 10)).any()
