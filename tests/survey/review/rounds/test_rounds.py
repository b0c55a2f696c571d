"""The home page, a round's page, more time and calling off, as each member meets them."""

from __future__ import annotations

from survey.coproduction.people import Office
from survey.store.accounts import Role
from survey.store.audit import list_audit
from survey.store.group.offices import give_office
from survey.store.group.reading_progress import mark_read
from survey.store.group.rounds import load_round
from tests.survey.review.group import Group

OPENED = "/review/rounds/1"


def audit_rows(group: Group) -> int:
    return len(list_audit(group.store))


def test_the_home_page_says_what_is_asked_until_when_and_how_far_one_is(group: Group) -> None:
    opened = group.open_round()
    mark_read(group.store, opened.id, group.accounts["lee"].id, "control", group.clock())
    page = group.text("lee", "/review/")
    assert "The questions for next year" in page
    assert "Say what you think until 26 October 2026." in page
    assert "1 of 3 questions read. About 6 minutes of reading are left of 8." in page
    assert f'href="/review/rounds/{opened.id}/questions/2"' in page
    assert "Prepare a round" not in page
    assert "Tell us how" not in page
    greeted = group.text("noor", "/review/")
    assert "Welcome. Good to have you here." in greeted, "who has not begun is greeted"
    assert greeted.count('href="/review/me">') == 2, "in the bar, and once more, where first steps are asked for"


def test_a_round_in_preparation_is_there_for_those_who_run_rounds_alone(group: Group) -> None:
    prepared = group.prepare_round(title="Not yet for you")
    assert "Not yet for you" in group.text("fay", "/review/")
    assert "Not yet for you" not in group.text("lee", "/review/")
    assert group.get("lee", f"/review/rounds/{prepared.id}").status_code == 404
    assert group.get("fay", f"/review/rounds/{prepared.id}").headers["Location"].endswith("/prepare")


def test_a_round_that_was_called_off_before_it_opened_is_shown_to_nobody_else(group: Group) -> None:
    group.prepare_round(title="Not yet for you")
    give_office(group.store, group.deed("fay"), group.accounts["kim"].id, Office.CO_CHAIR_LIVED)
    give_office(group.store, group.deed("fay"), group.accounts["cara"].id, Office.SPONSOR)
    assert group.post("fay", f"{OPENED}/call-off", reason="The law has changed.").status_code == 303
    assert "Not yet for you" in group.text("fay", "/review/")
    assert "Not yet for you" not in group.text("kim", "/review/")
    for path in ("", "/comments", "/suggestions", "/stories", "/decisions", "/new-version", "/outcomes"):
        assert group.get("kim", OPENED + path).status_code == 404, path
    assert group.get("kim", f"{OPENED}/pack").status_code == 409
    assert group.get("kim", "/review/versions/small").status_code == 404
    assert group.get("cara", f"{OPENED}/answer").status_code == 404


def test_a_round_says_what_it_is_for_and_lists_its_questions_by_number(group: Group) -> None:
    group.open_round(notice_reason="The law changes in May.", load_reason="Lee asked to read it.")
    page = group.text("lee", OPENED)
    for words in (
        "To make the questions easy to answer.",
        "That nobody is asked for a name.",
        "The law changes in May.",
        "Lee asked to read it.",
        "Fay, 01632 960 124",
        "0 of 3 questions read",
        "About 8 minutes in all.",
    ):
        assert words in page
    assert '/review/rounds/1/questions/3"><bdi lang="en-GB">3. How often did you ask for help?</bdi></a>' in page
    assert "Call this round off" not in page
    assert "Call this round off" in group.text("fay", OPENED)


def test_who_was_not_asked_reads_along_and_is_told_so(group: Group) -> None:
    group.open_round()
    group.add("late", Role.LIVED_EXPERIENCE)
    page = group.text("late", OPENED)
    assert "You were not asked in this round." in page
    assert "Take more time" not in page


def test_strangers_and_staff_outside_the_group_see_nothing_of_it(group: Group) -> None:
    group.open_round(title="For the group alone")
    group.add("ada", Role.STAFF)
    stranger = group.app.test_client()
    for path in ("/review/", OPENED, f"{OPENED}/extend", f"{OPENED}/call-off", "/review/rounds/new"):
        assert stranger.get(path).status_code == 303
        outside = group.get("ada", path)
        assert outside.status_code == 403
        assert "For the group alone" not in outside.get_data(as_text=True)


def test_there_is_no_page_of_a_round_that_there_is_not(group: Group) -> None:
    for number in ("9", "99999999999999999999999999"):
        assert group.get("lee", f"/review/rounds/{number}").status_code == 404


def test_a_member_takes_more_time_once_and_the_second_is_refused_in_one_row(group: Group) -> None:
    group.open_round()
    page = group.text("lee", f"{OPENED}/extend")
    assert "You can vote until 16 November 2026." in page
    assert group.post("lee", f"{OPENED}/extend").headers["Location"] == OPENED
    assert "It was put off once." in group.text("noor", OPENED)
    before = audit_rows(group)
    again = group.post("noor", f"{OPENED}/extend", seen_on=OPENED)
    assert again.status_code == 409
    assert "It cannot have more." in again.get_data(as_text=True)
    assert audit_rows(group) == before + 1
    assert "Take more time" not in group.text("lee", OPENED)


def test_a_facilitator_calls_a_round_off_and_everyone_reads_why(group: Group) -> None:
    opened = group.open_round()
    group.client("fay")
    for reason, why in ((" ", "Write why."), ("a\u202eb", "hidden characters"), ("x" * 1_000_000, "Make this shorter")):
        before = audit_rows(group)
        answer = group.post("fay", f"{OPENED}/call-off", reason=reason)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert "<title>Error: Call this round off" in page
        assert why in page
        assert reason.strip() in page
        assert audit_rows(group) == before + 1
    assert load_round(group.store, 1) == opened
    group.post("fay", f"{OPENED}/call-off", reason="There is <b>no money</b>.")
    assert "There is &lt;b&gt;no money&lt;/b&gt;." in group.text("lee", OPENED)


def test_a_member_who_forges_what_a_facilitator_sends_is_refused_in_one_row(group: Group) -> None:
    prepared = group.prepare_round()
    group.client("sue")
    for path, fields in (
        ("/review/rounds/new", {"source": "empty", "title": "Mine"}),
        ("/review/rounds/1/prepare", {"action": "open", "revision": "1"}),
        ("/review/rounds/1/call-off", {"reason": "I do not like it."}),
    ):
        before = audit_rows(group)
        assert group.post("sue", path, seen_on="/review/", **fields).status_code == 403
        assert audit_rows(group) == before + 1
        assert list_audit(group.store)[0].action == "refused: send"
    assert load_round(group.store, 1) == prepared
