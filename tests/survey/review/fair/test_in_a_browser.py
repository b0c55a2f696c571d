"""Time and pay, the pulse and the page of fairness in a real browser: at phone width, and once in Urdu."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from survey.review.outside import Outside, keep_outside
from survey.store.accounts import make_link
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.fair.acts import AGREES, end_review, put_down
from tests.survey.review.fair.test_fair import FAIR, LIVED, POLISH, say
from tests.survey.review.group import Group

TIME = "/review/me/time"
PULSE = "/review/rounds/2/pulse"


@pytest.fixture
def address(group: Group) -> Iterator[str]:
    keep_outside(group.app, Outside(missing=lambda: (POLISH,)))
    with served(group.app) as address:
        yield address


def play_two_rounds(group: Group) -> None:
    """One whose pulse everybody has given, and one whose pulse is open."""
    first = group.open_round()
    for name in (*LIVED, "cara", "sue", "raj"):
        say(group, first.id, name, "changed")
    end_review(group, first)
    for name in group.accounts:
        client = group.client(name)
        path = f"/review/rounds/{first.id}/pulse"
        answers = {**AGREES, "ticks": ["helped_payment", "hard_time"], "words": f"It was good to meet, {name} too."}
        client.post(path, data={**answers, "csrf_token": group.token(client, path)})
    end_review(group)
    put_down(group, "lee", expenses="12.50", note="Bus to the meeting")


def sign_in(group: Group, address: str, page: Page, name: str) -> None:
    link = make_link(group.store, group.config.code_key, name, group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()


def check(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_contain_text(heading)
    assert axe_findings(page) + dom_findings(page) == []


def test_the_pages_of_fairness_are_accessible_and_a_pulse_is_given_by_keyboard(
    group: Group, address: str, page: Page
) -> None:
    play_two_rounds(group)
    page.set_viewport_size({"width": 320, "height": 900})
    sign_in(group, address, page, "lee")
    page.goto(address + FAIR)
    for summary in page.locator("summary").all():
        summary.click()
    check(page, "Is it fair?")
    page.goto(address + TIME)
    check(page, "Your time and pay")
    page.get_by_label("How many minutes?").fill("-3")
    page.get_by_role("button", name="Put it down").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page, "Your time and pay")
    page.goto(address + PULSE)
    check(page, "How was this round for you?")
    page.get_by_label("Yes, fully").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nobody can see which answers are yours.")


def test_the_ledger_on_a_phone_and_time_and_pay_in_urdu(group: Group, address: str, page: Page) -> None:
    put_down(group, "lee", expenses="12.50", note="Bus to the meeting")
    page.set_viewport_size({"width": 320, "height": 900})
    sign_in(group, address, page, "fay")
    page.goto(f"{address}/review/ledger")
    check(page, "Time and pay")
    page.goto(f"{address}/review/ledger/1")
    check(page, "Change time and pay")
    page.goto(f"{address}{TIME}")
    page.locator("#language").get_by_role("link", name="اردو").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert axe_findings(page) + dom_findings(page) == []
