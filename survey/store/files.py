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
    # One thread each: at 100,000 rows several cost two and a half times the CPU and gain nothing.
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("rows_to_write", rows)
        for path in paths:
            connection.execute(f"copy ({chosen}) to {_quoted(path)} ({_OPTIONS[path.suffix]})")


def copy_weights(weights: Path, responses: Path, *paths: Path) -> None:
    """Write the weights of those responses that are still in the analysis file, by the ending of each path."""
    with duckdb.connect() as connection:
        for path in paths:
            connection.execute(
                f"""
                copy (
                    select response, weight from read_parquet({_quoted(weights)}) as weights
                    join read_parquet({_quoted(responses)}) as responses using (response)
                    where meta_status <> 'withdrawn' order by response
                ) to {_quoted(path)} ({_OPTIONS[path.suffix]})
                """
            )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
