"""Which responses each making of estimates used: kept beside the releases, for its owner alone, never served.

Estimates are normally made once. Made again, they must not say what the few did who came in between, so it has to be
known who was there before. `<folder>/<wave>/<number of the release>/` holds two files:

| file | holds |
|---|---|
| `responses.parquet` | `wave` and `mark` of every response that was counted, of pooled waves as well |
| `rows.parquet` | `span`, `vintage`, `area`, `item`, and `made_in`: the release from which the row's figures are |

A mark is a hash of the response's keyed hash and its answers. Who changed an answer has left and come anew. Without the
key and the return code nothing can be found out from a mark, and with them no more than whether a guess at every
answer is right; so marks of responses that were erased may stay.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.publish.analysis_file import AnalysisFile, Item

RowKey = tuple[str, str, str, str]
"""Span, vintage, area and item of a row of the estimates."""


class NoRecord(Exception):
    """It is not known which responses were used; the message says by which release, and what can be done."""


@dataclass(frozen=True, order=True)
class Making:
    """The release of a wave that made its estimates."""

    wave: str
    number: int


def marks_of(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, counted: Sequence[str]) -> str:
    """A query for the marks of the responses of a file whose status is in `counted`, one row each: `mark`."""
    found = connection.from_parquet(str(file.responses)).columns
    texts = ", ".join(["coalesce(meta_area::varchar, '-')", *(_answer(item, found) for item in file.items)])
    statuses = ", ".join(f"'{status}'" for status in counted)
    return (
        f"select sha256(concat_ws('|', response, {texts}))[:32]::uuid as mark"
        f" from read_parquet('{_quoted(file.responses)}') where meta_status in ({statuses})"
    )


def _answer(item: Item, found: Sequence[str]) -> str:
    """The answer to an item in a few letters, else why there is none: long texts of many columns take long to hash."""
    if item.takes_several:
        answer = " + ".join(f'"{item.id}__{option.code}"::bigint * {2**at}' for at, option in enumerate(item.options))
    else:
        answer = f'"{item.id}"'
    reason = f"'-' || \"{item.id}__missing\", " if f"{item.id}__missing" in found else ""
    return f"coalesce(({answer})::varchar, {reason}'-')"


def has_record(making: Making, folder: Path) -> bool:
    """Whether it is known which responses a making used."""
    return _responses(making, folder).is_file()


def marks_used(making: Making, wave: str, folder: Path) -> str:
    """A query for the marks of one wave's responses that a making used."""
    name = wave.replace("'", "''")
    return f"select distinct mark from read_parquet('{_quoted(_responses(making, folder))}') where wave = '{name}'"


def read_rows(connection: duckdb.DuckDBPyConnection, making: Making, folder: Path) -> Mapping[RowKey, int]:
    """From which release the figures of each row of a making are; empty where all are its own."""
    file = folder / making.wave / f"{making.number:04d}" / "rows.parquet"
    if not file.is_file():
        return {}
    rows = connection.execute(f"select span, vintage, area, item, made_in from read_parquet('{_quoted(file)}')")
    return {(span, vintage, area, item): made_in for span, vintage, area, item, made_in in rows.fetchall()}


def write_record(
    connection: duckdb.DuckDBPyConnection,
    making: Making,
    folder: Path,
    *,
    marks: Mapping[str, str],
    rows: Mapping[RowKey, int],
) -> None:
    """Keep what a making used: `marks` by wave, as queries; and `rows` that it took over, with where they are from."""
    target = folder / making.wave / f"{making.number:04d}"
    shutil.rmtree(target, ignore_errors=True)
    for path in (folder, target.parent, target):
        path.mkdir(mode=0o700, exist_ok=True)
    queries = [f"select '{wave}' as wave, mark from ({query})" for wave, query in marks.items()]
    _write(connection, " union all ".join(queries), _responses(making, folder))
    if rows:
        columns = "span text, vintage text, area text, item text, made_in int"
        connection.execute(f"create or replace temp table kept ({columns})")
        keys = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(
            "insert into kept select unnest($1::text[]), unnest($2::text[]), unnest($3::text[]), unnest($4::text[]),"
            " unnest($5::int[])",
            [*keys, list(rows.values())],
        )
        _write(connection, "from kept", target / "rows.parquet")


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        connection.execute(f"copy ({query}) to '{_quoted(file)}' (format parquet, compression zstd)")
        os.chmod(file, 0o600)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _responses(making: Making, folder: Path) -> Path:
    return folder / making.wave / f"{making.number:04d}" / "responses.parquet"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
