"""Figures in words: truth tables."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.data import Releases
from dashboard.model import Count, Figure
from dashboard.release import Span, Status
from dashboard.views.setting import Setting
from dashboard.words import (
    about,
    about_figure,
    find_limits,
    say_count,
    write_begun,
    write_date,
    write_moment,
    write_number,
    write_people,
    write_range,
    write_share,
    write_span,
    write_status,
    write_tile,
)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "fewer than 1 in 20"),
        (2, "fewer than 1 in 20"),
        (3, "about 1 in 20"),
        (7, "about 1 in 20"),
        (8, "about 1 in 10"),
        (14, "about 1 in 10"),
        (15, "about 2 in 10"),
        (44, "about 4 in 10"),
        (45, "about half"),
        (54, "about half"),
        (55, "about 6 in 10"),
        (67, "about 7 in 10"),
        (92, "about 9 in 10"),
        (93, "about 19 in 20"),
        (97, "about 19 in 20"),
        (98, "more than 19 in 20"),
        (100, "more than 19 in 20"),
    ],
)
def test_a_share_in_words_is_never_finer_than_its_rounding(share: int, words: str) -> None:
    assert about(share) == words


def shown(share: int, band: str = "", low: int | None = None, high: int | None = None) -> Figure:
    return Figure(Status.SHOWN, 25, share, band, low, high)


@pytest.mark.parametrize(
    ("figure", "share", "words", "limits", "likely"),
    [
        (shown(64, low=58, high=70), "64%", "about 6 in 10", (58, 70), "58% to 70%"),
        (shown(5, "under"), "under 5%", "fewer than 1 in 20", (0, 5), "–"),
        (shown(10, "under"), "under 10%", "fewer than 2 in 20", (0, 10), "–"),
        (shown(15, "under"), "under 15%", "fewer than 3 in 20", (0, 15), "–"),
        (shown(95, "over"), "over 95%", "more than 19 in 20", (95, 100), "–"),
        (shown(85, "over"), "over 85%", "more than 17 in 20", (85, 100), "–"),
    ],
)
def test_a_figure_is_written_with_what_it_may_be(
    figure: Figure, share: str, words: str, limits: tuple[int, int], likely: str
) -> None:
    assert write_share(figure) == share
    assert about_figure(figure) == words
    assert find_limits(figure) == limits
    assert write_range(figure) == likely


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.SHOWN])
def test_every_reason_for_no_number_has_words_of_its_own(status: Status) -> None:
    others = [write_status(other) for other in Status if other is not status]
    assert write_status(status) not in others


@pytest.mark.parametrize(
    ("count", "table", "tile"),
    [
        (None, "not known", "–"),
        (Count("QE1", 35, ""), "35", "35"),
        (Count("QE1", 1035, ""), "1,035", "1,035"),
        (Count("QE1", None, "under 10"), "under 10", "<10"),
    ],
)
def test_counts_are_written_for_the_table_and_for_the_tile(count: Count | None, table: str, tile: str) -> None:
    assert (say_count(count), write_tile(count)) == (table, tile)


def test_dates_and_numbers_are_written_as_in_england() -> None:
    assert write_date(date(2026, 11, 2)) == "2 November 2026"
    assert write_moment(datetime(2026, 7, 2, 9, 5, tzinfo=UTC)) == "2 July 2026, 10:05"
    assert write_moment(datetime(2026, 11, 2, 9, 5, tzinfo=UTC)) == "2 November 2026, 09:05"
    assert write_number(12345) == "12,345"
    assert write_number(None) == "not counted"


@pytest.mark.parametrize(
    ("people", "figure", "base"),
    [
        (0, "under 10", "fewer than 10 people"),
        (5, "under 10", "fewer than 10 people"),
        (10, "10", "about 10 people"),
        (1260, "1,260", "about 1,260 people"),
    ],
)
def test_fewer_than_ten_people_are_never_counted(people: int, figure: str, base: str) -> None:
    assert (write_begun(people), write_people(people)) == (figure, base)


def test_pooled_waves_are_named_by_the_first_and_the_last(releases: Releases) -> None:
    setting = Setting(releases.current("2026"), "2026", ("2026", "2025"), None)
    assert write_span(setting, Span.WAVE) == "2026"
    assert write_span(setting, Span.POOLED) == "2024 to 2026 together"
