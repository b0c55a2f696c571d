"""Putting a release in its place: whole or not at all, one publisher at a time, never over another."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from dashboard.release import Facts, check_release, dump_facts, release_folders
from dashboard.tables import TABLES

_WRITING = ".writing"


@contextmanager
def only_publisher(releases: Path) -> Iterator[None]:
    """Wait until no one else publishes: what may be shown depends on what has been published before."""
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_table(connection: duckdb.DuckDBPyConnection, file: Path, rows: Iterable[tuple[object, ...]]) -> None:
    """Write the Parquet file of one of the `TABLES`, named by its stem. The rows pass through a file of JSON lines."""
    columns = TABLES[file.stem]
    lines = file.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as target:
        target.writelines(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    connection.execute(
        f"copy (select * from read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{types}}}))"
        f" to {_quoted(file)} (format parquet, compression zstd)"
    )
    lines.unlink()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def write_json(file: Path, content: Any) -> None:
    """Write `items.json` or `areas.json`."""
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def next_number(releases: Path, wave: str) -> int:
    """The number of the next release of a wave."""
    existing = release_folders(releases, wave)
    return int(existing[-1].name) + 1 if existing else 1


@contextmanager
def new_release(releases: Path, facts: Facts) -> Iterator[Path]:
    """A folder to fill with the tables and lists of a release, whose number is the `next_number`.

    At the end the facts are written, everything is checked as a reader would, forced to disk and moved into its place.
    When anything goes wrong nothing is left. Only to be used by the `only_publisher`.
    """
    wave = releases / facts.wave
    wave.mkdir(exist_ok=True)
    for left_behind in wave.glob(f"{_WRITING}*"):
        shutil.rmtree(left_behind)
    writing = wave / f"{_WRITING}-{facts.number:04d}"
    writing.mkdir()
    try:
        yield writing
        (writing / "release.json").write_text(dump_facts(facts), encoding="utf-8")
        check_release(writing)
        for path in [*writing.iterdir(), writing]:
            _force_to_disk(path)
        writing.rename(wave / f"{facts.number:04d}")
        _force_to_disk(wave)
    except BaseException:
        shutil.rmtree(writing, ignore_errors=True)
        raise


def copy_files(source: Path, target: Path, names: Sequence[str]) -> None:
    """Take files of an earlier release over as they are."""
    for name in names:
        shutil.copyfile(source / name, target / name)


def _force_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
