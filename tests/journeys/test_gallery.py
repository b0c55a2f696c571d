"""Every type of question, format and state in a browser: in Urdu without JavaScript, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import CDPSession

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.store.connect import open_store
from survey.store.postcode_loading import load_postcodes
from survey.store.waves import open_wave
from tests.browser import served
from tests.journeys.conftest import LiveServer, Person
from tests.journeys.gallery import GALLERY, Entered

MakePerson = Callable[..., Person]


@pytest.fixture(scope="module")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The gallery, where areas are found by postcode too, and the annual survey as a demonstration."""
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("gallery"))})
    sample = resources.SHIPPED / "data" / "postcodes" / "sample.csv"
    load_postcodes(sample, config.data, resources.AREAS, lambda step, done, of: None)
    store = open_store(config)
    for wave, name in (("trial", "gallery"), ("practice", "phb-annual")):
        open_wave(
            store,
            wave=wave,
            questionnaire=load_file(resources.QUESTIONNAIRES / f"{name}.json"),
            vintage="2026",
            open_link=True,
            made_up=wave == "practice",
            now=datetime.now(UTC),
        )
    with served(create_app(config, store)) as url:
        yield LiveServer(url, store)
    store.close()


# --- The way through the gallery -----------------------------------------------------


EASY_READ = {"answering", "place", "bring", "feeling", "distance", "last-time", "words", "area", "order", "how-was-it"}
"""Pages that differ from each other in Easy Read: one of each type."""


# --- Somebody on a phone, without JavaScript -----------------------------------------


@dataclass
class Walker(Person):
    """No page runs a script of its own, but axe, which is one, can look at the page."""

    devtools: CDPSession

    def findings(self, *, colours: bool = True) -> list[str]:
        """The same of a page that was read without scripts."""
        assert self.page.locator("body.js-enabled").count() == 0
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        found = super().findings(colours=colours)
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
        return found

    def enter(self, entered: Entered) -> Walker:
        """Fill the fields named; the others stay as they are."""
        for name, value in entered.items():
            fields = self.page.locator(f'main [name="answer-{name}"]')
            kind = fields.first.evaluate("field => field.type")
            if kind == "radio":
                self.page.check(f'main [name="answer-{name}"][value="{value}"]')
            elif kind == "checkbox":
                for box in fields.all():
                    box.set_checked(box.get_attribute("value") in value)
            elif kind == "select-one":
                fields.select_option(str(value))
            else:
                fields.fill(str(value))
        return self

    def tamper(self, name: str) -> Walker:
        """Pick an answer that is none: nobody can without tools, but a new version of a survey can do it to people."""
        self.page.evaluate("name => document.querySelector(`[name='answer-${name}']`).value = 'none-such'", name)
        return self.enter({name: "none-such"})

    def entered(self) -> dict[str, str | list[str]]:
        """What stands in the fields of questions."""
        found: dict[str, str | list[str]] = {}
        pairs = self.page.evaluate("[...new FormData(document.querySelector('main form'))]")
        boxes = self.page.evaluate("[...document.querySelectorAll('[type=checkbox]')].map(box => box.name)")
        for name, value in pairs:
            if name.startswith("answer-") and value:
                key = name.removeprefix("answer-")
                found[key] = [*found.get(key, []), value] if name in boxes else value
        return found


@pytest.fixture
def walker(person: MakePerson) -> Walker:
    """Somebody who reads Urdu on a phone whose browser runs no scripts."""
    somebody = person("ur", 320)
    devtools = somebody.page.context.new_cdp_session(somebody.page)
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
    return Walker(somebody.page, somebody.url, devtools)


