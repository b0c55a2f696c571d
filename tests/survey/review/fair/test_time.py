"""A member's own time and pay: put down, offered, declined; nobody else's."""

from __future__ import annotations

import re

import pytest

from survey.store.accounts import Role
from survey.store.group.ledger import list_entries, load_entry
from survey.store.group.members import load_member
from tests.survey.review.fair.acts import MEETING, put_down, refused
from tests.survey.review.group import Group

TIME = "/review/me/time"


def plain(html: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"</?(bdi|span|strong)[^>]*>", "", html)).split())


def test_a_member_puts_down_time_and_sees_when_costs_are_paid(group: Group) -> None:
    number = put_down(group, expenses="£4.5", note="Bus to the meeting")
    (entry,) = list_entries(group.store, group.accounts["lee"].id)
    assert (entry.id, entry.minutes, entry.expenses, entry.offered) == (number, 60, 450, 0)
    page = plain(group.text("lee", TIME))
    assert "This month the group has asked you for 60 minutes. You can give 120." in page
    assert "We still have to pay you £4.50" in page
    assert "To be paid by 19 October 2026" in page
    assert "Bus to the meeting" in page


def test_the_page_says_that_pay_can_touch_benefits_and_that_nobody_needs_it(group: Group) -> None:
    page = plain(group.text("lee", TIME))
    assert "Pay can count as income. It can change your benefits. Ask an adviser before you say yes" in page
    assert "You can take part without pay." in page


def test_reading_is_suggested_from_what_the_round_takes_until_it_is_put_down(group: Group) -> None:
    number = group.open_round().id
    assert "Round 1: about 8 minutes of reading" in plain(group.text("lee", TIME))
    form = group.text("lee", f"{TIME}?round={number}")
    assert re.search(r'name="minutes"[^>]*value="8"', form)
    assert re.search(r'value="reading" checked', form)
    put_down(group, kind="reading", round=str(number), minutes="8")
    assert "about 8 minutes of reading" not in plain(group.text("lee", TIME))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": "-5"}, "a number from 1 to 1440"),
        ({"minutes": "1441"}, "a number from 1 to 1440"),
        ({"minutes": "99999999999999999999"}, "a number from 1 to 1440"),
        ({"minutes": "٦٠"}, "a number from 1 to 1440"),
        ({"minutes": ""}, "a number from 1 to 1440"),
        ({"expenses": "-1"}, "an amount from £0 to £1000"),
        ({"expenses": "1000.01"}, "an amount from £0 to £1000"),
        ({"expenses": "12.345"}, "an amount from £0 to £1000"),
        ({"day-day": "6"}, "not after today"),
        ({"day-year": "1026"}, "in the last year"),
        ({"day-day": "31", "day-month": "2"}, "There is no such date"),
        ({"day-day": "", "day-month": "", "day-year": ""}, "The day must be in the last year"),
        ({"kind": "party"}, "Choose what you did."),
        ({"round": "9"}, "Choose a round from the list."),
        ({"note": "pay \N{RIGHT-TO-LEFT OVERRIDE}me"}, "There are hidden characters"),
        ({"note": "x" * 201}, "This text is too long."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_with_what_was_typed(
    lasting: Group, wrong: dict[str, str], said: str
) -> None:
    before = len(refused(lasting))
    answer = lasting.post("lee", TIME, **{**MEETING, "note": "We met", **wrong})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page
    assert "<title>Error:" in " ".join(page.split())
    assert wrong.get("note", "We met") in page
    assert list_entries(lasting.store) == ()
    assert len(refused(lasting)) == before + 1


def test_a_round_in_preparation_is_nobodys_reading_yet(group: Group) -> None:
    number = group.prepare_round().id
    answer = group.post("lee", TIME, **{**MEETING, "round": str(number)})
    assert answer.status_code == 400
    assert list_entries(group.store) == ()


def test_time_is_ones_own_whatever_account_a_form_names(group: Group) -> None:
    number = put_down(group, "lee", account=str(group.accounts["noor"].id), offered="500", declined="", paid="x")
    entry = load_entry(group.store, number)
    assert (entry.account, entry.offered, entry.paid_on) == (group.accounts["lee"].id, 0, None)


def test_nobody_sees_or_answers_anothers_entry(group: Group) -> None:
    number = put_down(group, "lee", note="Lee was here")
    assert "Lee was here" not in group.text("noor", TIME)
    before = load_entry(group.store, number)
    answer = group.post("noor", f"{TIME}/{number}", seen_on=TIME, pay="no", revision="1")
    assert answer.status_code == 409
    assert "This is for somebody else to do." in answer.get_data(as_text=True)
    assert load_entry(group.store, number) == before
    assert len(refused(group)) == 1


def test_an_entry_that_there_is_not_cannot_be_answered(group: Group) -> None:
    answer = group.post("lee", f"{TIME}/7", seen_on=TIME, pay="no", revision="1")
    assert answer.status_code == 404
    assert len(refused(group)) == 1


def test_an_answer_to_no_revision_there_is_leaves_one_audit_row(group: Group) -> None:
    number = put_down(group)
    answer = group.post("lee", f"{TIME}/{number}", seen_on=TIME, pay="no", revision="x")
    assert answer.status_code == 409
    assert not load_entry(group.store, number).declined
    assert len(refused(group)) == 1


def test_a_member_says_no_to_the_pay_of_one_entry_and_yes_after_all(group: Group) -> None:
    number = put_down(group, expenses="3")
    assert group.post("lee", f"{TIME}/{number}", seen_on=TIME, pay="no", revision="1").status_code == 303
    assert load_entry(group.store, number).declined
    page = plain(group.text("lee", TIME))
    assert "You said no" in page
    assert "We still have to pay you £3.00" in page
    stale = group.post("lee", f"{TIME}/{number}", seen_on=TIME, pay="yes", revision="1")
    assert stale.status_code == 409
    assert group.post("lee", f"{TIME}/{number}", seen_on=TIME, pay="yes", revision="2").status_code == 303
    assert not load_entry(group.store, number).declined


def test_a_member_who_never_wants_pay_is_not_offered_any_later_on(group: Group) -> None:
    first = put_down(group)
    assert group.post("lee", f"{TIME}/pay", seen_on=TIME, pay="no").status_code == 303
    second = put_down(group, minutes="30")
    assert [load_entry(group.store, number).declined for number in (first, second)] == [True, True]
    member = load_member(group.store, group.accounts["lee"].id)
    assert member is not None
    assert not member.profile.wants_pay
    assert group.post("lee", f"{TIME}/pay", seen_on=TIME, pay="yes").status_code == 303
    assert [load_entry(group.store, number).declined for number in (first, second)] == [False, False]


def test_the_amounts_have_latin_digits_in_every_language(group: Group) -> None:
    put_down(group, expenses="12.50")
    with group.client("lee").session_transaction() as session:
        session["locale"] = "ur"
    page = group.text("lee", TIME)
    assert 'dir="rtl"' in page
    assert '<bdi dir="ltr">£12.50</bdi>' in page


def test_strangers_and_programme_staff_have_no_page_of_time(lasting: Group) -> None:
    assert lasting.app.test_client().get(TIME).status_code == 303
    lasting.add("ann", Role.STAFF)
    assert lasting.get("ann", TIME).status_code == 403
