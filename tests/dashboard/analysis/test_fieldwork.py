"""Counts during fieldwork are coarse."""

from __future__ import annotations

import pytest

from dashboard.analysis.fieldwork import RoundedCount, add_up, rounded_count


@pytest.mark.parametrize(
    ("people", "rounded"),
    [
        (0, RoundedCount(None, "under 10")),
        (9, RoundedCount(None, "under 10")),
        (10, RoundedCount(10, "")),
        (12, RoundedCount(10, "")),
        (13, RoundedCount(15, "")),
    ],
)
def test_few_people_are_a_band_and_others_are_rounded(people: int, rounded: RoundedCount) -> None:
    assert rounded_count(people) == rounded


def test_categories_add_up_and_one_that_is_not_there_counts_nobody() -> None:
    assert add_up({"QMJ": 7, "QRV": 8, "QE1": 30}, ("QMJ", "QRV", "QXX")) == 15
