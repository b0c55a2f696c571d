"""Staff's pages of people's own words: who may read, what is refused, and that an answer is nowhere but on its page."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.commands import Publish, Services, erase
from survey.config import load_config
from survey.export.leaving import Leaving
from survey.refresh import Refresher
from survey.staff.parts import staff_parts
from survey.staff.reading.desk import open_desk
from survey.staff.reading.hints import Sign, find_hints
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role, list_accounts
from survey.store.connect import open_store
from survey.store.quotes import load_quotes
from survey.store.readings import save_reading
from survey.store.responses import save_page, start_response, submit_response, withdraw_response
from survey.store.themes import add_theme, agree_theme
from survey.store.waves import Wave, close_wave, find_wave, list_waves, open_wave
from survey.store.written import find_answers
from survey.together.services import let_words_out
from tests.browser import axe_findings, dom_findings, served
from tests.survey.staff.conftest import Clock, Office
from tests.survey.store.builders import NOON, said
from tests.survey.store.test_coding import asking

PLANTED = "Quokka by the Tuesday ferry"
PAGE = "words/"
"""The page of the question, from that of its wave."""
QUOTE = "[Something] by the ferry"
OTHER_QUOTE = "They asked [me] first"


@dataclass
class ReadingRoom(Office):
    """An office in which a wave has been answered in people's own words."""

    wave_id: str = ""
    signed_in: dict[str, Office] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    responses: list[int] = field(default_factory=list)

    def answer(self, *texts: str) -> None:
        for text in texts:
            state, code = start_response(
                self.store,
                self.config.code_key,
                wave=self.wave_id,
                invitation=None,
                page="who",
                answers={"who": "me"},
                **said(self.clock()),
            )
            save_page(self.store, state.response, page="words", answers={"words": text}, **said(self.clock()))
            submit_response(self.store, state.response, **said(self.clock()))
            self.codes.append(code)
            self.responses.append(state.response)

    def somebody(self, name: str, role: Role = Role.STAFF) -> Reader:
        """Another person, in a browser of their own."""
        if name not in self.signed_in:
            self.signed_in[name] = Office(self.app, self.config, self.store, self.clock)
            self.signed_in[name].sign_in(name, role)
        return Reader(self.signed_in[name], f"/staff/words/{self.wave_id}/")

    @property
    def wave(self) -> Wave:
        found = find_wave(self.store, self.wave_id)
        assert found is not None
        return found

    @property
    def leaving(self) -> Leaving:
        return Leaving(self.config.data / "analysis", self.config.data / "releases", let_words_out)

    def release(self) -> None:
        """As if results of the wave were published."""
        folder = self.config.data / "releases" / self.wave_id / "0001"
        folder.mkdir(parents=True)
        (folder / "release.json").write_text("{}")

    def published(self) -> str:
        file = self.config.data / "releases" / self.wave_id / "voices.json"
        return file.read_text() if file.exists() else ""


