"""What happened to what I said, and what changed, in a real browser: on a small phone, in Urdu, and on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from survey.coproduction.people import Office
from survey.store.accounts import make_link
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.circle.speech import agree_on, end_review, give_office, post, say
from tests.survey.review.conftest import made_group
from tests.survey.review.group import Group

PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """A round that has ended: something changed, something could not, something is late, something was reopened."""
    with made_group(tmp_path_factory.mktemp("told")) as group:
        round_ = group.open_round()
        give_office(group, "raj", Office.SPONSOR)
        agree_on(group, round_)
        changed = say(group, round_, "lee", "ye کیا ہے؟ What is “helped”?", item="helped")
        cannot, late = say(group, round_, "lee", "Why do you ask?"), say(group, round_, "noor")
        open_one = say(group, round_, "kim", "Too many words")
        power = {"seen": "0", "power": "group"}
        given = {
            changed: {"became": "changed", "words": "It asks what helped you most.", "suggestion": "1"},
            cannot: {"became": "cannot", "words": "The law asks for it."},
            late: {"became": "discuss", "words": "We ask more people.", "owner": "The facilitator", "due-day": "9"}
            | {"due-month": "10", "due-year": "2026"},
        }
        for comment, fields in given.items():
            assert post(group, "fay", f"/review/comments/{comment}/outcome", **power, **fields).status_code == 303
        end_review(group, round_)
        group.clock.advance(days=7)
        group.sign_out()
        assert open_one == 4
        yield group


@pytest.fixture(scope="module")
def address(told: Group) -> Iterator[str]:
    with served(told.app) as address:
        yield address


def come_in(group: Group, address: str, page: Page, name: str) -> None:
    link = make_link(group.store, group.config.code_key, name, group.clock())
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()


def check(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert axe_findings(page) + dom_findings(page) == []


def test_everyone_reads_what_changed_on_a_small_phone_and_in_urdu(told: Group, address: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{address}/what-changed")
    check(page, "list")
    page.get_by_role("link", name="Round 1").click()
    expect(page.locator("h1")).to_contain_text("round 1")
    expect(page.get_by_text("This is late.").first).to_be_visible()
    check(page, "told")
    page.get_by_role("link", name="اردو", exact=True).click()
    expect(page).to_have_url(f"{address}/what-changed/round-1")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    check(page, "told-ur")


def test_a_member_reads_answers_and_prints_what_happened(told: Group, address: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    come_in(told, address, page, "lee")
    page.goto(f"{address}/review/mine")
    check(page, "mine")
    page.emulate_media(media="print")
    for link in page.locator(".app-no-print").all():
        expect(link).to_be_hidden()
    expect(page.get_by_text("The law asks for it.")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Does this reflect what you said?").first.click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page, "comment")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Thank you. The facilitator can read what you said.")).to_be_visible()


def test_a_facilitator_gives_an_outcome_and_the_sponsor_signs(told: Group, address: str, page: Page) -> None:
    come_in(told, address, page, "fay")
    page.goto(f"{address}/review/rounds/1/outcomes")
    check(page, "outcomes")
    page.get_by_role("link", name="Answer comment 4").click()
    page.get_by_role("button", name="Save and go to the next one").click()
    page.get_by_label("To be talked about").check()
    page.get_by_role("button", name="Save and go to the next one").click()
    expect(page.get_by_label("Who takes it on?")).to_be_visible()
    check(page, "outcome-form")
    page.get_by_role("button", name="Sign out").click()
    come_in(told, address, page, "raj")
    page.goto(f"{address}/review/rounds/1/answer")
    check(page, "answer")
