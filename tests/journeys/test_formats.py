"""The formats in a real browser: without findings, without a sound by itself, and with a film that plays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe_findings, dom_findings, served
from tests.survey.respondent.formats_site import formats_site


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a survey, and the cookie of someone who has come as far as the question in every format."""
    with formats_site(tmp_path_factory.mktemp("formats")) as site, served(site.app) as address:
        visitor = site.visitor().start().press(answering="me")
        cookie = visitor.client.get_cookie("phb")
        assert cookie is not None
        yield address, cookie.value


@pytest.fixture
def address(page: Page, begun: tuple[str, str]) -> str:
    """The address, with the page's browser made that person's."""
    address, cookie = begun
    page.context.add_cookies([{"name": "phb", "value": cookie, "url": address}])
    return address


def test_in_every_format_the_page_is_sound_and_fetches_what_is_asked_for(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.set_viewport_size({"width": 320, "height": 640})
    for format, locale in (("easyread", "en"), ("easyread", "ur"), ("audio", "en"), ("bsl", "en")):
        page.goto(f"{address}/language/{locale}?to=/format/{format}%3Fto%3D/survey/season")
        expect(page.locator("body")).to_have_class(f"app-format-{format} js-enabled nhsuk-frontend-supported")
        assert axe_findings(page) + dom_findings(page) == [], (format, locale)
        assert not page.evaluate("[...document.querySelectorAll('audio, video')].some(media => !media.paused)")
    assert {name for name in fetched if name.startswith("season.")} == set()
    assert {"calendar.svg", "star.svg"} <= set(fetched)


def test_a_picture_stands_where_reading_begins(page: Page, address: str) -> None:
    for locale in ("en", "ur"):
        page.goto(f"{address}/language/{locale}?to=/format/easyread%3Fto%3D/survey/season")
        picture, words = (
            page.locator("h1 .app-easy__picture").bounding_box(),
            page.locator("h1 .app-easy__words").bounding_box(),
        )
        assert picture is not None
        assert words is not None
        assert (picture["x"] < words["x"]) is (locale == "en")
        sizes = page.eval_on_selector_all(
            "main :is(label, legend, p, button)",
            "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))",
        )
        assert min(sizes) >= 18


def test_a_film_plays_with_its_captions_when_asked(page: Page, address: str) -> None:
    page.goto(f"{address}/format/bsl?to=/survey/season")
    film = page.locator("video")
    film.evaluate("film => film.play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0")
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length > 0")
    assert film.evaluate("film => film.textTracks[0].mode") == "showing"
    page.goto(f"{address}/format/audio?to=/survey/season")
    page.locator("audio").evaluate("sound => { sound.muted = true; return sound.play(); }")
    page.wait_for_function("document.querySelector('audio').currentTime > 0")


VOICES = """
window.spoken = [];
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  getVoices: () => window.known ?? [],
  speak: utterance => window.spoken.push([utterance.lang, utterance.text]),
  cancel: () => window.spoken.push("cancel"),
}) });
"""
"""Chromium without a sound card has no voices: these say nothing and remember what they were given."""


def test_the_browsers_voice_reads_when_asked_and_where_there_is_one(page: Page, address: str) -> None:
    page.add_init_script(VOICES)
    page.goto(f"{address}/format/audio?to=/survey/answering")
    listen, stop = page.get_by_role("button", name="Listen"), page.get_by_role("button", name="Stop")
    expect(listen).to_be_hidden()
    page.evaluate("window.known = [{ lang: 'en_GB' }]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(listen).to_be_visible()
    assert page.evaluate("window.spoken") == []
    listen.press("Enter")
    said = page.evaluate("window.spoken")
    assert said == ["cancel", ["en", "Who is giving the answers?"], ["en", "I am"], ["en", "Someone else is"]]
    expect(stop).to_be_focused()
    stop.press("Enter")
    assert page.evaluate("window.spoken.at(-1)") == "cancel"
    expect(listen).to_be_focused()
