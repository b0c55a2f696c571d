"""How much of a month the group has asked of each member: what is in the ledger, and the rounds that were opened."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey.store.clock import to_stored

_ENGLAND = ZoneInfo("Europe/London")

_ASKED = """
select round, account, minutes from rounds join asked using (round)
where opened_at >= ? and opened_at < ? and state != 'called_off'
"""
_PUT_DOWN = """
select account, case when kind = 'reading' then round end as reading_for, sum(minutes)
from ledger where on_day >= ? and on_day < ? group by all
"""


def minutes_this_month(cursor: DuckDBPyConnection, month: date) -> dict[int, int]:
    """By account, the minutes of the month in which a day lies; members without any are not in it.

    A round counts for all who are asked in the month in which it opens, with its reading time or with what they put
    down for reading it, whichever is more. Call it inside a transaction, or with `store.as_of_now()`.
    """
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1)
    reading: dict[tuple[int, int], int] = {}
    for round_, account, minutes in cursor.execute(_ASKED, [_midnight(first), _midnight(last)]).fetchall():
        reading[account, round_] = minutes
    taken: dict[int, int] = defaultdict(int)
    for account, reading_for, minutes in cursor.execute(_PUT_DOWN, [first, last]).fetchall():
        if reading_for is not None and (account, reading_for) in reading:
            reading[account, reading_for] = max(reading[account, reading_for], int(minutes))
        else:
            taken[account] += int(minutes)
    for (account, _), minutes in reading.items():
        taken[account] += minutes
    return dict(taken)


def _midnight(day: date) -> datetime:
    """When a day begins in England, as the store keeps moments."""
    return to_stored(datetime(day.year, day.month, day.day, tzinfo=_ENGLAND).astimezone(UTC))
