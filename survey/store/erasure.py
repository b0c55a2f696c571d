"""Erasing a response: out of sight at once, and noted, so that no restored backup brings it back.

What was written stays in the bytes of the file until the next compaction (`copies.compact`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code
from survey.store.audit import record
from survey.store.clock import to_stored
from survey.store.journal import NotSaved
from survey.store.responses import find_by_return_code

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class Erased:
    """What an erasure took out of the store."""

    wave: str
    events: int


def erase_response(store: Store, key: bytes, code: str, now: datetime, *, actor: str = "command line") -> Erased | None:
    """Erase the response with this return code: its answers, its codes, that it ever was. None for an unknown code.

    Its invitation can be used anew. Raises CodeError, NotSaved.
    """
    with store.upkeep:
        state = find_by_return_code(store, key, code)
        if state is None:
            return None
        with store.responses.lock(state.response):
            _note(ledger_of(store.path), hash_code(key, Purpose.ERASURE, str(state.response)), now)

            def work(cursor: DuckDBPyConnection) -> int:
                erased = _delete(cursor, "store", [state.response])
                record(cursor, actor=actor, action="erase response", subject=state.wave, now=now)
                return erased

            events = store.journal.run(work)
            store.responses.forget_for_good(state.response)
        return Erased(state.wave, events)


def erase_again(cursor: DuckDBPyConnection, database: str, key: bytes, ledger: Path) -> int:
    """Take out of a restored database whatever was erased since it was saved; returns how many responses."""
    noted = {line.split()[0] for line in ledger.read_text().splitlines()} if ledger.exists() else set()
    if not noted:
        return 0
    responses = [response for (response,) in cursor.execute(f"select response from {database}.responses").fetchall()]
    found = [response for response in responses if hash_code(key, Purpose.ERASURE, str(response)) in noted]
    _delete(cursor, database, found)
    return len(found)


def ledger_of(store_path: Path) -> Path:
    """The file that lists what was erased, as keyed hashes with the day; beside the store and kept apart from it."""
    return store_path.with_name(f"{store_path.name}.erased")


def _note(ledger: Path, response_hash: str, now: datetime) -> None:
    """Before anything is deleted: a note without a deletion does no harm, a deletion without a note may be undone."""
    try:
        with os.fdopen(os.open(ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
            file.write(f"{response_hash} {to_stored(now):%Y-%m-%d}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotSaved(f"{ledger}: {error.strerror}") from error


def _delete(cursor: DuckDBPyConnection, database: str, responses: Iterable[int]) -> int:
    chosen = list(responses)
    counted = [
        cursor.execute(f"delete from {database}.{table} where response in (select unnest(?::bigint[]))", [chosen])
        for table in ("statuses", "readings", "quotes", "responses", "events")
    ]
    return int(counted[-1].fetchall()[0][0])
