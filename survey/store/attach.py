"""Opening DuckDB files: plain or encrypted, and what is said when it cannot be done."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

MEMORY_LIMIT = "256MB"
"""What DuckDB may keep in memory; more than that goes to a temporary folder beside the store."""

_MEANT = {
    "not a valid DuckDB database file": "{path} is no DuckDB database. Name another file.",
    "is not encrypted": "{path} is not encrypted, but PHB_STORE_KEY is set. Unset it to use this file.",
    "without a key": "{path} is encrypted. Set PHB_STORE_KEY to the key that it was made with.",
    "Wrong encryption key": "PHB_STORE_KEY is not the key that {path} was made with. Set that one.",
}
"""What DuckDB says of a file, and what that means here."""


class StoreTaken(Exception):
    """Another process serves this store; no second one can open it, not even to read."""


class StoreUnusable(Exception):
    """A store cannot be opened; the message is one line that says why and what to do."""


def connect_to(path: Path, key: str | None) -> DuckDBPyConnection:
    """A DuckDB instance in memory with the file attached as `store`; made if there is none.

    Raises StoreTaken or StoreUnusable. The log is left to the caller to checkpoint, see `Store`.
    """
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
        attach(connection, path, "store", key=key)
    except (duckdb.Error, OSError) as error:
        if connection is not None:
            connection.close()
        reason = str(error).splitlines()[0]
        if "Could not set lock" in reason or "already attached" in reason:
            remedy = "Stop that one first, or let it do the work."
            raise StoreTaken(f"The store {path} is open in another process. {remedy}") from error
        raise StoreUnusable(f"The store {path} cannot be opened: {reason}") from error
    except StoreUnusable:
        if connection is not None:
            connection.close()
        raise
    return connection


def attach(connection: DuckDBPyConnection, path: Path, name: str, *, key: str | None, read_only: bool = False) -> None:
    """Attach a file under a name; it is made if there is none. Raises StoreUnusable or duckdb.Error.

    Only ATTACH takes a key. Without a type it guesses from the file's name: a small `.json` or `.csv` would be attached
    as a database in memory, and what is saved there is lost.
    """
    options = ["type duckdb"]
    if key:
        options.append(f"encryption_key '{quoted(key)}'")
    if read_only:
        options.append("read_only")
    try:
        connection.execute(f"attach '{quoted(str(path))}' as {name} ({', '.join(options)})")
    except duckdb.Error as error:
        for said, meant in _MEANT.items():
            if said in str(error):
                raise StoreUnusable(meant.format(path=path)) from error
        raise


def quoted(text: str) -> str:
    """Text for between two single quotes of SQL."""
    return text.replace("'", "''")


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
    connection.execute(f"load '{quoted(str(extension))}'")
