"""The one writer: commits what has gathered since its last commit, and answers each caller after it.

DuckDB syncs the file at each commit, and transactions that touch one row conflict. So every write goes through one
thread: events that wait together share a transaction, other changes have one each.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

MOST_EVENTS_AT_ONCE = 256

_INSERT = """
insert into events
select unnest(
    ?::struct(
        response bigint, seq integer, page varchar, answers varchar,
        locale varchar, format varchar, mode varchar, saved_at timestamp
    )[],
    max_depth := 2
)
"""
_CANNOT_SAVE = (duckdb.OperationalError, duckdb.InternalError)
"""What DuckDB raises when the disk, the memory or the file fails, and not the statement."""

Result = TypeVar("Result")
Work = Callable[[DuckDBPyConnection], Result]


class NotSaved(Exception):
    """What was handed over is not in the store. Nothing else was lost, and it can be handed over again."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a person answered on one page at one moment; `answers` is JSON, `saved_at` naive UTC."""

    response: int
    seq: int
    page: str
    answers: str
    locale: str
    format: str
    mode: str
    saved_at: datetime

    def as_row(self) -> dict[str, Any]:
        """The fields by name, as the insert takes them."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something to write and the promise to say how it went."""

    what: Event | Callable[[], Any]
    done: Future[Any]


class Journal:
    """The writer thread and the queue before it.

    `connect` gives the connection to write on and is asked each time; `mend` is called after a write failed, `tidy`
    between writes. All three are called in the writer's thread; `mend` and `tidy` raise nothing.
    """

    def __init__(
        self, connect: Callable[[], DuckDBPyConnection], mend: Callable[[], None], tidy: Callable[[], None]
    ) -> None:
        self._connect = connect
        self._mend = mend
        self._tidy = tidy
        self._queue: SimpleQueue[_Entry | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._thread = Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    def append(self, event: Event) -> None:
        """Return once the event is on the disk. Raises NotSaved."""
        self._hand_over(event).result()

    def run(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction of its own on the writer's connection, and return what it returns.

        What `work` raises undoes it and reaches the caller; a failing disk or commit is NotSaved. `work` must not
        call the journal.
        """
        return self.alone(partial(self._in_transaction, work))

    def alone(self, action: Callable[[], Result]) -> Result:
        """Run `action` in the writer's thread, outside any transaction, while nothing is written; return its result."""
        result: Result = self._hand_over(action).result()
        return result

    def close(self) -> None:
        """Write what has been handed over, then stop."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _hand_over(self, what: Event | Callable[[], Any]) -> Future[Any]:
        entry = _Entry(what, Future())
        with self._lock:
            if self._closed:
                raise NotSaved("The store is being closed.")
            self._queue.put(entry)
        return entry.done

    # --- In the writer's thread ---------------------------------------------------

    def _write(self) -> None:
        while True:
            entry = self._queue.get()
            if entry is None:
                return
            batch = [entry]
            last = False
            while len(batch) < MOST_EVENTS_AT_ONCE and not last:
                try:
                    following = self._queue.get_nowait()
                except Empty:
                    break
                if following is None:
                    last = True
                else:
                    batch.append(following)
            self._write_events([entry for entry in batch if isinstance(entry.what, Event)])
            for entry in batch:
                if not isinstance(entry.what, Event):
                    self._run(entry, entry.what)
            if last:
                return
            self._tidy()

    def _write_events(self, entries: list[_Entry]) -> None:
        """All in one transaction; if that fails each by itself, so that one bad event fails alone."""
        if not entries:
            return
        try:
            rows = [entry.what.as_row() for entry in entries if isinstance(entry.what, Event)]
            self._connect().execute(_INSERT, [rows])
        except Exception as error:
            self._mend()
            if len(entries) == 1:
                entries[0].done.set_exception(_not_saved(error))
            else:
                for entry in entries:
                    self._write_events([entry])
        else:
            for entry in entries:
                entry.done.set_result(None)

    def _run(self, entry: _Entry, action: Callable[[], Any]) -> None:
        try:
            entry.done.set_result(action())
        except _CANNOT_SAVE as error:
            self._mend()
            entry.done.set_exception(_not_saved(error))
        except BaseException as error:
            entry.done.set_exception(error)

    def _in_transaction(self, work: Work[Result]) -> Result:
        connection = self._connect()
        connection.begin()
        try:
            result = work(connection)
            connection.commit()
        except BaseException:
            with suppress(duckdb.Error):  # a failed commit has ended the transaction
                connection.rollback()
            raise
        return result


def _not_saved(error: Exception) -> NotSaved:
    not_saved = NotSaved(str(error).splitlines()[0])
    not_saved.__cause__ = error
    return not_saved
