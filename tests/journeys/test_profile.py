"""The profile of an ICS in a real browser: on a phone, on a desk, by keyboard to its PDF, and on one sheet of paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import flask
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dashboard.access import EVERY_STAGE
from dashboard.app import create_dashboard
from dashboard.findings import FILE, Findings, dump_findings
from tests.browser import axe_findings, dom_findings, served
from tests.dashboard.profiles import finding
from tests.dashboard.releases import write_release

STATIC = Path(__file__).parents[2] / "survey" / "static"
PAGES = {"one area": ("?place=QYG", "Cheshire and Merseyside", 1), "to choose": ("", "ICS profile", 0)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder)
    promises = tuple(finding(number, area=area) for number, area in enumerate(("QYG", "north-west", "", "")))
    (folder / "2026" / FILE).write_text(dump_findings(Findings(date(2026, 11, 22), promises)))
    root = flask.Flask("root", static_folder=str(STATIC), static_url_path="/static")
    dashboard = create_dashboard(folder, sees=lambda request: EVERY_STAGE)
    with served(DispatcherMiddleware(root, {"/dashboard": dashboard})) as address:
        yield f"{address}/dashboard/profile"


def open_page(page: Page, address: str, heading: str, charts: int) -> None:
    page.goto(address)
    expect(page.locator("#page h1")).to_contain_text(heading)
    expect(page.locator(".dash-figure .main-svg:first-child")).to_have_count(charts)


@pytest.mark.parametrize("name", PAGES)
def test_it_is_accessible_on_a_desk_and_on_a_phone(address: str, page: Page, name: str) -> None:
    query, heading, charts = PAGES[name]
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        open_page(page, address + query, heading, charts)
        assert axe_findings(page) + dom_findings(page) == []


def test_its_pdf_is_had_by_keyboard(address: str, page: Page) -> None:
    open_page(page, f"{address}?place=QYG", "Cheshire and Merseyside", 1)
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=re.compile("This page as a PDF"))).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "phb-profile-QYG-2026-release-1.pdf"


def test_on_paper_it_is_one_sheet_with_its_bands_and_what_to_do_next(address: str, page: Page) -> None:
    open_page(page, f"{address}?place=QYG", "Cheshire and Merseyside", 1)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = " ".join(sheet.extract_text().split())
    for expected in ("Made-up data", "Provisional", "What we will do", "What to do next"):
        assert expected in words
    assert "Download these figures" not in words
    page.emulate_media(forced_colors="active")
    assert page.locator(".dash-next").evaluate("box => getComputedStyle(box).borderTopWidth") == "4px"
