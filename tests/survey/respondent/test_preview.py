"""Trying out a questionnaire file: every page of it, in any wording, and nothing stored anywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jinja2 import BytecodeCache

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.answers import Answers
from survey.questionnaire.load import load_file
from survey.respondent.preview import MOST_KEPT, pack, unpack
from survey.store.accounts import Role, add_account
from survey.store.connect import open_store
from tests.survey.questionnaire.builders import choice, document, long_text, page, questionnaire, section, short_text
from tests.survey.respondent.conftest import Clock, Site, Visitor
from tests.survey.respondent.test_handover import HAND_OVER, take_over
from tests.survey.respondent.test_journey import walk
from tests.survey.respondent.test_repeats import number

WHO = choice(
    "who",
    role="answering",
    options=[
        {"code": "me", "text": "Me", "answering": "self"},
        {"code": "friend", "text": "A friend", "answering": "proxy"},
    ],
)
DRAFT = document(
    section("start", page(WHO), page(choice("budget"))),
    section(
        "more",
        page(
            number("hours", soft=[{"when": {"item": "hours", "at_least": 60}, "text": "That is a lot."}]),
            show_if={"item": "budget", "is": "yes"},
        ),
        page(short_text("words", text={"self": "Your words?", "proxy": "Their words?"})),
    ),
    section("each", page(choice("good")), repeat={"from": "hours", "at_most": 5}),
    section("end", page(long_text("rest"))),
    id="draft",
)
TABLES = ("responses", "events", "statuses")


@pytest.fixture
def site(tmp_path: Path, compiled_templates: BytecodeCache) -> Iterator[Site]:
    """A site with drafts, and a real survey that is open."""
    folder = tmp_path / "questionnaires"
    shutil.copytree(resources.QUESTIONNAIRES, folder)
    config = load_config({"PHB_DATA": str(tmp_path / "data"), "PHB_QUESTIONNAIRES": str(folder)})
    store = open_store(config)
    clock = Clock()
    app = create_app(config, store, now=clock)
    app.jinja_env.bytecode_cache = compiled_templates
    opened = Site(app, config, store, clock)
    write(opened, DRAFT)
    opened.open(questionnaire(page(short_text("first")), page(short_text("second"))), "2026", made_up=True)
    yield opened
    store.close()


def write(site: Site, draft: dict[str, Any] | str, name: str = "draft") -> None:
    """Write a questionnaire file."""
    text = draft if isinstance(draft, str) else json.dumps(draft)
    (site.config.questionnaires / f"{name}.json").write_text(text)


def staff(site: Site, role: Role = Role.STAFF) -> Visitor:
    """Somebody who is signed in."""
    account = add_account(site.store, f"Ada {role}", role, site.clock())
    visitor = site.visitor()
    with visitor.client.session_transaction() as session:
        session["account"], session["signed_in_at"] = account.id, int(site.clock().timestamp())
    return visitor


def try_out(visitor: Visitor, page: str = "who", file: str = "draft", **chosen: str) -> Visitor:
    """Begin a preview."""
    visitor.open(f"/preview/{file}")
    assert visitor.status == 200
    sent = {**visitor.page.form.sent(), "page": [page], **{name: [value] for name, value in chosen.items()}}
    return visitor.send(f"/preview/{file}", sent)


def stored(site: Site) -> list[int]:
    """How many rows there are of anything a respondent leaves."""
    return [site.count(table) for table in TABLES]


def test_the_pages_of_a_preview_say_so_and_lead_out(site: Site) -> None:
    visitor = try_out(staff(site))
    assert visitor.address == "/survey/who"
    for address in ("/survey/who", "/survey/check", "/survey/leave", "/survey/handover", "/privacy", "/survey/none"):
        visitor.open(address)
        assert "Preview: nothing is saved" in visitor.page.text, address
        assert "/preview/draft/leave" in visitor.page.links, address
    visitor.open("/preview/draft/leave")
    assert visitor.address == "/preview/draft"
    assert visitor.open("/survey/who").status == 403


def test_nothing_is_stored_from_the_first_page_to_the_last(site: Site) -> None:
    before = stored(site)
    visitor = try_out(staff(site)).press(who="me").press(budget="yes").press(hours="2").press(words="Mine")
    assert visitor.address == "/survey/good/1"
    visitor.press(good="yes").press(good="no").press(rest="All")
    assert visitor.address == "/survey/check"
    for words in ("Mine", "Title of each: 2", "All"):
        assert words in visitor.page.text
    visitor.press()
    assert visitor.address == "/survey/done"
    assert "Preview: nothing is saved" in visitor.page.text
    assert stored(site) == before
    assert visitor.open("/survey/words").address == "/survey/done"
    assert try_out(visitor).page.form.answers == {"answer-who": ["me"]}


@pytest.mark.parametrize("name", ["gallery", "phb-annual"])
def test_a_whole_questionnaire_is_walked_and_fits_the_cookie(site: Site, name: str) -> None:
    before = stored(site)
    visitor = try_out(staff(site), "taking-part", name)
    seen = walk(visitor)
    assert visitor.address == "/survey/done", visitor.address
    assert len(seen) > 10
    cookie = visitor.client.get_cookie("phb")
    assert cookie is not None
    assert len(f"phb={cookie.value}; HttpOnly; Path=/; SameSite=Lax; Secure") < 4096
    assert stored(site) == before


def test_every_page_of_the_gallery_opens_on_the_path_or_off_it(site: Site) -> None:
    gallery = load_file(resources.QUESTIONNAIRES / "gallery.json")
    visitor = staff(site).open("/preview/gallery")
    pages = visitor.page.form.fields["page"].options
    assert len(pages) == sum(len(each.pages) for each in gallery.sections)
    try_out(visitor, file="gallery", page=pages[0])
    for each in pages:
        visitor.open(f"/survey/{each}")
        assert (visitor.status, visitor.address) == (200, f"/survey/{each}")


def test_a_page_off_the_path_says_who_is_asked(site: Site) -> None:
    visitor = try_out(staff(site), "hours")
    assert visitor.address == "/survey/hours"
    assert "not on the path" in visitor.page.text
    assert "Asked only if" in visitor.page.text
    visitor.press(hours="3")
    assert visitor.address == "/survey/words", "the next page of the path"
    assert "not on the path" not in visitor.page.text
    assert "as often as the answer to" in visitor.open("/survey/good/4").page.text
    assert visitor.open("/survey/good/6").status == 404


@pytest.mark.parametrize(("who", "words"), [("self", "Your words?"), ("proxy", "Their words?"), ("child", "Their")])
def test_the_wording_is_that_of_the_role(site: Site, who: str, words: str) -> None:
    visitor = try_out(staff(site), "words", answering=who)
    assert visitor.page.heading.startswith(words)


def test_language_and_format_are_chosen(site: Site) -> None:
    visitor = try_out(staff(site), "taking-part", "gallery", locale="ur", **{"as": "easyread"})
    assert (visitor.page.lang, visitor.page.dir) == ("ur", "rtl")
    assert "app-format-easyread" in visitor.reply.text


def test_errors_soft_checks_and_handovers_work(site: Site) -> None:
    visitor = try_out(staff(site), "hours").press(hours="none")
    assert visitor.status == 422
    assert "That is a lot." in visitor.press(hours="80").page.text
    assert visitor.press().address == "/survey/words"
    visitor.press(HAND_OVER, words="Mine")
    assert take_over(visitor, "friend").page.heading == "Their words?"
    assert visitor.page.form.answers == {"answer-words": ["Mine"]}


def test_a_file_that_changes_shows_at_once_and_a_broken_one_its_problems(site: Site) -> None:
    visitor = try_out(staff(site), "words").press(words="Mine").open("/survey/words")
    write(site, json.dumps(DRAFT).replace("Your words?", "Your very words?"))
    visitor.open("/survey/words")
    assert visitor.page.heading == "Your very words?"
    assert visitor.page.form.answers == {"answer-words": ["Mine"]}
    write(site, json.dumps(DRAFT).replace('"budget", "is"', '"budgget", "is"'))
    for address in ("/survey/words", "/survey/check", "/preview/draft"):
        visitor.open(address)
        assert visitor.status == 422, address
        assert "$.sections[1].pages[0].show_if" in visitor.page.text, address
    assert visitor.open("/survey/words/nothing/here").status == 404
    write(site, "{")
    assert visitor.open("/preview/draft").status == 422
    write(site, DRAFT)
    assert visitor.open("/survey/words").page.heading == "Your words?"
    (site.config.questionnaires / "draft.json").unlink()
    assert visitor.open("/survey/words").status == 403
    assert visitor.open("/preview/draft").status == 404


def test_a_real_visit_of_the_same_browser_waits_unharmed(site: Site) -> None:
    visitor = staff(site).open("/").press().press(first="Real").press()
    assert visitor.address == "/survey/second"
    real = visitor.page.form.sent()
    before = stored(site)
    try_out(visitor, "words").press(words="Tried")
    visitor.send("/survey/words", {**real, "answer-words": ["Meant for the real one"]})
    assert visitor.status == 400, "a form of the real visit is none of the preview"
    assert visitor.page.form.answers == {"answer-words": ["Meant for the real one"]}
    tried = visitor.page.form.sent()
    assert stored(site) == before
    visitor.open("/preview/draft/leave").open("/survey/second")
    assert visitor.status == 200
    assert "Preview" not in visitor.page.text
    visitor.send("/survey/second", {**tried, "answer-second": ["Tried out"]})
    assert (visitor.status, visitor.address) == (200, "/survey/second")
    assert not visitor.page.form.answers, "and what was tried out is no answer"
    assert stored(site) == before
    visitor.press(second="Real too").press()
    assert site.store.rows("select answers from events order by seq") == [
        ('{"first":"Real"}',),
        ('{"second":"Real too"}',),
    ]


def test_media_of_a_draft_are_shown_to_who_tries_it_out_and_kept_for_nobody_else(site: Site) -> None:
    item = choice("who", formats={"easyread": {"text": "Who?", "image": "star.svg"}})
    write(site, document(section("start", page(item)), id="draft"))
    (site.config.questionnaires / "draft").mkdir()
    shutil.copy(resources.QUESTIONNAIRES / "gallery" / "star.svg", site.config.questionnaires / "draft")
    visitor = try_out(staff(site), **{"as": "easyread"})
    address = visitor.reply.text.partition('src="/media/')[2].partition('"')[0]
    reply = visitor.client.get(f"/media/{address}", buffered=True)
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "private, max-age=31536000, immutable")
    assert site.visitor().client.get(f"/media/{address}").status_code == 404


def test_starting_a_real_survey_ends_the_preview(site: Site) -> None:
    visitor = try_out(staff(site)).open("/").press()
    assert visitor.address == "/survey/first"
    assert "Preview" not in visitor.page.text


@pytest.mark.parametrize("address", ["/preview/", "/preview/draft", "/preview/nothing"])
def test_only_staff_see_drafts(site: Site, address: str) -> None:
    assert site.visitor().open(address).address == "/staff/sign-in"
    visitor = staff(site, Role.LIVED_EXPERIENCE).open(address)
    assert (visitor.address, visitor.status) == ("/staff/", 200)
    assert not visitor.page.form.answers


def test_the_preview_ends_with_the_signing_in(site: Site) -> None:
    visitor = try_out(staff(site), "words")
    sent = {**visitor.page.form.sent(), "answer-words": ["Mine"]}
    site.clock.moment += timedelta(hours=13)
    assert visitor.open("/survey/words").status == 403
    assert visitor.send("/survey/words", sent).status == 403
    assert not visitor.page.form.answers, "what was tried out goes along into no real answers"


@pytest.mark.parametrize("name", ["nothing", "..%2F..%2Fsecrets", "Draft", "draft.json", "x" * 3000, "%00", "draft%0a"])
def test_what_is_no_questionnaire_is_not_here(site: Site, name: str) -> None:
    assert staff(site).open(f"/preview/{name}").status == 404


@pytest.mark.parametrize("wrong", [{"page": "none"}, {"page": "good/9"}, {"answering": "cat"}, {"as": "smell"}])
def test_a_start_form_that_asks_for_what_there_is_not_is_shown_again(site: Site, wrong: dict[str, str]) -> None:
    visitor = try_out(staff(site), **wrong)
    assert visitor.status == 422
    assert visitor.page.form.buttons[0] == ("", "")


def test_every_file_is_listed(site: Site) -> None:
    write(site, "{", "broken")
    page = staff(site).open("/preview/").page
    assert {"/preview/broken", "/preview/draft", "/preview/gallery", "/preview/phb-annual"} <= set(page.links)
    assert "Personal health budget survey phb-annual" in page.text
    assert DRAFT["title"] in page.text


def test_only_formats_that_the_questionnaire_has_are_offered(site: Site) -> None:
    visitor = staff(site).open("/preview/draft")
    assert "Read aloud" in visitor.page.text
    assert "Easy Read" not in visitor.page.text
    assert "British Sign Language" not in visitor.page.text
    sent = {**visitor.page.form.sent(), "as": ["bsl"]}
    assert visitor.send("/preview/draft", sent).status == 422
    assert visitor.page.form.sent()["as"] == ["standard"]
    assert "Easy Read" in visitor.open("/preview/gallery").page.text


def test_answers_that_do_not_fit_are_cut_and_then_the_oldest_are_forgotten() -> None:
    pages: dict[str, Answers] = {
        "who": {"who": "me"},
        "words": {"words": "A long story. " * 500},
        "last": {"last": ("a", "b")},
    }
    assert unpack(pack(pages)) == {**pages, "words": {"words": ("A long story. " * 500)[:200]}}
    many = {"who": {"who": "me"}} | {f"page-{n}": {f"item_{n}": f"{n * 7919 % 104729:x}" * 5} for n in range(500)}
    kept = pack(many)
    assert len(kept) <= MOST_KEPT
    assert unpack(kept)["who"] == {"who": "me"}
    assert list(unpack(kept))[-1] == "page-499"
