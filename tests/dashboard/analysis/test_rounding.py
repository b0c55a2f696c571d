"""What is published is coarse: the worked numbers, and that a band never stands for one count alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.analysis.rounding import (
    SMALLEST_BASE,
    Figure,
    band_limit,
    fewest_over,
    most_under,
    nearest_five,
    rounded_figure,
    rounded_share,
    share_step,
    whole_per_cent,
)


@pytest.mark.parametrize(("people", "rounded"), [(0, 0), (2, 0), (2.5, 5), (3, 5), (12, 10), (13, 15), (418, 420)])
def test_people_are_rounded_to_the_nearest_five(people: float, rounded: int) -> None:
    assert nearest_five(people) == rounded


@pytest.mark.parametrize(("count", "base", "share"), [(1, 8, 13), (1, 3, 33), (2, 3, 67), (0, 9, 0), (9, 9, 100)])
def test_shares_are_rounded_to_whole_per_cent(count: int, base: int, share: int) -> None:
    assert whole_per_cent(count / base) == share


@pytest.mark.parametrize(
    ("base", "limit"), [(10, 15), (12, 15), (13, 10), (17, 10), (22, 10), (23, 5), (25, 5), (419, 5)]
)
def test_the_limit_of_a_band_follows_the_rounded_base(base: int, limit: int) -> None:
    assert band_limit(base) == limit


def test_nobody_and_one_person_always_share_a_band_and_so_do_everyone_and_all_but_one() -> None:
    for base in range(10, 2000):
        assert most_under(band_limit(base), base) >= 1
        assert fewest_over(100 - band_limit(base), base) <= base - 1


def test_five_per_cent_of_ten_people_would_have_been_nobody() -> None:
    assert most_under(5, 10) == 0


@given(st.integers(10, 2000), st.integers(1, 99))
def test_a_band_ends_where_its_bound_does(base: int, limit: int) -> None:
    most, fewest = most_under(limit, base), fewest_over(limit, base)
    assert most * 100 < limit * base <= (most + 1) * 100
    assert (fewest - 1) * 100 <= limit * base < fewest * 100


def test_the_worked_number_of_a_figure_is_right() -> None:
    assert rounded_figure(8 / 19, 19, 19) == Figure(base=20, effective=20, share=40, low=22, high=61)


def test_a_figure_says_no_more_than_its_rounded_share_and_base() -> None:
    said: dict[tuple[int, int], Figure] = {}
    for base in range(10, 120):
        for count in range(base + 1):
            figure = rounded_figure(count / base, base, base)
            assert said.setdefault((figure.base, figure.share), figure) == figure
            assert (figure.low or 0) <= figure.share <= (figure.high or 0)


@pytest.mark.parametrize("rounded", [*range(10, 200, 5), 500, 1000])
def test_no_shown_share_stands_for_one_pair_of_count_and_base(rounded: int) -> None:
    pairs: dict[int, set[tuple[int, int]]] = {}
    limit = band_limit(rounded)
    for base in range(max(SMALLEST_BASE, rounded - 2), rounded + 3):
        for count in range(most_under(limit, base) + 1, fewest_over(100 - limit, base)):
            pairs.setdefault(rounded_share(count / base, base), set()).add((count, base))
    assert min(map(len, pairs.values())) > 1
    assert all(share % share_step(rounded) == 0 for share in pairs)
    assert not {0, 100} & pairs.keys()
