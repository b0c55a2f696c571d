"""The pages of rounds in a real browser, at the width of a small phone: home, the plan with its errors, a round."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from survey.store.accounts import make_link
from tests.browser import axe_findings, dom_findings, served
from tests.survey.review.group import Group


def test_a_facilitator_plans_a_round_and_reads_it_on_a_small_phone(group: Group, page: Page) -> None:
    group.open_round(title="The round that is open", purpose="ہم کیا پوچھیں؟")
    prepared = group.prepare_round(title="", purpose="")
    page.set_viewport_size({"width": 320, "height": 800})
    with served(group.app) as address:
        link = make_link(group.store, group.config.code_key, "fay", group.clock())
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{address}/review/")
        expect(page.locator("h1")).to_have_text("Rounds")
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_role("link", name=f"Round {prepared.id}, without a title yet").click()
        page.get_by_role("button", name="Save and open the round").click()
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
            [
                "Write a title for this round",
                "Write what this round is for",
                "The group needs both its co-chairs, one of them with lived experience. Name them first",
            ]
        )
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_role("alert").get_by_role("link").nth(1).click()
        expect(page.get_by_label("What it is for")).to_be_focused()
        page.goto(f"{address}/review/rounds/1")
        expect(page.locator("h1")).to_contain_text("The round that is open")
        assert page.locator("dd .app-written").first.evaluate("each => getComputedStyle(each).direction") == "rtl"
        assert axe_findings(page) + dom_findings(page) == []
