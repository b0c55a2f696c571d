"""Comfort settings, leaving at once and little data in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.wrappers import Response

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.looks import COOKIE
from survey.questionnaire.load import load_file
from survey.store.connect import open_store
from survey.store.waves import open_wave
from tests.browser import dom_findings, served
from tests.journeys.conftest import LiveServer, Person

MakePerson = Callable[..., Person]


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The annual survey, and another website to leave for: tests ask no real one."""
    weather = Response("<title>Weather</title><h1>Weather</h1>", mimetype="text/html")
    with served(weather) as elsewhere:
        config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live")), "PHB_LEAVE_TO": f"{elsewhere}/weather"})
        store = open_store(config)
        questionnaire = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
        said: dict[str, Any] = {
            "wave": "trial",
            "questionnaire": questionnaire,
            "vintage": "2026",
            "now": datetime.now(UTC),
        }
        open_wave(store, open_link=True, made_up=False, **said)
        with served(create_app(config, store)) as url:
            yield LiveServer(url, store)
        store.close()


def dress(person: Person, looks: str) -> Person:
    """Give somebody the cookie of these settings."""
    person.page.context.add_cookies([{"name": COOKIE, "value": looks, "url": person.url}])
    return person


def background(page: Page) -> str:
    """The colour behind the page."""
    found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return found


@pytest.mark.parametrize(("locale", "width", "looks"), [("en-GB", 1280, "theme-dark"), ("ur", 360, "theme-contrast")])
def test_axe_and_our_checks_find_nothing_in_other_colours(
    person: MakePerson, locale: str, width: int, looks: str
) -> None:
    somebody = dress(person(locale, width), looks).begin()
    found = []
    for address in ("/", "/survey/ethnicity", "/format/easyread?to=/survey/ethnicity"):
        found += somebody.go(address).findings()
    somebody.go("/format/standard?to=/survey/anything")
    somebody.page.fill("textarea", "x" * 5000)
    found += somebody.press().findings()
    assert found == []


def test_nothing_sticks_out_where_words_are_twice_as_large_and_wide_apart(person: MakePerson) -> None:
    somebody = dress(person(width=320), "text-200.space-widest.lines-short.sound-aloud").begin()
    found = somebody.go("/comfort").findings()
    for address in ("/", "/survey/ethnicity", "/survey/check", "/help/support"):
        found += dom_findings(somebody.go(address).page)
    assert found == []


def test_a_choice_shows_at_once_and_what_was_typed_comes_back(person: MakePerson) -> None:
    somebody = person().begin().go("/survey/anything")
    light = background(somebody.page)
    somebody.page.fill("textarea", "x" * 5000)
    somebody.press("comfort", "open")
    before = somebody.page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    with somebody.page.expect_response(lambda reply: "/contrast.css" in reply.url):
        somebody.choose("text-200", "theme-contrast")
    after = somebody.page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")
    assert after == 2 * before
    somebody.page.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(0, 0, 0)'")
    somebody.press()
    assert somebody.address == "/survey/anything"
    assert somebody.page.input_value("textarea") == "x" * 5000
    assert background(somebody.page) == "rgb(0, 0, 0)"
    somebody.page.emulate_media(media="print")
    assert background(somebody.page) == light


def test_settings_work_without_javascript(person: MakePerson) -> None:
    somebody = person(java_script_enabled=False).begin().go("/survey/anything")
    somebody.page.fill("textarea", "x" * 5000)
    somebody.press("comfort", "open").choose("theme-dark").press()
    assert somebody.page.input_value("textarea") == "x" * 5000
    assert "dark.css" in somebody.page.content()


def test_the_device_decides_about_colours_for_those_alone_who_chose_that(person: MakePerson) -> None:
    somebody = person(color_scheme="dark").go("/")
    light = background(somebody.page)
    dress(somebody, "theme-device").go("/")
    assert background(somebody.page) != light
    somebody.page.emulate_media(color_scheme="light")
    assert background(somebody.page) == light


# --- Leaving at once ------------------------------------------------------------


def leave_by_link(page: Page) -> None:
    """Press the link that comes first after the one that skips to the main part."""
    page.locator("[data-app-leave]").click()


def leave_by_keys(page: Page) -> None:
    """Press Escape three times; each time is told."""
    page.keyboard.press("Escape")
    assert "two more times" in page.locator("[data-app-leave-status]").inner_text()
    page.keyboard.press("Escape")
    assert "one more time" in page.locator("[data-app-leave-status]").inner_text()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [leave_by_link, leave_by_keys])
def test_who_leaves_is_elsewhere_at_once_and_back_shows_nothing_of_them(
    browser: Browser, live_server: LiveServer, leave: Callable[[Page], None]
) -> None:
    context = browser.new_context()
    somebody = Person(context.new_page(), live_server.url).begin().go("/survey/ethnicity").choose("white_british")
    leave(somebody.page)
    somebody.page.wait_for_url("**/weather")
    assert context.cookies(live_server.url) == []
    somebody.page.go_back()
    somebody.page.wait_for_load_state()
    assert "/survey/ethnicity" not in somebody.page.url
    context.close()


def test_the_way_out_is_the_second_thing_that_the_keyboard_comes_to(person: MakePerson) -> None:
    somebody = person().go("/help/support")
    somebody.page.keyboard.press("Tab")
    somebody.page.keyboard.press("Tab")
    assert somebody.page.evaluate("document.activeElement.getAttribute('href')") == "/leave-now"


# --- A phone of 2015 ------------------------------------------------------------


def test_a_page_without_modules_and_new_css_can_be_used(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.route("**/static/**", lambda route: route.abort())
    somebody = Person(context.new_page(), live_server.url).begin()
    assert somebody.address == "/survey/answering"
    assert somebody.choose("self").press().address == "/survey/area"
    context.close()
