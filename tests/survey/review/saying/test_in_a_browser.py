"""Saying something in a real browser: kept while one types and on leaving, with JavaScript and without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from survey.store.accounts import make_link
from survey.store.group.comments import comments_of
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.group import Group

QUESTION = "/review/rounds/1/questions/1"
WORDS = "What is “control”?"


@pytest.fixture
def address(group: Group) -> Iterator[str]:
    group.open_round()
    with served(group.app) as address:
        yield address


def open_as(group: Group, address: str, page: Page, name: str, path: str) -> None:
    link = make_link(group.store, group.config.code_key, name, group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.goto(address + path)


def check(page: Page) -> None:
    assert axe_findings(page) + dom_findings(page) == []


def test_what_is_typed_survives_leaving_and_is_sent_from_where_one_left_it(
    group: Group, address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    open_as(group, address, page, "lee", QUESTION)
    box = page.get_by_label("What do you want to say?")
    box.fill("What is")
    expect(page.locator("[data-app-typed-status]")).to_have_text("Saved at 10:00")
    box.fill(WORDS)
    page.goto(f"{address}/review/rounds/1/stories")  # before a pause
    page.goto(address + QUESTION)
    expect(box).to_have_value(WORDS)
    expect(page.get_by_text("You typed this before and have not sent it.")).to_be_visible()
    check(page)
    page.get_by_label("What it means").check()
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Thank you. The group can read this now.")).to_be_visible()
    expect(page.locator("blockquote", has_text=WORDS)).to_be_visible()
    assert [comment.words for comment in comments_of(group.store, 1)] == [WORDS]
    assert group.store.rows("select * from typed") == []
    page.goto(f"{address}/review/rounds/1/suggest/control/words/text:self")
    page.get_by_label("The question, for people who answer for themselves").fill("How much say do you have?")
    page.get_by_role("button", name="See the difference").click()
    expect(page.locator("ins").first).to_have_text("say")
    check(page)


def test_a_comment_is_kept_for_later_and_said_without_javascript_and_in_urdu(
    group: Group, address: str, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_as(group, address, page, "noor", "/review/rounds/1/comments")
    page.get_by_label("What do you want to say?").fill(WORDS)
    page.get_by_role("button", name="Keep for later").click()
    expect(page.get_by_label("What do you want to say?")).to_have_value(WORDS)
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text("Choose what kind of comment it is.")
    expect(page.get_by_label("What do you want to say?")).to_have_value(WORDS)
    page.get_by_label("Something else").check()
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("blockquote")).to_have_text(WORDS)
    context.close()
    urdu = browser.new_context(locale="ur", viewport={"width": 320, "height": 900})
    page = urdu.new_page()
    link = make_link(group.store, group.config.code_key, "sue", group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.locator("main form button[type=submit]").first.click()
    for path in (QUESTION, "/review/rounds/1/suggest?after=control", "/review/rounds/1/stories"):
        page.goto(address + path)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        check(page)
    urdu.close()
