"""The staff pages in a real browser: no finding of axe or of our own checks, at phone width and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from survey.store.accounts import Role
from tests.browser import axe_findings, dom_findings, served
from tests.survey.staff.conftest import Office
from tests.survey.staff.test_landing import open_trial


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office.app) as address:
        yield address


def check(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_have_text(heading)
    assert axe_findings(page) + dom_findings(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_staff_is_accessible(office: Office, address: str, page: Page, width: int) -> None:
    open_trial(office, "2026", made_up=True)
    link, other = office.add("Ada"), office.add("Tomasz", Role.CLERK)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/staff/")
    check(page, "Sign in")
    page.get_by_label("Six-digit code").fill("12")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Enter your name", "Your code must be six digits, like 012 345"]
    )
    check(page, "Sign in")
    page.goto(f"{address}/staff/sign-in/{link.token}")
    check(page, "Sign in")
    page.get_by_role("button", name="Sign in").click()
    check(page, "Fieldwork")
    page.get_by_role("button", name="Sign out").click()
    check(page, "Sign in")
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()
    check(page, "This link has been used")
    page.goto(f"{address}/staff/sign-in/{other.token}")
    page.get_by_role("button", name="Sign in").click()
    check(page, "This page is not for your role")


def test_a_code_signs_in_with_the_keyboard_alone(office: Office, address: str, page: Page) -> None:
    code = office.add("Ada").code6
    page.goto(f"{address}/staff/sign-in")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Fieldwork")
