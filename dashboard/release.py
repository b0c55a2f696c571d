"""The written schema of a release, and what a folder must hold before anyone reads it as one.

A release is a folder `<releases>/<wave>/<number, four digits or more>/`. It is written beside its place and moved
there, so a folder with that name and a `release.json` is whole; it never changes, and the highest number is served.

| file | holds |
|---|---|
| `release.json` | what the release is and how its numbers were made: the fields of `Facts` |
| `items.json` | in order: id, text, section, type, sensitive, dimension, options [{code, text}], measure or null |
| `areas.json` | by vintage: code, name, short_name, level, region, hex, predecessors, successors, exact |
| `quality.json` | the quality report: how far the numbers can be trusted |
| `estimates.parquet` | one row per span, vintage, place, item and option ('' for the item's measure) |
| `groups.parquet` | the same for England by one group dimension at a time |
| `non_response.parquet` | where people stop and what they leave out, England, by one dimension at a time |
| `inclusion.parquet` | one row per group of a dimension, England, beside its benchmark |
| `coverage.parquet` | responses by region and area beside those invited and a benchmark |
| `indicators.parquet` | response rate, R-indicator and its parts, or why there is none |
| `comparisons.parquet` | regions and areas against the rest of England |
| `trends.parquet` | the waves in a row, and where they cannot be joined |
| `fieldwork.parquet` | counts of responses by one dimension at a time |

The columns are in `dashboard.tables`. Comparisons and trends are made from the published figures of the other tables.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import duckdb

from dashboard.tables import TABLES, forbidden

FORMAT = 2
_NUMBER = re.compile(r"\d{4,9}")


class ReleaseError(Exception):
    """A folder is not a release that can be read; the message says which file and why."""


class Status(StrEnum):
    """Why a cell shows its number, or does not."""

    SHOWN = "shown"
    TOO_FEW = "too_few"
    """Fewer than ten people answered."""
    SUPPRESSED = "suppressed"
    """Shown, it would say something about few people, or give away another cell that would."""
    NOT_ASKED = "not_asked"
    """The question was not asked, or not in these words, in every wave of the span."""
    BREAK = "break"
    """Answers cannot be added up to this area: its ground changed and a part of it cannot be told."""


class Level(StrEnum):
    """What a place is."""

    ENGLAND = "england"
    REGION = "region"
    AREA = "area"


class Span(StrEnum):
    """The wave of the release alone, or its `pooled_waves` together."""

    WAVE = "wave"
    POOLED = "pooled"


class Step(StrEnum):
    """How far a release has come."""

    PROVISIONAL = "provisional"
    SIGNED = "signed"
    """An analyst stands for it; public from `public_on`, where a day is set."""


ENGLAND = "england"


@dataclass(frozen=True)
class Facts:
    """`release.json`."""

    number: int
    wave: str
    released_at: str
    """Date and time with zone, ISO 8601."""
    data_until: str | None
    """The last day of which there is an answer."""
    step: Step
    signed_by: str | None
    signed_at: str | None
    made_up: bool
    vintage: str
    opened_on: str | None
    closed_on: str | None
    questionnaire: dict[str, str]
    """id, version, status, title."""
    pooled_waves: tuple[str, ...]
    has_estimates: bool
    """False while the wave is open: fieldwork counts only."""
    responses: int
    """Started and sent ones, to the nearest 5."""
    method: dict[str, str]
    """How the numbers were made, in plain words."""
    methods: dict[str, dict[str, str]]
    """What the `method` of a number stands for: base, weighting, interval, benchmark, questionnaire, vintage."""
    sign_note: str
    """What whoever signed wants readers to know; '' without."""
    public_on: str | None
    """The day, YYYY-MM-DD, from which a signed release is public; None: not set."""
    estimates_from: int
    """The number of the release of this wave in which the estimates were made; 0 without estimates."""
    corrections: tuple[dict[str, str], ...]
    """What was put right in releases of this wave, oldest first: release, on, by, what."""
    notes: tuple[str, ...]
    format: int = FORMAT


def release_folders(releases: Path, wave: str) -> tuple[Path, ...]:
    """The whole releases of a wave, by number."""
    if not (releases / wave).is_dir():
        return ()
    found = [path for path in (releases / wave).iterdir() if _NUMBER.fullmatch(path.name)]
    return tuple(sorted((path for path in found if (path / "release.json").is_file()), key=lambda path: int(path.name)))


def newest_release(releases: Path, wave: str) -> Path | None:
    """The release of a wave that is served."""
    return next(iter(release_folders(releases, wave)[::-1]), None)


def released_waves(releases: Path) -> tuple[str, ...]:
    """Waves with at least one release, by name."""
    if not releases.is_dir():
        return ()
    return tuple(sorted(path.name for path in releases.iterdir() if release_folders(releases, path.name)))


def dump_facts(facts: Facts) -> str:
    """`facts` as the text of `release.json`."""
    return json.dumps(asdict(facts), indent=1, ensure_ascii=False)


def read_facts(folder: Path) -> Facts:
    """`release.json` of a release. Raises ReleaseError."""
    content = _read_json(folder / "release.json")
    names = {field.name for field in fields(Facts)}
    if not isinstance(content, dict) or content.keys() != names:
        wrong = sorted(names ^ content.keys()) if isinstance(content, dict) else ["not an object"]
        raise ReleaseError(f"{folder / 'release.json'} is not that of a release: look at {', '.join(wrong)}.")
    if content["format"] != FORMAT:
        raise ReleaseError(f"{folder / 'release.json'} has format {content['format']}; this program reads {FORMAT}.")
    lists = {name: tuple(content[name]) for name in ("pooled_waves", "notes", "corrections")}
    return Facts(**{**content, **lists, "step": Step(content["step"])})


def check_release(folder: Path) -> Facts:
    """Raise ReleaseError unless `folder` holds a whole release: every file, key, column and type, coarse throughout."""
    facts = read_facts(folder)
    _check_entries(folder / "items.json", _read_json(folder / "items.json"), _ITEM_KEYS)
    areas = _read_json(folder / "areas.json")
    for places in areas.values():
        _check_entries(folder / "areas.json", places, _AREA_KEYS)
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for table, columns in TABLES.items():
            _check_table(connection, folder / f"{table}.parquet", columns)
    return facts


_ITEM_KEYS = {"id", "text", "section", "type", "sensitive", "dimension", "options", "measure"}
_AREA_KEYS = {"code", "name", "short_name", "level", "region", "hex", "predecessors", "successors", "exact"}


def _check_table(connection: duckdb.DuckDBPyConnection, file: Path, columns: dict[str, str]) -> None:
    try:
        table = connection.from_parquet(str(file))
        found = dict(zip(table.columns, map(str, table.types), strict=True))
        if found != columns:
            wrong = sorted(name for name in found.keys() | columns.keys() if found.get(name) != columns.get(name))
            raise ReleaseError(f"{file} has other columns than a release of format {FORMAT}: {', '.join(wrong)}.")
        for condition, words in forbidden(file.stem):
            if table.filter(condition).fetchone():
                raise ReleaseError(f"{file} holds {words}.")
    except duckdb.Error as error:
        raise ReleaseError(f"{file} cannot be read: {error}") from error


def _check_entries(file: Path, entries: Any, keys: set[str]) -> None:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) and keys <= entry.keys() for entry in entries):
        raise ReleaseError(f"{file} needs, for each entry: {', '.join(sorted(keys))}.")


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{file} cannot be read: {error}") from error
