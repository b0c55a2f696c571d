"""Weights stay between their limits; margins are met as far as they allow, and what is missing is said."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.weighting.raking import Margin, RakingError, rake

FIRST = np.array([0, 0, 1, 1])
SECOND = np.array([0, 1, 0, 1])
LABELS = ("a", "b")


def test_weights_within_the_limits_are_left_alone() -> None:
    margin = Margin("first", FIRST, np.array([0.6, 0.4]), LABELS)
    raked = rake(np.array([20.0, 30.0, 25.0, 25.0]), [margin])
    assert (raked.capped, raked.met, raked.gaps) == (0, True, ())
    assert (raked.largest, raked.smallest) == pytest.approx((1.2, 0.8))


def test_margins_are_met_within_the_limits_where_that_is_possible() -> None:
    # Raked without limits the 10 people of one cell would weigh 3.2.
    base = np.array([10.0, 100.0, 100.0, 190.0])
    margins = [
        Margin("first", FIRST, np.array([0.4, 0.6]), LABELS),
        Margin("second", SECOND, np.array([0.4, 0.6]), LABELS),
    ]
    assert rake(base, margins).largest > 2.2
    raked = rake(base, margins, cap=(0.2, 2.0))
    assert raked.largest == pytest.approx(2.0, abs=1e-9)
    assert raked.met
    assert raked.off <= 1e-10
    assert raked.capped == pytest.approx(10 / 400)
    assert base @ raked.weights == pytest.approx(400)


def test_margins_that_the_limits_put_out_of_reach_are_told_with_what_they_reached() -> None:
    # 10 of 100 people who should be half of everyone and may weigh 3 at most come to 30 in 100.
    base = np.array([4.0, 6.0, 45.0, 45.0])
    raked = rake(base, [Margin("first", FIRST, np.array([0.5, 0.5]), LABELS)], cap=(0.2, 3.0), smallest=5)
    assert not raked.met
    assert raked.capped == pytest.approx(0.1)
    assert raked.weights == pytest.approx([3, 3, 7 / 9, 7 / 9])
    assert raked.off == pytest.approx(0.2)
    assert [(gap.margin, gap.label, gap.target) for gap in raked.gaps] == [("first", "a", 0.5), ("first", "b", 0.5)]
    assert [gap.reached for gap in raked.gaps] == pytest.approx([0.3, 0.7])


def test_a_small_weight_is_raised_to_the_lower_limit() -> None:
    base = np.array([45.0, 45.0, 5.0, 5.0])
    raked = rake(base, [Margin("first", FIRST, np.array([0.1, 0.9]), LABELS)], cap=(0.5, 20.0))
    assert raked.smallest == pytest.approx(0.5)
    assert raked.capped == pytest.approx(0.9)


@pytest.mark.parametrize("cap", [(1.1, 5), (0.2, 0.9), (-1, 5), (1, 1)])
def test_limits_that_do_not_hold_the_mean_are_refused(cap: tuple[float, float]) -> None:
    with pytest.raises(RakingError, match="mean of 1"):
        rake(np.array([1.0, 1.0, 1.0, 1.0]), [], cap=cap)
