"""The dashboard in a real browser: every page, by keyboard, on a phone, in forced colours, in print, and signed out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import flask
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dashboard.access import EVERY_STAGE
from dashboard.address import Page as Pages
from dashboard.app import create_dashboard
from dashboard.release import Step
from tests.browser import axe_findings, dom_findings, served, without_complaints
from tests.dashboard.releases import write_release
from tests.dashboard.voices import write_voices

STATIC = Path(__file__).parents[2] / "survey" / "static"

PAGES = {
    "overview": ("/dashboard/", "Overview"),
    "results of one place": ("/dashboard/results", "Did someone take time"),
    "areas side by side": ("/dashboard/results?place=areas", "Did someone take time"),
    "regions side by side": ("/dashboard/results?place=regions&question=missing_help", "Was there help"),
    "an area with hidden cells": ("/dashboard/results?place=QYG&period=wave", "Did someone take time"),
    "results by group": ("/dashboard/results?by=language&period=pooled", "Did someone take time"),
    "results survey by survey": ("/dashboard/results?by=waves&place=north-west", "Did someone take time"),
    "regions compared": ("/dashboard/compare?place=regions", "Did someone take time"),
    "who is missing": ("/dashboard/missing", "Who is missing"),
    "profile of an area": ("/dashboard/profile?place=QYG", "Cheshire and Merseyside"),
    "which area": ("/dashboard/profile", "ICS profile"),
    "people's own words": ("/dashboard/words", "words"),
    "method": ("/dashboard/method", "How the numbers were made"),
    "a question never asked": ("/dashboard/results?question=never", "This cannot be shown"),
    "no such page": ("/dashboard/nowhere", "Page not found"),
}


@dataclass
class Door:
    """Who may pass; a test may shut it."""

    is_open: bool = True
    folder: Path = field(default_factory=Path)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, wave="2025", step=Step.SIGNED, signed_by="A. Analyst", responses=415)
    write_release(folder, wave="2026", number=2)
    write_voices(folder)
    return Door(folder=folder)


@pytest.fixture(scope="module")
def address(door: Door) -> Iterator[str]:
    root = flask.Flask("root", static_folder=str(STATIC), static_url_path="/static")
    dashboard = create_dashboard(door.folder, sees=lambda request: EVERY_STAGE if door.is_open else None)
    with served(DispatcherMiddleware(root, {"/dashboard": dashboard})) as address:
        yield address


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """One browser for all tests: it has the scripts from the first page on, as somebody's own has."""
    reader = browser.new_context(locale="en-GB", reduced_motion="reduce")
    reader.set_default_timeout(15_000)
    yield reader
    reader.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    with without_complaints(reader.new_page()) as page:
        yield page


