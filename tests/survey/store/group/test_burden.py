"""The minutes of a month, on real rounds and a real ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime

from survey.coproduction.rounds import Act
from survey.store.group.burden import minutes_this_month
from survey.store.group.rounds import move_round
from tests.survey.review.conftest import group
from tests.survey.review.group import Group

__all__ = ["group"]

OCTOBER = date(2026, 10, 20)


def put_down(group: Group, name: str, kind: str, minutes: int, day: date, for_round: int | None = None) -> None:
    values = [group.accounts[name].id, for_round, kind, day, minutes]
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into ledger by name select 1 + (select count(*) from ledger) as entry, ? as account, ? as round,"
            " ? as kind, ? as on_day, ? as minutes, 0 as offered_pence, 0 as expenses_pence, false as declined,"
            " '' as note, 1 as added_by, timestamp '2026-10-05' as added_at, 1 as revision",
            values,
        )
    )


def taken(group: Group, month: date = OCTOBER) -> dict[str, int]:
    with group.store.as_of_now() as cursor:
        minutes = minutes_this_month(cursor, month)
    return {name: minutes[account.id] for name, account in group.accounts.items() if account.id in minutes}


def test_a_round_counts_for_all_who_are_asked_in_the_month_it_opens(group: Group) -> None:
    group.prepare_round()
    assert taken(group) == {}
    group.open_round()
    assert taken(group) == dict.fromkeys(group.accounts, 8)
    assert taken(group, date(2026, 11, 1)) == {}


def test_reading_that_was_put_down_takes_the_place_of_the_round_where_it_is_more(group: Group) -> None:
    number = group.open_round().id
    put_down(group, "lee", "reading", 30, OCTOBER, number)
    put_down(group, "noor", "reading", 5, OCTOBER, number)
    put_down(group, "kim", "meeting", 60, OCTOBER, number)
    put_down(group, "tom", "travel", 45, date(2026, 11, 2))
    now = taken(group)
    assert (now["lee"], now["noor"], now["kim"], now["tom"]) == (30, 8, 68, 8)
    assert taken(group, date(2026, 11, 30)) == {"tom": 45}


def test_a_round_that_was_called_off_asks_nothing_of_anybody(group: Group) -> None:
    number = group.open_round().id
    put_down(group, "lee", "reading", 7, OCTOBER, number)
    group.store.journal.run(lambda cursor: move_round(cursor, number, Act.CALL_OFF, group.clock()))
    assert taken(group) == {"lee": 7}


def test_a_month_begins_at_midnight_in_england(group: Group) -> None:
    group.clock.moment = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    group.open_round()
    assert taken(group) == dict.fromkeys(group.accounts, 8)
