"""Preparing a round: on a file, on what a past round made, or on an empty page; and opening it when all is there."""

from __future__ import annotations

from survey.coproduction.people import Office
from survey.coproduction.rounds import State
from survey.store.audit import list_audit
from survey.store.group.rounds import list_rounds, load_round
from survey.store.versions import load_version
from tests.survey.review.group import Group

PLAN = "/review/rounds/1/prepare"
WHOLE = {
    "title": "Next year",
    "purpose": "To make the questions easy.",
    "can_change": "The words.",
    "cannot_change": "The law.",
    "difference": "It will be asked.",
    "contact": "Fay, 01632 960 124",
    "say_until-day": "19",
    "say_until-month": "10",
    "say_until-year": "2026",
    "decide_until-day": "26",
    "decide_until-month": "10",
    "decide_until-year": "2026",
    "quorum": "5",
    "notice_reason": "",
    "load_reason": "",
}


def fill_offices(group: Group) -> None:
    moment = group.clock().replace(tzinfo=None)
    for office, name in ((Office.CO_CHAIR_LIVED, "lee"), (Office.CO_CHAIR, "sue")):
        values = [office, group.accounts[name].id, moment]
        group.store.journal.run(
            lambda cursor, v=values: cursor.execute("insert into offices values (?, ?, ?, null)", v)
        )


def everyone(group: Group) -> list[str]:
    return [str(account.id) for account in group.accounts.values()]


def send(group: Group, path: str = PLAN, **fields: object) -> tuple[int, str]:
    answer = group.post("fay", path, **{**WHOLE, "asked": everyone(group), **fields})  # type: ignore[arg-type]
    return answer.status_code, answer.get_data(as_text=True)


def test_a_round_begins_on_a_file_of_the_folder(group: Group) -> None:
    page = group.text("fay", "/review/rounds/new")
    assert "Personal health budget survey" in page
    answer = group.post("fay", "/review/rounds/new", source="file:phb-annual")
    assert answer.headers["Location"] == PLAN
    made = load_round(group.store, 1)
    assert (made.questionnaire, made.state) == ("phb-annual", State.DRAFT)
    assert made.minutes > 60


def test_a_round_begins_on_an_empty_page(group: Group) -> None:
    for path in ("/review/rounds/1/prepare", "/review/rounds/2/prepare"):
        answer = group.post("fay", "/review/rounds/new", source="empty", title="Your {day}")
        assert answer.headers["Location"] == path
    made = [load_version(group.store, each.version) for each in reversed(list_rounds(group.store))]
    assert [each.id for each in made] == ["your-day", "your-day-2"]
    assert made[0].title == "Your day"


def test_a_round_begins_on_what_a_past_round_made(group: Group) -> None:
    past = group.open_round()
    group.store.journal.run(lambda cursor: cursor.execute("update rounds set state = 'live', new_version = version"))
    assert "What came of round 1." in group.text("fay", "/review/rounds/new")
    group.post("fay", "/review/rounds/new", source="round:1")
    assert load_round(group.store, 2).version == past.version


def test_a_round_does_not_begin_on_nothing(group: Group) -> None:
    group.client("fay")
    for fields, why in (
        ({}, "Choose what the group looks at"),
        ({"source": "file:../secrets"}, "Choose one of these"),
        ({"source": "round:7"}, "Choose one of these"),
        ({"source": "empty", "title": " "}, "Write what the new questions will be about"),
        ({"source": "empty", "title": "\u202eevil"}, "hidden characters"),
    ):
        before = len(list_audit(group.store))
        answer = group.post("fay", "/review/rounds/new", **fields)
        assert answer.status_code == 400
        assert why in answer.get_data(as_text=True)
        assert len(list_audit(group.store)) == before + 1
    assert list_rounds(group.store) == ()


def test_a_plan_is_saved_half_done_and_opened_when_it_is_whole(group: Group) -> None:
    fill_offices(group)
    group.post("fay", "/review/rounds/new", source="empty", title="Your day")
    status, _ = send(group, revision="1", purpose="", quorum="0")
    assert status == 303
    assert load_round(group.store, 1).plan.title == "Next year"
    status, page = send(group, revision="2", purpose="", quorum="2", action="open", **{"say_until-day": "12"})
    assert status == 400
    assert "<title>Error: The plan of a round" in page
    for words in (
        "Write what this round is for",
        "People have less than ten working days.",
        "A vote needs at least 3 people.",
    ):
        assert page.count(words) == 2, words  # in the summary and at the field
    assert "Fay, 01632 960 124" in page
    assert list_audit(group.store)[0].action == "refused: open round"
    status, _ = send(group, revision="2", action="open", notice_reason="The law changes.", **{"say_until-day": "12"})
    assert status == 303
    assert load_round(group.store, 1).state is State.IN_REVIEW
    assert "The law changes." in group.text("lee", "/review/rounds/1")


def test_a_form_that_cannot_be_read_is_given_back_as_it_was(group: Group) -> None:
    prepared = group.prepare_round()
    group.client("fay")
    before = len(list_audit(group.store))
    status, page = send(
        group, revision="1", quorum="many", title="t" * 101, purpose="a\u2066b", **{"say_until-month": "13"}
    )
    assert status == 400
    for words in ("Type a number in digits", "up to 100 characters", "hidden characters", "There is no such date"):
        assert words in page
    assert "t" * 101 in page
    assert 'value="13"' in page
    assert load_round(group.store, 1) == prepared
    assert len(list_audit(group.store)) == before + 1


def test_of_two_facilitators_at_once_the_second_sees_what_the_first_wrote_and_loses_nothing(group: Group) -> None:
    group.prepare_round()
    send(group, revision="1", title="Theirs")
    status, page = send(group, revision="1", title="Mine", asked=everyone(group)[:3])
    assert status == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert 'name="revision" value="2"' in page
    assert load_round(group.store, 1).plan.title == "Theirs"
    assert send(group, revision="2", title="Mine")[0] == 303


def test_a_plan_is_fixed_once_the_round_is_open(group: Group) -> None:
    opened = group.open_round()
    answer = group.post("fay", PLAN, seen_on="/review/rounds/1", **WHOLE, revision=str(opened.revision))
    assert answer.status_code == 409
    assert "cannot change any more" in answer.get_data(as_text=True)
    assert load_round(group.store, 1) == opened
    assert group.get("fay", PLAN).headers["Location"] == "/review/rounds/1"


def test_who_would_be_asked_for_too_much_is_marked(group: Group) -> None:
    group.open_round()
    group.store.journal.run(lambda cursor: cursor.execute("update rounds set minutes = 115"))
    group.prepare_round()
    page = group.text("fay", "/review/rounds/2/prepare")
    assert page.count("This month: 115 of 120 minutes are taken. This round would be too much.") == 8
