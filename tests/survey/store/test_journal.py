"""The writer: commits together, answers each caller, and no failure reaches further than its own event."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event as Signal

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from survey.store.connect import Store
from survey.store.journal import Event, NotSaved

AT = datetime(2026, 9, 1, 12)


def event(response: int, seq: int = 1, answers: str = "{}") -> Event:
    return Event(response, seq, "page", answers, "en-GB", "standard", "web", AT)


def count_events(store: Store) -> int:
    return int(store.rows("select count(*) from events")[0][0])


def hold_the_writer(store: Store, pool: ThreadPoolExecutor) -> Signal:
    """Keep the writer busy until the signal is set, so that what is handed over meanwhile gathers."""
    busy, go_on = Signal(), Signal()

    def work(cursor: DuckDBPyConnection) -> None:
        busy.set()
        assert go_on.wait(30)

    pool.submit(store.journal.run, work)
    assert busy.wait(30)
    return go_on


def test_an_event_is_there_once_append_returns(store: Store) -> None:
    store.journal.append(event(7, 3, '{"control":"a_lot"}'))
    row = (7, 3, "page", '{"control":"a_lot"}', "en-GB", "standard", "web", AT)
    assert store.rows("select * from events") == [row]


def test_events_that_wait_together_are_all_kept(store: Store) -> None:
    with ThreadPoolExecutor(40) as pool:
        go_on = hold_the_writer(store, pool)
        waiting = [pool.submit(store.journal.append, event(number)) for number in range(30)]
        go_on.set()
        for future in waiting:
            future.result(30)
    assert store.rows("select distinct response from events order by 1") == [(number,) for number in range(30)]


def test_one_bad_event_does_not_fail_those_it_waited_with(store: Store) -> None:
    bad = {3: event(2**70), 5: event(5, answers="\ud800 half a letter")}
    with ThreadPoolExecutor(20) as pool:
        go_on = hold_the_writer(store, pool)
        waiting = [pool.submit(store.journal.append, bad.get(number, event(number))) for number in range(8)]
        go_on.set()
        for number, future in enumerate(waiting):
            if number in bad:
                with pytest.raises(NotSaved):
                    future.result(30)
            else:
                future.result(30)
    assert store.rows("select response from events order by 1") == [(0,), (1,), (2,), (4,), (6,), (7,)]
    store.journal.append(event(9))


def test_work_is_one_transaction_and_returns_its_result(store: Store) -> None:
    def work(cursor: DuckDBPyConnection) -> int:
        cursor.execute("insert into about_store values ('one', '1'), ('two', '2')")
        return 2

    assert store.journal.run(work) == 2
    assert store.rows("select count(*) from about_store where name in ('one', 'two')") == [(2,)]


def test_work_that_raises_leaves_nothing_behind(store: Store) -> None:
    class Refused(Exception):
        pass

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute("insert into about_store values ('one', '1')")
        raise Refused("for a reason")

    with pytest.raises(Refused, match="for a reason"):
        store.journal.run(work)
    assert store.rows("select count(*) from about_store where name = 'one'") == [(0,)]
    store.journal.append(event(1))


def test_a_mistake_in_a_statement_stays_a_mistake(store: Store) -> None:
    with pytest.raises(duckdb.CatalogException):
        store.journal.run(lambda cursor: cursor.execute("insert into no_such_table values (1)"))
    with pytest.raises(duckdb.ConstraintException):
        store.journal.run(lambda cursor: cursor.execute("insert into about_store values ('schema_version', 'x')"))
    store.journal.append(event(1))


def test_work_handed_over_by_several_threads_never_overlaps(store: Store) -> None:
    store.journal.run(lambda cursor: cursor.execute("insert into about_store values ('counter', '0')"))

    def add_one(cursor: DuckDBPyConnection) -> None:
        (value,) = cursor.execute("select value::integer from about_store where name = 'counter'").fetchall()[0]
        cursor.execute("update about_store set value = ? where name = 'counter'", [str(value + 1)])

    with ThreadPoolExecutor(8) as pool:
        for future in [pool.submit(store.journal.run, add_one) for _ in range(40)]:
            future.result(30)
    assert store.rows("select value from about_store where name = 'counter'") == [("40",)]


def test_closing_writes_what_was_handed_over_and_refuses_more(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        go_on = hold_the_writer(store, pool)
        waiting = [pool.submit(store.journal.append, event(number)) for number in range(5)]
        closing = pool.submit(store.journal.close)
        go_on.set()
        closing.result(30)
    kept = sum(future.exception() is None for future in waiting)
    assert count_events(store) == kept
    assert all(isinstance(future.exception(), NotSaved | None) for future in waiting)
    with pytest.raises(NotSaved):
        store.journal.append(event(9))
