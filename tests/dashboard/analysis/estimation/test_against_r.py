"""Estimates and standard errors equal those of R's survey package in every figure that it gave."""

from __future__ import annotations

import pytest

from dashboard.analysis.estimation.estimate import Estimate, Limits
from dashboard.analysis.estimation.jackknife import jackknifed_mean
from dashboard.analysis.estimation.means import estimate_mean, estimate_ratio, estimate_total
from dashboard.analysis.estimation.proportions import estimate_proportion
from tests.reference_numbers import agrees, oracle
from tests.school_samples import awarded, calibrated, numbers, raked_clusters, raked_schools, stratified

RAKED = oracle("raking", "apistrat_w0=1_rake_stype(E4421,H755,M1018)_schwide(No1072,Yes5122)")
CLUSTERS = oracle("raking", "apiclus1_dnum_rake_same_margins")
UNRAKED = oracle("unraked", "apistrat svydesign(strata=stype,weights=pw,fpc)")


def mean_of_raked_schools() -> Estimate:
    return estimate_mean(numbers("apistrat", "api00"), raked_schools())


def share_of_raked_schools() -> Estimate:
    return estimate_proportion(awarded("apistrat"), raked_schools())


def mean_of_clusters() -> Estimate:
    return estimate_mean(numbers("apiclus1", "api00"), raked_clusters())


def jackknifed_mean_of_clusters() -> Estimate:
    return jackknifed_mean(
        numbers("apiclus1", "api00"), raked_clusters(), lambda weights: calibrated("apiclus1", weights)
    )


def total_of_clusters() -> Estimate:
    return estimate_total(numbers("apiclus1", "enroll"), raked_clusters())


def mean_of_strata() -> Estimate:
    return estimate_mean(numbers("apistrat", "api00"), stratified())


def total_of_strata() -> Estimate:
    return estimate_total(numbers("apistrat", "enroll"), stratified())


def share_of_strata(limits: Limits = Limits.LOGIT) -> Estimate:
    return estimate_proportion(awarded("apistrat"), stratified(), limits=limits)


def ratio_of_strata() -> Estimate:
    return estimate_ratio(numbers("apistrat", "api_stu"), numbers("apistrat", "enroll"), stratified())


def test_the_raked_mean_and_its_calibrated_standard_error() -> None:
    found = mean_of_raked_schools()
    assert agrees(found.value, RAKED["mean_api00"])
    assert agrees(found.standard_error, RAKED["se_api00"])
    assert found.method.calibrated
    assert found.method.degrees == 199


def test_the_raked_share_and_its_logit_limits() -> None:
    found = share_of_raked_schools()
    assert agrees(found.value, RAKED["prop_awards_yes"])
    assert agrees(found.standard_error, RAKED["se"])
    assert agrees(found.low, RAKED["logit_ci_df199"][0], 10)
    assert agrees(found.high, RAKED["logit_ci_df199"][1], 10)


def test_raked_clusters_of_a_finite_number() -> None:
    mean, total = mean_of_clusters(), total_of_clusters()
    assert agrees(mean.value, CLUSTERS["mean_api00"])
    assert agrees(mean.standard_error, CLUSTERS["se_linearised"])
    assert agrees(total.value, CLUSTERS["total_enroll"])
    assert agrees(total.standard_error, CLUSTERS["se"])
    assert mean.method.degrees == 14


def test_the_jackknife_rakes_again_for_every_cluster_left_out() -> None:
    found = jackknifed_mean_of_clusters()
    assert agrees(found.value, CLUSTERS["mean_api00"])
    assert agrees(found.standard_error, CLUSTERS["se_jackknife"])


def test_a_stratified_sample_that_was_not_raked() -> None:
    mean, total, ratio = mean_of_strata(), total_of_strata(), ratio_of_strata()
    assert agrees(mean.value, UNRAKED["mean_api00"])
    assert agrees(mean.standard_error, UNRAKED["se"])
    assert agrees(total.value, UNRAKED["total_enroll"])
    assert agrees(total.standard_error, UNRAKED["se_enroll"])
    assert agrees(ratio.value, UNRAKED["ratio_api.stu/enroll"], 10)
    assert agrees(ratio.standard_error, UNRAKED["ratio_se"], 10)
    assert not mean.method.calibrated
    assert mean.method.degrees == 197


@pytest.mark.parametrize(
    ("limits", "expected"),
    [(Limits.LOGIT, UNRAKED["logit_ci"]), (Limits.KORN_GRAUBARD, UNRAKED["beta_ci"])],
    ids=["logit", "korn_graubard"],
)
def test_a_share_of_a_stratified_sample(limits: Limits, expected: list[float]) -> None:
    found = share_of_strata(limits)
    assert agrees(found.value, UNRAKED["awards_yes"], 9)
    assert agrees(found.standard_error, UNRAKED["se_awards"], 8)
    assert agrees(found.low, expected[0], 10)
    assert agrees(found.high, expected[1], 9)
    assert found.method.limits is limits


def test_every_estimate_carries_what_it_rests_on() -> None:
    for found in (mean_of_raked_schools(), share_of_raked_schools(), total_of_strata(), ratio_of_strata()):
        assert found.base == 200
        assert found.weighted_base == pytest.approx(6194, rel=1e-6)
        assert found.effective == pytest.approx(200 / found.design_effect)
        assert found.low < found.value < found.high
    clusters = jackknifed_mean_of_clusters()
    assert clusters.base == 183
    assert clusters.design_effect > 5  # schools of a district are alike