@dataclass
class Reader:
    """Somebody signed in, and what they do by keyboard and button."""

    office: Office
    folder: str
    token: str = ""

    @property
    def client(self) -> FlaskClient:
        return self.office.client

    def see(self, path: str = PAGE) -> str:
        page = self.client.get(urljoin(self.folder, path), follow_redirects=True).get_data(as_text=True)
        return " ".join(re.sub("</?bdi>", "", page).split())

    def do(self, path: str, **fields: Any) -> TestResponse:
        if not self.token:
            page = self.client.get(self.folder + PAGE).get_data(as_text=True)
            self.token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
        return self.client.post(urljoin(self.folder, path), data={**fields, "csrf_token": self.token})

    def suggest(self, label: str) -> TestResponse:
        return self.do(f"{PAGE}themes", label=label, meaning="When they speak of it.")

    def agree(self, theme: str) -> TestResponse:
        return self.do(f"{PAGE}themes/{theme}", decision="agree")

    def next_place(self, of: str = "read") -> str:
        location = self.client.get(f"{self.folder}{PAGE}{of}").location
        return location.partition("?")[0].rpartition("/")[2]

    def read(self, *themes: str, place: str = "") -> TestResponse:
        return self.do(f"{PAGE}read/{place or self.next_place()}", theme=list(themes))

    def places(self) -> list[str]:
        """Of all answers that are left to read, in the order in which they come."""
        found = [self.next_place()]
        while True:
            following = self.next_place(f"read?after={found[-1]}")
            if following in found or not following:
                return found
            found.append(following)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all tests, as every application compiles its templates anew; each test has a wave of its own."""
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live"))})
    store = open_store(config)
    clock = Clock()
    leaving = Leaving(config.data / "analysis", config.data / "releases", let_words_out)
    yield Office(create_app(config, store, now=clock, leaving=leaving), config, store, clock)
    store.close()


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Office]:
    return {}


@pytest.fixture
def room(office: Office, signed_in: dict[str, Office]) -> ReadingRoom:
    wave = f"w{len(list_waves(office.store))}"
    open_wave(office.store, wave=wave, questionnaire=asking(), vintage="2026", open_link=True, made_up=False, now=NOON)
    return ReadingRoom(office.app, office.config, office.store, office.clock, wave, signed_in)


def with_themes(room: ReadingRoom) -> tuple[Reader, Reader]:
    """Two readers who have agreed on two themes."""
    readers = room.somebody("Ada"), room.somebody("Ben")
    ada, ben = (next(each for each in list_accounts(room.store) if each.name == name) for name in ("Ada", "Ben"))
    about = {"wave": room.wave_id, "item": "words", "now": room.clock()}
    for label in ("Waiting", "Choice"):
        added = add_theme(room.store, ada, label=label, meaning="When they speak of it.", **about)
        agree_theme(room.store, ben, theme=added.code, **about)
    room.clock.advance(minutes=1)
    return readers


def test_only_staff_with_the_right_come_in(room: ReadingRoom) -> None:
    room.answer(PLANTED)
    paths = ["../", PAGE, f"{PAGE}read", f"{PAGE}settle", f"{PAGE}read/x", f"{PAGE}quote/x"]
    paths += ["quotes", "publish", "published"]
    posts = [f"{PAGE}themes", f"{PAGE}themes/t1", f"{PAGE}read/x", f"{PAGE}quote/x"]
    posts += ["quotes/1", "publish"]
    for path in paths:
        assert room.client.get(urljoin(f"/staff/words/{room.wave_id}/", path)).location == "/staff/sign-in"
    ics = room.somebody("Ivy", Role.ICS_STAFF)
    assert roles_with(Right.WORDS) == {Role.STAFF, Role.ANALYST, Role.ADMIN}
    answers = {path: ics.client.get(urljoin(ics.folder, path)) for path in paths}
    answers |= {path: ics.do(path) for path in posts}
    for path, answer in answers.items():
        assert answer.status_code == 403, path
        assert PLANTED not in answer.get_data(as_text=True)


def test_two_people_agree_on_themes_read_differ_and_settle(room: ReadingRoom) -> None:
    room.answer(PLANTED, "Other words.")
    ada, ben = room.somebody("Ada"), room.somebody("Ben")
    for number, label in enumerate(("Waiting", "Choice"), start=1):
        assert ada.suggest(label).status_code == 303
        assert ben.agree(f"t{number}").status_code == 303
    room.clock.advance(minutes=1)
    assert "Read the next answer: 2 are left for you" in ada.see()
    assert "Suggested by Ada, agreed by Ben" in ada.see()
    for place in ada.places():
        assert ada.read("t1", place=place).status_code == 303
    assert "There is nothing left for you to read" in ada.see()
    for place in ben.places():
        page = ben.see(f"{PAGE}read/{place}")
        assert "checked" not in page
        assert "The other reader" not in page
        ben.read("nothing", place=place)
    assert "Look again at 2 answers on which you and another differ" in ada.see()
    page = ada.see(f"{PAGE}settle")
    assert "The other reader found nothing of these" in page
    ada.read("nothing", place=ada.next_place("settle"))
    assert "Look again at 1 answer on which you and another differ" in ben.see()
    cem = room.somebody("Cem")
    assert "There is nothing left for you to read" in cem.see()
    assert "Answers that nobody has read: 0. Read by one person: 0. Read by two: 2." in cem.see()
    assert "<span>0</span>" in cem.see("../")


def test_what_is_wrong_is_said_and_nothing_is_saved(room: ReadingRoom) -> None:
    room.answer(PLANTED)
    ada, ben = with_themes(room)
    place = ada.next_place()
    for themes, words in (
        ((), "Choose the themes you found"),
        (("t1", "nothing"), "not both"),
        (("t1", "t9"), "not in use any more"),
        (("<script>alert(1)</script>",), "not in use any more"),
    ):
        answer = ada.read(*themes, place=place)
        assert answer.status_code == 400
        assert words in answer.get_data(as_text=True)
        assert "<script>alert" not in answer.get_data(as_text=True)
    ben.do(f"{PAGE}themes/t2", decision="retire")
    assert ada.read("t2", place=place).status_code == 400
    assert ada.agree("t1").status_code == 409
    assert ada.do(f"{PAGE}themes/t1", decision="delete").status_code == 400
    assert ada.do(f"{PAGE}themes/t7", decision="retire").status_code == 409
    for label in ("", "x" * 1_000_000, "waiting"):
        assert ada.suggest(label).status_code == 400
    assert ada.suggest("<script>alert(1)</script>").status_code == 303
    assert "<script>alert" not in ada.see()
    assert "Answers that nobody has read: 1." in ada.see()


def test_places_are_each_reader_s_own_and_a_forged_one_leads_nowhere(room: ReadingRoom) -> None:
    room.answer(PLANTED, "Other words.", "More words.")
    ada, ben = with_themes(room)
    mine, other = ada.places(), ben.places()
    assert len(mine) == 3
    assert not set(mine) & set(other)
    responses = [str(response) for (response,) in room.store.rows("select response from responses")]
    for place in (other[0], responses[0], "0", "../../", "x" * 5000, mine[0][:-1]):
        for path in (f"{PAGE}read/{place}", f"{PAGE}quote/{place}"):
            assert ada.client.get(urljoin(ada.folder, path)).status_code in {301, 308, 404}
    for path in ("../2025/words/", "who/", "off/", "../2025/quotes", "../2025/publish", f"words/read/{'0' * 20}"):
        assert ada.client.get(urljoin(ada.folder, path), follow_redirects=True).status_code == 404
    page = ada.see(f"{PAGE}read/{mine[0]}")
    assert not any(response in page for response in responses)
    assert not any(name in page for name in ("2026-09-01", "1 Sep", "12:00", 'name="response"'))


def test_a_quote_is_looked_at_proposed_and_approved_by_another(room: ReadingRoom) -> None:
    room.answer(f"My brother John lives in {PLANTED}, SW1A 1AA. Call 07700 900123.")
    ada, ben = with_themes(room)
    place = ada.next_place()
    ada.read("t1", "t2", place=place)
    quote = f"{PAGE}quote/{place}"
    ben.read("t1")
    page = ada.see(quote)
    for words in ("John", "SW1A 1AA", "07700 900123"):
        assert f"<strong>{words}</strong>" in page
    assert ada.do(quote, words="Call 07700 900123", chosen="t1").status_code == 400
    for words, theme in (("a" * 1_000_000, "t1"), ("", "t1"), (QUOTE, "t2"), (QUOTE, ""), (QUOTE, "t9")):
        answer = ada.do(quote, words=words, chosen=theme)
        assert answer.status_code == 400
        assert len(answer.data) < 100_000
    assert ada.do(quote, words=QUOTE, chosen="t1").status_code == 303
    assert ada.do(quote, words=QUOTE, chosen="t1").status_code == 400
    decide = quote_of(ben)
    assert ada.do(decide, decision="approve").status_code == 409
    page = ben.see("quotes")
    assert QUOTE in page
    assert PLANTED not in page
    for number in ("900", "9" * 30):
        assert ben.do(f"quotes/{number}", decision="approve").status_code in {400, 409}
    assert ben.do(decide, decision="burn").status_code == 400
    assert ben.do(decide, decision="approve").status_code == 303
    assert ben.do(decide, decision="approve").status_code == 409


def read_all(room: ReadingRoom, *names: str) -> None:
    """As on their pages, but at once."""
    for account in list_accounts(room.store):
        if account.name in names:
            for answer in find_answers(room.store, room.wave):
                save_reading(room.store, account, wave=room.wave_id, answer=answer, themes={"t1"}, now=room.clock())


def quote_of(reader: Reader) -> str:
    """The path of the only quote there is."""
    [path] = quotes_of(reader)
    return path


def quotes_of(reader: Reader) -> list[str]:
    return [f"quotes/{number}" for number in dict.fromkeys(re.findall(r'/quotes/(\d+)"', reader.see("quotes")))]


def quoting(room: ReadingRoom, *quotes: str) -> tuple[Reader, Reader]:
    """Two readers who have had quotes published."""
    room.answer(*(f"Words {number}" for number in range(10)))
    ada, ben = with_themes(room)
    read_all(room, "Ada", "Ben")
    for place, words in zip(ada_places(room), quotes or (QUOTE,), strict=False):
        ada.do(f"{PAGE}quote/{place}", words=words, chosen="t1")
    for path in quotes_of(ben):
        ben.do(path, decision="approve")
    close_wave(room.store, room.wave_id, room.clock())
    room.release()
    room.leaving.publish(room.store, room.wave, room.clock().date())
    assert all(words in room.published() for words in quotes or (QUOTE,))
    return ada, ben


def quoted(room: ReadingRoom) -> int:
    """Who is quoted, and was proposed last."""
    [*_, quote] = [quote for quote in load_quotes(room.store, room.wave_id) if quote.is_approved]
    return quote.answer.response


def withdraw_quoted(room: ReadingRoom) -> None:
    withdraw_response(room.store, quoted(room), **said(room.clock()))


def refreshing(room: ReadingRoom, publish: Publish | None = None) -> Refresher:
    """All waves are up to date; with something that publishes, all but the room's."""
    services = Services(room.config, room.store, publish or no_release, room.clock, leaving=room.leaving)
    return Refresher(services, lambda releases, wave: publish is None or wave != room.wave_id)


