"""Our estimators beside published numbers, mostly of R's survey package: the rows of `oracles.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path

FILE = "oracles.csv"


class OraclesError(Exception):
    """The file is not one of published numbers beside ours."""


@dataclass(frozen=True)
class Oracle:
    """One number: who published it, what we get from the same data, and how far apart the two are; as written."""

    what: str
    reference: str
    published: str
    ours: str
    difference: str


COLUMNS = tuple(field.name for field in fields(Oracle))


def load_oracles(folder: Path) -> tuple[Oracle, ...]:
    """The rows of the file in `folder`. Raises OSError, OraclesError."""
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise OraclesError(f"{folder / FILE} needs the columns {', '.join(COLUMNS)}.")
        found = list(rows)
    if any(None in row or None in row.values() for row in found):
        raise OraclesError(f"{folder / FILE} has a row of another length.")
    return tuple(Oracle(**row) for row in found)
