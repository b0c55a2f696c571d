"""Bounds that someone with pencil and paper finds, and where they come from."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.disclosure.attack import Attack, Bounds, Columns, Trace
from dashboard.analysis.disclosure.equations import build_system

# A region (0) of two areas (1, 2); base, three options, and a measure of the first two.
REGION = build_system(np.array([[1, 1], [1, 0], [0, 1]]), [(0, [1, 2])])
THREE = Columns(sums=((0, (1, 2, 3)), (4, (1, 2)), (0, (4, 3))))


def bounds(low: list[list[int]], high: list[list[int]]) -> Bounds:
    return Bounds(np.array(low), np.array(high))


def test_the_last_option_follows_from_the_others() -> None:
    tight = Attack(REGION, Columns(sums=((0, (1, 2)),))).tighten(
        bounds([[30, 0, 0], [15, 10, 0], [15, 0, 0]], [[30, 30, 30], [15, 10, 15], [15, 15, 15]])
    )
    assert tight.low[1].tolist() == tight.high[1].tolist() == [15, 10, 5]


def test_a_child_follows_from_its_parent_and_the_other_child() -> None:
    start = bounds([[30, 12], [15, 12], [15, 0]], [[30, 12], [15, 12], [15, 15]])
    assert Attack(REGION, Columns()).tighten(start).high[2].tolist() == [15, 0]


def test_a_measure_gives_away_an_option_it_counts() -> None:
    start = bounds([[30] + [0] * 4, [15, 9, 0, 0, 9], [15] + [0] * 4], [[30] * 5, [15, 9, 15, 15, 9], [15] * 5])
    assert Attack(REGION, THREE).tighten(start).high[1].tolist() == [15, 9, 0, 6, 9]


def test_a_measure_over_several_picks_bounds_each_of_them() -> None:
    attack = Attack(REGION, Columns(unions=((3, (1, 2)),)))
    start = bounds([[30, 0, 0, 0], [15, 0, 0, 0], [15, 4, 0, 7]], [[30] * 4, [15, 15, 15, 2], [15, 4, 15, 15]])
    tight = attack.tighten(start)
    assert tight.high[1].tolist() == [15, 2, 2, 2]
    assert (tight.low[2, 2], tight.high[2, 3]) == (3, 15)


def test_the_sources_of_a_bound_are_the_cells_it_was_worked_out_from() -> None:
    attack = Attack(REGION, THREE)
    start = bounds([[30] + [0] * 4, [15, 9, 0, 0, 9], [15] + [0] * 4], [[30] * 5, [15, 9, 15, 15, 9], [15] * 5])
    trail = list(attack.steps(start))
    assert Trace(attack, trail).sources((1, 2)) == {(1, 1), (1, 2), (1, 4)}


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=2), st.data()
)
def test_bounds_never_leave_the_truth_out(areas: list[tuple[int, int, int]], data: st.DataObject) -> None:
    atoms = np.array([[sum(area), *area, area[0] + area[1]] for area in areas])
    truth = REGION.totals(atoms)
    slack = np.array(data.draw(st.lists(st.integers(0, 5), min_size=truth.size, max_size=truth.size)))
    slack = slack.reshape(truth.shape)
    start = Bounds(np.maximum(truth - slack, 0), truth + slack[::-1])
    tight = Attack(REGION, THREE).tighten(start)
    assert (start.low <= tight.low).all()
    assert (tight.low <= truth).all()
    assert (truth <= tight.high).all()
    assert (tight.high <= start.high).all()
