"""Tables written to files by DuckDB, away from any store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas

_OPTIONS = {".parquet": "format parquet, compression zstd", ".csv": "format csv, header true, delimiter ','"}


def write_table(rows: pandas.DataFrame, *paths: Path, days: Sequence[str] = ()) -> None:
    """Write a frame as Parquet or CSV, by the ending of each path; columns named in `days` lose the time."""
    as_days = ", ".join(f'"{name}"::date as "{name}"' for name in days)
    chosen = f"select * replace ({as_days}) from rows_to_write" if days else "select * from rows_to_write"
    with duckdb.connect() as connection:
        connection.register("rows_to_write", rows)
        for path in paths:
            target = str(path).replace("'", "''")
            connection.execute(f"copy ({chosen}) to '{target}' ({_OPTIONS[path.suffix]})")
