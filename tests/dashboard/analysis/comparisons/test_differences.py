"""Differences equal the published ones, their p-values are Fisher's, and rounding alone makes nothing stand out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.analysis.comparisons.differences import compare, compare_rounded, exact_p_value, newcombe
from dashboard.analysis.comparisons.published import Published

# Newcombe (1998), table II, method 10: counts and bases of two groups, limits of the difference.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


def one(value: float) -> np.ndarray:
    return np.array([value], dtype=np.float64)


@pytest.mark.parametrize(("count", "base", "other", "other_base", "low", "high"), NEWCOMBE)
def test_the_limits_equal_those_of_newcombe(
    count: int, base: int, other: int, other_base: int, low: float, high: float
) -> None:
    found = newcombe(one(count / base), one(base), one(other / other_base), one(other_base))
    assert (found[0][0], found[1][0]) == pytest.approx((low, high), abs=5e-5)


def test_the_p_value_is_the_one_of_the_lady_tasting_tea() -> None:
    assert exact_p_value(one(0.75), one(4), one(0.25), one(4))[0] == pytest.approx(0.4857, abs=5e-5)
    assert exact_p_value(one(0.5), one(10), one(0.9), one(400))[0] == pytest.approx(0.0043, abs=5e-5)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.integers(1, 2000), st.data())
def test_for_whole_counts_the_p_value_is_twice_the_smaller_side_of_fishers_exact_test(
    base: int, other_base: int, data: st.DataObject
) -> None:
    count, other = data.draw(st.integers(0, base)), data.draw(st.integers(0, other_base))
    below = stats.hypergeom.cdf(count, base + other_base, count + other, base)
    above = stats.hypergeom.sf(count - 1, base + other_base, count + other, base)
    expected = 1.0 if count * other_base == other * base else min(1.0, 2 * min(below, above))
    found = exact_p_value(one(count / base), one(base), one(other / other_base), one(other_base))[0]
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1), st.floats(5, 500), st.floats(0, 1), st.floats(5, 500))
def test_turning_the_question_around_turns_the_limits_around_and_leaves_the_p_value(
    share: float, people: float, other: float, other_people: float
) -> None:
    low, high = newcombe(one(share), one(people), one(other), one(other_people))
    turned_low, turned_high = newcombe(one(other), one(other_people), one(share), one(people))
    assert (turned_low[0], turned_high[0]) == pytest.approx((-high[0], -low[0]), abs=1e-9)
    assert low[0] - 1e-9 <= share - other <= high[0] + 1e-9
    p_value = exact_p_value(one(share), one(people), one(other), one(other_people))[0]
    assert p_value == pytest.approx(
        exact_p_value(one(other), one(other_people), one(share), one(people))[0], rel=2e-3, abs=1e-6
    )
    assert p_value == pytest.approx(
        exact_p_value(one(1 - share), one(people), one(1 - other), one(other_people))[0], rel=2e-3, abs=1e-6
    )


def of_million(share: float) -> Published:
    return Published(one(share), one(1_000_000), one(1_000_000))


def test_shares_of_few_people_are_compared_as_coarsely_as_they_are_published() -> None:
    found = compare_rounded(Published(one(0.55), one(60), one(60)), Published(one(0.5), one(60), one(60)))
    assert found.p_value[0] == 1
    assert found.low[0] < compare(one(0.55)[None], one(60), one(0.5)[None], one(60)).low[0]


def test_a_point_that_rounding_may_have_made_never_stands_out_however_many_were_asked() -> None:
    million = one(1_000_000)
    assert exact_p_value(one(0.51), million, one(0.5), million)[0] < 1e-40
    found = compare_rounded(of_million(0.51), of_million(0.5))
    assert found.p_value[0] == 1
    assert found.low[0] < 0 < found.high[0]
    assert compare_rounded(of_million(0.52), of_million(0.5)).p_value[0] < 1e-9


def test_limits_and_p_values_hold_for_every_way_the_figures_may_have_come_about() -> None:
    ways, other = np.array([[0.6], [0.62], [0.64]]), np.array([[0.5], [0.5], [0.5]])
    together = compare(ways, one(100), other, one(300))
    alone = [compare(way[None], one(100), other[:1], one(300)) for way in ways]
    assert together.low[0] == min(each.low[0] for each in alone)
    assert together.high[0] == max(each.high[0] for each in alone)
    assert together.p_value[0] == max(each.p_value[0] for each in alone)


def test_nothing_to_compare_is_no_difference_at_all() -> None:
    nothing = np.empty(0)
    none = Published(nothing, nothing, nothing)
    assert compare_rounded(none, none).p_value.size == 0
