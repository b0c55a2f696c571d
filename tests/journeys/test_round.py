"""A whole round of the group, played by nine people in browsers of their own that are open at the same time."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from survey.app import create_app
from survey.config import Config, load_config
from survey.coproduction.people import Office
from survey.coproduction.rounds import State
from survey.questionnaire.model import Status
from survey.store.accounts import Role, make_link
from survey.store.connect import Store, open_store
from survey.store.group.offices import give_office
from survey.store.group.rounds import list_rounds
from survey.store.versions import load_version
from tests.browser import launch_options, served
from tests.survey.review.group import MEMBERS, SMALL, Clock, Group

OFFICES = {
    Office.FACILITATOR: "fay",
    Office.NAMED_CONTACT: "fay",
    Office.CO_CHAIR_LIVED: "lee",
    Office.CO_CHAIR: "sue",
    Office.SPONSOR: "sam",
}
VOTERS = ("lee", "noor", "kim", "tom", "cara", "sue", "raj")
SAID = {
    "lee": ("1", "clarity", "What does control mean here?"),
    "noor": ("1", "reading", "The hint is easy to miss."),
    "kim": ("2", "sensitivity", "Some of us had no help at all."),
    "tom": ("3", "memory", "I do not count how often I ask."),
    "cara": ("2", "assumptions", "It sounds as if help came from outside."),
    "sue": ("3", "answer_options", "A number looks exact and is not."),
    "raj": ("1", "other", "Our letters use the same word."),
}
"""By name: the question, the kind of comment, the words."""
NEW_WORDS = "How much do you decide about your support?"
STOP = "I do not decide when I am in hospital. Sort out who is meant."


async def follow(page: Page, selector: str) -> None:
    """Press the first button or link of these, and wait for the page that answers."""
    async with page.expect_navigation():
        await page.locator(selector).first.click()


@dataclass
class Table:
    """The site with its group, a clock to turn, and everybody's browser."""

    url: str
    group: Group
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)
    """What each browser was sent, page by page."""
    complaints: list[str] = field(default_factory=list)

    async def sit_down(self, name: str) -> None:
        """Sign in with a link of one's own, in a browser of one's own."""
        context = await self.browser.new_context(
            locale="en-GB", viewport={"width": 390, "height": 800}, reduced_motion="reduce"
        )
        context.set_default_timeout(60_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{name}: {error}"))
        self.pages[name] = page
        self.seen.setdefault(name, [])
        if name != "stranger":
            link = make_link(self.group.store, self.group.config.code_key, name, self.group.clock())
            await page.goto(f"{self.url}/staff/sign-in/{link.token}")
            await follow(page, "main form button[type=submit]")

    async def everybody_sits_down(self) -> None:
        """Also after days have gone by: nobody stays signed in for so long."""
        for page in self.pages.values():
            await page.context.close()
        await self.at_once(*(self.sit_down(name) for name in (*MEMBERS, "sam", "stranger")))

    async def at_once(self, *doing: Coroutine[Any, Any, None]) -> None:
        await asyncio.gather(*doing)

    async def go(self, name: str, path: str) -> Page:
        page = self.pages[name]
        await page.goto(self.url + path)
        await self.look(name)
        return page

    async def look(self, name: str) -> str:
        """What stands on somebody's page now; it is kept, for what nobody may see."""
        html = await self.pages[name].content()
        self.seen[name].append(html)
        return html

    async def press(self, name: str, button: str) -> Page:
        """Press a button and take in the page that follows."""
        page = self.pages[name]
        async with page.expect_navigation():
            await page.get_by_role("button", name=button, exact=True).first.click()
        await self.look(name)
        return page


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / "small.json").write_text(json.dumps(SMALL))
    config: Config = load_config({"PHB_DATA": str(tmp_path / "live"), "PHB_QUESTIONNAIRES": str(folder)})
    clock = Clock()
    store: Store
    with closing(open_store(config)) as store:
        made = Group(create_app(config, store, now=clock), config, store, clock)
        for name, role in {**MEMBERS, "sam": Role.STAFF}.items():
            made.add(name, role)
        for office, name in OFFICES.items():
            give_office(store, made.deed("fay", "give office", name), made.accounts[name].id, office)
        yield made


