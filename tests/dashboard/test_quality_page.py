"""The page about the quality of a release says what its report says, in words."""

from __future__ import annotations

from dataclasses import replace
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
        "Weighting Not weighted. Likely ranges 95% Wilson intervals",
        "Public results Who sees it Everyone, without signing in",
        "Mean of a raked sample Published by R survey Published 662.21165 Ours 662.21165",
    ):
        assert expected in words


def test_it_can_be_downloaded(releases: Releases) -> None:
    name, text = write_csv(releases, ADDRESS)
    assert name == "phb-method-2026-release-1-provisional.csv"
    assert "estimates,wave,area,30,300,50,12,40" in text


def test_the_links_at_the_top_lead_to_its_parts(releases: Releases) -> None:
    page = draw_method("/dashboard/", ADDRESS, show_method(releases, ADDRESS))
    anchors = {link for link in pages.links(page).values() if link.startswith("#")}
    assert anchors <= {f"#{getattr(part, 'id', '')}" for part in pages.parts(page)}
    assert len(anchors) == 6


def test_without_the_file_of_published_numbers_the_page_says_so(releases: Releases) -> None:
    view = replace(show_method(releases, ADDRESS), oracles=())
    assert "cannot be read just now" in pages.text(draw_method("/dashboard/", ADDRESS, view))


def test_published_numbers_are_had_as_a_file(releases: Releases) -> None:
    _name, text = write_csv(releases, ADDRESS, "oracles")
    assert "Mean of a raked sample,R survey,662.21165,662.21165" in text


def test_an_open_wave_has_none(tmp_path: Path) -> None:
    write_release(tmp_path, has_estimates=False)
    with pytest.raises(NoSuchView):
        show_method(Releases(tmp_path), Address(Page.METHOD, wave="2026"))
