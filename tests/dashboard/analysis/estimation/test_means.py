"""Totals, means and ratios, of everyone or of some, with the standard errors of a sample."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.estimation.calibration import Floats
from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.estimate import LonelyCluster, NoEstimate, NoRespondents, OneRespondent
from dashboard.analysis.estimation.jackknife import jackknife_variance, jackknifed_mean
from dashboard.analysis.estimation.means import estimate_mean, estimate_ratio, estimate_total
from tests.school_samples import known_margins, numbers, raked_schools, stratified

FOUR = SampleDesign(np.ones(4))
VALUES = np.array([1.0, 2, 3, 6])


def mean_of(weights: Floats) -> float:
    return float(weights @ VALUES / weights.sum())


def test_the_worked_numbers_of_the_docstrings_are_right() -> None:
    total, mean = estimate_total(VALUES, FOUR), estimate_mean(VALUES, FOUR)
    assert (total.value, total.standard_error) == pytest.approx((12, 4.32), abs=5e-3)
    assert total.standard_error**2 == pytest.approx(4 / 3 * 14)
    assert (mean.value, mean.standard_error) == pytest.approx((3, 1.08), abs=5e-3)
    ratio = estimate_ratio(np.array([1.0, 2, 3]), np.array([2.0, 4, 9]), SampleDesign(np.ones(3)))
    assert (ratio.value, ratio.standard_error) == pytest.approx((0.4, 0.061), abs=5e-4)
    assert jackknife_variance(mean_of, FOUR) == pytest.approx(1.1667, abs=5e-5)


def test_equal_weights_have_no_design_effect() -> None:
    found = estimate_mean(VALUES, FOUR)
    assert (found.design_effect, found.effective, found.base, found.weighted_base) == pytest.approx((1, 4, 4, 4))
    assert found.high - found.value == pytest.approx(3.1824 * found.standard_error, rel=1e-4)


def test_a_group_is_estimated_inside_the_sample_it_comes_from() -> None:
    # R's survey, subset(design, stype == "E"): strata of the others add nothing, so this is the stratum by itself.
    kinds = known_margins("apistrat")[0].of_cell == 0
    scores, design = numbers("apistrat", "api00"), stratified()
    found = estimate_mean(scores, design, kinds)
    elementary = scores[kinds]
    assert found.base == 100
    assert found.value == pytest.approx(elementary.mean(), rel=1e-12)
    assert found.standard_error**2 == pytest.approx(elementary.var(ddof=1) / 100 * (1 - 100 / 4421), rel=1e-9)
    assert found.method.degrees == 99


def test_people_who_left_the_question_out_are_no_part_of_the_base() -> None:
    values = np.append(VALUES, np.nan)
    found = estimate_mean(values, SampleDesign(np.ones(5)))
    assert (found.value, found.base, found.weighted_base) == (3, 4, 4)


def test_the_margins_of_a_sample_make_its_totals_certain() -> None:
    margin = known_margins("apistrat")[0]
    found = estimate_total((margin.of_cell == 1).astype(np.float64), raked_schools())
    assert found.value == pytest.approx(755)
    assert found.standard_error == 0
    assert (found.design_effect, found.effective) == (0, np.inf)


@pytest.mark.parametrize(
    ("values", "reason"),
    [([np.nan] * 4, NoRespondents), ([np.nan, 1, np.nan, np.nan], OneRespondent)],
    ids=["nobody", "one person"],
)
def test_nobody_and_one_person_are_told_apart_from_a_figure(values: list[float], reason: type[Exception]) -> None:
    answers = np.array(values)
    for estimate in (estimate_total, estimate_mean):
        with pytest.raises(reason):
            estimate(answers, FOUR)
    with pytest.raises(reason):
        estimate_ratio(answers, VALUES, FOUR)
    with pytest.raises(reason):
        estimate_mean(VALUES, FOUR, ~np.isnan(answers))
    with pytest.raises(reason):
        jackknifed_mean(answers, FOUR, np.asarray)


def test_an_empty_sample_has_nobody() -> None:
    with pytest.raises(NoRespondents):
        estimate_mean(np.array([]), SampleDesign(np.array([])))


def test_a_stratum_of_one_cluster_is_refused_unless_it_is_all_there_is() -> None:
    strata = np.array([0, 0, 0, 1])
    with pytest.raises(LonelyCluster, match="merge it with another"):
        estimate_mean(VALUES, SampleDesign(np.ones(4), strata=strata))
    drawn = SampleDesign(np.ones(4), strata=strata, population=np.array([9.0, 9, 9, 1]))
    assert estimate_mean(VALUES, drawn).standard_error == pytest.approx(np.sqrt((1 - 3 / 9) * 3 / 2 * 2) / 4)
    assert jackknife_variance(mean_of, drawn) > 0


def test_people_who_are_all_in_one_cluster_tell_nothing_about_the_others() -> None:
    design = SampleDesign(np.ones(4), clusters=np.array([7, 7, 8, 9]))
    with pytest.raises(LonelyCluster, match="in one cluster"):
        estimate_mean(VALUES, design, np.array([True, True, False, False]))
    with pytest.raises(LonelyCluster, match="in one cluster"):
        jackknifed_mean(VALUES, design, np.asarray, np.array([True, True, False, False]))


def test_clusters_are_numbered_within_their_stratum() -> None:
    design = SampleDesign(np.ones(4), strata=np.array([0, 0, 1, 1]), clusters=np.array([1, 2, 1, 2]))
    assert design.cluster.tolist() == [0, 1, 2, 3]
    assert estimate_mean(VALUES, design).method.degrees == 2


def test_where_all_gave_one_answer_the_design_effect_is_that_of_the_weights() -> None:
    found = estimate_mean(np.full(3, 4.0), SampleDesign(np.array([1.0, 1, 2])))
    assert (found.value, found.standard_error, found.low, found.high) == (4, 0, 4, 4)
    assert (found.design_effect, found.effective) == pytest.approx((1.125, 3 / 1.125))


def test_a_ratio_of_nothing_is_refused() -> None:
    with pytest.raises(NoEstimate, match="adds up to nothing"):
        estimate_ratio(VALUES, np.zeros(4), FOUR)


def test_parts_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="for every unit"):
        SampleDesign(np.ones(3), strata=np.array([0, 1]))
    with pytest.raises(ValueError, match="neither positive"):
        SampleDesign(np.array([1, np.nan]))
    with pytest.raises(ValueError, match="3 values for 4 units"):
        estimate_mean(np.ones(3), FOUR)
    with pytest.raises(ValueError, match="infinite"):
        estimate_mean(np.array([1, 2, 3, np.inf]), FOUR)
    with pytest.raises(ValueError, match="fewer clusters"):
        estimate_mean(VALUES, SampleDesign(np.ones(4), population=np.full(4, 3.0)))
