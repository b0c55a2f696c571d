"""The profile of one ICS: useful where little can be shown, and clear where an address leads nowhere."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.access import FOR_EVERYONE
from dashboard.address import read_download
from dashboard.callbacks import draw_address
from dashboard.data import Releases
from dashboard.downloads.csv_file import write_csv
from dashboard.findings import FILE, Finding, Findings, State, dump_findings
from tests.dashboard.pages import links, of_type, selected, text
from tests.dashboard.profiles import finding
from tests.dashboard.releases import write_release

PREFIX = "/dashboard/"
TODAY = date(2026, 11, 22)


def write_findings(releases: Path, wave: str, *findings: Finding) -> None:
    (releases / wave / FILE).write_text(dump_findings(Findings(TODAY, findings)))


@pytest.fixture(scope="module")
def folder(releases_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2025, with a promise that is late; and 2026, with findings in the North West and in an area."""
    folder = tmp_path_factory.mktemp("profile") / "releases"
    shutil.copytree(releases_folder, folder)
    late = {"due_on": date(2026, 3, 1), "state": State.PROMISED}
    write_findings(
        folder,
        "2025",
        finding(1, area="", owner="NHS England", promise="A helpline for budgets", **late),
        finding(2, area="", promise="Done long ago", state=State.DONE, outcome="It opened in May."),
    )
    write_findings(
        folder,
        "2026",
        finding(3, area="QYG"),
        finding(4, area="north-west", found="People wait long for a review.", state=State.OPEN, promise="", owner=""),
        finding(5, area="QE1", promise="For another area"),
    )
    return folder


@pytest.fixture(scope="module")
def releases(folder: Path) -> Releases:
    return Releases(folder, today=lambda: TODAY)


def page(releases: Releases, query: str) -> Any:
    return draw_address(releases, PREFIX, "/dashboard/profile", query)


def section(tree: Any, heading: str) -> str:
    """The words of a page from one heading to the next."""
    words, headings = text(tree), [text(found) for found in of_type(tree, "H2")]
    after = words.split(heading, 1)[1]
    following = headings[headings.index(heading) + 1 :] or ["How these figures were made"]
    return after.split(following[0], 1)[0]


def test_without_an_area_one_is_chosen_from_a_list_or_a_select(releases: Releases) -> None:
    tree = page(releases, "?areas=2026")
    assert selected(tree) == {"place": "", "areas": "2026", "wave": "2026"}
    assert links(tree)["Cheshire and Merseyside"] == "/dashboard/profile?areas=2026&place=QYG"
    assert len(of_type(tree, "Tr")) == 1 + 36
    assert len([group for group in of_type(tree, "Optgroup") if group.label == "London"]) == 1


def test_the_sheet_says_who_answered_here_in_the_region_and_in_england(releases: Releases) -> None:
    tree = page(releases, "?place=QYG")
    words = section(tree, "Who answered")
    for expected in ("about 15 people", "about 20", "about 60 people", "could be chance", "about 420 people"):
        assert expected in words
    assert "personal health budget: Illustrative benchmark: invented figures, 2024-03." in text(tree)
    assert selected(tree)["place"] == "QYG"


def test_invitations_and_response_rates_have_columns_where_people_were_invited(releases: Releases) -> None:
    assert "Invited" not in section(page(releases, "?place=QYG"), "Who answered")
    words = section(page(releases, "?place=QKK"), "Who answered")
    assert "London Who answered about 45 people Invited 200 Of whom answered 18% People missing about 40" in words
    assert "England Who answered about 420 people Invited not counted" in words


def test_who_is_missing_is_said_of_england_alone(releases: Releases) -> None:
    words = section(page(releases, "?place=QYG"), "Who is missing")
    assert "This is told of England as a whole. Look whether it is so in Cheshire and Merseyside." in words
    assert "Main language: Polish (about 15 people missing)." in words
    assert "Male" not in words, "46% to 50% of men may be chance"


def test_what_people_said_comes_in_words_and_digits_with_its_range_and_its_base(releases: Releases) -> None:
    words = section(page(releases, "?place=QYG"), "What people said")
    assert "About 7 in 10 (65%): “Yes, enough time”" in words
    assert "53% to 81%" in words
    assert "Cheshire and Merseyside, 2024 to 2026 together, about 75 people" in words
    assert "Chosen by a rule" in words


def test_where_nothing_can_be_shown_the_region_stands_in_and_says_so(releases: Releases) -> None:
    tree = page(releases, "?place=D7T5G")
    assert "Essex is not the area it was" in text(tree)
    assert "East of England, 2024 to 2026 together" in section(tree, "What people said")
    few = page(releases, "?place=QGH")
    assert "Fewer than 10 people from Herefordshire and Worcestershire answered in 2026" in text(few)
    assert "Invite more people in Herefordshire and Worcestershire next time." in section(few, "What to do next")


def test_what_stands_out_is_named_and_is_to_be_looked_into(releases: Releases) -> None:
    tree = page(releases, "?place=QOP")
    assert "Clearly fewer than in the rest of England (93%)." in section(tree, "What people said")
    assert "Ask people who have a budget why fewer here said “Yes, enough time”." in section(tree, "What to do next")