def played(play: Callable[[Table], Coroutine[Any, Any, None]], group: Group) -> Table:
    """Play in a thread of its own: the other tests' browser holds the event loop of this one."""
    tables: list[Table] = []
    failures: list[BaseException] = []

    async def run(url: str) -> None:
        async with async_playwright() as playwright:
            options = launch_options(playwright)  # type: ignore[arg-type]  # it asks for the path alone
            assert options is not None, "No Chromium: put one on the PATH, or run `make browser`."
            browser = await playwright.chromium.launch(**options)
            table = Table(url, group, browser)
            tables.append(table)
            await play(table)
            await browser.close()

    def start(url: str) -> None:
        try:
            asyncio.run(run(url))
        except BaseException as failure:
            failures.append(failure)

    with served(group.app) as url:
        thread = threading.Thread(target=start, args=(url,))
        thread.start()
        thread.join()
    if failures:
        raise failures[0]
    return tables[0]


# --- The parts of the play ------------------------------------------------------------


async def open_the_round(table: Table) -> None:
    fay = await table.go("fay", "/review/rounds/new")
    await fay.check('input[name="source"][value*="small"]')
    await table.press("fay", "Continue")
    await table.press("fay", "Save and open the round")
    await expect(fay.locator(".nhsuk-error-summary")).to_contain_text("what")  # an empty plan is refused, with reasons
    for name, words in {
        "title": "The questions for next year",
        "purpose": "To make the questions easy to answer.",
        "can_change": "The words, the answers and the order.",
        "cannot_change": "Nobody is asked for a name.",
        "difference": "What you agree on is asked next year.",
        "contact": "Fay, 01632 960 124",
        "quorum": "5",
    }.items():
        await fay.fill(f'[name="{name}"]', words)
    for name, day in {"say_until": date(2026, 10, 26), "decide_until": date(2026, 11, 2)}.items():
        for part, number in {"day": day.day, "month": day.month, "year": day.year}.items():
            await fay.fill(f'[name="{name}-{part}"]', str(number))
    for box in await fay.locator('input[name="asked"]').all():
        await box.check()
    await table.press("fay", "Save and open the round")
    assert [each.state for each in list_rounds(table.group.store)] == [State.IN_REVIEW]


async def read_and_comment(table: Table, name: str) -> None:
    question, kind, words = SAID[name]
    page = await table.go(name, "/review/")
    async with page.expect_navigation():
        await page.get_by_role("link", name="The questions for next year").first.click()
    page = await table.go(name, f"/review/rounds/1/questions/{question}")
    await page.check(f'input[name="kind"][value="{kind}"]')
    await page.locator('textarea[name="words"]').first.fill(words)
    if name in ("sue", "raj"):
        await page.check('input[name="hat"][value="job"]')
    await follow(page, 'form[action*="/say"] button[type=submit]')
    await expect(page.locator("main")).to_contain_text(words)


async def suggest(table: Table, name: str, path: str, **words: str) -> None:
    page = await table.go(name, f"/review/rounds/1/suggest/{path}")
    for field_name, text in words.items():
        await page.locator(f'[name="{field_name}"]').first.fill(text)
    await table.press(name, "Suggest this")
    await expect(page.locator(".nhsuk-error-summary")).to_have_count(0)


async def vote(table: Table, name: str, stop: str = "") -> None:
    """Agree with everything that is open; or stop the first."""
    page = await table.go(name, "/review/rounds/1/decisions")
    fieldsets = await page.locator('input[type="radio"][value="agree"]').all()
    for number, agree in enumerate(fieldsets):
        if stop and number == 0:
            chosen = await agree.get_attribute("name") or ""
            await page.check(f'input[name="{chosen}"][value="stop"]')
            await page.fill(f'[name="{chosen.replace("choice", "words")}"]', stop)
        else:
            await agree.check()
    await table.press(name, "Save what I have filled in")
    await expect(page.locator(".nhsuk-error-summary")).to_have_count(0)


async def answer_comments(table: Table) -> None:
    """Fay works through the list, one after the other."""
    while True:
        fay = await table.go("fay", "/review/rounds/1/outcomes")
        links = fay.locator('main a[href*="/review/comments/"]')
        if await links.count() == 0:
            return
        await follow(fay, 'main a[href*="/review/comments/"]')
        await fay.check('input[name="became"][value="cannot"]')
        await fay.fill('textarea[name="words"]', "The group keeps this as it is for a year.")
        await fay.check('input[name="power"][value="group"]')
        await follow(fay, 'button[name="action"][value="stay"]')
        await expect(fay.locator(".nhsuk-error-summary")).to_have_count(0)


async def reopen(table: Table, name: str) -> None:
    page = await table.go(name, "/review/mine")
    await follow(page, 'main a[href*="/review/comments/"]')
    await page.locator('form[action$="/reopen"] textarea').fill("I meant something else. Please read it again.")
    await table.press(name, "Open it again")
    await expect(page.locator(".nhsuk-error-summary")).to_have_count(0)


