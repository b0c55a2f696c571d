"""Response propensities: R's coefficients, and a clear word where there are none to be had."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.inclusion.propensity import Floats, Ints, PropensityError, Variable, fit_propensity
from tests.reference_numbers import agrees, oracle

INVITED = np.array([cell[2] for cell in oracle("r_indicator", "cells")])
ANSWERED = np.array([cell[3] for cell in oracle("r_indicator", "cells")])
LANGUAGE = Variable("language", ("en", "other"), np.array([0, 1, 0, 1]))
AGE = Variable("age", ("18-64", "65+"), np.array([0, 0, 1, 1]))


def ints(*numbers: int) -> Ints:
    return np.array(numbers)


def test_the_coefficients_are_those_of_r() -> None:
    fit = fit_propensity(INVITED, ANSWERED, (LANGUAGE, AGE))
    for ours, published in zip(fit.coefficients, oracle("r_indicator", "coef"), strict=True):
        assert agrees(ours, published, most=9)
    assert agrees(float(fit.mean(fit.propensities)), oracle("r_indicator", "mean"))


def test_a_variable_by_itself_gives_the_rate_of_each_of_its_groups() -> None:
    fit = fit_propensity(ints(100, 40, 60), ints(50, 10, 45), (Variable("region", ("a", "b", "c"), ints(0, 1, 2)),))
    assert fit.propensities == pytest.approx([0.5, 0.25, 0.75])
    assert fit.covariance[0, 0] == pytest.approx(1 / (100 * 0.25), rel=1e-6)


def test_cells_of_nobody_change_nothing() -> None:
    region = Variable("region", ("a", "b"), ints(0, 1, 0, 1))
    sex = Variable("sex", ("f", "m"), ints(0, 0, 1, 1))
    fit = fit_propensity(ints(100, 40, 60, 0), ints(50, 10, 45, 0), (region, sex))
    assert fit.propensities[:3] == pytest.approx([0.5, 0.25, 0.75])


def test_without_variables_everyone_is_alike() -> None:
    fit = fit_propensity(ints(100, 40), ints(50, 10), ())
    assert fit.propensities == pytest.approx([60 / 140, 60 / 140])


@pytest.mark.parametrize(
    ("invited", "answered", "words"),
    [
        ((0, 0), (0, 0), "nobody was invited"),
        ((10, 10), (0, 0), "nobody answered"),
        ((10, 10), (10, 10), "everyone answered"),
        ((10, 10), (5, 11), "more people answered"),
        ((10, 10), (5, -1), "fewer than none"),
        ((10, 10), (5, 10), "of some group all answered"),
        ((10, 10), (5, 0), "or nobody"),
        ((10, 0), (5, 0), "nobody was invited of region: b"),
    ],
)
def test_where_there_are_no_propensities_it_says_why(
    invited: tuple[int, int], answered: tuple[int, int], words: str
) -> None:
    with pytest.raises(PropensityError, match=words):
        fit_propensity(ints(*invited), ints(*answered), (Variable("region", ("a", "b"), ints(0, 1)),))


def test_separation_by_two_variables_together_is_found_too() -> None:
    region = Variable("region", ("a", "b"), ints(0, 0, 1, 1))
    sex = Variable("sex", ("f", "m"), ints(0, 1, 0, 1))
    with pytest.raises(PropensityError, match="of some group"):
        fit_propensity(ints(10, 10, 10, 10), ints(0, 5, 5, 10), (region, sex))
    assert fit_propensity(ints(10, 10, 10, 10), ints(0, 5, 5, 4), (region, sex)).propensities[0] > 0


def test_variables_that_say_the_same_are_refused() -> None:
    region, again = (Variable(name, ("a", "b"), ints(0, 1)) for name in ("region", "again"))
    with pytest.raises(PropensityError, match="follows from the others"):
        fit_propensity(ints(10, 10), ints(5, 4), (region, again))


def test_a_regression_that_does_not_come_to_an_end_says_so() -> None:
    with pytest.raises(PropensityError, match="2 steps"):
        fit_propensity(INVITED, ANSWERED, (LANGUAGE, AGE), most_steps=2)


def test_the_fit_is_where_the_likelihood_is_greatest() -> None:
    fit = fit_propensity(INVITED, ANSWERED, (LANGUAGE, AGE), tolerance=1e-14)

    def likelihood(coefficients: Floats) -> float:
        rho = 1 / (1 + np.exp(-fit.design @ coefficients))
        return float(ANSWERED @ np.log(rho) + (INVITED - ANSWERED) @ np.log(1 - rho))

    for step in np.vstack([np.eye(3), -np.eye(3)]) * 1e-3:
        assert likelihood(fit.coefficients + step) < likelihood(fit.coefficients)
