"""The smallest difference that would have been noticed equals the published one and solves its equation."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.comparisons.detectable import detectable


def smallest(share: float, people: float, others: float, power: float = 0.8) -> float:
    return float(detectable(np.array([share]), np.array([people]), np.array([others]), power)[0])


def test_it_equals_the_example_in_the_manual_of_r() -> None:
    """`power.prop.test(n = 50, p1 = .50, power = .90)` gives p2 = 0.8026, `(p1 = .50, p2 = .75)` n = 76.7."""
    assert 0.5 + smallest(0.5, 50, 50, power=0.9) == pytest.approx(0.8026, abs=5e-5)
    assert smallest(0.5, 76.7, 76.7, power=0.9) == pytest.approx(0.25, abs=5e-4)


def test_the_worked_number_of_the_docstring_is_right() -> None:
    assert smallest(0.5, 50, 400) == pytest.approx(0.205, abs=5e-4)


def test_a_difference_of_that_size_is_noticed_four_times_in_five() -> None:
    difference = smallest(0.8, 200, 2000)
    random = np.random.default_rng(3)
    one, other = random.binomial(200, 0.8 - difference, 20_000) / 200, random.binomial(2000, 0.8, 20_000) / 2000
    both = (200 * one + 2000 * other) / 2200
    noticed = np.abs(one - other) > 1.959964 * np.sqrt(both * (1 - both) * (1 / 200 + 1 / 2000))
    assert noticed.mean() == pytest.approx(0.8, abs=0.015)


def test_more_people_show_less_and_shares_are_mirrored() -> None:
    found = [smallest(0.9, people, 400) for people in (10, 20, 50, 100)]
    assert found == sorted(found, reverse=True)
    assert smallest(0.1, 20, 400) == pytest.approx(smallest(0.9, 20, 400))


def test_five_people_may_be_too_few_for_any_difference_at_all() -> None:
    assert np.isnan(smallest(0.5, 5, 5))
