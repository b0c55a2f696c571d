"""The public results in a real browser: in English at a desk, in Urdu on a phone without JavaScript, in Easy Read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from dashboard.public.app import create_results
from dashboard.public.speech import make_tongue
from survey.export.wording import write_wording
from survey.i18n import RESULTS, shipped_languages
from survey.questionnaire.load import load_file
from survey.resources import QUESTIONNAIRES, STATIC
from tests.browser import axe_findings, dom_findings, served
from tests.dashboard.public.conftest import DAYS, NO_FINDING, SIGNED, TODAY
from tests.dashboard.releases import write_release

FINDING = {
    "id": 1,
    "item": "talk_matters",
    "found": "Planning was rushed.",
    "promise": "An hour each.",
    "owner": "The ICB",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("public")
    write_release(folder, wave="2026", public_on="2027-01-01", **SIGNED)
    write_wording(load_file(QUESTIONNAIRES / "phb-annual.json"), shipped_languages(), folder / "2026")
    findings = {"as_of": "2026-12-01", "findings": [{**NO_FINDING, **DAYS, **FINDING}]}
    Path(folder / "2026" / "findings.json").write_text(json.dumps(findings))
    root = flask.Flask("root", static_folder=str(STATIC), static_url_path="/static")
    speech = [make_tongue(catalogue) for catalogue in shipped_languages().catalogues(RESULTS)]
    results = create_results(folder, speech=lambda: speech, today=lambda: TODAY)
    with served(DispatcherMiddleware(root, {"/results": results})) as served_at:
        yield served_at


def findings_on(page: Page) -> list[str]:
    return axe_findings(page) + dom_findings(page)


def test_someone_reads_the_results_from_the_first_page_to_a_question_and_a_place(address: str, page: Page) -> None:
    page.goto(f"{address}/results/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What people said in 2026")
    assert findings_on(page) == []
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part of the page")).to_be_focused()
    page.get_by_role("link", name="Did someone take time").click()
    expect(page.get_by_role("img").first).to_have_accessible_name("About 6 in 10 people answered: “Yes, enough time”.")
    assert findings_on(page) == []
    page.emulate_media(forced_colors="active")
    share, frame = (
        page.locator(name).first.evaluate("bar => getComputedStyle(bar).fill")
        for name in (".app-chart__share", ".app-chart__frame")
    )
    assert share != frame
    page.emulate_media(forced_colors="none", media="print")
    expect(page.get_by_role("navigation", name="Language")).to_be_hidden()
    expect(page.get_by_text("Made-up data")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="All questions of 2026").click()
    page.get_by_role("link", name="Cheshire and Merseyside").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cheshire and Merseyside")
    assert findings_on(page) == []


def test_someone_reads_them_in_urdu_on_a_phone_without_javascript(address: str, browser: Browser, page: Page) -> None:
    context = browser.new_context(locale="ur", viewport={"width": 320, "height": 800}, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(f"{address}/results/")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.get_by_role("heading", level=1)).to_have_text("لوگوں نے 2026 میں کیا کہا")
    phone.locator('main a[href$="/talk_matters"]').click()
    bar, chart = (phone.locator(name).first.bounding_box() for name in (".app-chart__share", ".app-chart"))
    assert bar is not None
    assert chart is not None
    assert bar["x"] + bar["width"] == pytest.approx(chart["x"] + chart["width"], abs=1)
    question = phone.url
    context.close()
    page.set_viewport_size({"width": 320, "height": 800})
    for shown in (f"{address}/results/ur/", question):  # axe itself is a script; the page has none
        page.goto(shown)
        assert findings_on(page) == []


def test_someone_changes_to_easy_read_and_stays_on_the_page(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/results/en/2026/talk_matters")
    page.get_by_role("link", name="Easy Read").click()
    expect(page).to_have_url(f"{address}/results/en-GB-x-easyread/2026/talk_matters")
    expect(page.locator(".app-chart").first.locator("circle")).to_have_count(30)
    size = page.locator("#sentence").evaluate("words => parseFloat(getComputedStyle(words).fontSize)")
    assert size >= 18
    assert findings_on(page) == []