def there_and_back(walker: Walker) -> Iterator[str]:
    """Every page, and every state a page can be in, one after the other; says where the person is."""
    walker.go("/?survey=trial")
    yield "start"
    walker.press()
    for key, step in GALLERY.items():
        assert walker.address == f"/survey/{key}"
        yield key
        if key == "person-age/1":
            yield from hand_over(walker)
        if key == "season":
            yield from listen_and_watch(walker)
        if step.tampered or step.wrong is not None:
            (walker.tamper(step.tampered) if step.tampered else walker.enter(step.wrong or {})).press()
            assert walker.page.locator(".nhsuk-error-summary").count() == 1, key
            yield f"{key}, an error"
        if step.odd:
            walker.enter(step.odd).press()
            assert walker.page.locator("#soft-heading").count() == 1, key
            yield f"{key}, is this right?"
        walker.enter(step.right).press(*step.button)
        if step.button:
            assert walker.address == f"/survey/{key}"
            yield f"{key}, moved"
            walker.press()
        if key == "taking-part":
            yield "return code"
            walker.press()
    assert walker.address == "/survey/check"
    yield "check"
    walker.press("format", "easyread")
    for key, step in GALLERY.items():
        walker.go(f"/survey/{key}")
        assert walker.entered() == (step.shown or step.right), key
        if key in EASY_READ:
            yield f"{key}, filled, in Easy Read"
        if key == "order":
            walker.enter(step.wrong or {}).press()
            yield "order, an error in Easy Read"
    walker.go("/survey/check")
    yield "check in Easy Read"
    walker.press("action", "leave")
    yield "leave in Easy Read"
    walker.go("/survey/check").press()
    assert walker.address == "/survey/done"
    yield "done in Easy Read"


def listen_and_watch(walker: Walker) -> Iterator[str]:
    """The recording is in English, the film is there whatever is read."""
    walker.press("switch", "en").press("format", "audio")
    assert walker.page.locator("audio").count() == 1
    yield "season, read aloud"
    walker.press("switch", "ur").press("format", "bsl")
    assert walker.page.locator("video").count() == 1
    marker = walker.page.locator("summary").evaluate("summary => getComputedStyle(summary, '::before').clipPath")
    assert marker.startswith("polygon(100% 0%, 0% 50%"), "the triangle points to where reading goes on"
    yield "season, in British Sign Language"
    walker.press("format", "standard")


def hand_over(walker: Walker) -> Iterator[str]:
    """In the middle of a round somebody else goes on."""
    walker.press("action", "handover")
    yield "handover"
    walker.press()
    yield "handover, an error"
    walker.choose("proxy").press()
    assert walker.address == "/survey/person-age/1"
    yield "handed over"


def test_the_whole_gallery_is_sound_in_urdu_on_a_phone_without_javascript(walker: Walker) -> None:
    """The colours of every type and state are looked at by tests/test_evidence.py."""
    found = [f"{state}: {finding}" for state in there_and_back(walker) for finding in walker.findings(colours=False)]
    assert found == []


# --- By keyboard, with JavaScript ----------------------------------------------------


