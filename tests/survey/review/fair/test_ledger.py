"""Keeping the ledger: only by those who run the group, late payments first, never one's own pay."""

from __future__ import annotations

import csv
import io
import re

import pytest

from survey.store.accounts import Role
from survey.store.group.ledger import list_entries, load_entry
from tests.survey.review.fair.acts import MEETING, put_down, refused
from tests.survey.review.fair.test_time import plain
from tests.survey.review.group import Group

LEDGER = "/review/ledger"
NO_DAY = {"paid-day": "", "paid-month": "", "paid-year": ""}


def offer(group: Group, number: int, revision: int = 1, by: str = "fay", **fields: str) -> int:
    path = f"{LEDGER}/{number}"
    sent = {**MEETING, **NO_DAY, "offered": "25", "revision": str(revision), **fields}
    return group.post(by, path, **sent).status_code


def test_a_facilitator_adds_time_and_offers_pay_that_is_due_in_ten_working_days(group: Group) -> None:
    lee = str(group.accounts["lee"].id)
    answer = group.post("fay", LEDGER, account=lee, offered="25", expenses="4.20", **MEETING, **NO_DAY)
    assert answer.status_code == 303
    (entry,) = list_entries(group.store)
    assert (entry.account, entry.offered, entry.expenses, entry.owed) == (int(lee), 2500, 420, 2920)
    assert "To be paid by 19 October 2026" in plain(group.text("lee", "/review/me/time"))
    assert "The group still has to pay £29.20. No payment is late." in plain(group.text("fay", LEDGER))


def test_late_payments_come_first_and_every_member_sees_how_long_they_waited(group: Group) -> None:
    late, declined, paid = put_down(group, "lee"), put_down(group, "noor"), put_down(group, "kim")
    for number in (late, declined, paid):
        assert offer(group, number) == 303
    group.post("noor", f"/review/me/time/{declined}", seen_on="/review/me/time", pay="no", revision="2")
    group.clock.advance(days=1)
    group.sign_out()
    assert group.post("fay", f"{LEDGER}/{paid}/paid", seen_on=LEDGER, revision="2").status_code == 303
    group.clock.advance(days=16)
    group.sign_out()
    page = plain(group.text("fay", LEDGER))
    assert "The group still has to pay £25.00. 1 payment is late." in page
    rows = re.findall(r"Who (lee|noor|kim) ", page)
    assert rows[0] == "lee"
    assert "Late by 3 days" in page
    assert "Late by 3 days" in plain(group.text("lee", "/review/me/time"))
    assert "Paid on 6 October 2026" in plain(group.text("kim", "/review/me/time"))
    fair = plain(group.text("noor", "/review/fair"))
    assert "1 payment is late. 1 payment was made. In all, people have waited 3 days too long." in fair
    assert "In all, people have waited 3 days too long." in plain(group.text("noor", "/review/group"))


def test_two_who_change_an_entry_at_once_lose_nothing(group: Group) -> None:
    number = put_down(group)
    group.add("ada", Role.ADMIN)
    assert offer(group, number, by="ada", note="Agreed at the meeting") == 303
    path = f"{LEDGER}/{number}"
    answer = group.post("fay", path, **{**MEETING, **NO_DAY, "offered": "99", "note": "Mine", "revision": "1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Pay offered: £25.00." in plain(page)
    assert 'value="99"' in page
    assert 'value="Mine"' in page
    assert 'name="revision" value="2"' in page
    assert load_entry(group.store, number).offered == 2500
    assert len(refused(group)) == 1
    assert offer(group, number, revision=2, offered="99") == 303
    assert load_entry(group.store, number).offered == 9900


def test_what_is_paid_stays_and_a_day_put_down_by_mistake_can_go(group: Group) -> None:
    number = put_down(group)
    offer(group, number)
    group.post("fay", f"{LEDGER}/{number}/paid", seen_on=LEDGER, revision="2")
    again = group.post("fay", f"{LEDGER}/{number}/paid", seen_on=LEDGER, revision="3")
    assert again.status_code == 409
    paid = {"paid-day": "5", "paid-month": "10", "paid-year": "2026"}
    assert offer(group, number, revision=3, offered="1", **paid) == 400
    mine = group.post("lee", f"/review/me/time/{number}", seen_on="/review/me/time", pay="no", revision="3")
    assert mine.status_code == 409
    assert load_entry(group.store, number).owed == 2500
    assert offer(group, number, revision=3) == 303
    assert load_entry(group.store, number).paid_on is None
    assert len(refused(group)) == 3


def test_nobody_sets_their_own_pay(group: Group) -> None:
    number = put_down(group, "fay")
    assert offer(group, number) == 400
    assert load_entry(group.store, number).offered == 0
    assert offer(group, number, offered="", note="Only the words") == 303
    assert f"{LEDGER}/{number}/paid" not in group.text("fay", LEDGER)


def test_the_ledger_comes_as_a_file_in_which_nothing_is_a_formula(group: Group) -> None:
    put_down(group, "lee", note='=HYPERLINK("http://x")', expenses="3")
    put_down(group, "noor", note="بس کا کرایہ")
    answer = group.get("fay", "/review/ledger.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["member"] for row in rows] == ["lee", "noor"]
    assert rows[0]["note"] == '\'=HYPERLINK("http://x")'
    assert (rows[0]["to_pay_pounds"], rows[0]["due_on"], rows[1]["due_on"]) == ("3.00", "2026-10-19", "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"account": "999"}, "Choose somebody from the list."),
        ({"account": "lee"}, "Choose somebody from the list."),
        ({"account": ""}, "Choose somebody from the list."),
        ({"offered": "-25"}, "an amount from £0 to £1000"),
        ({"offered": "1000000"}, "an amount from £0 to £1000"),
        ({"paid-day": "6", "paid-month": "10", "paid-year": "2026"}, "between the day of the work and today"),
        ({"paid-day": "4", "paid-month": "10", "paid-year": "2026"}, "between the day of the work and today"),
        ({"offered": "", "paid-day": "5", "paid-month": "10", "paid-year": "2026"}, "nothing to pay here"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(lasting: Group, wrong: dict[str, str], said: str) -> None:
    before = len(refused(lasting))
    sent = {"account": str(lasting.accounts["lee"].id), "offered": "25", **MEETING, **NO_DAY, **wrong}
    answer = lasting.post("fay", LEDGER, **sent)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert list_entries(lasting.store) == ()
    assert len(refused(lasting)) == before + 1


def test_only_those_who_run_the_group_keep_its_ledger(lasting: Group) -> None:
    for path in (LEDGER, "/review/ledger.csv", f"{LEDGER}/1"):
        assert lasting.get("lee", path).status_code == 403
    before = len(refused(lasting))
    sent = {"account": str(lasting.accounts["lee"].id), "offered": "25", **MEETING, **NO_DAY}
    assert lasting.post("lee", LEDGER, seen_on="/review/me/time", **sent).status_code == 403
    assert list_entries(lasting.store) == ()
    assert len(refused(lasting)) == before + 1
    assert lasting.get("fay", f"{LEDGER}/1").status_code == 404
