"""The checks that other tests lean on find what they are there to find."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import DOM_RULES, axe_findings, dom_findings, served

BROKEN = {
    "radios and checkboxes stand in a fieldset with a legend": "<input type=radio style='width:44px;height:44px'>",
    "a page has one h1": "<h1>Second</h1>",
    "language and direction agree": "<p lang=ur>اردو</p>",
    "an error is described to its field": "<p class=nhsuk-error-message id=lost>Error: say yes or no</p>",
    "links of the error summary lead to a field": (
        "<p class=nhsuk-error-summary><a href='#group'>Say yes or no</a></p><div id=group></div>"
    ),
    "a page with errors says so in its title": (
        "<p class=nhsuk-error-message id=e>Say yes or no</p><input id=f aria-describedby=e style='height:44px'>"
    ),
    "targets are at least 24 pixels high and wide": "<button style='height:12px'>Continue</button>",
    "buttons are at least 44 pixels high": "<button class=nhsuk-button style='height:36px'>Continue</button>",
    "a unit is as high as its box": "<p class=nhsuk-input-wrapper><input style='height:56px'><b>miles</b></p>",
    "nothing sticks out sideways": "<div style='width:3000px'>wide</div>",
}


def show(page: Page, inside: str) -> None:
    title = "<title>Survey</title>"
    page.set_content(f"<!doctype html><html lang=en dir=ltr>{title}<main><h1>Question</h1>{inside}</main></html>")


def test_every_rule_is_tried_on_a_page_that_breaks_it() -> None:
    assert BROKEN.keys() == DOM_RULES.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_page_that_breaks_a_rule_is_found(page: Page, rule: str) -> None:
    show(page, BROKEN[rule])
    assert any(rule in finding for finding in dom_findings(page)), dom_findings(page)


def test_a_sound_page_has_no_findings(page: Page) -> None:
    show(page, "<p>Hello</p><p lang=ur dir=rtl>اردو</p>")
    assert dom_findings(page) == []
    assert axe_findings(page) == []


def test_axe_runs_in_this_browser(page: Page) -> None:
    show(page, "<img src='data:,'>")
    assert any("image-alt" in finding for finding in axe_findings(page))


def test_an_application_is_served_until_the_block_ends(page: Page) -> None:
    def hello(environ: object, start_response: object) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])  # type: ignore[operator]
        return [b"hello"]

    with served(hello) as address:
        response = page.goto(address)
        assert response is not None
        assert response.text() == "hello"
        page.wait_for_load_state("networkidle")  # the icon is asked for, too
