"""The pages on releases as publishing makes them: every view can be drawn, and shows what the files hold."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pandas
import pytest

from dashboard.address import Address, Page
from dashboard.areas import load_geography
from dashboard.callbacks import draw_address
from dashboard.data import Releases
from dashboard.publish.wave import publish_wave
from dashboard.release import Level, Status
from dashboard.views.missing import show_missing
from dashboard.views.overview import show_overview
from dashboard.views.results import show_results
from survey.questionnaire.codebook import codebook
from survey.questionnaire.load import load_file
from tests.dashboard.pages import links, of_type, text

ROOT = Path(__file__).parents[2]
AREAS, BENCHMARKS = ROOT / "data" / "areas", ROOT / "data" / "benchmarks"
ITEMS = ("keep", "say_now", "missing_help", "language", "sex")
WAVES = {"2025": "2023", "2026": "2026"}
PREFIX = "/dashboard/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """Two waves of 400 made-up responses to five questions, closed and published; a third is still open."""
    folder = tmp_path_factory.mktemp("published")
    for wave, vintage in (*WAVES.items(), ("2027", "2026")):
        analysis = folder / "analysis" / wave
        write_analysis_file(analysis, wave=wave, vintage=vintage, is_open=wave not in WAVES)
        publish_wave(
            analysis,
            folder / "releases",
            areas=AREAS,
            benchmarks=BENCHMARKS,
            now=datetime(int(wave), 11, 12, 9, 30, tzinfo=UTC),
        )
    return Releases(folder / "releases")


def write_analysis_file(folder: Path, *, wave: str, vintage: str, is_open: bool, people: int = 400) -> None:
    book = codebook(load_file(ROOT / "questionnaires" / "phb-annual.json"))
    book["items"] = [entry for entry in book["items"] if entry["id"] in ITEMS]
    book["wave"] = {
        "id": wave,
        "vintage": vintage,
        "open": is_open,
        "made_up": True,
        "opened_on": f"{wave}-09-07",
        "closed_on": None if is_open else f"{wave}-10-31",
    }
    chance = random.Random(f"{wave} {vintage}")
    codes = load_geography(AREAS).codes(vintage)
    weights = [1 / (1 + place) for place in range(len(codes))]
    rows = [answer(book, chance, wave, vintage, chance.choices(codes, weights)[0]) for _ in range(people)]
    columns = dict.fromkeys(column["name"] for column in book["columns"])
    frame = pandas.DataFrame([{**columns, **row} for row in rows])
    folder.mkdir(parents=True)
    (folder / "codebook.json").write_text(json.dumps(book))
    with duckdb.connect(":memory:") as memory:
        memory.register("frame", frame)
        memory.execute(f"copy (select * from frame) to '{folder / 'responses.parquet'}' (format parquet)")


def answer(book: dict[str, Any], chance: random.Random, wave: str, vintage: str, area: str) -> dict[str, Any]:
    """One response: everyone answers, English is spoken by nearly all."""
    day = date(int(wave), 9, 7) + timedelta(days=chance.randrange(50))
    row: dict[str, Any] = {
        "meta_area": area,
        "meta_vintage": vintage,
        "meta_status": "submitted",
        "meta_started_on": day,
        "meta_submitted_on": day,
        "meta_last_page": "done",
        "meta_locale": "en",
        "meta_format": "standard",
        "meta_mode": "web",
    }
    for entry in book["items"]:
        options = [option["code"] for option in entry["options"] if not option["missing"]]
        if entry["type"] == "scale":
            row[entry["id"]] = chance.randrange(11)
        elif entry["type"] == "choices":
            row.update({f"{entry['id']}__{code}": int(chance.random() < 0.4) for code in options})
        else:
            row[entry["id"]] = chance.choices(options, [20] + [1] * (len(options) - 1))[0]
    return row


def draw(releases: Releases, address: str) -> list[Any]:
    link = urlsplit(address)
    return list(draw_address(releases, PREFIX, link.path, link.query))


def test_every_question_can_be_seen_in_every_place_on_both_lists(published: Releases) -> None:
    release = published.current("2026")
    for item in release.items:
        for vintage, places in release.areas.items():
            for place in (
                "regions",
                "areas",
                *(place.code for place in places if place.hex is None or place.code < "QL"),
            ):
                address = Address(Page.RESULTS, wave="2026", areas=vintage, question=item.id, place=place)
                page = draw(published, address.href(PREFIX))
                assert text(of_type(page, "H1")).endswith(item.text)
                assert of_type(page, "Tr")


def test_every_way_on_from_a_hidden_cell_leads_to_a_figure(published: Releases) -> None:
    page = draw(published, f"{PREFIX}results?wave=2026&place=areas&question=keep")
    hidden = [row for row in of_type(of_type(page, "Tbody"), "Tr") if links(row)]
    assert hidden
    for address in {address for row in hidden for address in links(row).values()}:
        assert of_type(draw(published, address), "Graph"), address


def test_the_areas_of_2026_that_changed_have_no_figure_of_2025(published: Releases) -> None:
    address = Address(Page.RESULTS, wave="2025", areas="2026", question="keep", place="areas", period="wave")
    view = show_results(published, address)
    broken = {row.place.code for row in view.rows if row.cell.status is Status.BREAK}
    assert broken == {"S1Y5D", "D7T5G", "T6Y0W", "S0E4D", "S9B9J", "QRL"}
    overview = show_overview(published, Address(Page.OVERVIEW, wave="2025", areas="2026"))
    assert {place.code for place, count in overview.by_area if count is None} == broken


def test_the_overview_counts_every_response_once(published: Releases) -> None:
    view = show_overview(published, Address(Page.OVERVIEW, wave="2026"))
    assert view.now.responses == 400
    assert view.before is not None
    assert view.before.wave == "2025"
    assert len(view.by_area) == len(published.current("2026").places("2026", Level.AREA)) == 36
    assert [week.category for week in view.by_week] == sorted(week.category for week in view.by_week)


def test_people_are_missing_only_among_holders(published: Releases) -> None:
    dimensions = {
        dimension.id: dimension for dimension in show_missing(published, Address(Page.MISSING, wave="2026")).dimensions
    }
    assert set(dimensions) == {"language", "sex"}
    male = next(group for group in dimensions["sex"].groups if group.category == "male")
    assert male.missing is not None
    assert male.missing > 100
    page = draw(published, f"{PREFIX}missing?wave=2026")
    assert "Invented for demonstration" in text(page)


def test_the_open_wave_comes_first_and_shows_its_counts_alone(published: Releases) -> None:
    page = draw(published, PREFIX)
    assert "have begun so far" in text(page)
    assert "Release counts of" in text(page)
    results = draw(published, f"{PREFIX}results?wave=2027")
    assert "is still open" in text(results)
    assert of_type(draw(published, links(results)["See what can be shown"]), "Table")
