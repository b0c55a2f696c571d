"""What a round has changed, and the life of a question, in a real browser at the width of a small phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from survey.store.accounts import make_link
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.group import Group
from tests.survey.review.versions.scenes import HINT, pass_days, suggest


def test_the_new_version_and_the_life_of_a_question_are_read_on_a_small_phone(group: Group, page: Page) -> None:
    opened = group.open_round()
    suggest(group, opened, HINT, why="کون سا سال؟")
    suggest(group, opened, {"do": "move_question", "item": "times", "after": "control"})
    suggest(group, opened, {"do": "drop_question", "item": "helped"}, agrees=4)
    pass_days(group)
    page.set_viewport_size({"width": 320, "height": 800})
    with served(group.app) as address:
        link = make_link(group.store, group.config.code_key, "fay", group.clock())
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{address}/review/rounds/{opened.id}/propose")
        page.get_by_role("button", name="Close the review and make the new version").click()
        expect(page.locator("h1")).to_contain_text("The new version")
        expect(page.get_by_role("status")).to_contain_text("Now the group votes on it")
        assert page.locator("blockquote").first.evaluate("each => getComputedStyle(each).direction") == "rtl"
        assert axe_findings(page) + dom_findings(page) == []
        page.goto(f"{address}/review/questions/small/control")
        page.locator("#language, main").get_by_role("link", name="اردو").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert axe_findings(page) + dom_findings(page) == []
