"""One open store: the DuckDB file, its writer, and a cursor for each thread that reads."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code
from survey.config import Config
from survey.questionnaire.model import Questionnaire
from survey.store.attach import StoreTaken, StoreUnusable, attach, connect_to
from survey.store.cache import ResponseCache
from survey.store.gate import Gate
from survey.store.journal import Journal
from survey.store.schema import ADDED, SCHEMA_VERSION, TABLES, bring_up_to_date
from survey.store.waves import Wave

__all__ = ["Store", "StoreTaken", "StoreUnusable", "open_store"]

CHECKPOINT_AT = 16_000_000
"""Bytes in the write-ahead log before it is moved into the file; DuckDB's own default."""

_log = logging.getLogger(__name__)


class Store:
    """Reads go through `rows`, writes through `journal`. Made by `open_store`."""

    def __init__(self, path: Path, key: str | None) -> None:
        self.path = path
        self._key = key
        self._gate = Gate()
        self._local = threading.local()
        self._lock = threading.Lock()
        self._cursors: list[DuckDBPyConnection] = []
        self._generation = 0
        self._connection = connect_to(path, key)
        self._checkpoint_at: float = CHECKPOINT_AT
        self.upkeep = threading.Lock()
        """Held by a backup, a restore, a compaction or an erasure: one at a time."""
        self.responses = ResponseCache()
        self.waves: dict[str, Wave] = {}
        self.versions: dict[str, Questionnaire] = {}
        self.offers_changed = 0
        """How often what waves offer has changed since: whoever remembers it knows by this when to look again."""
        self.journal = Journal(self._cursor, self._mend, self._tidy)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as of one moment."""
        with self._gate.together():
            return self._cursor().execute(sql, parameters).fetchall()

    @contextmanager
    def as_of_now(self) -> Iterator[DuckDBPyConnection]:
        """A cursor of one's own for several queries that see one moment; nothing can be written with it."""
        with self._gate.together():
            cursor = self._connection.cursor()
            try:
                cursor.execute("use store; begin transaction read only")
                yield cursor
            finally:
                cursor.close()

    def close(self) -> None:
        """Finish what is being written and let the file go. Closing twice does nothing."""
        self.journal.close()
        with self._gate.alone():
            self._disconnect()

    # --- For copies of the whole store (`copies.py`) --------------------------------

    @contextmanager
    def attached(self, path: Path, name: str, *, read_only: bool = False) -> Iterator[DuckDBPyConnection]:
        """A cursor of one's own that sees another file, with the same key, beside `store`."""
        cursor = self._connection.cursor()
        try:
            attach(cursor, path, name, key=self._key, read_only=read_only)
            try:
                yield cursor
            finally:
                with suppress(duckdb.Error):
                    cursor.rollback()
                cursor.execute(f"use memory; detach {name}")
        finally:
            cursor.close()

    @contextmanager
    def without_checkpoints(self) -> Iterator[None]:
        """Let the log grow meanwhile, so that rows keep their row ids."""
        self._checkpoint_at = float("inf")
        try:
            yield
        finally:
            self._checkpoint_at = CHECKPOINT_AT

    def exchange_file(self, fresh: Path, *, keep: Path | None = None) -> None:
        """Go on with another file in place of this one; call it through `journal.alone`.

        Readers wait meanwhile. The old file is deleted, or kept under the name `keep`. Raises StoreUnusable or
        duckdb.Error, with the old file in use as before, when its log cannot be put away first: the log of one file
        must not be found beside another.
        """
        log = _log_of(self.path)
        with self._gate.alone():
            self._cursor().execute("checkpoint store")
            self._disconnect()
            try:
                if log.exists():
                    raise StoreUnusable(f"The log of {self.path} could not be put away; is the disk full?")
                if keep is not None:
                    os.link(self.path, keep)
                fresh.replace(self.path)
                _sync_folder(self.path.parent)
            finally:
                self._connect_again()

    # --- In the writer's thread -----------------------------------------------------

    def _mend(self) -> None:
        """Open the file again if DuckDB has shut it, as it does when the disk fails at a bad moment.

        What was committed is in the file or its log. Where even opening fails the next write tries again.
        """
        try:
            self.rows("select 1 from about_store limit 0")
        except duckdb.Error:
            with self._gate.alone(), suppress(StoreTaken, StoreUnusable):
                self._disconnect()
                self._connect_again()

    def _tidy(self) -> None:
        """Move what the log holds into the file once it is long.

        Not left to DuckDB, which does it inside a commit and, where it fails, calls the commit failed and shuts the
        database though the answers are safe. It fails when the disk is nearly full, so without room it has to wait.
        """
        try:
            length = _log_of(self.path).stat().st_size
        except FileNotFoundError:
            return
        if length < self._checkpoint_at:
            return
        try:
            if shutil.disk_usage(self.path.parent).free < 2 * length:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._cursor().execute("checkpoint store")
            self._checkpoint_at = CHECKPOINT_AT
        except (duckdb.Error, OSError) as error:
            _log.warning("The store's log stays long for now (%d bytes): %s", length, str(error).splitlines()[0])
            self._checkpoint_at = length + CHECKPOINT_AT
            self._mend()

    # --- Connections ----------------------------------------------------------------

    def _cursor(self) -> DuckDBPyConnection:
        """This thread's cursor; a new one after the file was opened again."""
        if getattr(self._local, "generation", None) != self._generation:
            with self._lock:
                cursor = self._connection.cursor()
                cursor.execute("use store")
                self._cursors.append(cursor)
                self._local.cursor, self._local.generation = cursor, self._generation
        found: DuckDBPyConnection = self._local.cursor
        return found

    def _connect_again(self) -> None:
        self._connection = connect_to(self.path, self._key)
        self._generation += 1

    def _disconnect(self) -> None:
        with self._lock:
            for cursor in self._cursors:
                cursor.close()
            self._cursors.clear()
            self._connection.close()


