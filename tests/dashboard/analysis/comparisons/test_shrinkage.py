"""Shares of few people are drawn toward those around them, as far as places are alike and no further."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.comparisons.shrinkage import prior_strength, shrink
from dashboard.analysis.intervals import wilson


def strength(shares: list[float], people: float = 20, toward: float = 0.5, toward_people: float = 1e12) -> float:
    size = len(shares)
    return prior_strength(np.array(shares), np.full(size, people), np.full(size, toward), np.full(size, toward_people))


def test_the_worked_numbers_of_the_docstrings_are_right() -> None:
    found = strength([0.3, 0.5, 0.7])
    assert 1 / (found + 1) == pytest.approx(0.85 / 14.25)
    assert found == pytest.approx(15.8, abs=0.05)
    shrunk = shrink(np.array([0.7]), np.array([20.0]), np.array([0.5]), np.array([found]))
    assert [float(value[0]) for value in shrunk] == pytest.approx([0.612, 0.449, 0.762], abs=5e-4)
    assert wilson(0.7, 20) == pytest.approx((0.48, 0.85), abs=6e-3)


def test_the_strength_that_made_the_shares_is_found_again_from_many_places() -> None:
    random = np.random.default_rng(5)
    people = random.integers(10, 80, 4000)
    shares = random.binomial(people, random.beta(24 * 0.6, 24 * 0.4, 4000)) / people
    found = prior_strength(shares, people.astype(float), np.full(4000, 0.6), np.full(4000, 1e9))
    assert found == pytest.approx(24, rel=0.1)


def test_it_is_found_too_when_the_surroundings_are_the_places_themselves() -> None:
    random = np.random.default_rng(6)
    regions = 800
    shares = random.binomial(30, random.beta(24 * 0.6, 24 * 0.4, (regions, 5))) / 30
    around = np.repeat(shares.mean(axis=1), 5)
    found = prior_strength(shares.ravel(), np.full(regions * 5, 30.0), around, np.full(regions * 5, 150.0))
    assert found == pytest.approx(24, rel=0.1)


def test_places_no_more_different_than_chance_makes_them_are_taken_as_alike() -> None:
    assert strength([0.5, 0.5, 0.55]) == float("inf")


def test_places_that_have_nothing_in_common_are_left_as_they_are() -> None:
    assert strength([0.01, 0.99, 0.01, 0.99], people=1000) < 1


@pytest.mark.parametrize("shares", [[], [0.4], [0.4, 0.6]])
def test_from_one_or_two_places_nobody_can_say_how_much_places_differ(shares: list[float]) -> None:
    assert np.isnan(strength(shares))


@settings(max_examples=100, deadline=None)
@given(st.floats(0.01, 0.99), st.floats(5, 1000), st.floats(0.01, 0.99), st.floats(0, 1000))
def test_the_result_lies_between_the_raw_share_and_the_one_it_is_drawn_toward(
    share: float, people: float, toward: float, worth: float
) -> None:
    found, low, high = shrink(np.array([share]), np.array([people]), np.array([toward]), np.array([worth]))
    assert min(share, toward) - 1e-12 <= found[0] <= max(share, toward) + 1e-12
    assert 0 <= low[0] <= found[0] <= high[0] <= 1