def open_page(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    wait_for(page, heading)


def wait_for(page: Page, heading: str) -> None:
    expect(page.locator("#page h1")).to_contain_text(heading)
    page.wait_for_function(DRAWN)


# Every chart is drawn, and none is wider than its place.
DRAWN = """() => [...document.querySelectorAll('figure [role=img]')].every(image => {
    const paper = image.querySelector('.main-svg');
    return paper && paper.getBoundingClientRect().width <= image.getBoundingClientRect().width + 1; })"""

# What Tab should reach, and what it did: noted as focus moves, as asking after each key takes longer.
WATCH = """() => {
    const folded = element => element.closest('details:not([open])') && !element.matches('summary');
    const all = [...document.querySelectorAll('a[href], button, select, input, textarea, summary, [tabindex="0"]')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }) && !folded(element));
    window.walk = { all, reached: new Set(), unseen: [] };
    document.addEventListener('focusin', ({ target }) => {
        const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(target);
        const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        if (!isOutlined && boxShadow === 'none' && backgroundColor !== 'rgb(255, 235, 59)') walk.unseen.push(target);
        walk.reached.add(target); });
    return all.length; }"""
WALKED = """() => [...walk.all.filter(element => !walk.reached.has(element)), ...walk.unseen]
    .map(element => element.outerHTML.slice(0, 120))"""


def walk(page: Page) -> list[str]:
    """Go through the page by Tab alone; what was not reached, or does not show that it has the focus."""
    for _key in range(page.evaluate(WATCH) + 1):
        page.keyboard.down("Tab")  # held down: half the messages to the browser
    page.keyboard.up("Tab")
    found: list[str] = page.evaluate(WALKED)
    return found


# Labels of charts that are cut off, which only a browser can tell.
CUT_LABELS = """() => [...document.querySelectorAll('.dash-figure .annotation-text')].filter(label => {
    const box = label.getBoundingClientRect(), paper = label.closest('.main-svg').getBoundingClientRect();
    return box.right > paper.right + 1 || box.left < paper.left - 1; }).map(label => label.textContent)"""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_works_on_a_desk_and_on_a_phone_and_by_keyboard_alone(address: str, page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    path, heading = PAGES[name]
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, address + path, heading)
    expect(page).to_have_title(re.compile(f"{heading}.* – Personal health budget survey: results"))
    images = page.locator("figure [role=img]").all()
    for image in images:
        assert (image.get_attribute("aria-label") or "").endswith(".")
        expect(image.locator("table")).to_have_count(0)
    assert axe_findings(page) + dom_findings(page) + page.evaluate(CUT_LABELS) == []
    assert walk(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    page.wait_for_function(DRAWN)
    assert axe_findings(page, colours=False) + dom_findings(page) + page.evaluate(CUT_LABELS) == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    # The bundle of charts is a small one, and comes before it is needed; the one that Dash brings is never asked for.
    assert {url for url in asked if "plotly" in url} <= {f"{address}/static/plotly-basic.min.js"}


def test_every_page_there_is_has_been_tried() -> None:
    assert {urlsplit(path).path for path, _heading in PAGES.values()} >= {f"/dashboard/{page.value}" for page in Pages}


def test_while_an_answer_takes_its_time_a_skeleton_stands_there_and_then_the_page_is_pale(
    address: str, page: Page
) -> None:
    held: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: held.append(route))
    page.goto(f"{address}/dashboard/")
    skeleton = page.locator("#page .dash-skeleton").first
    expect(skeleton).to_be_visible()
    # Not before it is worth it: what comes within 300 ms comes without a flicker.
    expect(skeleton).to_have_css("animation-delay", "0.3s")
    expect(page.get_by_text("Loading the results")).to_be_attached()
    held.pop().continue_()
    wait_for(page, "Overview")
    expect(page.locator("#page main")).to_have_css("opacity", "1")
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.locator("#page main")).to_have_css("opacity", "0.5")
    held.pop().continue_()
    wait_for(page, "How the numbers were made")
    expect(page.locator("#page main")).to_have_css("opacity", "1")
    page.unroute_all()


def test_the_whole_dashboard_works_by_keyboard_alone(address: str, page: Page) -> None:
    open_page(page, f"{address}/dashboard/", "Overview")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#main :focus")).to_be_attached()
    page.get_by_role("link", name="Results", exact=True).focus()
    page.keyboard.press("Enter")
    wait_for(page, "Did someone take time")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Question")).to_be_focused()
    page.keyboard.type("Was")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where")).to_be_focused()
    page.keyboard.type("Dev")
    for _select in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Was there help")
    expect(page.locator("h1")).to_be_focused()
    assert "question=missing_help" in page.url
    assert "place=QJK" in page.url
    expect(page.get_by_label("Where")).to_have_value("QJK")


def test_the_back_button_goes_back_view_by_view_and_the_form_with_it(address: str, page: Page) -> None:
    open_page(page, f"{address}/dashboard/results", "Did someone take time")
    page.get_by_label("Where").select_option("regions")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Answer to compare")).to_be_visible()
    page.get_by_role("link", name="A little").click()
    expect(page.locator("caption")).to_contain_text("A little")
    page.get_by_label("Where").select_option("areas")
    page.go_back()
    expect(page.locator("caption")).to_contain_text("Yes, enough time")
    expect(page.get_by_label("Where")).to_have_value("regions")
    page.go_back()
    expect(page.locator("caption")).to_contain_text("Answers in England")
    expect(page.get_by_label("Where")).to_have_value("england")
    page.go_forward()
    expect(page.get_by_label("Where")).to_have_value("regions")


