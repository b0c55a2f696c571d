"""One open store: the DuckDB file, its writer, and a cursor for each thread that reads."""

from __future__ import annotations

import errno
import logging
import os
import shutil
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code
from survey.config import Config
from survey.questionnaire.model import Questionnaire
from survey.store.cache import ResponseCache
from survey.store.journal import Journal
from survey.store.schema import SCHEMA_VERSION, TABLES
from survey.store.waves import Wave

MEMORY_LIMIT = "256MB"
"""What DuckDB may keep in memory; more than that goes to a temporary folder beside the store."""

CHECKPOINT_AT = 16_000_000
"""Bytes in the write-ahead log before it is moved into the file; DuckDB's own default."""

_log = logging.getLogger(__name__)


class StoreTaken(Exception):
    """Another process serves this store; no second one can open it, not even to read."""


class StoreUnusable(Exception):
    """The store cannot be opened; the message is one line that says why and what to do."""


class Store:
    """Reads go through `cursor` or `rows`, writes through `journal`. Made by `open_store`."""

    def __init__(self, path: Path, key: str | None) -> None:
        self.path = path
        self._key = key
        self._local = threading.local()
        self._lock = threading.RLock()
        self._cursors: list[DuckDBPyConnection] = []
        self._generation = 0
        self._connection = _connect(path, key)
        self.responses = ResponseCache()
        self.waves: dict[str, Wave] = {}
        self.versions: dict[str, Questionnaire] = {}
        self._checkpoint_at = CHECKPOINT_AT
        self.journal = Journal(self.cursor, self._mend, self._tidy)

    def cursor(self) -> DuckDBPyConnection:
        """This thread's cursor, for reading. Ask for it each time: it changes when the store is opened again."""
        if getattr(self._local, "generation", None) != self._generation:
            with self._lock:
                cursor = self._connection.cursor()
                cursor.execute("use store")
                self._cursors.append(cursor)
                self._local.cursor, self._local.generation = cursor, self._generation
        found: DuckDBPyConnection = self._local.cursor
        return found

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as of one moment."""
        return self.cursor().execute(sql, parameters).fetchall()

    def close(self) -> None:
        """Finish what is being written and let the file go. Closing twice does nothing."""
        self.journal.close()
        with self._lock:
            self._disconnect()

    def _disconnect(self) -> None:
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()
        self._connection.close()

    def _mend(self) -> None:
        """Open the file again if DuckDB has shut it, as it does when the disk fails at a bad moment.

        What was committed is in the file or its log. Where even opening fails the next write tries again.
        """
        try:
            self.rows("select 1 from about_store limit 0")
        except duckdb.Error:
            with self._lock, suppress(StoreTaken, StoreUnusable):
                self._disconnect()
                self._connection = _connect(self.path, self._key)
                self._generation += 1

    def _tidy(self) -> None:
        """Move what the log holds into the file once it is long.

        Not left to DuckDB, which does it inside a commit and, where it fails, calls the commit failed and shuts the
        database though the answers are safe. It fails when the disk is nearly full, so without room it has to wait.
        """
        log = self.path.with_name(f"{self.path.name}.wal")
        try:
            length = log.stat().st_size
        except FileNotFoundError:
            return
        if length < self._checkpoint_at:
            return
        try:
            if shutil.disk_usage(self.path.parent).free < 2 * length:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self.cursor().execute("checkpoint store")
            self._checkpoint_at = CHECKPOINT_AT
        except (duckdb.Error, OSError) as error:
            _log.warning("The store's log stays long for now (%d bytes): %s", length, str(error).splitlines()[0])
            self._checkpoint_at = length + CHECKPOINT_AT
            self._mend()


def open_store(config: Config) -> Store:
    """Open the store of this configuration; a new file gets its tables. Raises StoreTaken or StoreUnusable."""
    store = Store(config.store, config.store_key)
    try:
        _prepare(store, config.code_key)
    except BaseException:
        store.close()
        raise
    return store


def _connect(path: Path, key: str | None) -> DuckDBPyConnection:
    """A DuckDB instance in memory with the file attached as `store`: only ATTACH takes a key."""
    connection: DuckDBPyConnection | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": MEMORY_LIMIT,
                "wal_autocheckpoint": "1TB",
                "temp_directory": str(path.with_suffix(".tmp")),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        if key:
            _load_encryption(connection)
        options = f" (encryption_key '{_quoted(key)}')" if key else ""
        connection.execute(f"attach '{_quoted(str(path))}' as store{options}")
        if path.exists():
            os.chmod(path, 0o600)
        connection.execute("use store")
    except (duckdb.Error, OSError, StoreUnusable) as error:
        if connection is not None:
            connection.close()
        raise _explained(error, path) from error
    return connection


def _load_encryption(connection: DuckDBPyConnection) -> None:
    """DuckDB writes encrypted files only with OpenSSL, which comes with its extension httpfs, from a package."""
    try:
        folder = files("duckdb_extension_httpfs")
    except ModuleNotFoundError as error:
        raise StoreUnusable(
            "PHB_STORE_KEY is set, but what encrypts is not installed. "
            f"Run: pip install duckdb-extension-httpfs=={duckdb.__version__}"
        ) from error
    extension = folder / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    connection.execute(f"load '{_quoted(str(extension))}'")


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _explained(error: Exception, path: Path) -> Exception:
    if isinstance(error, StoreUnusable):
        return error
    reason = str(error).splitlines()[0]
    if "Could not set lock" in reason or "already attached" in reason:
        return StoreTaken(f"The store {path} is open in another process. Stop that one first, or let it do the work.")
    return StoreUnusable(f"The store {path} cannot be opened: {reason}")


def _prepare(store: Store, code_key: bytes) -> None:
    """Make the tables of a new file; refuse a file of another schema, or of another PHB_CODE_KEY."""
    key_check = hash_code(code_key, Purpose.KEY_CHECK, "")
    tables = {name for (name,) in store.rows("select table_name from duckdb_tables() where database_name = 'store'")}
    if not tables:
        store.journal.run(lambda cursor: _make_tables(cursor, key_check))
        return
    about = dict(store.rows("select name, value from about_store")) if "about_store" in tables else {}
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
