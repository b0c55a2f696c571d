"""From the address to the page: every page, every state of the releases, and addresses nobody was given."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import KEYS, Address, Page
from dashboard.callbacks import draw_address, is_readable_request
from dashboard.data import Releases
from dashboard.model import Count
from dashboard.pages.overview import draw_overview
from dashboard.views.overview import show_overview
from tests.dashboard.pages import links, of_type, parts, selected, text
from tests.dashboard.releases import ITEMS, write_release

PREFIX = "/dashboard/"


def draw(releases: Releases, address: str) -> list[Any]:
    link = urlsplit(address)
    return list(draw_address(releases, PREFIX, link.path, link.query))


def heading(page: list[Any]) -> str:
    (found,) = of_type(page, "H1")
    return text(found)


def rows(page: list[Any]) -> list[str]:
    return [text(row) for row in of_type(of_type(page, "Tbody"), "Tr")]


def test_the_overview_shows_three_figures_beside_last_years(releases: Releases) -> None:
    page = draw(releases, "/dashboard/")
    (numbers,) = [part for part in parts(page) if getattr(part, "className", "") == "dash-numbers"]
    assert [text(entry) for entry in of_type(numbers, "Li")] == [
        "420 people began, about 335 sent their answers 415 in 2025",
        "20 of 36 ICSs with enough answers to show by themselves 28 of 42 in 2025",
        "15 people missing to look like all who hold a budget. Widest: Main language 15 in 2025",
    ]


def test_the_overview_has_the_map_and_the_line_and_the_same_as_tables(releases: Releases) -> None:
    page = draw(releases, "/dashboard/")
    assert [graph.id for graph in of_type(page, "Graph")] == ["chart-weeks", "chart-map"]
    by_week, by_area = of_type(page, "Table")
    assert len(of_type(of_type(by_area, "Tbody"), "Tr")) == 37
    assert "Essex D7T5G, East of England not known" in rows([by_area])
    assert rows([by_area])[-1] == "Area not known 15"
    assert "5 October 2026 2026 under 10 2025, as long after opening under 10" in rows([by_week])


def test_weeks_below_ten_alone_are_a_table_without_an_empty_chart(releases: Releases) -> None:
    home = Address(Page.OVERVIEW)
    few = (Count("2026-11-16", None, "under 10"),)
    view = replace(show_overview(releases, home), by_week=few, weeks_before=())
    page = draw_overview(PREFIX, home, view)
    assert [graph.id for graph in of_type(page, "Graph")] == ["chart-map"]
    assert rows([of_type(page, "Table")[0]]) == ["16 November 2026 under 10"]


def test_results_of_one_place_are_a_table_then_a_chart(releases: Releases) -> None:
    page = draw(releases, "/dashboard/results")
    assert heading(page) == "Planning it Did someone take time to find out what a good life looks like for you?"
    assert rows(page)[0] == "Yes, enough time Share 64% Likely range 62% to 66% People who answered 420"
    order = [type(part).__name__ for part in parts(page) if type(part).__name__ in ("Table", "Graph")]
    assert order == ["Table", "Graph"]


def test_hidden_cells_lead_to_the_nearest_view_that_is_shown(releases: Releases) -> None:
    page = draw(releases, "/dashboard/results?place=areas")
    hidden = [row for row in of_type(page, "Tr") if "Too few to show" in text(row)]
    assert hidden
    for row in hidden:
        ((words, address),) = links(row).items()
        assert words.startswith("See ")
        assert "Too few to show" not in text(draw(releases, address))


def test_a_way_on_never_leads_back_to_the_same_view(releases: Releases) -> None:
    page = draw(releases, "/dashboard/results?place=QK1&period=pooled")
    for address in (row.href for row in of_type(of_type(page, "Tbody"), "A")):
        assert "place=QK1" not in address


def test_an_answer_can_be_chosen_to_compare(releases: Releases) -> None:
    page = draw(releases, "/dashboard/results?place=regions")
    (current,) = [link for link in of_type(page, "A") if getattr(link, "aria-current", None) == "true"]
    assert text(current) == "Yes, enough time"
    other = draw(releases, links(page)["A little"])
    assert "Share who said: A little (2026)" in text(other)


def test_the_form_shows_what_is_chosen(releases: Releases) -> None:
    page = draw(releases, "/dashboard/results?place=QYG&areas=2023&wave=2025&question=missing_help&period=wave")
    assert selected(page) == {
        "question": "missing_help",
        "place": "QYG",
        "by": "",
        "period": "wave",
        "areas": "2023",
        "wave": "2025",
    }
    assert selected(draw(releases, "/dashboard/results?place=areas"))["place"] == "areas"
    assert selected(draw(releases, "/dashboard/results?place=regions"))["place"] == "regions"


def test_who_is_missing_shows_each_dimension_with_its_benchmark(releases: Releases) -> None:
    page = draw(releases, "/dashboard/missing")
    assert heading(page) == "Who is missing"
    assert "Polish People missing about 15 people missing Our answers 1% Likely range 0% to 3% Benchmark 5%" in rows(
        page
    )
    assert "Male Compared with everyone living here could be chance" in text(page)
    quiet = [text(cell) for cell in of_type(page, "Td") if "dash-quiet" in cell.className]
    assert "Compared with everyone living here could be chance" in quiet
    assert "Illustrative benchmark: invented figures" in text(page)
    assert [graph.id for graph in of_type(page, "Graph")] == [
        *("chart-missing-language", "chart-missing-sex"),
        *("chart-missing-regions", "chart-course"),
    ]


def test_every_link_of_every_page_leads_to_a_page(releases: Releases) -> None:
    seen: set[str] = set()
    waiting = [
        "/dashboard/",
        "/dashboard/results?place=areas",
        "/dashboard/results?place=regions",
        "/dashboard/results?by=language",
        "/dashboard/results?by=waves&place=north-west",
        "/dashboard/compare",
        "/dashboard/missing",
    ]
    while waiting:
        address = waiting.pop()
        if address in seen or re.search(r"\.(csv|xlsx|ods|pdf)\b", address):
            continue
        seen.add(address)
        page = draw(releases, address)
        assert heading(page) not in ("Page not found", "This cannot be shown"), address
        found = set(links(page).values())
        anchors = {link for link in found if link.startswith("#")}
        assert anchors <= {f"#{getattr(part, 'id', '')}" for part in parts(page)}, address
        waiting.extend(found - anchors)
    assert len(seen) > 30


@pytest.mark.parametrize(
    ("address", "title", "words"),
    [
        ("/dashboard/nowhere", "Page not found", "There is no page at this address."),
        ("/dashboard/results?question=%00", "Page not found", "“question”"),
        ("/dashboard/results?release=newest", "Page not found", "“release”"),
        ("/dashboard/?wave=1066", "No results of that survey", "“1066”"),
        ("/dashboard/results?question=never", "This cannot be shown", "no such question"),
        ("/dashboard/results?place=QMJ", "This cannot be shown", "on another one"),
        ("/dashboard/?areas=1850", "This cannot be shown", "no list of areas"),
    ],
)
def test_an_address_that_leads_nowhere_gets_a_clear_page(
    releases: Releases, address: str, title: str, words: str
) -> None:
    page = draw(releases, address)
    assert heading(page) == title
    assert words in text(page)
    assert links(of_type(page, "Main"))


def test_no_release_at_all_is_a_page(tmp_path: Path) -> None:
    page = draw(Releases(tmp_path), "/dashboard/results")
    assert heading(page) == "No results yet"


def test_an_open_wave_shows_its_counts_and_nothing_of_what_was_said(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2026", has_estimates=False)
    releases = Releases(tmp_path)
    overview = draw(releases, "/dashboard/")
    assert "can be told when the survey has closed." in text(overview)
    assert "Release counts of" in text(overview)
    assert "not yet Who is missing can be told when the survey has closed" in text(overview)
    results = draw(releases, "/dashboard/results?wave=2026")
    assert heading(results) == "This cannot be shown"
    assert "is still open" in text(results)
    assert heading(draw(releases, links(results)["See what can be shown"])).startswith("Planning it")


def test_from_the_overview_of_an_open_wave_the_pages_lead_to_the_latest_results(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2026", has_estimates=False)
    releases = Releases(tmp_path)
    overview = draw(releases, "/dashboard/?wave=2026&areas=2026")
    assert links(overview)["Overview"] == "/dashboard/?wave=2026&areas=2026"
    for title in ("Results", "Who is missing"):
        page = draw(releases, links(overview)[title])
        assert "Survey 2025" in text(page)
        assert "There are no results of 2026 yet. You see those of 2025." in text(page)
    assert "You see those" not in text(draw(releases, "/dashboard/results?wave=2025"))


def test_a_wave_of_a_few_is_never_counted(tmp_path: Path) -> None:
    write_release(tmp_path, responses=0)
    page = draw(Releases(tmp_path), "/dashboard/")
    assert "About 0" not in text(page)
    assert "Based on fewer than 10 people" in text(page)
    assert "under 10 people began" in text(page)


def test_a_release_that_vanishes_gives_a_page_that_says_to_try_again(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    releases = Releases(tmp_path)
    draw(releases, "/dashboard/")
    (folder / "estimates.parquet").unlink()
    page = draw(releases, "/dashboard/results")
    assert heading(page) == "These results cannot be read just now"
    shutil.rmtree(folder)
    assert heading(draw(releases, "/dashboard/results")) == "No results yet"


def meant() -> st.SearchStrategy[str]:
    items = [item["id"] for item in ITEMS]
    places = ["england", "areas", "regions", "QYG", "QMJ"]
    known = ["2023", "2026", *places, "measure", "enough", "wave", "pooled", "waves"]
    return st.sampled_from([*known, *items]) | st.text(max_size=20)


@given(
    page=st.sampled_from(["", "results", "compare", "missing"]),
    choices=st.dictionaries(st.sampled_from(KEYS), meant()),
)
def test_no_address_makes_an_error(releases: Releases, page: str, choices: dict[str, str]) -> None:
    query = "&".join(f"{key}={value}" for key, value in choices.items())
    drawn = draw_address(releases, PREFIX, f"/dashboard/{page}", query)
    assert heading(drawn)


def our_request(**changes: Any) -> dict[str, Any]:
    return {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": "/dashboard/"},
            {"id": "address", "property": "search", "value": ""},
        ],
        "changedPropIds": ["address.pathname"],
        **changes,
    }


def strange_requests() -> Iterator[Any]:
    yield from (None, [], "x", 1, {}, our_request(output="other.children"), our_request(outputs=None))
    yield our_request(inputs=[])
    yield our_request(inputs=[1, 2])
    yield our_request(inputs=[{"id": "address", "property": "pathname", "value": ["a"]}] * 2)
    yield our_request(state=[{"id": "x"}])
    yield our_request(changedPropIds=None)
    yield our_request(changedPropIds=[{}])


def test_only_what_our_own_page_sends_is_a_readable_request() -> None:
    assert is_readable_request(our_request())
    assert [request for request in strange_requests() if is_readable_request(request)] == []