def test_the_way_on_from_a_hidden_cell_leads_to_what_can_be_shown(address: str, page: Page) -> None:
    open_page(page, f"{address}/dashboard/results?place=areas", "Did someone take time")
    page.get_by_role("row", name="South East London").get_by_role("link", name="See London").click()
    expect(page.locator("caption")).to_contain_text("Answers in London, 2024 to 2026 together")


def test_the_permalink_opens_the_same_view(address: str, page: Page) -> None:
    open_page(page, f"{address}/dashboard/results?place=areas&question=missing_help", "Was there help")
    link = page.get_by_role("link", name="A link to exactly this view").get_attribute("href")
    here = page.locator("main").inner_text()
    open_page(page, f"{address}{link}", "Was there help")
    assert "release=2" in page.url
    assert page.locator("main").inner_text() == here


def test_without_our_script_forms_and_links_still_work(address: str, page: Page) -> None:
    page.route("**/assets/dashboard.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    open_page(page, f"{address}/dashboard/results", "Did someone take time")
    page.get_by_label("Where").select_option("regions")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Answer to compare")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    wait_for(page, "Overview")


def test_the_figures_of_a_view_can_be_downloaded(address: str, page: Page) -> None:
    open_page(page, f"{address}/dashboard/results", "Did someone take time")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download these figures (CSV)").click()
    assert download.value.suggested_filename == "phb-results-2026-release-2-provisional.csv"


def test_someone_who_is_signed_out_meanwhile_is_told(address: str, door: Door, browser: Browser) -> None:
    page = browser.new_page()  # the console will tell of the refusal
    open_page(page, f"{address}/dashboard/", "Overview")
    door.is_open = False
    try:
        page.get_by_role("link", name="Who is missing", exact=True).click()
        expect(page.get_by_role("alert")).to_have_text("You have been signed out. Please sign in again to go on.")
    finally:
        door.is_open = True
    page.get_by_role("link", name="Results", exact=True).click()
    wait_for(page, "Did someone take time")
    expect(page.get_by_role("alert")).to_be_empty()
    page.close()


def test_a_release_that_vanishes_while_someone_looks_leaves_a_clear_page(
    address: str, door: Door, page: Page, tmp_path: Path
) -> None:
    open_page(page, f"{address}/dashboard/?wave=2025", "Overview")
    shutil.move(door.folder / "2025", tmp_path / "2025")
    try:
        page.get_by_role("link", name="Results", exact=True).click()
        expect(page.locator("h1")).to_have_text("No results of that survey")
    finally:
        shutil.move(tmp_path / "2025", door.folder / "2025")


def test_marks_and_choices_can_be_seen_in_forced_colours(address: str, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    open_page(page, f"{address}/dashboard/results?place=regions", "Did someone take time")
    paper = page.locator(".main-svg").first.evaluate("svg => getComputedStyle(svg).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    chosen = page.locator(".dash-answers [aria-current]")
    assert chosen.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"


def test_on_a_sheet_of_paper_tables_are_tables_and_the_notes_are_open(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    open_page(page, f"{address}/dashboard/missing", "Who is missing")
    notes = page.get_by_text("Not weighted.")
    first = page.locator("table").first
    expect(first.locator("thead")).to_have_css("position", "absolute")
    expect(notes).to_be_hidden()
    page.emulate_media(media="print")
    expect(first.locator("thead")).to_have_css("position", "static")
    expect(first.locator("tbody tr").first).to_have_css("display", "table-row")
    expect(first.locator("td").first).to_have_css("display", "table-cell")
    expect(first.locator(".nhsuk-table-responsive__heading").first).to_be_hidden()
    expect(notes).to_be_visible()


def test_in_print_the_bands_stay_and_the_form_goes(address: str, page: Page) -> None:
    page.emulate_media(media="print")
    open_page(page, f"{address}/dashboard/results", "Did someone take time")
    expect(page.get_by_text("Made-up data")).to_be_visible()
    expect(page.get_by_text("Provisional", exact=True)).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    # The head of a table is printed on every sheet.
    assert page.locator(".dash-bands").evaluate("band => getComputedStyle(band).display") == "table-header-group"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".dash-method")).to_have_attribute("open", "")
    assert page.locator(".main-svg").first.bounding_box()["width"] <= 640  # type: ignore[index]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".dash-method")).not_to_have_attribute("open", "")
