"""Intervals of shares equal the published numbers and behave at the edges."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from dashboard.analysis.intervals import korn_graubard, logit, wilson
from tests.reference_numbers import agrees, oracle


def test_wilson_agrees_with_every_published_limit() -> None:
    for name, limits in oracle("wilson").items():
        if name != "source":
            counts, percent = name.split("_")
            count, base = map(int, counts.split("/"))
            for ours, published in zip(wilson(count / base, base, float(percent) / 100), limits, strict=True):
                assert agrees(ours, published, 13), name


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


def test_the_worked_numbers_of_weighted_limits_are_right() -> None:
    assert logit(0.64, 190, 197) == pytest.approx((0.5689, 0.7055), abs=5e-5)
    assert korn_graubard(0, 10, 9, 10) == pytest.approx((0, 0.3085), abs=5e-5)
    assert korn_graubard(0.64, 190, 197, 200) == pytest.approx((0.5673, 0.7082), abs=5e-5)


def test_korn_and_graubard_without_weights_are_the_limits_of_clopper_and_pearson() -> None:
    exact = stats.binomtest(7, 25).proportion_ci(method="exact")
    assert korn_graubard(7 / 25, 25, 24, 25) == pytest.approx((exact.low, exact.high), rel=1e-12)


def test_shares_of_nobody_and_of_everyone_have_limits_on_one_side() -> None:
    for limits in (logit, korn_graubard):
        none, everyone = limits(0, 12.5, 20), limits(1, 12.5, 20)
        assert none[0] == 0
        assert 0.1 < none[1] < 0.4
        assert everyone == pytest.approx((1 - none[1], 1))


@settings(max_examples=25)
@given(st.integers(0, 200), st.floats(1, 5000), st.integers(1, 400))
def test_weighted_limits_hold_the_share_and_few_degrees_widen_them(
    halves_of_a_per_cent: int, effective: float, degrees: int
) -> None:
    share = halves_of_a_per_cent / 200
    for limits in (logit, korn_graubard):
        low, high = limits(share, effective, degrees)
        assert 0 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1
        wide = limits(share, effective, max(1, degrees // 2))
        assert wide[0] <= low + 1e-9
        assert high <= wide[1] + 1e-9


@pytest.mark.parametrize(
    ("share", "effective", "degrees"), [(1.1, 10, 9), (0.5, 0, 9), (0.5, 10, 0), (float("nan"), 10, 9)]
)
def test_weighted_limits_of_nobody_are_refused(share: float, effective: float, degrees: int) -> None:
    for limits in (logit, korn_graubard):
        with pytest.raises(ValueError, match="no interval"):
            limits(share, effective, degrees)
