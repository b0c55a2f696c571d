"""Analysis files of many people who are mostly alike: each kind of row is written once, then as often as it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from tests.dashboard.analysis_files import Row, write_analysis


def write_crowd(
    folder: Path, rows: Sequence[Row], *, pages: Sequence[str] = (), without: Iterable[str] = (), **more: Any
) -> Path:
    """As `write_analysis` for the wave 2026, with `pages` in the codebook and the columns `without` not in it."""
    times = Counter(tuple(sorted(row.items())) for row in rows)
    kinds = [{**dict(kind), "response": f"{number}"} for number, kind in enumerate(times)]
    target = write_analysis(folder, "2026", kinds, **more)
    book = json.loads((target / "codebook.json").read_text())
    book["pages"] = [{"id": page, "section": "one", "text": page} for page in pages]
    book["columns"] = [column for column in book["columns"] if column["name"] not in without]
    (target / "codebook.json").write_text(json.dumps(book))
    answers = target / "responses.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table kinds as from '{answers}'")
        connection.execute(
            "create table rows as select kinds.* from kinds,"
            " lateral (select unnest(range($times[response::integer + 1])))",
            {"times": list(times.values())},
        )
        connection.execute(f"copy rows to '{answers}' (format parquet)")
    return target
