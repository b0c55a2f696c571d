"""R-indicator and its parts: the published figures, what they mean, and how often the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.inclusion.propensity import Variable, fit_propensity
from dashboard.analysis.inclusion.r_indicator import conditional, r_indicator, unconditional
from tests.dashboard.analysis.inclusion.test_propensity import AGE, ANSWERED, INVITED, LANGUAGE, ints
from tests.reference_numbers import agrees, oracle

FIT = fit_propensity(INVITED, ANSWERED, (LANGUAGE, AGE))


def test_indicator_standard_error_and_variation_are_those_of_the_risq_code() -> None:
    found = r_indicator(FIT)
    assert agrees(found.value, oracle("r_indicator", "R_biasadj"), most=9)
    assert agrees(found.unadjusted, oracle("r_indicator", "R_unadj"), most=9)
    assert found.standard_error is not None
    assert agrees(found.standard_error, oracle("r_indicator", "SE"), most=9)
    assert agrees(found.coefficient_of_variation, oracle("r_indicator", "CV"), most=9)
    assert found.response_rate == pytest.approx(0.49)
    assert found.limits == pytest.approx((0.7158, 0.8320), abs=5e-5)


@pytest.mark.parametrize(("variable", "name"), [(LANGUAGE, "lang"), (AGE, "age")])
def test_partial_indicators_are_those_of_the_risq_code(variable: Variable, name: str) -> None:
    between, within = unconditional(FIT, variable), conditional(FIT, variable)
    assert between.value == pytest.approx(oracle("r_indicator", "Pu_unadj", name), abs=5e-11)
    assert between.adjusted == pytest.approx(oracle("r_indicator", "Pu_adj", name), abs=5e-11)
    assert within.value == pytest.approx(oracle("r_indicator", "Pc_unadj", name), abs=5e-11)


def test_the_parts_of_the_categories_make_up_the_variable_and_say_who_is_heard_too_little() -> None:
    between = unconditional(FIT, LANGUAGE)
    assert between.by_category == pytest.approx((0.0491, -0.0850), abs=5e-5)
    for part in (between, conditional(FIT, LANGUAGE)):
        assert sum(each**2 for each in part.by_category) == pytest.approx(part.value**2)


def test_alone_a_variable_accounts_for_all_the_variation_there_is() -> None:
    region = Variable("region", ("a", "b"), ints(0, 1))
    fit = fit_propensity(ints(100, 100), ints(60, 40), (region,))
    assert unconditional(fit, region).value == pytest.approx(0.1)
    assert conditional(fit, region).value == pytest.approx(0.1)
    assert r_indicator(fit).unadjusted == pytest.approx(1 - 2 * 0.1 * np.sqrt(200 / 199))


def test_where_all_groups_answered_alike_the_indicator_is_1_without_a_standard_error() -> None:
    region = Variable("region", ("a", "b"), ints(0, 1))
    fit = fit_propensity(ints(100, 200), ints(30, 60), (region,))
    found = r_indicator(fit)
    assert (found.value, found.standard_error, found.limits) == (1.0, None, None)
    assert unconditional(fit, region).adjusted == pytest.approx(0, abs=1e-12)


def test_chance_adds_to_the_variation_that_is_not_adjusted_and_not_to_the_other() -> None:
    random = np.random.default_rng(3)
    region = Variable("region", tuple("abcdefg"), np.arange(7))
    invited = np.full(7, 150)
    rates = np.array([0.3, 0.35, 0.4, 0.4, 0.45, 0.5, 0.3])
    truth = 1 - 2 * rates.std()
    found = [r_indicator(fit_propensity(invited, random.binomial(150, rates), (region,))) for _ in range(300)]
    assert np.mean([(1 - each.value) ** 2 / 4 for each in found]) == pytest.approx(rates.var(), rel=0.05)
    assert np.mean([(1 - each.unadjusted) ** 2 / 4 for each in found]) > 1.2 * rates.var()
    inside = [each.limits is not None and each.limits[0] <= truth <= each.limits[1] for each in found]
    assert 0.9 < np.mean(inside) <= 0.99
    errors = [each.standard_error for each in found if each.standard_error is not None]
    assert np.mean(errors) == pytest.approx(np.std([each.value for each in found]), rel=0.15)
