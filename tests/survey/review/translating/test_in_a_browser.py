"""The translator's screen in a real browser: one string on its way to a respondent, by four people."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from survey.questionnaire.load import load_file
from survey.resources import QUESTIONNAIRES
from survey.store.accounts import make_link
from survey.store.waves import open_wave
from tests.browser import axe_findings, dom_findings, served, without_complaints
from tests.survey.review.group import Group
from tests.survey.review.translating.conftest import ANNUAL, address_of

CONTEXT = "item.taking_part.text"
DECIDED = "کیا آپ اس سروے میں حصہ لیں گے؟"


def come_in(group: Group, page: Page, address: str, name: str) -> None:
    link = make_link(group.store, group.config.code_key, name, group.clock())
    page.context.clear_cookies()
    page.goto(f"{address}/staff/sign-in/{link.token}")
    page.get_by_role("button", name="Sign in").click()
    with page.expect_navigation():
        page.get_by_role("link", name="See what there is to do").click()


def check(page: Page) -> None:
    assert axe_findings(page) + dom_findings(page) == []


def test_four_people_translate_a_question_and_a_respondent_reads_it(group: Group, page: Page) -> None:
    open_wave(
        group.store,
        wave="trial",
        questionnaire=load_file(QUESTIONNAIRES / "phb-annual.json"),
        vintage="2026",
        open_link=True,
        made_up=False,
        now=group.clock(),
    )
    path = address_of(group, CONTEXT)
    with without_complaints(page), served(group.app) as address:
        page.set_viewport_size({"width": 320, "height": 800})
        come_in(group, page, address, "ali")
        check(page)
        page.goto(f"{address}{ANNUAL}?do=first&q={CONTEXT}")
        check(page)
        page.get_by_role("link", name="Do you want to take part?").click()
        check(page)
        box = page.locator("#words-0")
        box.fill("کیا {uses} آپ حصہ لیں گے؟")
        page.get_by_role("button", name="Save my draft").click()
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        check(page)
        box.fill("کیا آپ شامل ہوں گے؟")
        page.get_by_role("button", name="Save my draft").press("Enter")
        page.wait_for_url(f"**{ANNUAL}?**")

        come_in(group, page, address, "bano")
        page.goto(f"{address}{path}")
        page.get_by_role("button", name="my draft is the same").click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()

        come_in(group, page, address, "cem")
        page.goto(f"{address}/language/ur?to={path}")
        check(page)
        page.locator("#words-0").fill(DECIDED)
        with page.expect_navigation():
            page.locator("button[value=review]").click()

        come_in(group, page, address, "dua")
        page.goto(f"{address}{path}")
        with page.expect_navigation():
            page.locator("button[value=adjudicate]").click()
        page.goto(f"{address}{path}")
        question = page.frame_locator("iframe").get_by_role("group", name=DECIDED)
        expect(question).to_be_visible()

        page.context.clear_cookies()
        page.goto(f"{address}/language/ur?to=/survey/taking-part")
        page.goto(f"{address}/")
        page.locator("form button.nhsuk-button").first.click()
        expect(page.get_by_text(DECIDED)).to_be_visible()
