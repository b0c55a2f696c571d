"""Published numbers beside ours, as `data/method/oracles.csv` has them: `python -m tests.oracle_table` writes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import astuple
from decimal import Decimal
from pathlib import Path

import numpy as np

from dashboard.analysis.comparisons.funnel import funnel_limits
from dashboard.analysis.estimation.estimate import Limits
from dashboard.analysis.estimation.jackknife import jackknifed_mean
from dashboard.analysis.estimation.means import estimate_mean, estimate_ratio, estimate_total
from dashboard.analysis.estimation.proportions import estimate_proportion
from dashboard.analysis.inclusion.propensity import fit_propensity
from dashboard.analysis.inclusion.r_indicator import r_indicator
from dashboard.analysis.intervals import wilson
from dashboard.oracles import COLUMNS, FILE, Oracle
from tests.dashboard.analysis.inclusion.test_propensity import AGE, ANSWERED, INVITED, LANGUAGE
from tests.reference_numbers import oracle, significant_figures
from tests.school_samples import awarded, calibrated, numbers, raked_clusters, raked_schools, stratified

TABLE = Path(__file__).parents[1] / "data" / "method" / FILE
R = "R survey"
RISQ = "CBS RISQ, in R"
UKHSA = "UKHSA PHEindicatormethods"
MOST = 7
"""Figures that are compared: some published numbers rest on data that were printed with no more."""
_WRITTEN = 8
"""Figures that are written."""
_FINEST = 8
"""Decimals of a difference."""
_RAKED = ("raking", "apistrat_w0=1_rake_stype(E4421,H755,M1018)_schwide(No1072,Yes5122)")
_CLUSTERS = ("raking", "apiclus1_dnum_rake_same_margins")
_UNRAKED = ("unraked", "apistrat svydesign(strata=stype,weights=pw,fpc)")

Row = tuple[str, str, float, float]
"""What, reference, published, ours."""


def rows() -> Iterator[Oracle]:
    """Every row, computed now: the figures that were published, eight at most, and ours with one more."""
    for what, reference, published, ours in numbers_beside():
        figures = min(_WRITTEN, significant_figures(published))
        apart = Decimal(f"{round(ours - published, _FINEST):.1g}")
        yield Oracle(
            what, reference, f"{published:.{figures}g}", f"{ours:.{figures + 1}g}", f"{apart.normalize() + 0:f}"
        )


def numbers_beside() -> Iterator[Row]:
    """Every number, as it is."""
    yield from (*_raked(), *_clusters(), *_strata(), *_limits(), *_indicators())


def write(file: Path = TABLE) -> None:
    """The file anew."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(astuple(row) for row in rows())


def _raked() -> Iterator[Row]:
    published = oracle(*_RAKED)
    mean = estimate_mean(numbers("apistrat", "api00"), raked_schools())
    share = estimate_proportion(awarded("apistrat"), raked_schools())
    yield "Mean of a raked sample", R, published["mean_api00"], mean.value
    yield "Mean of a raked sample, standard error", R, published["se_api00"], mean.standard_error
    yield "Share of a raked sample", R, published["prop_awards_yes"], share.value
    yield "Share of a raked sample, standard error", R, published["se"], share.standard_error
    yield "Share of a raked sample, lower limit", R, published["logit_ci_df199"][0], share.low
    yield "Share of a raked sample, upper limit", R, published["logit_ci_df199"][1], share.high


def _clusters() -> Iterator[Row]:
    published, scores = oracle(*_CLUSTERS), numbers("apiclus1", "api00")
    mean = estimate_mean(scores, raked_clusters())
    total = estimate_total(numbers("apiclus1", "enroll"), raked_clusters())
    again = jackknifed_mean(scores, raked_clusters(), lambda weights: calibrated("apiclus1", weights))
    yield "Mean of raked clusters", R, published["mean_api00"], mean.value
    yield "Mean of raked clusters, standard error", R, published["se_linearised"], mean.standard_error
    yield "Mean of raked clusters, standard error by jackknife", R, published["se_jackknife"], again.standard_error
    yield "Total of raked clusters", R, published["total_enroll"], total.value
    yield "Total of raked clusters, standard error", R, published["se"], total.standard_error


def _strata() -> Iterator[Row]:
    published = oracle(*_UNRAKED)
    tested, enrolled = numbers("apistrat", "api_stu"), numbers("apistrat", "enroll")
    mean, total = estimate_mean(numbers("apistrat", "api00"), stratified()), estimate_total(enrolled, stratified())
    ratio = estimate_ratio(tested, enrolled, stratified())
    exact = estimate_proportion(awarded("apistrat"), stratified(), limits=Limits.KORN_GRAUBARD)
    yield "Mean of a stratified sample", R, published["mean_api00"], mean.value
    yield "Mean of a stratified sample, standard error", R, published["se"], mean.standard_error
    yield "Total of a stratified sample", R, published["total_enroll"], total.value
    yield "Total of a stratified sample, standard error", R, published["se_enroll"], total.standard_error
    yield "Ratio of a stratified sample", R, published["ratio_api.stu/enroll"], ratio.value
    yield "Ratio of a stratified sample, standard error", R, published["ratio_se"], ratio.standard_error
    yield "Share of a stratified sample, lower exact limit", R, published["beta_ci"][0], exact.low
    yield "Share of a stratified sample, upper exact limit", R, published["beta_ci"][1], exact.high


def _limits() -> Iterator[Row]:
    for name, share, people in (("65/100_95", 0.65, 100), ("1045/5000_95", 0.209, 5000)):
        for side, published, ours in zip(
            ("lower", "upper"), oracle("wilson", name), wilson(share, people), strict=True
        ):
            yield f"Wilson interval of {name.partition('_')[0]}, {side} limit", UKHSA, published, ours
    funnel = oracle("funnel")
    for people in (7, 4):
        low = 100 * float(
            funnel_limits(np.array([funnel["baseline_pct"] / 100]), np.array([float(people)]), 0.95)[0][0]
        )
        yield f"Funnel around 80.6%, {people} people, lower 95% limit", UKHSA, funnel[f"n={people}"]["lower_95"], low


def _indicators() -> Iterator[Row]:
    published = oracle("r_indicator")
    found = r_indicator(fit_propensity(INVITED, ANSWERED, (LANGUAGE, AGE)))
    yield "R-indicator", RISQ, published["R_biasadj"], found.value
    yield "R-indicator, standard error", RISQ, published["SE"], found.standard_error or 0
    yield "R-indicator, coefficient of variation", RISQ, published["CV"], found.coefficient_of_variation


if __name__ == "__main__":
    write()
