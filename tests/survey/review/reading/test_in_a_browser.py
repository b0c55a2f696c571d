"""Reading a draft in a real browser: at phone width and on a desktop, in Urdu, and the pack on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from survey.store.accounts import make_link
from tests.browser import axe_findings, dom_findings, served, without_complaints
from tests.survey.review.group import Group


@pytest.fixture
def address(group: Group) -> Iterator[str]:
    with served(group.app) as address:
        yield address


def sign_in(group: Group, page: Page, address: str) -> None:
    link = make_link(group.store, group.config.code_key, "lee", group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/review/**")


def check(page: Page) -> None:
    assert axe_findings(page) + dom_findings(page) == []


def test_a_question_is_read_in_its_frame_and_the_pack_is_printed(group: Group, address: str, page: Page) -> None:
    round = group.open_round()
    here = f"{address}/review/rounds/{round.id}"
    with without_complaints(page):
        page.set_viewport_size({"width": 1280, "height": 900})
        sign_in(group, page, address)
        page.goto(f"{here}/questions/1")
        check(page)
        frame = page.frame_locator("iframe[title='Question 1 as people will see it']")
        expect(frame.get_by_role("group", name="How much control do you have over your support?")).to_be_visible()
        frame.get_by_label("Some").check()
        assert page.evaluate("() => document.querySelector('iframe').contentDocument.body.scrollHeight") <= (
            page.evaluate("() => document.querySelector('iframe').clientHeight")
        )
        page.set_viewport_size({"width": 320, "height": 800})
        page.get_by_label("Who answers").select_option("proxy")
        page.get_by_label("Language", exact=True).select_option("ur")
        page.get_by_role("button", name="Show it so").click()
        expect(frame.get_by_text("How much control does the person have over their support?")).to_be_visible()
        expect(page.get_by_text("not translated yet. You see English.").first).to_be_visible()
        page.goto(f"{address}/language/ur?to=/review/rounds/{round.id}/questions/1")
        check(page)
        page.goto(f"{here}/frame/1?format=easyread")
        check(page)
        page.goto(f"{here}/pack?locale=en&print=large")
        check(page)
        paper = PdfReader(BytesIO(page.pdf()))
        words = [" ".join(each.extract_text().split()) for each in paper.pages]
        assert "The questions for next year" in words[0]
        assert "1. How much control" not in words[0]
        assert "Sign out" not in " ".join(words)
