"""Wrong tries are counted for any name, for an hour, in a bounded memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from survey.staff.tries import WrongTries

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_so_many_within_the_hour_are_too_many_for_that_name() -> None:
    tries = WrongTries(most=2)
    tries.add("Ada", NOON)
    assert not tries.too_many("Ada", NOON)
    tries.add("Ada", NOON + HOUR / 2)
    assert tries.too_many("Ada", NOON + HOUR / 2)
    assert not tries.too_many("Eve", NOON + HOUR / 2)


def test_each_counts_for_an_hour() -> None:
    tries = WrongTries(most=2)
    tries.add("Ada", NOON)
    tries.add("Ada", NOON + HOUR / 2)
    assert not tries.too_many("Ada", NOON + HOUR)
    tries.add("Ada", NOON + HOUR)
    assert tries.too_many("Ada", NOON + HOUR)


def test_of_more_names_than_are_kept_the_one_tried_longest_ago_is_forgotten() -> None:
    tries = WrongTries(most=1, names=2)
    for name in ("Ada", "Eve", "Ada", "Grace"):
        tries.add(name, NOON)
    assert [name for name in ("Ada", "Eve", "Grace") if tries.too_many(name, NOON)] == ["Ada", "Grace"]
