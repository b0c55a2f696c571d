"""Shares stay between 0 and 1, and their limits too, also where all or none gave an answer."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import Limits, NoRespondents, OneRespondent
from dashboard.analysis.estimation.proportions import estimate_distribution, estimate_good, estimate_proportion
from dashboard.analysis.intervals import korn_graubard
from tests.school_samples import known_margins, raked_schools

UNEVEN = SampleDesign(np.array([1.0, 1, 2, 0.5, 0.7]))
CODES = np.array([1, 2, 2, 3, np.nan])


def test_the_worked_numbers_of_the_docstring_are_right() -> None:
    found = estimate_proportion(np.array([1.0, 1, 1, 0]), SampleDesign(np.ones(4)))
    assert (found.value, found.standard_error) == pytest.approx((0.75, 0.25))


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_where_all_answered_the_same_the_limits_are_exact_ones_of_the_effective_base(value: float) -> None:
    found = estimate_proportion(np.full(5, value), UNEVEN)
    assert (found.value, found.standard_error) == (value, 0)
    assert found.effective == pytest.approx(5.2**2 / 6.74)
    assert (found.low, found.high) == korn_graubard(value, found.effective, 4, 5)
    assert found.method.limits is Limits.KORN_GRAUBARD
    assert found.high - found.low > 0.5


@pytest.mark.parametrize("people", range(2, 40))
def test_everyone_is_everyone_whatever_their_weights_add_up_to(people: int) -> None:
    weights = np.random.default_rng(people).random(people)
    assert estimate_proportion(np.ones(people), SampleDesign(weights)).value == 1


def test_a_share_that_the_margins_fix_is_certain() -> None:
    found = estimate_proportion((known_margins("apistrat")[1].of_cell == 1).astype(np.float64), raked_schools())
    assert found.value == pytest.approx(5122 / 6194)
    assert (found.standard_error, found.low, found.high) == (0, found.value, found.value)


def test_good_answers_are_counted_among_those_who_answered() -> None:
    found = estimate_good(CODES, {1, 3}, UNEVEN)
    assert found.value == pytest.approx(1.5 / 4.5)
    assert (found.base, found.weighted_base) == (4, 4.5)
    assert 0 < found.low < found.value < found.high < 1


def test_the_shares_of_a_distribution_add_up_to_one() -> None:
    shares = estimate_distribution(CODES, (1, 2, 3, 4), UNEVEN)
    assert [share.value for share in shares] == pytest.approx([1 / 4.5, 3 / 4.5, 0.5 / 4.5, 0])
    assert {share.base for share in shares} == {4}
    assert all(0 <= share.low <= share.value <= share.high <= 1 for share in shares)


def test_other_values_than_yes_and_no_are_refused() -> None:
    with pytest.raises(ValueError, match="0 and 1"):
        estimate_proportion(CODES, UNEVEN)


def test_nobody_and_one_person_have_no_share() -> None:
    with pytest.raises(NoRespondents):
        estimate_good(np.full(5, np.nan), {1}, UNEVEN)
    with pytest.raises(OneRespondent):
        estimate_good(CODES, {1}, UNEVEN, np.array([True, False, False, False, True]))
