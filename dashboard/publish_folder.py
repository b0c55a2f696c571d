"""Putting a release in its place: whole or not at all, one publisher at a time, never over another."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from dashboard.release import TABLES, Facts, check_release, dump_facts, release_folders

_WRITING = ".writing"
_STEPS = 2000
"""Rows handed to DuckDB at a time."""


@contextmanager
def only_publisher(releases: Path) -> Iterator[None]:
    """Wait until no one else publishes: what may be shown depends on what has been published before."""
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_table(connection: duckdb.DuckDBPyConnection, file: Path, rows: Sequence[tuple[object, ...]]) -> None:
    """Write the Parquet file of one of the `TABLES`, named by its stem."""
    columns = TABLES[file.stem]
    names = ", ".join(f'"{name}"' for name in columns)
    fields = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"create or replace temp table written ({fields})")
    for start in range(0, len(rows), _STEPS):
        part = [dict(zip(columns, row, strict=True)) for row in rows[start : start + _STEPS]]
        connection.execute(
            f"insert into written select {names} from (select unnest($rows::struct({fields})[], recursive := true))",
            {"rows": part},
        )
    connection.execute(
        f"copy written to '{str(file).replace(chr(39), chr(39) * 2)}' (format parquet, compression zstd)"
    )
    connection.execute("drop table written")


def write_json(file: Path, content: Any) -> None:
    """Write `items.json` or `areas.json`."""
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


@contextmanager
def new_release(releases: Path, facts: Facts) -> Iterator[tuple[Path, Facts]]:
    """A folder to fill with the tables and lists of a release, and its facts with their number.

    At the end the facts are written, everything is checked as a reader would, forced to disk and moved into its place.
    When anything goes wrong nothing is left. Only to be used by the `only_publisher`.
    """
    wave = releases / facts.wave
    wave.mkdir(exist_ok=True)
    for left_behind in wave.glob(f"{_WRITING}*"):
        shutil.rmtree(left_behind)
    existing = release_folders(releases, facts.wave)
    facts = replace(facts, number=int(existing[-1].name) + 1 if existing else 1)
    writing = wave / f"{_WRITING}-{facts.number:04d}"
    writing.mkdir()
    try:
        yield writing, facts
        (writing / "release.json").write_text(dump_facts(facts), encoding="utf-8")
        check_release(writing)
        for path in [*writing.iterdir(), writing]:
            _force_to_disk(path)
        writing.rename(wave / f"{facts.number:04d}")
        _force_to_disk(wave)
    except BaseException:
        shutil.rmtree(writing, ignore_errors=True)
        raise


def copy_files(source: Path, target: Path, names: Mapping[str, str] | Sequence[str]) -> None:
    """Take files of an earlier release over as they are."""
    for name in names:
        shutil.copyfile(source / name, target / name)


def _force_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
