"""Copies of the whole store, made while it is being used: backups, their restoring, and compaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from survey.store.attach import StoreUnusable
from survey.store.clock import to_stored
from survey.store.erasure import erase_again, ledger_of
from survey.store.journal import NotSaved
from survey.store.schema import ADDED, TABLES, bring_up_to_date

if TYPE_CHECKING:
    from survey.store.connect import Store

_FAILURES = (duckdb.Error, OSError, NotSaved, StoreUnusable)


class CopyError(Exception):
    """A copy cannot be made or taken; the message says why. The store goes on as it was."""


@dataclass(frozen=True)
class Restored:
    """What a restore did. `kept` is the file that was in use until then; delete it when it is no longer needed."""

    responses: int
    erased_again: int
    kept: Path


@dataclass(frozen=True)
class Compacted:
    """Sizes of the file in bytes."""

    before: int
    after: int


def back_up(store: Store, destination: Path) -> int:
    """Copy the store as of one moment into a new file, with the same key; returns its size. Raises CopyError.

    Writing goes on meanwhile. The ledger of erasures and secrets.json are not in it: back them up apart.
    """
    if destination.exists():
        raise CopyError(f"{destination} exists already. Name a file that does not.")
    if not destination.parent.is_dir():
        raise CopyError(f"No backup was made: there is no folder {destination.parent}. Make it, or name another.")
    unfinished = destination.with_name(f"{destination.name}.unfinished")
    with store.upkeep:
        try:
            _remove(unfinished)
            with store.attached(unfinished, "copy") as cursor:
                cursor.execute("copy from database store to copy")
                cursor.execute("checkpoint copy")
            unfinished.rename(destination)
        except _FAILURES as error:
            with suppress(OSError):
                _remove(unfinished)
            raise CopyError(f"No backup was made: {_first_line(error)}") from error
    return destination.stat().st_size


def restore(store: Store, key: bytes, source: Path, now: datetime) -> Restored:
    """Go on with a backup in place of what the store holds; what was erased since then is erased again.

    What was saved after the backup is only in the file that is kept. Raises CopyError.
    """
    if not source.is_file():
        raise CopyError(f"There is no file {source}.")
    kept = store.path.with_name(f"{store.path.name}.before-{to_stored(now):%Y%m%dT%H%M%S}")
    with store.upkeep, _beside(store, "restoring") as fresh:
        try:
            with store.attached(source, "source", read_only=True) as cursor:
                _check_about(cursor, source)
                with store.attached(fresh, "fresh"):
                    cursor.execute("copy from database source to fresh")
                    bring_up_to_date(cursor, "fresh")
                    erased_again = erase_again(cursor, "fresh", key, ledger_of(store.path))
                    (responses,) = cursor.execute("select count(*) from fresh.responses").fetchall()[0]
                    cursor.execute("checkpoint fresh")
            store.journal.alone(lambda: store.exchange_file(fresh, keep=kept))
        except _FAILURES as error:
            raise CopyError(f"{source} was not restored: {_first_line(error)}") from error
        store.responses.clear()
        store.waves.clear()
        store.offers_changed += 1
    return Restored(responses, erased_again, kept)


def compact(store: Store) -> Compacted:
    """Write the store anew, without what was deleted and with each response's events together. Raises CopyError.

    Reading and writing go on while the events are copied; writing waits while the rest, and what was saved
    meanwhile, follows; reading waits while the files are exchanged.
    """
    before = store.path.stat().st_size
    with store.upkeep, store.without_checkpoints(), _beside(store, "compacting") as fresh:

        def finish(last: int) -> None:
            with store.attached(fresh, "fresh") as cursor:
                _copy_the_rest(cursor, last)
            store.exchange_file(fresh)

        try:
            with store.attached(fresh, "fresh") as cursor:
                last = _copy_events(cursor)
            store.journal.alone(lambda: finish(last))
        except _FAILURES as error:
            raise CopyError(f"The store was not compacted: {_first_line(error)}") from error
    return Compacted(before, store.path.stat().st_size)


def _copy_events(cursor: DuckDBPyConnection) -> int:
    """Copy the events there are, by response, and return the row id of the last: with one writer they only grow."""
    cursor.execute("use fresh")
    cursor.execute(TABLES)
    cursor.begin()
    (last,) = cursor.execute("select coalesce(max(rowid), -1) from store.events").fetchall()[0]
    cursor.execute("insert into fresh.events select * from store.events order by response, seq")
    cursor.commit()
    return int(last)


def _copy_the_rest(cursor: DuckDBPyConnection, last: int) -> None:
    """Copy later events and every other table, and look whether all of it has arrived."""
    found = cursor.execute("select table_name from duckdb_tables() where database_name = 'store'").fetchall()
    tables = [name for (name,) in found]
    cursor.begin()
    cursor.execute("insert into fresh.events select * from store.events where rowid > ?", [last])
    for table in tables:
        if table != "events":
            cursor.execute(f"insert into fresh.{table} select * from store.{table}")
    for table in tables:
        counts = f"select (select count(*) from store.{table}), (select count(*) from fresh.{table})"
        ((here, there),) = cursor.execute(counts).fetchall()
        if here != there:
            raise CopyError(f"The store was not compacted: {table} has {here} rows, its copy {there}.")
    cursor.commit()
    cursor.execute("checkpoint fresh")


def _check_about(cursor: DuckDBPyConnection, source: Path) -> None:
    """Refuse what is no backup of this system: another schema, or made with another PHB_CODE_KEY."""
    try:
        differing = cursor.execute(
            """
            select name from store.about_store join source.about_store as theirs using (name)
            where about_store.value <> theirs.value
                and not (name = 'schema_version' and list_contains(?, theirs.value))
            """,
            [list(ADDED)],
        ).fetchall()
    except duckdb.CatalogException as error:
        raise CopyError(f"{source} is not a backup of this system.") from error
    if differing:
        names = {"schema_version": "another version of phb", "key_check": "another PHB_CODE_KEY"}
        raise CopyError(f"{source} was made with {names.get(differing[0][0], 'other settings')}.")


@contextmanager
def _beside(store: Store, purpose: str) -> Iterator[Path]:
    """The path of a new file beside the store; whatever is left there, now or from before, is removed."""
    path = store.path.with_name(f"{store.path.name}.{purpose}")
    _remove(path)
    try:
        yield path
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    for leftover in (path, path.with_name(f"{path.name}.wal")):
        leftover.unlink(missing_ok=True)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
