"""Wilson's interval equals the published numbers and behaves at the edges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.intervals import wilson

# UK Health Security Agency, PHEindicatormethods, test data of its Wilson limits.
PUBLISHED = [
    (65, 100, 0.95, 0.55254443296888, 0.736357517569025),
    (1045, 5000, 0.95, 0.197955498800133, 0.22049130373189),
    (65, 100, 0.998, 0.495494657407043, 0.77835406140897),
]


@pytest.mark.parametrize(("count", "base", "level", "low", "high"), PUBLISHED)
def test_the_limits_equal_those_of_phe_indicator_methods(
    count: int, base: int, level: float, low: float, high: float
) -> None:
    assert wilson(count / base, base, level) == pytest.approx((low, high), rel=1e-12)


def test_the_worked_numbers_of_the_docstring_are_right() -> None:
    assert wilson(0.65, 100) == pytest.approx((0.5525, 0.7364), abs=5e-5)
    assert wilson(0.65, 100, 0.998) == pytest.approx((0.4955, 0.7784), abs=5e-5)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=5e-5)


@given(st.integers(1, 10_000), st.floats(0, 1), st.floats(0.5, 0.999))
def test_the_interval_holds_the_share_stays_a_share_and_is_mirrored(base: int, share: float, level: float) -> None:
    low, high = wilson(share, base, level)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert wilson(1 - share, base, level) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize(("share", "base", "level"), [(1.1, 10, 0.95), (-0.1, 10, 0.95), (0.5, 0, 0.95), (0.5, 10, 1)])
def test_a_share_of_nobody_or_an_impossible_one_has_no_interval(share: float, base: float, level: float) -> None:
    with pytest.raises(ValueError, match="no interval"):
        wilson(share, base, level)
