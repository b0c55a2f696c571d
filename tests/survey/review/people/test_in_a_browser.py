"""The pages about people in a real browser, at phone width: no finding of axe or of our own checks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from survey.coproduction.membership import Need, Profile, TextKind
from survey.coproduction.people import Naming, Office
from survey.store.accounts import make_link
from survey.store.group.links import show_link
from survey.store.group.members import save_profile
from survey.store.group.offices import give_office
from survey.store.group.texts import add_text
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.conftest import made_group
from tests.survey.review.group import Group


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """A group with a code of conduct, a co-chair, and somebody with a name in another script."""
    with made_group(tmp_path_factory.mktemp("group")) as group:
        add_text(group.store, group.deed("fay"), TextKind.CONDUCT, {"words": "Be kind.\n\nListen."}, seen=0)
        give_office(group.store, group.deed("fay"), group.accounts["lee"].id, Office.CO_CHAIR_LIVED)
        show_link(group.store, group.deed("fay"), group.config.code_key, group.accounts["lee"].id)
        noor = Profile(display_name="نور", naming=Naming.DISPLAY, needs=frozenset({Need.BSL}), needs_words="A ramp")
        save_profile(group.store, group.deed("noor"), group.accounts["noor"].id, noor, 0, {})
        yield group


@pytest.fixture(scope="module")
def address(lived_in: Group) -> Iterator[str]:
    with served(lived_in.app) as address:
        yield address


def come_in(group: Group, address: str, page: Page, name: str) -> None:
    link = make_link(group.store, group.config.code_key, name, group.clock())
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()


def check(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_contain_text(heading)
    assert axe_findings(page) + dom_findings(page) == []


def test_a_member_finds_the_group_and_says_how_to_be_shown(lived_in: Group, address: str, page: Page) -> None:
    come_in(lived_in, address, page, "lee")
    page.goto(f"{address}/review/group")
    check(page, "The group")
    page.get_by_role("link", name="Say how the group sees you, and what you need").click()
    page.get_by_label("A name that I choose").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    check(page, "About me")
    page.get_by_label("The name that you choose").fill("Sunny")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Code of conduct")
    page.get_by_role("button", name="I agree to this code of conduct").click()
    expect(page.get_by_text("You agreed to this version")).to_be_visible()


def test_a_facilitator_keeps_a_member(lived_in: Group, address: str, page: Page) -> None:
    come_in(lived_in, address, page, "fay")
    page.goto(f"{address}/review/members")
    page.get_by_role("link", name="noor").click()
    check(page, "noor")
    task = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="The other co-chair"))
    task.get_by_role("button", name="Give them this task").click()
    expect(task.get_by_role("button", name="Take this task back")).to_be_visible()
    page.get_by_role("button", name="Show a sign-in link").click()
    expect(page.locator("h1")).to_have_text("A sign-in link")
