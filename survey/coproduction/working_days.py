"""Working days in England: Monday to Friday but for bank holidays, as notice and extensions are counted."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

NOTICE = 10
"""Working days from the day a round opens to the last day to say something."""
EXTENSION = 10
"""Working days that the one extension of a round adds."""

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people in England are at work on a day."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The day that lies so many working days after `day`, which does not count itself.

    Ten working days after Monday 5 October 2026 is Monday 19 October; after Friday 18 December 2026, with Christmas
    and New Year between, it is Wednesday 6 January 2027.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first`, `last` included: none where it is no later."""
    return sum(is_working_day(first + timedelta(days=after)) for after in range(1, (last - first).days + 1))


@lru_cache(maxsize=32)
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
