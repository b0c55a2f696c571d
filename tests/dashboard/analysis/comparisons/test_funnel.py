"""Funnel limits equal the published ones, and widen as the effective number of people falls."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.comparisons.funnel import funnel_limits
from tests.reference_numbers import agrees, oracle


@pytest.mark.parametrize("people", [4, 7])
@pytest.mark.parametrize(("level", "name"), [(0.95, "lower_95"), (0.998, "lower_99.8")])
def test_the_limits_equal_those_of_phe_indicator_methods(people: int, level: float, name: str) -> None:
    """Their baseline is published to eight figures: half a unit of the last one either way encloses their limits."""
    baseline, published = oracle("funnel", "baseline_pct"), oracle("funnel", f"n={people}", name)
    around = np.array([baseline - 5e-7, baseline, baseline + 5e-7]) / 100
    low, high = funnel_limits(around, np.full(3, float(people)), level)
    assert low[0] * 100 - 5e-7 <= published <= low[2] * 100 + 5e-7
    assert agrees(float(low[1]) * 100, published, most=7)
    assert around - low == pytest.approx(high - around)


def test_a_design_effect_widens_the_funnel_by_its_root() -> None:
    low, _ = funnel_limits(np.array([0.5, 0.5]), np.array([100.0, 100 / 1.44]), 0.95)
    assert (0.5 - low[1]) / (0.5 - low[0]) == pytest.approx(1.2)
