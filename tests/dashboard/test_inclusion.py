"""Groups beside their benchmark, or the reason why one of them, or all of them together, cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from dashboard.analysis.rounding import Figure, rounded_figure
from dashboard.publish.analysis_file import Item, Option
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.inclusion import (
    HIDDEN,
    NEARLY_NOBODY,
    NO_BENCHMARK,
    NOBODY_IN_BENCHMARK,
    NOT_ONE_GROUP,
    OTHER_GROUPS,
    rows_of_dimension,
)
from dashboard.release import Status
from dashboard.tables import INCLUSION

OPTIONS = tuple(Option(code, code.capitalize(), (code,)) for code in ("female", "male"))
SEX = Item("sex", "What is your sex?", "About you", "choice", True, "sex", OPTIONS, (), "")
Shown = tuple[Status, Figure | None, int | None]
Row = Mapping[str, Any]

SIXTY: Shown = (Status.SHOWN, rounded_figure(0.6, 100, 100), 60)
FORTY: Shown = (Status.SHOWN, rounded_figure(0.4, 100, 100), 40)
HALVES = {"female": 0.5, "male": 0.5}


def rows_of(shown: Sequence[Shown], shares: Mapping[str, float], item: Item = SEX) -> list[Row]:
    """The rows of women and men; a benchmark of another place and one of another dimension are there as well."""
    benchmarks = [
        Benchmark("sex", code, "england", share, "The source", "2026-03", "phb_holders")
        for code, share in shares.items()
    ]
    benchmarks += [
        Benchmark(dimension, "female", area, 0.9, "Another source", "2020", "population")
        for dimension, area in (("sex", "london"), ("age", "england"))
    ]
    figures = dict(zip(("female", "male"), shown, strict=True))
    return [dict(zip(INCLUSION, row, strict=True)) for row in rows_of_dimension(item, figures, benchmarks)]


def test_every_ratio_has_its_limits_source_and_date() -> None:
    female, male = rows_of((SIXTY, FORTY), HALVES)
    assert (female["ratio"], male["ratio"], female["missing"], male["missing"]) == (1.2, 0.8, 0, 10)
    for row in (female, male):
        assert row["ratio_low"] < row["ratio"] < row["ratio_high"]
        assert (row["benchmark_source"], row["benchmark_date"], row["benchmark_of"]) == (
            *("The source", "2026-03"),
            "phb_holders",
        )
        assert (row["dissimilarity"], row["dissimilarity_by_chance"], row["reason"]) == (10, 4, "")


HIDDEN_CELL: Shown = (Status.SUPPRESSED, None, None)
BAND: Shown = (Status.SHOWN, replace(rounded_figure(0.01, 100, 100), share=5, band="under", low=None, high=None), 0)


@pytest.mark.parametrize(
    ("shown", "shares", "reasons"),
    [
        ((HIDDEN_CELL, FORTY), HALVES, (HIDDEN, "")),
        ((SIXTY, BAND), HALVES, ("", NEARLY_NOBODY)),
        ((SIXTY, FORTY), {}, (NO_BENCHMARK, NO_BENCHMARK)),
        ((SIXTY, FORTY), {"female": 1.0}, ("", NO_BENCHMARK)),
        ((SIXTY, FORTY), {"female": 1.0, "male": 0.0}, ("", NOBODY_IN_BENCHMARK)),
    ],
)
def test_a_ratio_is_there_or_the_reason_why_not(
    shown: Sequence[Shown], shares: Mapping[str, float], reasons: tuple[str, str]
) -> None:
    rows = rows_of(shown, shares)
    assert tuple(row["reason"] for row in rows) == reasons
    for row in rows:
        assert (row["ratio"] is None) == (row["missing"] is None) == bool(row["reason"])


@pytest.mark.parametrize(
    ("shown", "shares"),
    [
        ((HIDDEN_CELL, FORTY), HALVES),
        ((SIXTY, BAND), HALVES),
        ((SIXTY, FORTY), {"female": 1.0}),
        ((SIXTY, FORTY), {"female": 0.5, "male": 0.4, "other": 0.1}),
    ],
)
def test_without_every_group_there_is_no_dissimilarity_and_a_row_says_why(
    shown: Sequence[Shown], shares: Mapping[str, float]
) -> None:
    rows = rows_of(shown, shares)
    assert {row["dissimilarity"] for row in rows} == {row["dissimilarity_by_chance"] for row in rows} == {None}
    assert any(row["reason"] for row in rows)


def test_groups_of_the_benchmark_that_the_question_does_not_have_leave_the_ratios() -> None:
    rows = rows_of((SIXTY, FORTY), {"female": 0.5, "male": 0.4, "other": 0.1})
    assert {row["reason"] for row in rows} == {OTHER_GROUPS}
    assert [row["ratio"] for row in rows] == [1.2, 1.0]


def test_people_who_can_be_in_several_groups_are_not_compared() -> None:
    rows = rows_of((SIXTY, FORTY), HALVES, replace(SEX, type="choices"))
    assert {row["reason"] for row in rows} == {NOT_ONE_GROUP}
    assert {row["ratio"] for row in rows} == {row["dissimilarity"] for row in rows} == {None}
