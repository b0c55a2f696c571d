"""Medians are answers that somebody gave, spreads are never negative, and a summary has every point of the scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Limits, NoRespondents, OneRespondent
from dashboard.analysis.estimation.means import estimate_mean
from dashboard.analysis.estimation.quantiles import estimate_median, estimate_quantile
from dashboard.analysis.estimation.scales import estimate_spread, summarise_scale
from tests.school_samples import numbers, stratified

FOUR = SampleDesign(np.ones(4))
VALUES = np.array([6.0, 1, 3, 2])


def test_the_worked_numbers_of_the_docstrings_are_right() -> None:
    assert estimate_median(VALUES, FOUR).value == 2
    spread = estimate_spread(VALUES, FOUR)
    assert spread.value == pytest.approx(2.16, abs=5e-3)
    assert spread.value == pytest.approx(np.std(VALUES, ddof=1))
    assert 0 <= spread.low < spread.value < spread.high


def test_a_weight_of_two_is_two_people_for_the_median() -> None:
    assert estimate_median(np.array([1.0, 2, 3]), SampleDesign(np.array([1.0, 1, 2.5]))).value == 3


def test_nine_people_who_weigh_a_ninth_have_their_shares_to_the_last_figure() -> None:
    nine = SampleDesign(np.full(9, 1 / 9))
    assert [estimate_quantile(np.arange(1.0, 10), rank / 9, nine).value for rank in range(1, 9)] == list(range(1, 9))


def test_the_limits_of_a_median_are_quantiles_of_the_limits_of_the_share_below() -> None:
    values = np.arange(1.0, 101)
    found = estimate_median(values, SampleDesign(np.ones(100)))
    # The share at or below 50 is 0.5 with standard error √(0.25/99) = 0.0503, t = 1.984: 0.4003 to 0.5997.
    assert (found.value, found.low, found.high) == (50, 41, 60)
    assert found.standard_error == pytest.approx(19 / (2 * 1.9842), rel=1e-4)
    assert found.method.limits is Limits.WOODRUFF
    assert found.effective == pytest.approx(100)


def test_a_point_that_is_nearly_the_median_is_within_its_limits() -> None:
    answers = np.repeat([1.0, 2, 3, 4, 5], [10, 38, 42, 5, 5])
    people = SampleDesign(np.ones(100))
    found = estimate_median(answers, people)
    assert (found.value, found.low, found.high) == (3, 2, 3)
    below = estimate_mean((answers <= 3).astype(np.float64), people)
    assert [estimate_quantile(answers, limit, people).value for limit in (below.low, below.high)] == [3, 5]


def test_quartiles_of_schools_lie_in_order() -> None:
    scores = numbers("apistrat", "api00")
    first, middle, last = (estimate_quantile(scores, share, stratified()) for share in (0.25, 0.5, 0.75))
    assert first.value < middle.value < last.value
    assert all(found.value in scores and found.low <= found.value <= found.high for found in (first, middle, last))


@settings(max_examples=30)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=20), st.floats(0.05, 0.95))
def test_a_quantile_is_a_value_with_at_least_its_share_at_or_below(values: list[int], share: float) -> None:
    answers = np.array(values, dtype=np.float64)
    found = estimate_quantile(answers, share, SampleDesign(np.ones(len(answers))))
    assert (answers <= found.value).mean() >= share - 1e-9
    assert (answers < found.value).mean() < share + 1e-9
    assert found.low <= found.value <= found.high


def test_one_answer_from_all_is_the_median_without_spread() -> None:
    same = np.full(4, 3.0)
    median, spread = estimate_median(same, FOUR), estimate_spread(same, FOUR)
    assert (median.value, median.low, median.high, median.standard_error) == (3, 3, 3, 0)
    assert (spread.value, spread.standard_error) == (0, 0)


def test_a_summary_has_the_share_of_every_point() -> None:
    summary = summarise_scale(np.array([1, 2, 2, 5, np.nan]), (1, 2, 3, 4, 5), SampleDesign(np.ones(5)))
    assert summary.mean.value == 2.5
    assert summary.median.value == 2
    assert [share.value for share in summary.distribution] == [0.25, 0.5, 0, 0, 0.25]
    assert summary.points == (1, 2, 3, 4, 5)
    assert {found.base for found in (summary.mean, summary.median, summary.spread)} == {4}


def test_no_answers_have_no_summary() -> None:
    with pytest.raises(NoRespondents):
        summarise_scale(np.full(4, np.nan), (1, 2), FOUR)
    with pytest.raises(OneRespondent):
        estimate_median(np.array([1, np.nan, np.nan, np.nan]), FOUR)
    with pytest.raises(ValueError, match="not a share"):
        estimate_quantile(VALUES, 1, FOUR)
