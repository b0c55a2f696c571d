"""Which area a postcode lies in: one sorted Parquet file in the data folder, looked up a few rows at a time."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from survey.postcodes import PostcodePlace
from survey.store.attach import quoted

POSTCODES_FILE = "postcodes.parquet"
POSTCODE, FIFTH, AREA = "postcode", "fifth", "area_"
"""Its columns; of areas one for each vintage: `area_2026`."""

_Stamp = tuple[int, int, int]
_log = logging.getLogger(__name__)


class PostcodeFile:
    """The postcodes of a data folder. A file that is loaded while people answer counts from the next question on."""

    def __init__(self, data: Path) -> None:
        self.path = data / POSTCODES_FILE
        self._lock = threading.Lock()
        self._opened: _Stamp | None = None
        self._connection: DuckDBPyConnection | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether there is a file."""
        return self._stamp() is not None

    def find(self, postcode: str) -> PostcodePlace | None:
        """Where a postcode lies, written as in "LS14AP"; None where it is not in the file."""
        try:
            with self._lock:
                connection = self._connect()
                if connection is None:
                    return None
                cursor = connection.execute("select * from places where postcode = ?", [postcode])
                names = [column[0] for column in cursor.description]
                found = cursor.fetchone()
        except duckdb.Error as error:
            # Only the kind: what the library says of a query could hold what was asked for.
            _log.warning("The file of postcodes could not be read: %s", type(error).__name__)
            return None
        if found is None:
            return None
        row = dict(zip(names, found, strict=True))
        areas = {name.removeprefix(AREA): code for name, code in row.items() if name.startswith(AREA) and code}
        return PostcodePlace(areas, row[FIFTH])

    def _connect(self) -> DuckDBPyConnection | None:
        """The file as it is now: another one may have taken its place since the last question."""
        stamp = self._stamp()
        if stamp != self._opened or self._connection is None:
            if self._connection is not None:
                self._connection.close()
            self._connection, self._opened = (None, None) if stamp is None else (_open(self.path), stamp)
        return self._connection

    def _stamp(self) -> _Stamp | None:
        try:
            about = os.stat(self.path)
        except OSError:
            return None
        return about.st_ino, about.st_mtime_ns, about.st_size


def _open(path: Path) -> DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "64MB",
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        connection.execute("set parquet_metadata_cache = true")
        connection.execute(f"create view places as select * from read_parquet('{quoted(str(path))}')")
    except duckdb.Error:
        connection.close()
        raise
    return connection