def test_changes_are_those_of_england_and_the_region_with_their_breaks(releases: Releases) -> None:
    words = section(page(releases, "?place=QYG"), "What changed since 2025")
    assert "England: 64%, more than the 55% of 2025, said “Yes, enough time”" in words
    assert "Questions not compared with 2025 in the North West region, because areas changed: 1." in words
    assert "Of Cheshire and Merseyside alone a change cannot be told" in words
    first = section(page(releases, "?place=QYG&wave=2025&areas=2026"), "What changed since 2024")
    assert "No change is more than chance." in first


def test_promises_stand_there_late_ones_first_and_late_in_words(releases: Releases) -> None:
    tree = page(releases, "?place=QYG")
    words = section(tree, "What we will do")
    order = ["A helpline for budgets", "Every letter says the sum first", "People wait long for a review"]
    assert sorted(order, key=words.index) == order
    assert "England, NHS England: A helpline for budgets – by 1 March 2026, late: the day has passed" in words
    assert "Every letter says the sum first – by 31 December 2026, under way." in words
    assert "North West. Found: People wait long for a review. Nobody has promised anything yet." in words
    assert "Done long ago" not in words
    assert "For another area" not in words
    steps = section(tree, "What to do next")
    assert steps.strip().startswith("Ask what became of “A helpline for budgets”. NHS England promised it for England")


def test_where_nothing_is_promised_someone_has_to_decide(releases_folder: Path) -> None:
    tree = page(Releases(releases_folder), "?place=QYG")
    nothing = "Nothing is promised yet for Cheshire and Merseyside, the North West region or England."
    assert nothing in section(tree, "What we will do")
    assert "Decide who acts on these results, on what, and by which day." in section(tree, "What to do next")


def test_every_chart_has_its_sentence_and_the_pdf_is_one_link_away(releases: Releases) -> None:
    tree = page(releases, "?place=QYG&areas=2026")
    assert links(tree)["This page as a PDF: one sheet of A4"] == "/dashboard/profile.pdf?areas=2026&place=QYG"
    (image,) = [found for found in of_type(tree, "Div") if getattr(found, "role", None) == "img"]
    assert getattr(image, "aria-label").startswith("About 7 in 10 (65%)")
    assert len(of_type(tree, "Graph")) == 1


@pytest.mark.parametrize(
    ("query", "words", "way_on"),
    [
        ("?place=england", "A profile is of one integrated care system", "/dashboard/profile"),
        ("?place=london", "A profile is of one integrated care system", "/dashboard/profile"),
        ("?place=XYZ", "has no such region or area", "/dashboard/profile"),
        ("?place=QHG", "but it is on another one", "/dashboard/profile?areas=2023&place=QHG"),
        ("?place=QYG&areas=1999", "no list of areas of that year", "/dashboard/profile"),
    ],
)
def test_an_address_that_leads_nowhere_says_why_and_leads_on(
    releases: Releases, query: str, words: str, way_on: str
) -> None:
    tree = page(releases, query)
    assert words in text(tree)
    assert links(tree)["See what can be shown"] == way_on
    assert "This cannot be shown" not in text(draw_address(releases, PREFIX, *way_on.partition("?")[::2]))


def test_a_wave_without_estimates_has_no_profile(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2026", has_estimates=False)
    tree = page(Releases(tmp_path), "?place=QYG&wave=2026")
    assert "The survey of 2026 is still open." in text(tree)


def test_who_may_not_see_a_release_has_no_profile_of_it(folder: Path) -> None:
    tree = page(Releases(folder).seen_by(FOR_EVERYONE), "?place=QYG&wave=2026")
    assert "No results of a survey called “2026” have been published." in text(tree)


def test_a_release_that_vanishes_or_breaks_is_a_clear_page(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "releases")
    for broken in ("trends", "coverage"):
        (tmp_path / "releases" / "2026" / "0002" / f"{broken}.parquet").unlink()
        tree = page(Releases(tmp_path / "releases"), "?place=QYG&wave=2026")
        assert text(of_type(tree, "H1")) == "These results cannot be read just now"


def read_sheet(releases: Releases, query: str, table: str | None = None) -> csv.DictReader[str]:
    _name, words = write_csv(releases, read_download(f"page=profile&{query}"), table)
    return csv.DictReader(io.StringIO(words))


def test_the_download_holds_what_stands_on_the_sheet(releases: Releases) -> None:
    (row,) = read_sheet(releases, "place=QYG")
    assert (row["question"], row["share"], row["base"], row["area"]) == (
        "Did someone take time to find out what a good life looks like for you?",
        "65",
        "75",
        "QYG",
    )
    assert {row["area"]: row["people"] for row in read_sheet(releases, "place=QYG", "answered")} == {
        "QYG": "15",
        "north-west": "60",
    }
    assert [row["share"] for row in read_sheet(releases, "place=QYG", "changes")] == ["64"]
    assert next(read_sheet(releases, "place=QYG", "promises"))["promise"] == "A helpline for budgets"
    assert len(list(read_sheet(releases, "place=QYG", "next_steps"))) == 4
    assert len(list(read_sheet(releases, ""))) == 36


def test_no_number_of_a_hidden_measure_is_on_any_sheet(folder: Path, releases: Releases) -> None:
    shown = duckdb.sql(
        f"select area, share from read_parquet('{folder}/2026/0002/estimates.parquet') where kind = 'measure'"
        " and status = 'shown' and vintage = '2026'"
    ).fetchall()
    for place in ("QYG", "QGH", "D7T5G", "QOP"):
        for row in read_sheet(releases, f"place={place}"):
            assert (row["area"], int(row["share"])) in shown