def open_store(config: Config) -> Store:
    """Open the store of this configuration; a new file gets its tables. Raises StoreTaken or StoreUnusable.

    From here on, what this process writes can be read by its owner only: DuckDB makes its log, which holds answers in
    plain text, anew after each checkpoint, and only the process's umask has a say in who may read it.
    """
    os.umask(0o077)
    store = Store(config.store, config.store_key)
    try:
        _prepare(store, config.code_key)
    except BaseException:
        store.close()
        raise
    return store


def _prepare(store: Store, code_key: bytes) -> None:
    """Make the tables of a new file; refuse a file of another schema, or of another PHB_CODE_KEY."""
    key_check = hash_code(code_key, Purpose.KEY_CHECK, "")
    tables = {name for (name,) in store.rows("select table_name from duckdb_tables() where database_name = 'store'")}
    if not tables:
        store.journal.run(lambda cursor: _make_tables(cursor, key_check))
        return
    about = dict(store.rows("select name, value from about_store")) if "about_store" in tables else {}
    if about.get("schema_version") in ADDED and about.get("key_check") == key_check:
        store.journal.run(lambda cursor: bring_up_to_date(cursor, "store"))
        return
    if about.get("schema_version") != SCHEMA_VERSION:
        raise StoreUnusable(
            f"The store {store.path} is not one that this version of phb can read "
            f"(schema {about.get('schema_version', 'unknown')}, expected {SCHEMA_VERSION})."
        )
    if about.get("key_check") != key_check:
        raise StoreUnusable(
            f"PHB_CODE_KEY is not the one that {store.path} was made with, so no code in it would work. "
            "Put back the key of this store (secrets.json in PHB_DATA, or its backup)."
        )


def _make_tables(cursor: DuckDBPyConnection, key_check: str) -> None:
    cursor.execute(TABLES)
    cursor.execute(
        "insert into about_store values ('schema_version', ?), ('key_check', ?)", [SCHEMA_VERSION, key_check]
    )


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _sync_folder(folder: Path) -> None:
    """Make sure that a rename is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
