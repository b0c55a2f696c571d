"""The pages of findings: who comes in, what can be added and changed, what is refused and kept, what people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape

import pytest
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.config import load_config
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role
from survey.store.connect import open_store
from survey.store.findings import Finding, find_finding, list_findings
from survey.store.journal import Journal
from survey.store.waves import TRIAL
from tests.browser import axe_findings, dom_findings, served
from tests.survey.staff.conftest import Clock, Office
from tests.survey.staff.test_landing import open_trial

PATH = "/staff/findings/"
ADD = f"{PATH}add?wave=2026"
SMALL_PAGE = "/staff/"
"""Where a form's token is taken from: it is the same on every page, and this one is quickly drawn."""
FOUND = {
    "found": "Few people were asked what matters to them.",
    "item": "talk_matters",
    "area": "QE1",
    "public": "yes",
}
PROMISE = {
    **FOUND,
    "state": "promised",
    "owner": "Personalised care team",
    "promise": "Put the question on the first page of the plan.",
    "due-day": "1",
    "due-month": "11",
    "due-year": "2026",
    "outcome": "",
}
NO_DAY = {"due-day": "", "due-month": "", "due-year": ""}
NOT_A_DATE = "There is no such date. Type day, month and year in digits, like 1 11 2026"
HIDDEN = "There are hidden characters in this text. Type it again, or paste it as plain text"
RIGHT_TO_LEFT_OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"