def publish(reader: Reader) -> TestResponse:
    page = reader.see("publish")
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    return reader.do("publish", seen=seen[1] if seen else "")


def test_an_answer_is_nowhere_but_on_its_page(room: ReadingRoom, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    room.answer(PLANTED, *(f"Words {number}" for number in range(11)))
    ada, ben = with_themes(room)
    read_all(room, "Ada", "Ben")
    place = next(place for place in ada_places(room) if PLANTED in ada.see(f"{PAGE}read/{place}"))
    assert ada.do(f"{PAGE}quote/{place}", words=QUOTE, chosen="t1").status_code == 303
    ben.do(quote_of(ben), decision="approve")
    assert "still open" in ada.see("publish")
    assert publish(ada).status_code == 409
    close_wave(room.store, room.wave_id, room.clock())
    assert "no results of this survey yet" in ada.see("publish")
    room.release()
    page = ada.see("publish")
    assert QUOTE in page
    assert ada.do("publish", seen="something else").status_code == 409
    assert publish(ada).status_code == 303
    assert QUOTE in room.published()
    assert "at least ten more people" in ada.see("publish")
    coding = room.config.data / "analysis" / room.wave_id / "coding.json"
    assert coding.stat().st_mode & 0o777 == 0o600
    assert coding.parent.stat().st_mode & 0o777 == 0o700
    pages = ["../../", "../", PAGE, f"{PAGE}settle", "quotes", "publish"]
    shown = [ada.see(path) for path in pages]
    files = [path for path in room.config.data.rglob("*") if path.is_file() and "duckdb" not in path.name]
    assert coding in files
    for text in (*shown, *(path.read_text(errors="replace") for path in files), caplog.text, repr(room.app.extensions)):
        assert PLANTED not in text
    assert re.findall("[0-9]{15}", coding.read_text()) == []

    services = Services(room.config, room.store, no_release, room.clock, leaving=room.leaving)
    erase(services, {"code": room.codes[0]}, lambda progress: None)
    assert QUOTE not in room.published()
    assert QUOTE not in coding.read_text()
    assert "Waiting" in room.published()


def no_release(analysis: Path, releases: Path, **rest: Any) -> Path:
    return releases


def ada_places(room: ReadingRoom) -> list[str]:
    """The places of answers that she has read, to which the pages lead no more."""
    account = next(account for account in list_accounts(room.store) if account.name == "Ada")
    return list(open_desk(staff_parts(room.app), account, room.wave_id, "words").places)


def test_a_withdrawn_quote_goes_from_what_is_published(room: ReadingRoom) -> None:
    room.answer(*(f"Words {number}" for number in range(12)))
    ada, _ = quoting(room)
    ada.do(quote_of(ada), decision="refuse")
    assert QUOTE not in room.published()
    assert '"share"' in room.published()


def test_the_quote_of_somebody_who_takes_back_their_answers_goes(room: ReadingRoom) -> None:
    quoting(room)
    refresher = refreshing(room)
    refresher.refresh()
    assert QUOTE in room.published()
    withdraw_quoted(room)
    refresher.refresh()
    assert QUOTE not in room.published()


def test_a_refusal_that_could_not_be_carried_out_is_made_good(room: ReadingRoom) -> None:
    ada, _ = quoting(room, QUOTE, OTHER_QUOTE)
    refresher = refreshing(room)
    refresher.refresh()
    in_the_way = room.config.data / "analysis" / room.wave_id / "coding.json"
    first, second = quotes_of(ada)
    for path, words in ((first, QUOTE), (second, OTHER_QUOTE)):
        in_the_way.unlink()
        in_the_way.mkdir()
        answer = ada.do(path, decision="refuse")
        assert answer.status_code == 503
        page = answer.get_data(as_text=True)
        assert "it could not be taken out of what is published" in page
        assert f'{path}"' in page
        assert words not in page
        assert words in room.published()
        if path == second:
            refresher.refresh()
        in_the_way.rmdir()
        if path == first:
            assert ada.do(path, decision="refuse").status_code == 303
        else:
            refresher.refresh()
        assert words not in room.published()


def test_what_goes_wrong_with_one_wave_leaves_no_quote_of_another(
    room: ReadingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    first = f"a{room.wave_id}"
    open_wave(room.store, wave=first, questionnaire=asking(), vintage="2026", open_link=True, made_up=False, now=NOON)
    assert list_waves(room.store)[0].id == first
    (room.config.data / "analysis" / first / "coding.json").mkdir(parents=True)
    quoting(room)
    withdraw_quoted(room)
    refreshing(room, cannot_publish).refresh()
    assert "could not be brought up to date" in caplog.text
    assert QUOTE not in room.published()
    shutil.rmtree(room.config.data / "analysis" / first)


def cannot_publish(analysis: Path, releases: Path, **rest: Any) -> Path:
    raise OSError("No space left on device")


def test_quotes_go_where_only_what_is_published_is_left(room: ReadingRoom) -> None:
    ada, _ = quoting(room, QUOTE, OTHER_QUOTE)
    analysis = room.config.data / "analysis" / room.wave_id
    shutil.rmtree(analysis)
    ada.do(quotes_of(ada)[0], decision="refuse")
    assert [words in room.published() for words in (QUOTE, OTHER_QUOTE)].count(True) == 1
    (analysis / "coding.json").unlink()
    services = Services(room.config, room.store, no_release, room.clock, leaving=room.leaving)

    def cannot_write(progress: object) -> None:
        raise OSError("No space left on device")

    code = room.codes[room.responses.index(quoted(room))]
    with pytest.raises(OSError, match="No space"):
        erase(services, {"code": code}, cannot_write)
    assert [words in room.published() for words in (QUOTE, OTHER_QUOTE)] == [False, False]


def test_nothing_older_is_published_after_a_quote_was_taken_back(room: ReadingRoom) -> None:
    quoting(room)
    steps: list[str] = []
    begun, go_on = Event(), Event()

    def let_out_slowly(coding: Path, releases: Path, *, step: str, **rest: Any) -> Mapping[str, Any]:
        steps.append(step)
        if step == "publish":
            begun.set()
            go_on.wait(timeout=30)
        return {}

    leaving = Leaving(room.leaving.analysis, room.leaving.releases, let_out_slowly)
    asked = (room.store, room.wave, room.clock().date())
    threads = [Thread(target=ask, args=asked) for ask in (leaving.publish, leaving.take_back_quotes)]
    threads[0].start()
    assert begun.wait(timeout=30)
    withdraw_quoted(room)
    threads[1].start()
    threads[1].join(timeout=0.3)
    assert QUOTE in (room.config.data / "analysis" / room.wave_id / "coding.json").read_text()
    assert steps == ["publish"]
    go_on.set()
    for thread in threads:
        thread.join(timeout=30)
    assert steps == ["publish", "take_back"]


def test_nobody_sees_what_another_found_before_they_have_read(room: ReadingRoom) -> None:
    room.answer(PLANTED)
    ada, ben = with_themes(room)
    place = ada.next_place()
    ada.read("t1", "t2", place=place)
    quote = f"{PAGE}quote/{place}"
    reason = "You can quote from this answer once two people have read it and both find the same theme."
    for path in (quote, f"{PAGE}read/{place}"):
        assert reason in ada.see(path)
    assert f"/{quote}" not in ada.see(f"{PAGE}read/{place}")
    assert ada.do(quote, words=QUOTE, chosen="t1").status_code == 400
    assert QUOTE not in ben.see("quotes")
    ben.read("t2")
    assert f"/{quote}" in ada.see(f"{PAGE}read/{place}")
    assert ada.do(quote, words=QUOTE, chosen="t1").status_code == 400
    assert ada.do(quote, words=QUOTE, chosen="t2").status_code == 303


def test_what_looks_like_a_name_or_a_number_is_listed_and_everyday_words_are_not() -> None:
    found = find_hints(
        "My son Tom Baker, 42, of LS1 4AP: tom@example.org or 0113 496 0000. I like it. The dr jones too."
    )
    signs: Mapping[str, Sign] = {hint.words: hint.sign for hint in found}
    assert signs == {
        "Tom Baker": Sign.NAME,
        "42,": Sign.NUMBER,
        "LS1 4AP": Sign.POSTCODE,
        "tom@example.org": Sign.EMAIL,
        "0113 496 0000": Sign.PHONE,
    }
    assert find_hints("They came late. It was hard, and I waited. But then it got better!") == ()


def test_reading_works_by_keyboard_on_a_phone_without_script(room: ReadingRoom, page: Page) -> None:
    room.answer(f"{PLANTED}, where Tom lives.", "Other words.")
    with_themes(room)
    read_all(room, "Ben")
    link = room.link("Ada")
    page.set_viewport_size({"width": 320, "height": 700})
    with served(room.app) as address:
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="In people’s words: read and code").click()
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_role("link", name=f"({room.wave_id})").click()
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_role("button", name="Read the next answer").click()
        page.get_by_role("checkbox", name="Waiting").focus()
        page.keyboard.press("Space")
        assert axe_findings(page) + dom_findings(page) == []
        page.keyboard.press("Enter")
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.get_by_role("link", name="Change it, or propose a quote from it").click()
        page.get_by_role("link", name="Propose a quote from this answer").click()
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_label("Words to quote").fill("Tom is kind.")
        page.get_by_role("button", name="Propose this quote").click()
        expect(page.locator("h1")).to_contain_text("Quotes")
        assert axe_findings(page) + dom_findings(page) == []
