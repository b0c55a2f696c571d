"""The page of a wave where staff decide which languages and formats it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from survey.adjudication.gate import Kind, Terms, Tier, terms_of
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Status
from survey.resources import QUESTIONNAIRES
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role
from survey.store.audit import audit_of
from survey.store.connect import open_store
from survey.store.offers import offers_of
from survey.store.waves import close_wave, open_wave
from tests.browser import axe_findings, dom_findings, served
from tests.survey.staff.conftest import Clock, Office

WAVE = "2026"
HERE = f"/staff/waves/{WAVE}/offers"
URDU = f"{HERE}/language/ur"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("offers"))})
    asked = load_file(QUESTIONNAIRES / "gallery.json").model_copy(update={"status": Status.AGREED})
    with closing(open_store(config)) as store:
        office = Office(create_app(config, store, now=(clock := Clock())), config, store, clock)
        open_wave(store, wave=WAVE, questionnaire=asked, vintage="2026", open_link=True, made_up=False, now=clock())
        office.add()
        yield office


@pytest.fixture
def office(shared: Office) -> Iterator[Office]:
    """A wave for real, about which nothing was decided, and somebody of the staff who is signed in."""
    shared.clock.moment = Clock().moment
    shared.client = shared.app.test_client()
    shared.post(f"/staff/sign-in/{shared.link().token}")
    yield shared

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute("delete from offers; delete from format_reviews; delete from audit")
        cursor.execute("update waves set closed_at = null")

    shared.store.journal.run(work)
    shared.store.waves.clear()


def terms(office: Office) -> Terms | None:
    return terms_of(offers_of(office.store, WAVE), Kind.LANGUAGE, "ur", is_agreed=False)


def send(office: Office, path: str = URDU, seen_on: str = URDU, **fields: str) -> TestResponse:
    """Fill the form as it stands on a page; what is not given is as the page has it."""
    seen = re.search(r'name="seen" value="(\d+)"', office.client.get(seen_on).text)
    return office.post(path, seen_on, **{"seen": seen[1] if seen else "", **fields})


def test_the_list_says_how_far_everything_is_and_leads_to_each(office: Office) -> None:
    page = office.client.get(f"{HERE}/").text
    assert "Draft: 0 of " in page
    assert f'href="{URDU}"' in page
    assert f'href="{HERE}/format/bsl"' in page
    assert f'href="{HERE}/language/en"' not in page
    assert f'href="{HERE}/"' in office.client.get("/staff/").text


def test_a_draft_is_offered_with_the_standard_reason_and_an_interpreter(office: Office) -> None:
    answer = send(office, reason="machine", because="", interpreter="0300  123 4567")
    assert (answer.status_code, answer.location) == (303, URDU)
    assert terms(office) == Terms(Tier.DRAFT, "machine", "", "0300 123 4567")  # type: ignore[arg-type]
    assert [row.actor for row in audit_of(office.store, f"wave {WAVE}")] == ["Ada"]
    assert "0300 123 4567" in office.client.get(f"{HERE}/").text


def test_own_words_are_shown_as_they_are_and_run_nothing(office: Office) -> None:
    send(office, reason="own", because="<script>alert(1)</script>", interpreter="")
    for page in (HERE + "/", URDU):
        html = office.client.get(page).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(("because", "lang"), [("Two people read it.", "en"), ("دو لوگوں نے اسے پڑھا ہے۔", "ur")])
def test_own_words_say_in_which_language_they_are(office: Office, because: str, lang: str) -> None:
    send(office, reason="own", because=because, interpreter="")
    for page in (HERE + "/", URDU):
        assert f'<span lang="{lang}" dir="auto">{because}</span>' in office.client.get(page).text


def test_what_is_offered_is_taken_back(office: Office) -> None:
    send(office, reason="machine", because="", interpreter="")
    send(office, action="withdraw")
    assert terms(office) is None
    assert "Taken back on" in office.client.get(URDU).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "own", "because": " "}, "Write why you offer it before it is checked"),
        ({"reason": "machine", "because": "x"}, "There is a reason of your own here"),
        ({"reason": "own", "because": "x" * 301}, "it can have up to 300 characters"),
        ({"reason": "own", "because": "x" * 1_000_000}, "it can have up to 300 characters"),
        ({"reason": "own", "because": "a\N{RIGHT-TO-LEFT OVERRIDE}b"}, "There are hidden characters in this text"),
        ({"reason": "machine", "interpreter": "call us"}, "Type a telephone number"),
        ({"reason": "because"}, "Choose one of the reasons"),
        ({}, "Choose one of the reasons"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    office: Office, fields: dict[str, str], said: str
) -> None:
    answer = send(office, **{"because": "", "interpreter": "0300 9", **fields})
    assert answer.status_code == 400
    assert said in answer.text
    assert "There is a problem" in answer.text
    assert f'value="{fields.get("interpreter", "0300 9")}"' in answer.text
    if fields.get("because", "").strip():
        assert fields["because"] in answer.text
    assert terms(office) is None


def test_of_two_who_decide_at_once_the_second_sees_what_the_first_did(office: Office) -> None:
    seen = "0"
    send(office, reason="machine", because="", interpreter="")
    answer = office.post(URDU, URDU, seen=seen, reason="own", because="Another reason", interpreter="")
    assert answer.status_code == 409
    assert "Somebody else has changed this just now" in answer.text
    assert "Another reason" in answer.text
    assert terms(office) == Terms(Tier.DRAFT, "machine")  # type: ignore[arg-type]


def test_a_page_that_was_open_for_long_loses_nothing(office: Office) -> None:
    answer = office.client.post(URDU, data={"seen": "0", "reason": "own", "because": "Kept words", "csrf_token": "old"})
    assert answer.status_code == 400
    assert "Kept words" in answer.text
    office.clock.moment += timedelta(days=30)
    answer = office.client.post(URDU, data={"seen": "0", "reason": "own", "because": "Kept words"})
    assert (answer.status_code, "Kept words" in answer.text) == (403, True)
    assert terms(office) is None


@pytest.mark.parametrize(
    "path",
    [
        "/staff/waves/2031/offers/",
        "/staff/waves/2031/offers/language/ur",
        f"{HERE}/language/xx",
        f"{HERE}/format/ur",
        f"{HERE}/food/ur",
        f"{HERE}/language/*",
    ],
)
def test_what_there_is_not_is_not_found(office: Office, path: str) -> None:
    assert office.client.get(path).status_code == 404


def test_a_number_that_the_form_never_had_is_refused(office: Office) -> None:
    assert send(office, reason="machine", seen="a").status_code == 400
    assert terms(office) is None


def test_english_is_left_alone(office: Office) -> None:
    answer = send(office, f"{HERE}/language/en", reason="machine", because="", interpreter="")
    assert answer.status_code == 409
    assert offers_of(office.store, WAVE) == ()


def test_a_closed_wave_shows_what_it_offered_and_takes_nothing(office: Office) -> None:
    page = office.client.get(URDU).text
    close_wave(office.store, WAVE, office.clock())
    assert 'name="reason"' not in office.client.get(URDU).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = office.client.post(URDU, data={"csrf_token": token[1], "seen": "0", "reason": "machine"})
    assert answer.status_code == 409
    assert "This wave is closed" in answer.text


def test_what_reviewers_say_of_a_format_is_noted_and_decides(office: Office) -> None:
    path = f"{HERE}/format/bsl"
    said = {"uses_it": "yes", "agrees": "yes", "words": ""}
    assert send(office, f"{path}/review", path, reviewer="", **said).status_code == 400
    assert send(office, f"{path}/review", path, reviewer="Rosa", **{**said, "agrees": "no"}).status_code == 400
    assert send(office, f"{path}/review", path, reviewer="Rosa", agrees="yes", words="").status_code == 400
    for name in ("Rosa", "Ade"):
        assert send(office, f"{path}/review", path, reviewer=name, **said).status_code == 303
    assert "Checked and agreed" in office.client.get(path).text
    send(office, f"{path}/review", path, reviewer="Kim", uses_it="no", agrees="no", words="Too <fast>.")
    page = office.client.get(path).text
    assert "Draft: 2 of 2" in page
    assert "Too &lt;fast&gt;." in page
    assert office.client.get(f"{HERE}/language/ur/review").status_code == 404


def test_other_roles_decide_nothing(office: Office) -> None:
    for role in set(Role) - roles_with(Right.FIELDWORK):
        office.client = office.app.test_client()
        office.sign_in(f"Bo {role}", role)
        assert office.client.get(f"{HERE}/").status_code == 403
        assert office.client.post(URDU, data={"seen": "0", "reason": "machine"}).status_code == 403
        assert office.client.post(f"{HERE}/format/bsl/review", data={}).status_code == 403


def test_strangers_are_asked_to_sign_in(office: Office) -> None:
    stranger = office.app.test_client()
    assert stranger.get(f"{HERE}/").location == "/staff/sign-in"
    assert stranger.post(URDU, data={"because": "Kept"}).status_code == 403


def test_the_pages_are_accessible_on_a_phone_and_in_urdu(office: Office, page: Page) -> None:
    send(office, reason="own", because="Two people have read it.", interpreter="0300 123 4567")
    link = office.link()
    page.set_viewport_size({"width": 320, "height": 900})
    with served(office.app) as address:
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        for path in (f"{HERE}/", f"{HERE}/format/bsl", "/language/ur?to=" + URDU):
            page.goto(address + path)
            assert axe_findings(page) + dom_findings(page) == [], path