@dataclass
class Typist(Person):
    """Somebody who has no mouse."""

    def tab_to(self, selector: str) -> Typist:
        """Tab until something has the focus."""
        for _ in range(60):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector} on {self.address}")

    def strike(self, *keys: str) -> Typist:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def next_page(self, selector: str = "main form button[type=submit]:not([name])") -> Typist:
        """Press a button or a link that has to be reached first, with Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.strike("Enter")
        return self

    def enter(self, entered: Entered) -> Typist:
        """Fill fields in the order of the page as their kind wants it."""
        for name, value in entered.items():
            field = f'main [name="answer-{name}"]'
            kind = self.page.locator(field).first.evaluate("field => field.type")
            if kind == "checkbox":
                for one in value:
                    self.tab_to(f'{field}[value="{one}"]').strike("Space")
            elif kind == "radio":
                self.tab_to(field).strike("Space")
                for _ in range(20):
                    if self.page.evaluate("document.activeElement.value") == value:
                        break
                    self.strike("ArrowDown")
                assert self.page.locator(f"{field}:checked").input_value() == value
            elif kind == "select-one":
                self.tab_to(field).strike(*["ArrowDown"] * int(str(value)))
            else:
                self.tab_to(field).page.keyboard.type(str(value))
        return self


def test_by_keyboard_alone_one_goes_through_the_whole_gallery(person: MakePerson) -> None:
    somebody = person()
    typist = Typist(somebody.page, somebody.url).go("/?survey=trial")
    assert isinstance(typist, Typist)
    typist.next_page()
    found = []
    for key, step in GALLERY.items():
        assert typist.address == f"/survey/{key}"
        assert typist.focused.startswith("h1"), key
        if key == "next-time":
            tick_and_untick(typist)
        typist.enter({name: value for name, value in step.right.items() if value})
        if key in {"place", "story", "order"}:
            found += typist.findings()
        if step.button:
            move_by_keyboard(typist)
        typist.next_page()
        if step.odd and typist.address == f"/survey/{key}":
            assert "app-notice" in typist.focused
            typist.tab_to(".app-notice a").strike("Enter")
            assert typist.page.evaluate("document.activeElement.value") == step.right[key]
            typist.next_page()
        if key == "taking-part":
            typist.next_page()
    assert found == []
    assert typist.address == "/survey/check"
    typist.next_page()
    assert typist.address == "/survey/done"


def tick_and_untick(typist: Typist) -> None:
    """Ticking "I don't know" puts a date out of the way, and taking the tick away brings it back."""
    boxes = "[...document.querySelectorAll('[name^=answer-next_time__]:not([type=checkbox])')].map(box => box.value)"
    typist.enter({"next_time__month": "11", "next_time__year": "2027", "next_time__missing": ["dont_know"]})
    assert typist.page.evaluate(boxes) == ["", ""]
    typist.strike("Space")
    assert typist.page.evaluate(boxes) == ["11", "2027"]
    for name in ("next_time__year", "next_time__month"):
        while not typist.page.evaluate(f"document.activeElement.name === 'answer-{name}'"):
            typist.strike("Shift+Tab")
        typist.strike("Control+a", "Delete")
    typist.page.evaluate("document.querySelector('main h1').focus()")


def move_by_keyboard(typist: Typist) -> None:
    """An error leads to its list; then the second moves up, in place: the focus stays, and the new place is said."""
    places = "[...document.querySelectorAll('[data-app-rank] select')].map(list => list.value).join('')"
    assert typist.page.evaluate(places) == "".join(["", "2", "1", "", ""])
    typist.tab_to('[name="answer-order__weather__place"]').strike("ArrowDown").next_page()
    assert "nhsuk-error-summary" in typist.focused
    typist.tab_to(".nhsuk-error-summary a").strike("Enter")
    assert typist.page.evaluate("document.activeElement.name") == "answer-order__rest__place"
    typist.tab_to('[name="answer-order__weather__place"]').strike("ArrowUp")
    typist.strike(*["Shift+Tab"] * 2)
    up = 'button[value="up:answer-order:food"]'
    while not typist.page.evaluate("selector => document.activeElement.matches(selector)", up):
        typist.strike("Shift+Tab")
    typist.strike("Enter")
    assert typist.page.evaluate(places) == "12"
    assert typist.page.evaluate("selector => document.activeElement.matches(selector)", up)
    assert typist.page.inner_text("main [data-app-status]") == "Good food: First"


# --- The annual survey in Easy Read --------------------------------------------------


def test_the_annual_survey_begins_soundly_in_easy_read(person: MakePerson) -> None:
    somebody = person(width=320).go("/?survey=practice").press("format", "easyread")
    found = []
    for _ in range(9):
        found += somebody.findings()
        pictures = somebody.page.eval_on_selector_all(
            ".app-easy__picture", "all => all.map(picture => picture.complete && picture.naturalWidth > 0)"
        )
        assert all(pictures), somebody.address
        if "taking-part" in somebody.address:
            somebody.choose("yes")
        somebody.press()
    assert found == []
    assert somebody.page.locator("body.app-format-easyread").count() == 1
