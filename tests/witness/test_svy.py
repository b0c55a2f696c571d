"""A second witness beside R: the package svy gives the same figures as ours on the schools."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.analysis.estimation.estimate import Estimate, Limits
from dashboard.analysis.estimation.grouped import estimate_shares, raked_cells
from dashboard.analysis.estimation.jackknife import jackknifed_mean
from dashboard.analysis.estimation.means import estimate_mean, estimate_ratio, estimate_total
from dashboard.analysis.estimation.proportions import estimate_proportion
from dashboard.analysis.estimation.quantiles import estimate_median, estimate_quantile
from dashboard.analysis.weighting.raking import Margin, rake
from tests.reference_numbers import FOLDER
from tests.school_samples import (
    awarded,
    calibrated,
    coded,
    known_margins,
    numbers,
    raked_clusters,
    raked_schools,
    stratified,
)

WHY = "svy (650 MB) is not installed; `pip install '.[witness]'` in an environment of its own adds it"
svy = pytest.importorskip("svy", reason=WHY)
polars = pytest.importorskip("polars", reason=WHY)

MARGINS = {"stype": {"E": 4421, "H": 755, "M": 1018}, "sch_wide": {"No": 1072, "Yes": 5122}}


def read(sample: str) -> Any:
    return polars.read_csv(FOLDER / f"{sample}.csv").with_columns(one=polars.lit(1.0))


def drawn_by_type() -> Any:
    return svy.Sample(read("apistrat"), svy.Design(stratum="stype", wgt="pw", pop_size="fpc"))


def rake_with_svy(sample: Any) -> Any:
    return sample.weighting.rake(controls=MARGINS, tol=1e-13, max_iter=1000)


def raked_one_by_one() -> Any:
    return rake_with_svy(svy.Sample(read("apistrat"), svy.Design(wgt="one")))


def raked_districts() -> Any:
    return rake_with_svy(svy.Sample(read("apiclus1"), svy.Design(psu="dnum", wgt="pw", pop_size="fpc")))


def assert_same(ours: Estimate, theirs: Any) -> None:
    """`theirs` has one figure, or those of "No" and "Yes"."""
    figure = next(each for each in theirs.estimates if each.y_level in (None, "Yes"))
    assert ours.value == pytest.approx(figure.est, rel=1e-10)
    assert ours.standard_error == pytest.approx(figure.se, rel=1e-9)
    assert ours.method.degrees == figure.df
    assert ours.base == figure.n
    assert (ours.low, ours.high) == pytest.approx((figure.lci, figure.uci), rel=1e-9)
    if figure.deff is not None:
        assert ours.design_effect == pytest.approx(figure.deff, rel=1e-9)


def test_a_stratified_sample() -> None:
    theirs, scores = drawn_by_type().estimation, numbers("apistrat", "api00")
    pupils, tested = numbers("apistrat", "enroll"), numbers("apistrat", "api_stu")
    assert_same(estimate_mean(scores, stratified()), theirs.mean("api00", deff="wr"))
    assert_same(estimate_total(pupils, stratified()), theirs.total("enroll"))
    assert_same(estimate_ratio(tested, pupils, stratified()), theirs.ratio("api_stu", "enroll"))


@pytest.mark.parametrize(
    ("limits", "name"), [(Limits.LOGIT, "logit"), (Limits.KORN_GRAUBARD, "korn-graubard")], ids=["logit", "exact"]
)
def test_the_limits_of_a_share(limits: Limits, name: str) -> None:
    ours = estimate_proportion(awarded("apistrat"), stratified(), limits=limits)
    assert_same(ours, drawn_by_type().estimation.prop("awards", ci_method=name))


def test_a_raked_sample() -> None:
    theirs, scores = raked_one_by_one().estimation, numbers("apistrat", "api00")
    assert_same(estimate_mean(scores, raked_schools()), theirs.mean("api00", deff="wr"))
    assert_same(estimate_proportion(awarded("apistrat"), raked_schools()), theirs.prop("awards"))


def test_raked_clusters() -> None:
    theirs, design = raked_districts().estimation, raked_clusters()
    assert_same(estimate_mean(numbers("apiclus1", "api00"), design), theirs.mean("api00"))
    assert_same(estimate_total(numbers("apiclus1", "enroll"), design), theirs.total("enroll"))


def test_the_median_and_the_share_below_it() -> None:
    # Theirs is the interval of the share reached at the median, turned into scores; ours that of one half.
    scores = numbers("apistrat", "api00")
    for design, theirs in ((stratified(), drawn_by_type()), (raked_schools(), raked_one_by_one())):
        figure = theirs.estimation.median("api00").estimates[0]
        ours = estimate_median(scores, design)
        below = estimate_mean((scores <= ours.value).astype(np.float64), design)
        assert ours.value == figure.est
        assert estimate_quantile(scores, below.low, design).value == figure.lci
        assert estimate_quantile(scores, below.high, design).value == figure.uci


def test_the_shares_of_groups() -> None:
    theirs = raked_one_by_one().estimation.prop("awards", by="stype").estimates
    kinds = coded("apistrat", "stype", ("E", "H", "M"))
    for number, kind in enumerate(("E", "H", "M")):
        ours = estimate_proportion(awarded("apistrat"), raked_schools(), kinds == number)
        figure = next(each for each in theirs if each.y_level == "Yes" and kind in each.by_level)
        assert ours.value == pytest.approx(figure.est, rel=1e-10)
        assert ours.standard_error == pytest.approx(figure.se, rel=5e-9)


def test_shares_from_counts_by_cell() -> None:
    margins = known_margins("apistrat")
    cells, cell = np.unique([margin.of_cell for margin in margins], axis=1, return_inverse=True)
    people = np.bincount(cell).astype(np.float64)
    raked = rake(people, [Margin(m.name, cells[i], m.targets, m.labels) for i, m in enumerate(margins)])
    design = raked_cells(raked, people)
    awards = np.bincount(cell, weights=awarded("apistrat"))
    shares = estimate_shares([(design, design.sums(people[:, None]), design.sums(awards[:, None]))])
    theirs = raked_one_by_one().estimation.prop("awards").estimates
    figure = next(each for each in theirs if each.y_level == "Yes")
    ours = shares.estimate(0)
    assert (ours.value, ours.standard_error) == pytest.approx((figure.est, figure.se), rel=1e-9)
    assert (ours.low, ours.high) == pytest.approx((figure.lci, figure.uci), rel=1e-9)


def test_the_jackknife_of_raked_clusters() -> None:
    # It leaves the finite number of districts out of a jackknife; R and ours take it in.
    sample = svy.Sample(read("apiclus1"), svy.Design(psu="dnum", wgt="pw"))
    theirs = rake_with_svy(sample.weighting.create_jk_wgts()).estimation.mean("api00", method="replication")
    ours = jackknifed_mean(
        numbers("apiclus1", "api00"),
        replace(raked_clusters(), population=None),
        lambda weights: calibrated("apiclus1", weights),
    )
    assert_same(ours, theirs)
