"""The survey served from a thread, and people with a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.store.connect import Store, open_store
from survey.store.waves import open_wave
from tests.browser import axe_findings, dom_findings, served


@dataclass
class LiveServer:
    """A running survey, open to everyone."""

    url: str
    store: Store


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The annual survey on a store of its own, for the tests of one file."""
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live"))})
    store = open_store(config)
    open_wave(
        store,
        wave="trial",
        questionnaire=load_file(Path(resources.QUESTIONNAIRES / "phb-annual.json")),
        vintage="2026",
        open_link=True,
        made_up=False,
        now=datetime.now(UTC),
    )
    with served(create_app(config, store)) as url:
        yield LiveServer(url, store)
    store.close()


@dataclass
class Person:
    """Somebody with a browser, who reads, chooses and presses."""

    page: Page
    url: str

    def go(self, address: str) -> Person:
        self.page.goto(self.url + address)
        return self

    def choose(self, *values: str) -> Person:
        for value in values:
            self.page.check(f'main input[value="{value}"]')
        return self

    def press(self, name: str = "", value: str = "") -> Person:
        """Press the default button of the form, or a named one, and wait for the page that answers."""
        which = f'[name="{name}"][value="{value}"]' if name else ":not([name], [hidden])"
        with self.page.expect_navigation():
            self.page.locator(f"main form button[type=submit]{which}").first.click()
        return self

    def begin(self) -> Person:
        """As far as the first question after the return code."""
        return self.go("/").press().choose("yes").press().press()

    @property
    def address(self) -> str:
        return self.page.url.removeprefix(self.url)

    @property
    def focused(self) -> str:
        """What has the focus: its tag and classes."""
        found: str = self.page.evaluate("`${document.activeElement.tagName} ${document.activeElement.className}`")
        return found.lower()

    def findings(self, *, colours: bool = True) -> list[str]:
        """What axe and the checks of our own find on the page, of its colours only where that is asked for."""
        return axe_findings(self.page, colours=colours) + dom_findings(self.page)


@pytest.fixture
def person(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Person]]:
    """Makes people: by locale, width, and with or without JavaScript. A page that complains fails the test."""
    contexts = []
    complaints: list[str] = []

    def make(locale: str = "en-GB", width: int = 1280, **options: Any) -> Person:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 800}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.on("request", lambda request: request.url.startswith(live_server.url) or complaints.append(request.url))
        return Person(page, live_server.url)

    yield make
    for context in contexts:
        context.close()
    assert [text for text in complaints if "the server responded with a status of" not in text] == []
