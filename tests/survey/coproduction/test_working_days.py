"""Working days in England, against the calendar of bank holidays that the government publishes."""

from __future__ import annotations

from datetime import date

import pytest

from survey.coproduction.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 5), True),  # a Monday
        (date(2026, 10, 10), False),  # a Saturday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 12, 28), False),  # instead of Boxing Day, a Saturday
        (date(2026, 3, 17), True),  # St Patrick's Day: Northern Ireland alone
        (date(2026, 11, 30), True),  # St Andrew's Day: Scotland alone
    ],
)
def test_a_day_is_a_working_day_of_england(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 10, 5), 10, date(2026, 10, 19)),
        (date(2026, 12, 18), 10, date(2027, 1, 6)),
        (date(2026, 10, 10), 1, date(2026, 10, 12)),
        (date(2026, 10, 10), 0, date(2026, 10, 10)),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(day: date, count: int, then: date) -> None:
    assert add_working_days(day, count) == then
    assert working_days_between(day, then) == count


def test_there_are_no_working_days_backwards() -> None:
    assert working_days_between(date(2026, 10, 6), date(2026, 10, 5)) == 0
