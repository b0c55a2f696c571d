"""The survey in a real browser: every page and state in three languages, without JavaScript, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import LiveServer, Person

MakePerson = Callable[..., Person]


def states(person: Person) -> Iterator[str]:
    """Brings a person to every page and state, one after the other, and says where they are."""
    page = person.page
    person.go("/")
    yield "start"
    person.press()
    yield "taking part"
    person.press()
    yield "an error at radio buttons"
    person.choose("yes").press()
    yield "return code"
    person.press()
    yield "who answers"
    person.choose("self").press()
    yield "area"
    person.press().press()
    yield "an intro above the question"
    person.choose("now").press()
    yield "checkboxes"
    person.choose("wheelchair", "dont_know").press()
    yield "checkboxes, as they are after what excludes"
    person.go("/survey/ethnicity").choose("white_other")
    page.fill("[name$=white_other__text]", "x" * 300)
    yield "groups of options, one with a text box"
    person.press()
    yield "an error at a text box"
    person.go("/survey/proxy-view")
    yield "a notice"
    person.go("/survey/say-now")
    yield "a scale"
    person.choose("7").press()
    person.go("/survey/core-done")
    yield "the offer to send"
    person.go("/survey/anything")
    page.fill("textarea", "Dobrze 😀 <b>\nیہ اچھا ہے " + "x" * 5000)
    yield "a long text"
    person.press()
    yield "an error at a long text"
    page.fill("textarea", "Dobrze 😀 <b>\nیہ اچھا ہے " + "x" * 500)
    person.press("action", "leave")
    yield "leave"
    person.go("/survey/check")
    yield "check"
    person.go("/survey/no-such-page")
    yield "not found"
    person.go("/privacy")
    yield "privacy"
    person.go("/accessibility")
    yield "accessibility"
    person.go("/help")
    yield "help"
    person.go("/return")
    page.fill("#code", "ABCD")
    person.press()
    yield "a wrong code"
    person.go("/survey/check").press()
    yield "done"
    person.press("action", "finish")
    yield "finished"
    person.go("/survey/check")
    yield "a browser that is not known"
    person.go("/").press().choose("no").press()
    yield "goodbye"


@pytest.mark.parametrize(("locale", "width"), [("ur", 320), ("en-GB", 1280)])
def test_axe_and_our_own_checks_find_nothing_on_any_page(person: MakePerson, locale: str, width: int) -> None:
    """The colours are the same in every language."""
    somebody, colours = person(locale, width), locale == "en-GB"
    found = [f"{state}: {finding}" for state in states(somebody) for finding in somebody.findings(colours=colours)]
    assert found == []


@pytest.mark.parametrize("locale", ["en-GB", "pl", "ur"])
def test_wide_spacing_of_text_and_forced_colours_break_nothing(person: MakePerson, locale: str) -> None:
    somebody = person(locale, 320, forced_colors="active")
    widen = """for (const { style } of document.querySelectorAll("body *")) {
        style.lineHeight = "1.5"; style.letterSpacing = "0.12em"; style.wordSpacing = "0.16em"; }"""
    addresses = ["/", "/survey/taking-part", "/return", "/privacy"]
    found = []
    for address in addresses:
        somebody.go("/").press().go(address)
        somebody.page.evaluate(widen)
        found += somebody.findings(colours=False)  # they are the device's
    assert found == []


# --- Without JavaScript ----------------------------------------------------------


def test_without_javascript_the_survey_can_be_answered_and_sent(person: MakePerson) -> None:
    somebody = person(width=390, java_script_enabled=False)
    page = somebody.page
    somebody.begin().choose("supported").press()
    page.select_option("select", "QOP")
    somebody.press()
    assert somebody.address == "/survey/holder-age"
    somebody.go("/survey/ethnicity")
    assert page.locator("input[type=text]:visible").count() == 5
    somebody.choose("arab").press().go("/survey/check").press()
    assert somebody.address == "/survey/done"
    assert page.locator("[data-app-code-tools]").is_hidden()


def test_without_javascript_an_error_leads_to_its_field(person: MakePerson) -> None:
    somebody = person(java_script_enabled=False)
    somebody.go("/").press().press()
    somebody.page.click(".nhsuk-error-summary a")
    assert somebody.page.url.endswith("#answer-taking_part")


def test_without_javascript_the_language_changes_and_typed_words_stay(person: MakePerson) -> None:
    somebody = person(java_script_enabled=False)
    somebody.begin().go("/survey/anything")
    somebody.page.fill("textarea", "Every word")
    somebody.press("switch", "ur")
    assert somebody.page.locator("html").get_attribute("dir") == "rtl"
    assert somebody.page.input_value("textarea") == "Every word"


# --- By keyboard -----------------------------------------------------------------


def test_by_keyboard_alone_one_begins_answers_and_leaves(person: MakePerson) -> None:
    somebody = person()
    keyboard = somebody.page.keyboard
    somebody.go("/")

    def tab_to(selector: str) -> None:
        for _ in range(40):
            if somebody.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    def next_page(key: str) -> None:
        with somebody.page.expect_navigation():
            keyboard.press(key)

    tab_to("main button:not([name])")
    next_page("Enter")
    tab_to("input[type=radio]")
    keyboard.press("Space")
    next_page("Enter")
    assert somebody.address == "/survey/return-code"
    tab_to("main button[type=submit]")
    next_page("Space")
    tab_to("input[type=radio]")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    tab_to("main button:not([name])")
    next_page("Enter")
    assert somebody.address == "/survey/area"
    tab_to("button[value=leave]")
    next_page("Enter")
    assert somebody.address == "/survey/leave"


def test_the_first_stops_of_the_keyboard_are_the_content_and_the_language(person: MakePerson) -> None:
    somebody = person().go("/")
    somebody.page.keyboard.press("Tab")
    assert "nhsuk-skip-link" in somebody.focused
    somebody.page.keyboard.press("Tab")
    assert somebody.page.evaluate("document.activeElement.hash") == "#language"
    somebody.page.keyboard.press("Enter")
    somebody.page.keyboard.press("Tab")
    assert somebody.page.evaluate("document.activeElement.name") == "switch"


def test_enter_in_a_text_box_goes_on_and_does_not_change_the_language(person: MakePerson) -> None:
    somebody = person().begin().go("/survey/language").choose("another")
    somebody.page.focus("input[type=text]")
    somebody.page.keyboard.type("Kurdî")
    with somebody.page.expect_navigation():
        somebody.page.keyboard.press("Enter")
    assert somebody.page.locator("html").get_attribute("lang") == "en"
    assert somebody.address == "/survey/english-well"


# --- Where reading begins ---------------------------------------------------------


def test_the_focus_goes_to_the_question_the_problem_or_the_notice(person: MakePerson) -> None:
    somebody = person().go("/").press()
    assert somebody.focused.startswith("h1")
    somebody.press()
    assert "nhsuk-error-summary" in somebody.focused
    assert somebody.page.title().startswith("Error: ")
    somebody.choose("yes").press().press().go("/survey/proxy-view")
    assert "app-notice" in somebody.focused


def test_the_link_of_an_error_leads_to_its_field(person: MakePerson) -> None:
    somebody = person().go("/").press().press()
    somebody.page.click(".nhsuk-error-summary a")
    assert somebody.page.evaluate("document.activeElement.value") == "yes"


def test_a_text_box_shows_with_its_option_only(person: MakePerson) -> None:
    somebody = person().begin().go("/survey/language")
    box = somebody.page.locator("input[type=text]")
    assert box.is_hidden()
    somebody.choose("another")
    assert box.is_visible()
    box.fill("Kurdî")
    somebody.choose("polish")
    assert box.is_hidden()
    somebody.choose("another").press().go("/survey/language")
    assert somebody.page.input_value("input[type=text]") == "Kurdî"


def test_none_of_these_unticks_the_others(person: MakePerson) -> None:
    somebody = person().begin().go("/survey/difficulty").choose("seeing", "none")
    assert not somebody.page.is_checked("input[value=seeing]")


# --- The return code ---------------------------------------------------------------


def test_the_return_code_can_be_copied_and_printed(person: MakePerson) -> None:
    somebody = person(permissions=["clipboard-read", "clipboard-write"])
    somebody.go("/").press().choose("yes").press()
    shown = somebody.page.inner_text("#return-code").replace("\n", "").replace(" ", "")
    somebody.page.click("[data-app-copy]")
    somebody.page.wait_for_function("document.querySelector('[data-app-status]').textContent !== ''")
    assert somebody.page.evaluate("navigator.clipboard.readText()") == shown
    somebody.page.emulate_media(media="print")
    assert somebody.page.is_visible("#return-code")
    assert not somebody.page.is_visible("#language")


def test_another_device_goes_on_with_the_return_code(person: MakePerson, live_server: LiveServer) -> None:
    first = person().begin().choose("self").press("action", "leave")
    code = first.page.inner_text("#return-code").replace("\n", "")
    second = person("pl", 390).go("/return")
    second.page.fill("#code", code.lower())
    second.press()
    assert second.address == "/survey/area"
    assert second.page.locator("html").get_attribute("lang") == "pl"


def test_an_urdu_return_code_stands_at_its_label_and_bands_frame_their_words(person: MakePerson) -> None:
    somebody = person("ur", 360).go("/").press().choose("yes").press()
    edges = somebody.page.evaluate(
        """['.app-code-box__label', '.app-code bdi'].map(
            found => document.querySelector(found).getBoundingClientRect().right)"""
    )
    assert edges[0] - edges[1] < 2
    heights = somebody.page.evaluate(
        """[...document.querySelectorAll('.app-band strong')].map(
            tag => tag.getBoundingClientRect().height / parseFloat(getComputedStyle(tag).fontSize))"""
    )
    assert len(heights) == 2
    assert min(heights) >= 2, "Nastaliq needs two lines' height"
