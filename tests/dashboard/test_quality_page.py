"""The page about the quality of a release says what its report says, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.downloads.csv_file import write_csv
from dashboard.pages.method import draw_method
from dashboard.views.method import show_method
from dashboard.views.setting import NoSuchView
from tests.dashboard import pages
from tests.dashboard.releases import write_release

ADDRESS = Address(Page.METHOD)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    write_release(tmp_path, corrections=({"release": "1", "on": "2026-11-20", "by": "Sam", "what": "A benchmark."},))
    return Releases(tmp_path)


def test_it_says_what_is_shown_where_people_stop_and_what_was_put_right(releases: Releases) -> None:
    words = pages.text(draw_method("/dashboard/", ADDRESS, show_method(releases, ADDRESS)))
    for expected in (
        "Of 36 ICSs, 2 can be shown by themselves for 2026, and 24 for 2024 to 2026 together.",
        "30 (7%)",
        "Did someone take time?",
        "With an open link nobody knows how many were asked.",
        "0.71–0.83",
        "To age and sex of budget holders.",
        "Release 1, 2026-11-20: A benchmark.",
    ):
        assert expected in words


def test_it_can_be_downloaded(releases: Releases) -> None:
    name, text = write_csv(releases, ADDRESS)
    assert name == "phb-method-2026-release-1.csv"
    assert "estimates,wave,area,30,300,50,12,40" in text


def test_an_open_wave_has_none(tmp_path: Path) -> None:
    write_release(tmp_path, has_estimates=False)
    with pytest.raises(NoSuchView):
        show_method(Releases(tmp_path), Address(Page.METHOD, wave="2026"))
