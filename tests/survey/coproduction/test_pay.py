"""What is owed in the ledger, how late it is, and what nobody may do to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey.coproduction.pay import Entry, NotInLedger, Work, check_answer, check_entry, check_keeping
from survey.coproduction.refusals import NotAllowed, Refused

TODAY = date(2026, 10, 5)
MEETING = Entry(account=1, kind=Work.MEETING, on_day=TODAY, minutes=60, offered=2500, expenses=420)
DUE = date(2026, 10, 19)


def test_who_says_no_to_pay_still_gets_their_costs_back() -> None:
    assert MEETING.owed == 2920
    assert replace(MEETING, declined=True).owed == 420


@pytest.mark.parametrize(
    ("entry", "days"),
    [
        (replace(MEETING, due_on=DUE, paid_on=date(2026, 10, 22)), 3),
        (replace(MEETING, due_on=DUE, paid_on=DUE), 0),
        (replace(MEETING, due_on=DUE), 12),
        (replace(MEETING, due_on=DUE, declined=True, expenses=0), 0),
        (replace(MEETING, due_on=None), 0),
    ],
)
def test_days_late_count_from_the_last_day_for_paying(entry: Entry, days: int) -> None:
    assert entry.days_late(date(2026, 10, 31)) == days


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (MEETING, None),
        (replace(MEETING, minutes=0), None),
        (replace(MEETING, on_day=TODAY - timedelta(days=366)), None),
        (replace(MEETING, minutes=0, expenses=0), NotInLedger.MINUTES),
        (replace(MEETING, minutes=-1), NotInLedger.MINUTES),
        (replace(MEETING, minutes=1441), NotInLedger.MINUTES),
        (replace(MEETING, offered=-1), NotInLedger.AMOUNT),
        (replace(MEETING, offered=100_001), NotInLedger.AMOUNT),
        (replace(MEETING, expenses=100_001), NotInLedger.AMOUNT),
        (replace(MEETING, on_day=TODAY + timedelta(days=1)), NotInLedger.DAY),
        (replace(MEETING, on_day=TODAY - timedelta(days=367)), NotInLedger.DAY),
        (replace(MEETING, paid_on=TODAY + timedelta(days=1)), NotInLedger.PAID_DAY),
        (replace(MEETING, paid_on=TODAY - timedelta(days=1)), NotInLedger.PAID_DAY),
        (replace(MEETING, offered=0, expenses=0, paid_on=TODAY), NotInLedger.NOTHING_OWED),
        (replace(MEETING, note="x" * 201), NotAllowed.TOO_LONG),
        (replace(MEETING, note="a\N{ZERO WIDTH SPACE}b"), NotAllowed.HIDDEN_CHARACTERS),
    ],
)
def test_what_an_entry_may_say(entry: Entry, why: object) -> None:
    if why is None:
        check_entry(entry, TODAY)
        return
    with pytest.raises(Refused) as caught:
        check_entry(entry, TODAY)
    assert caught.value.reasons == (why,)


PAID = replace(MEETING, paid_on=TODAY)


@pytest.mark.parametrize(
    ("before", "after", "by", "why"),
    [
        (None, MEETING, 2, None),
        (None, replace(MEETING, offered=0), 1, None),
        (None, MEETING, 1, NotInLedger.OWN_PAY),
        (MEETING, replace(MEETING, offered=1), 1, NotInLedger.OWN_PAY),
        (MEETING, PAID, 1, NotInLedger.OWN_PAY),
        (MEETING, PAID, 2, None),
        (PAID, MEETING, 2, None),
        (PAID, replace(PAID, note="Cash"), 2, None),
        (PAID, replace(PAID, offered=1), 2, NotInLedger.PAID),
        (PAID, replace(PAID, expenses=1), 2, NotInLedger.PAID),
    ],
)
def test_what_whoever_keeps_the_ledger_may_change(before: Entry | None, after: Entry, by: int, why: object) -> None:
    if why is None:
        check_keeping(before, after, by)
        return
    with pytest.raises(Refused) as caught:
        check_keeping(before, after, by)
    assert caught.value.reasons == (why,)


def test_only_the_member_answers_an_offer_and_not_after_it_is_paid() -> None:
    check_answer(MEETING, 1)
    for entry, by, why in ((MEETING, 2, NotAllowed.NOT_YOURS), (PAID, 1, NotInLedger.PAID)):
        with pytest.raises(Refused) as caught:
            check_answer(entry, by)
        assert caught.value.reasons == (why,)
