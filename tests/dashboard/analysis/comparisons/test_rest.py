"""The rest is everyone less the area, as open as rounding leaves it, and not told where too few are left."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.comparisons.published import Published
from dashboard.analysis.comparisons.rest import rest_of
from dashboard.analysis.rounding import nearest_five, rounded_share


def published(share: float, base: float, effective: float | None = None) -> Published:
    return Published(np.array([share]), np.array([base]), np.array([base if effective is None else effective]))


def test_the_worked_numbers_of_the_docstring_are_right() -> None:
    rest = rest_of(published(0.7, 60), published(0.5, 420))
    assert rest.told[0]
    assert (rest.share[0], rest.effective[0]) == pytest.approx((0.46667, 360), abs=5e-6)
    assert (rest.shares.min(), rest.shares.max()) == pytest.approx((0.455, 0.478), abs=5e-4)
    assert not rest_of(published(0.55, 400), published(0.5, 420)).told[0]


@settings(max_examples=80, deadline=None)
@given(st.integers(10, 200), st.integers(200, 900), st.data())
def test_the_true_rest_is_always_among_what_rounding_allows(people: int, others: int, data: st.DataObject) -> None:
    count, other = data.draw(st.integers(0, people)), data.draw(st.integers(0, others))
    everyone = people + others
    rest = rest_of(
        published(rounded_share(count / people, people) / 100, nearest_five(people)),
        published(rounded_share((count + other) / everyone, everyone) / 100, nearest_five(everyone)),
    )
    if rest.told[0]:
        assert rest.shares.min() - 1e-9 <= other / others <= rest.shares.max() + 1e-9


@pytest.mark.parametrize(
    ("share", "base", "england", "everyone"),
    [
        (0.5, 420, 0.5, 420),  # everyone lives there
        (0.5, 425, 0.5, 420),  # more than everyone, by rounding
        (0.5, 405, 0.5, 420),  # the rest may be as few as eleven people
        (0.9, 300, 0.1, 420),  # no rest could make the two fit
    ],
)
def test_a_rest_that_rounding_leaves_open_or_impossible_is_not_told(
    share: float, base: float, england: float, everyone: float
) -> None:
    assert not rest_of(published(share, base), published(england, everyone)).told[0]


def test_squares_of_weights_add_up_so_the_effective_number_of_the_rest_does() -> None:
    area, rest = np.array([0.5, 1.5] * 50), np.array([0.8, 1.2] * 150)
    kish = [group.sum() ** 2 / (group**2).sum() for group in (area, np.append(area, rest), rest)]
    found = rest_of(published(0.5, 100, kish[0]), published(0.5, 400, kish[1]))
    assert found.effective[0] == pytest.approx(kish[2])
    assert found.effective[0] < 300


def test_weights_leave_the_rest_more_open() -> None:
    plain = rest_of(published(0.7, 60), published(0.5, 420))
    weighted = rest_of(published(0.7, 60, 50), published(0.5, 420, 350))
    assert weighted.shares.min() < plain.shares.min()
    assert weighted.shares.max() > plain.shares.max()


def test_a_place_that_differs_much_is_not_left_out_because_people_weigh_differently() -> None:
    assert rest_of(published(0.3, 60, 40), published(0.7, 420, 250)).told[0]