async def sort_the_stop(table: Table) -> None:
    for name in ("lee", "sue"):
        page = await table.go(name, "/review/decisions/1")
        reply = page.locator('form[action$="/reply"] textarea')
        if name == "lee":
            await reply.fill("It means what you decide when you can. We say so in the hint next time.")
        await table.press(name, "Sign this reply")
        await expect(page.locator(".nhsuk-error-summary")).to_have_count(0)
    page = await table.go("tom", "/review/decisions/1")
    await expect(page.locator("main")).to_contain_text("It means what you decide when you can.")
    await table.press("tom", "That sorts it for me")
    await expect(page.locator("main")).to_contain_text("Agreed")


async def the_whole_round(table: Table) -> None:
    await table.everybody_sits_down()
    await open_the_round(table)
    await table.at_once(*(read_and_comment(table, name) for name in VOTERS))
    await table.at_once(
        suggest(table, "lee", "control/words/text:self", words=NEW_WORDS, why="Control is a hard word."),
        suggest(table, "kim", "control/answer", words="It changes", why="Some months are better."),
    )
    fay = await table.go("fay", "/review/rounds/1/decisions")
    for box in await fay.locator('input[name="suggestion"]').all():
        await box.check()
    await table.press("fay", "Put to the vote")
    await table.go("raj", "/review/rounds/1/extend")
    await table.press("raj", "Take ten more days")
    await table.at_once(*(vote(table, name, stop=STOP if name == "tom" else "") for name in VOTERS))
    for name in table.pages:
        for path in ("/review/rounds/1/decisions", "/review/rounds/1", "/review/decisions/1", "/what-changed"):
            await table.go(name, path)
    nobody_saw_a_vote(table)

    await answer_comments(table)
    await reopen(table, "cara")
    fay = await table.go("fay", "/review/rounds/1/propose")
    await expect(fay.get_by_role("button", name="Close the review and make the new version")).to_have_count(0)
    await answer_comments(table)

    table.group.clock.advance(days=44)
    await table.everybody_sits_down()
    await table.go("fay", "/review/rounds/1/decisions")
    await table.press("fay", "Close and count all")
    await sort_the_stop(table)
    await table.go("fay", "/review/rounds/1/propose")
    await table.press("fay", "Close the review and make the new version")
    page = await table.go("cara", "/review/rounds/1/new-version")
    await expect(page.locator("main")).to_contain_text(NEW_WORDS)
    await table.at_once(*(vote(table, name) for name in VOTERS))
    await follow(await table.go("sue", "/review/rounds/1/decisions"), 'form[action$="/count"] button')
    sam = await table.go("sam", "/review/rounds/1/answer")
    await sam.locator('textarea[name="words"]').fill("Thank you. We ask it in these words next year.")
    await sam.fill('main input[name="signed_name"]', "Sam Field")
    await sam.fill('main input[name="office"]', "Survey office")
    await sam.locator('main input[name="sign"]').check()
    await table.press("sam", "Sign and publish")
    await table.go("stranger", "/what-changed")
    page = table.pages["stranger"]
    await follow(page, 'main a[href="/what-changed/round-1"]')
    for words in (
        NEW_WORDS,
        "It changes",
        "We ask it in these words next year.",
        "It means what you decide when you can",
    ):
        await expect(page.locator("main")).to_contain_text(words)
    public = await table.look("stranger")
    for words in (STOP, *(words for _, _, words in SAID.values())):
        assert words not in public  # what members say among themselves is theirs


def nobody_saw_a_vote(table: Table) -> None:
    for name, pages in table.seen.items():
        for html in pages:
            if name != "tom":
                assert STOP not in html, name
            assert "7 agree" not in html, name
            assert "6 agree" not in html, name


def test_nine_people_play_a_round_from_its_opening_to_the_page_that_everyone_reads(group: Group) -> None:
    table = played(the_whole_round, group)
    assert table.complaints == []
    (round_,) = list_rounds(group.store)
    assert round_.state is State.AGREED
    assert round_.is_extended
    made = load_version(group.store, round_.new_version)
    assert made.status is Status.AGREED
    item = made.sections[0].pages[0].items[0]
    assert item.text.self == NEW_WORDS  # type: ignore[union-attr]
    assert [option.text for option in item.options][-1] == "It changes"  # type: ignore[union-attr]
    refused = group.store.rows("select action from audit where action like 'refused%'")
    assert refused == [("refused: open round",)]