def words(answer: TestResponse) -> str:
    """What stands on a page, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


def read(office: Office, path: str = PATH) -> str:
    return words(office.client.get(path))


def errors(answer: TestResponse) -> list[str]:
    """The lines of the error summary."""
    page = answer.get_data(as_text=True)
    assert "<title>Error: " in page
    return [words for _, words in links(page)]


def links(page: str) -> list[tuple[str, str]]:
    """Where the lines of the error summary lead, and what they say."""
    summary = re.search(r"nhsuk-error-summary__list.*?</ul>", page, re.DOTALL)
    assert summary is not None
    return [
        (to, unescape(text.strip())) for to, text in re.findall(r'<a[^>]*"#(.*?)">(.*?)</a>', summary[0], re.DOTALL)
    ]


@dataclass
class Everyone:
    """What everyone may see of the results."""

    waves: tuple[str, ...] = ()
    next_day: date | None = None


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Everyone]]:
    """One application for all tests of this file: to make one takes longer than most of them."""
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("house"))})
    store = open_store(config)
    clock, everyone = Clock(), Everyone()
    app = create_app(
        config, store, now=clock, public_waves=lambda: everyone.waves, next_public_day=lambda: everyone.next_day
    )
    yield Office(app, config, store, clock), everyone
    store.close()


@pytest.fixture
def everyone(house: tuple[Office, Everyone]) -> Everyone:
    house[1].waves, house[1].next_day = (), None
    return house[1]


@pytest.fixture
def office(house: tuple[Office, Everyone], everyone: Everyone) -> Office:
    """The office on the first day, with an empty store and nobody signed in."""
    office = Office(house[0].app, house[0].config, house[0].store, house[0].clock)
    office.clock.moment = Clock.moment
    office.store.waves.clear()
    tables = ("findings", "waves", "accounts", "sign_in_links", "audit")
    office.store.journal.run(
        lambda cursor: cursor.execute("; ".join(f"delete from {name}" for name in tables)) and None
    )
    return office


@pytest.fixture
def found(office: Office) -> Finding:
    """A finding that somebody with lived experience has added to the wave 2026."""
    open_trial(office, "2026", made_up=True)
    office.sign_in("Rose", Role.LIVED_EXPERIENCE)
    assert office.post(ADD, SMALL_PAGE, **FOUND).location == f"{PATH}1"
    return find_finding(office.store, 1)


def change(office: Office, revision: int = 1, **changes: str) -> TestResponse:
    return office.post(f"{PATH}1", SMALL_PAGE, **{**PROMISE, "revision": str(revision), **changes})


# --- Who comes in -----------------------------------------------------------------


def test_staff_and_the_group_alike_add_and_change(office: Office) -> None:
    open_trial(office, "2026", made_up=True)
    for number, role in enumerate(sorted(roles_with(Right.PROMISE)), start=1):
        office.sign_in(f"Somebody {number}", role)
        added = {**FOUND, "found": f"Finding of {role}"}
        assert office.post(ADD, SMALL_PAGE, **added).location == f"{PATH}{number}"
        assert office.post(f"{PATH}{number}", SMALL_PAGE, **PROMISE | added, revision="1").status_code == 303
        assert find_finding(office.store, number).content.owner == "Personalised care team"


def test_other_roles_and_strangers_see_and_change_nothing(office: Office, found: Finding) -> None:
    stranger = office.app.test_client()
    for path in (PATH, ADD, f"{PATH}1"):
        assert stranger.get(path).location == "/staff/sign-in"
    office.sign_in("Tomasz", Role.TRANSLATOR)
    for path in (PATH, ADD, f"{PATH}1"):
        assert office.client.get(path).status_code == 403
        answer = office.post(path, SMALL_PAGE, **PROMISE, revision="1")
        assert answer.status_code == (405 if path == PATH else 403)
    assert list_findings(office.store, ["2026"]) == (found,)


def test_who_is_signed_out_while_writing_finds_what_they_wrote(office: Office, found: Finding) -> None:
    office.clock.advance(hours=13)
    answer = office.client.post(f"{PATH}1", data={**PROMISE, "revision": "1"})
    assert answer.status_code == 403
    assert "You are signed out. Nothing was saved" in words(answer)
    assert PROMISE["promise"] in words(answer)
    assert find_finding(office.store, 1) == found


def test_a_form_that_was_open_too_long_keeps_what_was_typed(office: Office, found: Finding) -> None:
    for path, sent in ((f"{PATH}1", {**PROMISE, "revision": "1"}), (ADD, {**FOUND, "found": "Another finding."})):
        answer = office.client.post(path, data={**sent, "csrf_token": "old"})
        assert answer.status_code == 400
        assert "What you typed is still here" in words(answer)
        assert sent["found"] in words(answer)
    assert list_findings(office.store, ["2026"]) == (found,)


def test_the_trial_is_only_for_those_who_see_it_elsewhere(office: Office) -> None:
    open_trial(office, TRIAL)
    office.sign_in()
    assert office.post(f"{PATH}add?wave=trial", **FOUND).status_code == 303
    office.sign_in("Rose", Role.LIVED_EXPERIENCE)
    assert "There is no wave yet" in read(office)
    assert "Few people" not in read(office)
    assert office.client.get(f"{PATH}1").status_code == 404
    assert office.client.get(f"{PATH}add?wave=trial").status_code == 404


# --- Adding -----------------------------------------------------------------------


def test_what_is_added_twice_is_in_the_list_once(office: Office, found: Finding) -> None:
    again = office.post(ADD, SMALL_PAGE, **FOUND)
    assert again.location == f"{PATH}1"
    assert "It was not added again" in read(office, f"{PATH}1")
    assert list_findings(office.store, ["2026"]) == (found,)


def test_the_wave_is_asked_for_where_there_are_several(office: Office) -> None:
    open_trial(office, "2025", made_up=True)
    open_trial(office, "2026", made_up=True)
    office.sign_in()
    assert "In which wave was it found?" in read(office, f"{PATH}add")
    wrong = office.client.get(f"{PATH}add?wave=1066")
    assert (wrong.status_code, errors(wrong)) == (404, ["Choose a wave from the list"])
    office.post(f"{PATH}add?wave=2025", SMALL_PAGE, **FOUND)
    office.post(ADD, SMALL_PAGE, **FOUND | {"found": "It is hard to reach anybody.", "area": ""})
    assert "It is hard" in read(office)
    assert "It is hard" not in read(office, f"{PATH}?wave=2025")
    assert office.client.get(f"{PATH}?wave=1066").status_code == 404


BAD_FINDINGS = [
    ("found", "", "Write what was found"),
    ("found", " \n ", "Write what was found"),
    ("found", "x" * 301, "Make this shorter: it can have up to 300 characters"),
    ("found", "x" * 1_000_000, "Make this shorter: it can have up to 300 characters"),
    ("found", f"{RIGHT_TO_LEFT_OVERRIDE}desrever", HIDDEN),
    ("found", "a\0b", HIDDEN),
    ("found", "a\ufffeb", HIDDEN),
    ("found", "\N{ZERO WIDTH JOINER}", HIDDEN),
    ("area", "QHG", "Choose an area from the list"),
    ("area", "<script>", "Choose an area from the list"),
    ("item", "not_asked", "Choose a question from the list, or that it is about none"),
    ("public", "", "Choose who may read this"),
    ("public", "perhaps", "Choose who may read this"),
]


def test_marks_that_a_language_is_written_with_are_not_hidden_characters(office: Office, found: Finding) -> None:
    said = "می\N{ZERO WIDTH NON-JOINER}خواهم"
    assert office.post(ADD, SMALL_PAGE, **FOUND | {"found": said}).status_code == 303
    assert {each.content.found for each in list_findings(office.store, ["2026"])} == {said, FOUND["found"]}


def test_what_cannot_be_added_is_said_at_its_field_and_kept(office: Office, found: Finding) -> None:
    for field, sent, message in BAD_FINDINGS:
        answer = office.post(ADD, SMALL_PAGE, **{**FOUND, "found": "Another finding.", field: sent})
        assert answer.status_code == 400
        assert errors(answer) == [message]
        assert f'id="{field}-error"' in answer.get_data(as_text=True)
        assert ("Another finding." if field != "found" else sent.strip()) in words(answer)
    assert list_findings(office.store, ["2026"]) == (found,)


# --- Changing ---------------------------------------------------------------------


def test_a_promise_is_made_kept_and_told_with_its_history(office: Office, found: Finding) -> None:
    assert change(office).location == f"{PATH}1"
    office.clock.advance(days=60)
    office.post(f"/staff/sign-in/{office.link('Rose').token}")
    page = read(office, f"{PATH}1")
    assert "This is late. It should have been done by 1 November 2026." in page
    assert "Late Promised: it has not begun yet" in read(office)
    assert change(office, 2, state="done", outcome="It is on the first page.").status_code == 303
    page = read(office, f"{PATH}1")
    assert "What was done It is on the first page." in page
    assert "This is late" not in page
    assert "How far it is Before: Promised: it has not begun yet After: Done" in page
    assert "a member of the co-production group · added it" in page
    assert "Rose," not in page
    assert change(office, 3, state="open", outcome="It is on the first page.").status_code == 303
    opened = find_finding(office.store, 1).content
    assert (opened.owner, opened.promise, opened.due_on, opened.outcome) == ("", "", None, "")


def test_the_names_of_staff_stand_in_the_history(office: Office, found: Finding) -> None:
    office.sign_in("Ada", Role.ICS_STAFF)
    change(office)
    assert "5 Oct 2026, Ada How far it is" in read(office, f"{PATH}1")


BAD_CHANGES: list[tuple[dict[str, str], list[str]]] = [
    ({"owner": "", "promise": ""}, ["Write which team or office makes the promise", "Write what will be done"]),
    ({"due-day": "31"}, [NOT_A_DATE]),
    ({"due-day": "1st"}, [NOT_A_DATE]),
    ({"due-year": ""}, [NOT_A_DATE]),
    ({"due-year": "26"}, [NOT_A_DATE]),
    ({"due-day": "1" * 100_000}, [NOT_A_DATE]),
    ({"due-month": "1"}, ["This day has passed. Type a day that can still be kept"]),
    ({"due-year": "9999"}, ["This day is more than ten years off. Check the year"]),
    (NO_DAY, ["Type the day by which it will be done"]),
    ({"owner": "x" * 101}, ["Make this shorter: it can have up to 100 characters"]),
    ({"owner": f"{RIGHT_TO_LEFT_OVERRIDE}maet"}, [HIDDEN]),
    ({"promise": "x" * 301}, ["Make this shorter: it can have up to 300 characters"]),
    ({"outcome": "\N{LEFT-TO-RIGHT ISOLATE}", "state": "cannot"}, [HIDDEN]),
    ({"state": "kept"}, ["Choose how far it is"]),
    ({"state": "done", "outcome": "."}, ["The finding cannot go from the state it is in to this one. Choose another"]),
    ({"state": "cannot"}, ["Write why it cannot be done"]),
    ({"area": "QHG"}, ["Choose an area from the list"]),
]


def test_what_cannot_be_saved_is_said_at_its_field_and_kept(office: Office, found: Finding) -> None:
    for changes, messages in BAD_CHANGES:
        answer = change(office, **changes)
        assert (answer.status_code, errors(answer)) == (400, messages)
        kept = words(answer) + " ".join(re.findall(r'value="([^"]*)"', answer.get_data(as_text=True)))
        assert all(text in kept for name, text in {**PROMISE, **changes}.items() if name not in ("state", "area"))
    assert find_finding(office.store, 1) == found


def test_each_message_stands_at_its_field(office: Office, found: Finding) -> None:
    page = change(office, found="", owner="", **{"due-year": "2020"}).get_data(as_text=True)
    for field in ("found", "owner", "due"):
        assert f'id="{field}-error"' in page
    assert [to for to, _ in links(page)] == ["found", "owner", "due-day"]


def test_the_second_of_two_is_told_what_the_first_wrote_and_keeps_theirs(office: Office, found: Finding) -> None:
    change(office, owner="Board office")
    answer = change(office, promise="Train everybody.")
    assert answer.status_code == 409
    page = words(answer)
    assert "Somebody else has saved this while you were writing" in page
    assert "Team or office Theirs: Board office Yours: Personalised care team" in page
    assert "Theirs: Put the question on the first page of the plan. Yours: Train everybody." in page
    assert find_finding(office.store, 1).content.owner == "Board office"
    assert 'name="revision" value="2"' in answer.get_data(as_text=True)
    assert change(office, 2, promise="Train everybody.").status_code == 303
    assert find_finding(office.store, 1).content.promise == "Train everybody."


def test_mending_an_error_does_not_hide_that_somebody_else_has_saved(office: Office, found: Finding) -> None:
    change(office, owner="Board office")
    answer = change(office, **{"due-day": "99"})
    assert 'name="revision" value="1"' in answer.get_data(as_text=True)
    assert change(office).status_code == 409


def test_sending_twice_is_saving_once(office: Office, found: Finding) -> None:
    assert [change(office).status_code, change(office).status_code] == [303, 303]
    assert find_finding(office.store, 1).revision == 2
    assert "It says exactly that already" in read(office, f"{PATH}1")


def test_a_revision_that_never_was_is_refused(office: Office, found: Finding) -> None:
    for revision in ("", "0", "2", "-1", "one", "1" * 50, "²"):
        assert office.post(f"{PATH}1", SMALL_PAGE, **PROMISE, revision=revision).status_code == 400
    assert find_finding(office.store, 1) == found


def test_a_finding_that_is_none_is_not_there(office: Office, found: Finding) -> None:
    for number in ("2", "0", "9" * 40, "one"):
        assert office.client.get(f"{PATH}{number}").status_code == 404
        assert office.post(f"{PATH}{number}", SMALL_PAGE, **PROMISE, revision="1").status_code == 404


def test_one_can_look_before_saving(office: Office, found: Finding) -> None:
    answer = change(office, action="look")
    assert answer.status_code == 200
    assert "This is not saved yet." in words(answer)
    assert "We will Put the question on the first page of the plan. Who Personalised care team" in words(answer)
    assert find_finding(office.store, 1) == found


def test_when_the_store_cannot_save_what_was_typed_is_still_there(office: Office, found: Finding) -> None:
    journal = office.store.journal
    office.store.journal = Journal(office.store._cursor, lambda: None, lambda: None)
    office.store.journal.close()
    try:
        answers = [change(office), office.post(ADD, SMALL_PAGE, **FOUND | {"found": PROMISE["promise"]})]
    finally:
        office.store.journal = journal
    for answer in answers:
        assert answer.status_code == 503
        assert "We could not save this just now" in words(answer)
        assert PROMISE["promise"] in words(answer)
    assert find_finding(office.store, 1) == found


# --- What everyone reads ----------------------------------------------------------


def test_script_is_text_wherever_it_is_read(office: Office, found: Finding, everyone: Everyone) -> None:
    script = "<script>alert(1)</script>"
    change(office, found=script, owner=script, promise=script)
    everyone.waves = ("2026",)
    for path in (PATH, f"{PATH}1", "/what-changed"):
        page = office.client.get(path).get_data(as_text=True)
        assert script not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_public_reads_public_findings_of_public_waves(office: Office, found: Finding, everyone: Everyone) -> None:
    change(office)
    office.post(ADD, SMALL_PAGE, **FOUND | {"found": "Not for all.", "public": "no"})
    assert "Few people" not in read(office, "/what-changed")
    everyone.waves = ("2026",)
    page = read(office, "/what-changed")
    assert "You told us Few people were asked what matters to them. In Lancashire and South Cumbria" in page
    assert "We will Put the question on the first page of the plan. Who Personalised care team" in page
    assert "Until when 1 November 2026 How far it is Promised: it has not begun yet" in page
    assert "Survey 2026 (made up)" in page
    assert "Not for all." not in page
    assert "late" not in page
    office.clock.advance(days=28)
    assert "This is late. It should have been done by 1 November 2026." in read(office, "/what-changed")


def test_what_cannot_be_done_says_why_and_the_newest_wave_stands_first(
    office: Office, found: Finding, everyone: Everyone
) -> None:
    office.clock.advance(hours=1)
    open_trial(office, "2027", made_up=True)
    office.post(
        f"{PATH}add?wave=2027", SMALL_PAGE, **FOUND | {"found": "It is hard to reach anybody.", "area": "north-west"}
    )
    change(office, state="cannot", outcome="The law does not let us.", owner="", promise="", **NO_DAY)
    everyone.waves = ("2026", "2027")
    page = read(office, "/what-changed")
    assert "It cannot be done Why not The law does not let us." in page
    assert "In North West How far it is Open: nobody has promised anything yet" in page
    assert page.index("Survey 2027") < page.index("Survey 2026")


def test_with_nothing_to_show_it_says_when_there_will_be(office: Office, everyone: Everyone) -> None:
    page = read(office, "/what-changed")
    assert "There is nothing to show yet. It is not decided yet" in page
    assert "Made-up data" not in page
    everyone.next_day = date(2026, 12, 3)
    assert "The next results come out on 3 December 2026." in read(office, "/what-changed")


def test_in_another_language_it_says_that_promises_are_in_english(
    office: Office, found: Finding, everyone: Everyone
) -> None:
    everyone.waves = ("2026",)
    office.client.get("/language/pl?to=/what-changed")
    page = office.client.get("/what-changed").get_data(as_text=True)
    assert '<html lang="pl"' in page
    assert '<span class="app-written" lang="en" dir="ltr">Few people were asked' in page


# --- In a browser -----------------------------------------------------------------


def test_from_finding_to_promise_in_a_browser(office: Office, everyone: Everyone, page: Page) -> None:
    open_trial(office, "2026", made_up=True)
    link = office.add("Rose", Role.LIVED_EXPERIENCE)
    everyone.waves = ("2026",)

    def check(heading: str) -> None:
        expect(page.locator("h1")).to_contain_text(heading)
        assert axe_findings(page) + dom_findings(page) == []

    page.set_viewport_size({"width": 320, "height": 900})
    with served(office.app) as address:
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Results and findings").click()
        page.get_by_role("link", name="Findings and promises").click()
        page.get_by_role("link", name="Add a finding").click()
        page.get_by_role("button", name="Add it to the list").click()
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        check("Add a finding")
        page.get_by_role("link", name="Choose who may read this").click()
        expect(page.get_by_label("Everyone", exact=True)).to_be_focused()
        page.keyboard.press("Space")
        page.get_by_label("What was found").fill(FOUND["found"])
        page.get_by_label("Where").select_option("Lancashire and South Cumbria")
        page.get_by_role("button", name="Add it to the list").click()
        page.get_by_label("Promised:").check()
        page.get_by_label("Team or office").fill("Personalised care team")
        page.get_by_label("What it will do").fill(PROMISE["promise"])
        for part, number in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
            page.get_by_label(part, exact=True).fill(number)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        office.clock.advance(days=60)
        office.sign_in("Ada")
        page.goto(f"{address}/what-changed")
        check("What changed")
        expect(page.get_by_text("This is late.")).to_be_visible()
        change(office, 2, area="QE1", item="", owner="Board office")
        page.goto(f"{address}/staff/sign-in/{office.link('Rose').token}")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Results and findings").click()
        page.get_by_role("link", name="Findings and promises").click()
        check("Findings and promises")
        page.get_by_role("link", name=FOUND["found"]).click()
        change(office, 3, area="QE1", item="", owner="Care team")
        page.get_by_label("What it will do").fill("Train everybody.")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".app-conflict")).to_be_focused()
        check("A finding and its promise")
