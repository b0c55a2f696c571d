"""Who is heard: the worked numbers, the edges, and that chance alone makes some dissimilarity."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.inclusion.representation import (
    Representation,
    dissimilarity,
    dissimilarity_by_chance,
    missing_voices,
    representation,
)
from dashboard.analysis.intervals import wilson


def test_half_as_many_as_there_should_be() -> None:
    low, high = wilson(20 / 400, 400)
    assert (low, high) == pytest.approx((0.0326, 0.0760), abs=5e-5)
    assert representation(20 / 400, low, high, 0.1) == Representation(0.5, 0.3, 0.8)
    assert missing_voices(20, 400, 0.1) == 20


@pytest.mark.parametrize(
    ("count", "base", "benchmark", "missing"),
    [(40, 400, 0.1, 0), (60, 400, 0.1, 0), (38, 400, 0.1, 0), (37, 400, 0.1, 5), (0, 400, 0.1, 40)],
)
def test_missing_voices_are_never_negative_and_to_the_nearest_five(
    count: int, base: int, benchmark: float, missing: int
) -> None:
    assert missing_voices(count, base, benchmark) == missing


@pytest.mark.parametrize("benchmark", [0, 1.5])
def test_a_group_that_nobody_is_in_has_no_ratio(benchmark: float) -> None:
    with pytest.raises(ValueError, match="no ratio"):
        representation(0.1, 0.05, 0.2, benchmark)


def test_dissimilarity_is_the_share_of_people_who_would_have_to_change_group() -> None:
    assert dissimilarity([0.6, 0.4], [0.5, 0.5]) == pytest.approx(0.1)
    assert dissimilarity([0.2, 0.8], [0.2, 0.8]) == 0
    assert dissimilarity([1, 0], [0, 1]) == 1


def test_samples_of_the_benchmark_itself_come_to_the_chance_level() -> None:
    assert dissimilarity_by_chance(400, [0.5, 0.5]) == pytest.approx(0.0199, abs=5e-5)
    benchmark = [0.5, 0.3, 0.15, 0.05]
    draws = np.random.default_rng(1).multinomial(400, benchmark, size=4000) / 400
    average = np.mean([dissimilarity(draw, benchmark) for draw in draws])
    assert dissimilarity_by_chance(400, benchmark) == pytest.approx(average, rel=0.02)
