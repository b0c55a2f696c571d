"""What follows from known rows: peeling, remainders inside a known row, sets around it."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.disclosure.equations import Bools, System, build_system

# A region (0) of three areas (1 to 3).
REGION = build_system(np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]), [(0, [1, 2, 3])])
COUNTS = np.array([[30], [14], [10], [6]])


def known(system: System, *rows: int) -> Bools:
    return np.isin(np.arange(system.size), rows)


@pytest.mark.parametrize(
    ("shown", "follows"),
    [((0, 1, 2), {3}), ((1, 2, 3), {0}), ((0, 1), set()), ((1, 2), set()), ((), set()), ((0, 1, 2, 3), set())],
)
def test_an_equation_with_one_unknown_gives_it_away(shown: tuple[int, ...], follows: set[int]) -> None:
    before = known(REGION, *shown)
    found, reason = REGION.close(before)
    assert set(np.flatnonzero(found & ~before)) == follows
    assert set(np.flatnonzero(reason >= 0)) == follows


def test_what_follows_leads_to_more() -> None:
    """England (4) is two regions (0, 5); from England, the other region and two areas the third area follows."""
    membership = np.array([[1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1]])
    system = build_system(membership, [(0, [1, 2, 3]), (4, [0, 5])])
    shown = known(system, 4, 5, 1, 2)
    found, reason = system.close(shown)
    assert found.all()
    assert system.support(3, shown, reason) == {4, 5, 1, 2}
    assert system.support(0, shown, reason) == {4, 5}


@pytest.mark.parametrize(("shown", "left"), [((0,), 30), ((0, 1), 16), ((0, 1, 2), 6), ((0, 1, 2, 3), 0)])
def test_a_remainder_is_the_parent_less_what_is_known_inside(shown: tuple[int, ...], left: int) -> None:
    assert REGION.remainders(known(REGION, *shown), COUNTS).tolist() == [[left]]


def test_a_remainder_sees_through_rows_that_are_not_known_themselves() -> None:
    """An unknown area of 20 in a known region, of whom 15 are known from one wave: 5 are left of it."""
    membership = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]])
    system = build_system(membership, [(0, [1, 2]), (1, [3, 4])])
    counts = system.totals(np.array([[15], [5], [40]]))
    assert system.remainders(known(system, 0, 2, 3), counts).tolist() == [[5], [5]]


def test_an_excess_is_what_is_known_around_a_row_less_the_row() -> None:
    """Two areas in two waves: both areas pooled (54 together) and the second wave (50) give away 4 of the first."""
    rows = {"a": (1, 1, 0, 0), "b": (0, 0, 1, 1), "a1": (1, 0, 0, 0), "a2": (0, 1, 0, 0), "b1": (0, 0, 1, 0)}
    rows |= {"b2": (0, 0, 0, 1), "wave2": (0, 1, 0, 1)}
    number = {name: at for at, name in enumerate(rows)}
    equations = [("a", "a1 a2"), ("b", "b1 b2"), ("wave2", "a2 b2")]
    system = build_system(
        np.array(list(rows.values())), [(number[p], [number[c] for c in cs.split()]) for p, cs in equations]
    )
    counts = system.totals(np.array([[3], [10], [1], [40]]))
    shown = known(system, number["a"], number["b"], number["wave2"])
    assert counts[number["a"]] + counts[number["b"]] == 54
    assert counts[number["wave2"]] == 50
    assert system.excesses(shown, counts)[2].tolist() == [4]
    assert system.remainders(shown, counts)[2].tolist() == [50]


def test_rows_know_what_they_are_within_and_what_they_share() -> None:
    assert REGION.within.tolist() == [
        [True, False, False, False],
        [True, True, False, False],
        [True, False, True, False],
        [True, False, False, True],
    ]
    assert REGION.overlap[0].all()
    assert not REGION.overlap[1, 2]
