"""Waves pooled are one sample whose variances add."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.estimation.design import SampleDesign
from dashboard.analysis.estimation.means import estimate_mean, estimate_total
from dashboard.analysis.estimation.waves import stack_waves
from tests.school_samples import numbers, raked_clusters, raked_schools, stratified


def test_totals_and_variances_of_waves_add_up_whatever_their_designs() -> None:
    waves = [stratified(), raked_clusters(), raked_schools()]
    values = [numbers(sample, "enroll") for sample in ("apistrat", "apiclus1", "apistrat")]
    apart = [estimate_total(value, wave) for value, wave in zip(values, waves, strict=True)]
    pooled = estimate_total(np.concatenate(values), stack_waves(waves))
    assert pooled.value == pytest.approx(sum(found.value for found in apart), rel=1e-12)
    assert pooled.standard_error**2 == pytest.approx(sum(found.standard_error**2 for found in apart), rel=1e-9)
    assert pooled.base == sum(found.base for found in apart)
    assert pooled.method.degrees == sum(found.method.degrees for found in apart)
    assert pooled.method.calibrated


def test_three_equal_waves_are_worth_three_times_one() -> None:
    values, wave = np.array([1.0, 2, 3, 6]), SampleDesign(np.ones(4))
    alone = estimate_mean(values, wave)
    pooled = estimate_mean(np.tile(values, 3), stack_waves([wave] * 3))
    assert pooled.value == alone.value
    assert pooled.standard_error == pytest.approx(alone.standard_error / np.sqrt(3))


def test_one_wave_stays_itself() -> None:
    for sample, wave in (("apistrat", stratified()), ("apiclus1", raked_clusters())):
        values = numbers(sample, "api00")
        assert estimate_mean(values, stack_waves([wave])) == estimate_mean(values, wave)
