"""Deciding in a real browser: the ballot paper on a small phone by keyboard, a stop with its reply, a count in Urdu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from survey.coproduction.people import Way
from survey.store.accounts import make_link
from survey.store.group.stops import sign_reply
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.deciding.table import HINT, OTHERWISE, SHORTER, Table

BALLOT = "/review/rounds/1/decisions"


@pytest.fixture
def address(empty_table: Table) -> Iterator[str]:
    with served(empty_table.group.app) as found:
        yield found


def sign_in(page: Page, address: str, table: Table, name: str) -> None:
    link = make_link(table.store, table.group.config.code_key, name, table.group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").press("Enter")


def test_a_member_votes_by_keyboard_without_scripts_on_a_small_phone(
    empty_table: Table, address: str, browser: Browser
) -> None:
    table = empty_table
    table.put(SHORTER, OTHERWISE)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    sign_in(page, address, table, "lee")
    page.goto(address + BALLOT)
    first = page.get_by_role("region", name="Vote 1: question 2")
    assert first.locator("del").inner_text() == "you?"
    assert first.locator("ins").inner_text() == "you most?"
    expect(first).to_contain_text("If both are agreed, the one with more votes is used.")
    first.get_by_label("I agree", exact=True).focus()
    for key in ("ArrowDown", "ArrowDown", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("alert")).to_contain_text("Say what has to be sorted first.")
    page.get_by_role("alert").get_by_role("link").press("Enter")
    first.get_by_label("Why, in your words").fill("It is too long.")
    first.get_by_role("button").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your vote is saved.")
    expect(first.get_by_label("Stop: sort this first")).to_be_checked()
    expect(first).to_contain_text("1 has voted of 7")
    context.close()


def test_a_stop_and_its_reply_in_a_browser_and_once_in_urdu(empty_table: Table, address: str, page: Page) -> None:
    table = empty_table
    table.put(SHORTER)
    table.vote_all(1, lee="stop", tom="go_ahead")
    table.count()
    table.suggest(HINT)
    page.set_viewport_size({"width": 320, "height": 800})
    sign_in(page, address, table, "kim")
    page.goto(address + BALLOT)
    page.get_by_label("Suggestion 2").press("Space")
    page.get_by_role("button", name="Put to the vote").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 suggestion is put to the vote.")
    assert axe_findings(page) + dom_findings(page) == []
    page.get_by_role("radio", name="Stop: sort this first").press("Space")
    page.get_by_role("button", name="Save what I have filled in").press("Enter")
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    assert axe_findings(page) + dom_findings(page) == []
    page.get_by_role("link", name="Vote 1: question 2").click()
    page.get_by_label("The reply").fill("We will ask five people first.")
    page.get_by_role("button", name="Sign this reply").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You have signed the reply.")
    assert axe_findings(page) + dom_findings(page) == []
    lee, deed = table.group.accounts["lee"].id, table.group.deed("raj", "sign")
    words = "We will ask five people first."
    sign_reply(table.store, deed, 1, 1, lee, words, words, Way.SELF)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address, table, "lee")
    page.goto(f"{address}/language/ur?to=/review/decisions/1")
    page.goto(f"{address}/review/decisions/1")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text(words)).to_be_visible()
    assert axe_findings(page) + dom_findings(page) == []
    page.locator('form[action$="/clear"] button').press("Enter")
    page.goto(f"{address}/language/en?to=/review/decisions/1")
    expect(page.locator(".app-vote__count")).to_contain_text("5 agree, 1 goes ahead without agreeing, 1 says stop.")
