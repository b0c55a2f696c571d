"""The written schema of a release, and what a folder must hold before anyone reads it as one.

A release is a folder `<releases>/<wave>/<number, four digits or more>/`. It is written beside its place and moved
there, so a folder with that name and a `release.json` is whole; it never changes, and the highest number is served.
Estimates are made by one release of a wave and taken over by the next ones; `estimates_from` is the one that made them.
A release is provisional until an analyst signs it, and public from a day that is declared in signing.

| file | holds |
|---|---|
| `release.json` | what the release is and how its numbers were made: the fields of `Facts` |
| `items.json` | id, text, section, type, sensitive, dimension, options [{code, text, codes}], measure, equivalent |
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

Nothing else is in the folder. The columns are in `dashboard.tables`. Comparisons and trends are made from the published
figures of the other tables.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import duckdb
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from dashboard.quality_report import QualityError, parse_report
from dashboard.tables import TABLES, forbidden

FORMAT = 2
_NUMBER = re.compile(r"\d{4,9}")


class ReleaseError(Exception):
    """A folder is not a release that can be read; the message says which file and why."""


class OtherFormat(ReleaseError):
    """A release that an earlier or later version of this program made."""


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
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


@dataclass(frozen=True)
class Facts:
    """`release.json`."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    number: Annotated[int, Field(gt=0)]
    wave: str
    released_at: str
    """Date and time with zone, ISO 8601."""
    data_until: Day | None
    """The last day of which there is an answer."""
    step: Step
    signed_by: str | None
    signed_at: str | None
    made_up: bool
    vintage: str
    opened_on: Day | None
    closed_on: Day | None
    questionnaire: dict[str, str]
    """id, version, status, title."""
    pooled_waves: tuple[str, ...]
    has_estimates: bool
    """False while the wave is open: fieldwork counts only."""
    responses: Annotated[int, Field(ge=0, multiple_of=5)]
    """Started and sent ones, to the nearest 5."""
    method: dict[str, str]
    """How the numbers were made, in plain words."""
    methods: dict[str, dict[str, str]]
    """What the `method` of a number stands for: base, weighting, interval, benchmark, questionnaire, vintage."""
    sign_note: str
    """What whoever signed wants readers to know; '' without."""
    public_on: Day | None
    """The day, YYYY-MM-DD, from which a signed release is public; None: not set."""
    estimates_from: int
    """The number of the release of this wave in which the estimates were made; 0 without estimates."""
    corrections: tuple[dict[str, str], ...]
    """What was put right, oldest first: release (the number of the one that is right), on, by, what."""
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


def is_public(facts: Facts, today: date) -> bool:
    """Whether a release is signed and its declared day has come."""
    return facts.step is Step.SIGNED and facts.public_on is not None and date.fromisoformat(facts.public_on) <= today


def is_provisional(facts: Facts) -> bool:
    """Whether a release has results that nobody has signed."""
    return facts.has_estimates and facts.step is not Step.SIGNED


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
    file = folder / "release.json"
    content = _read_json(file)
    if isinstance(content, dict) and content.get("format", FORMAT) != FORMAT:
        raise OtherFormat(f"{file} has format {content['format']}; this program reads {FORMAT}.")
    try:
        return _FACTS.validate_json(json.dumps(content))
    except ValidationError as error:
        wrong = sorted({str(each["loc"][0]) if each["loc"] else "not an object" for each in error.errors()})
        raise ReleaseError(f"{file} is not that of a release: look at {', '.join(wrong)}.") from error


def check_release(folder: Path) -> Facts:
    """Raise ReleaseError unless `folder` holds a whole release: every file, key, column and type, coarse throughout."""
    facts = read_facts(folder)
    _check_steps(folder / "release.json", facts)
    _check_files(folder)
    _check_entries(folder / "items.json", _read_json(folder / "items.json"), _ITEM_KEYS)
    areas = _read_json(folder / "areas.json")
    if not isinstance(areas, dict):
        raise ReleaseError(f"{folder / 'areas.json'} is not an object.")
    for places in areas.values():
        _check_entries(folder / "areas.json", places, _AREA_KEYS)
    _check_quality(folder / "quality.json")
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        for table, columns in TABLES.items():
            _check_table(connection, folder / f"{table}.parquet", columns, tuple(facts.methods))
    return facts


_JSON_FILES = ("release.json", "items.json", "areas.json", "quality.json")
_ITEM_KEYS = {"id", "text", "section", "type", "sensitive", "dimension", "options", "measure"}
_AREA_KEYS = {"code", "name", "short_name", "level", "region", "hex", "predecessors", "successors", "exact"}
_CORRECTION_KEYS = {"release", "on", "by", "what"}
_FACTS = TypeAdapter(Facts)


def _check_steps(file: Path, facts: Facts) -> None:
    wrong = [
        words
        for is_wrong, words in (
            (
                (facts.step is Step.SIGNED) != (facts.signed_by is not None),
                "a signature without a name, or the reverse",
            ),
            (facts.step is Step.SIGNED and not facts.has_estimates, "a signature with nothing to sign"),
            (facts.public_on is not None and facts.step is not Step.SIGNED, "a public day without a signature"),
            (facts.has_estimates != (0 < facts.estimates_from <= facts.number), "estimates from no release"),
            (any(each.keys() != _CORRECTION_KEYS for each in facts.corrections), "a correction that is not whole"),
        )
        if is_wrong
    ]
    if wrong:
        raise ReleaseError(f"{file} holds {wrong[0]}.")


def _check_quality(file: Path) -> None:
    try:
        parse_report(file.read_text(encoding="utf-8"))
    except (OSError, QualityError) as error:
        raise ReleaseError(f"{file} cannot be read: {error}") from error


def _check_files(folder: Path) -> None:
    """Files that are missing are found where they are read."""
    known = {*_JSON_FILES, *(f"{table}.parquet" for table in TABLES)}
    extra = sorted(path.name for path in folder.iterdir() if path.name not in known)
    if extra:
        raise ReleaseError(f"{folder} holds more than a release: {', '.join(extra)}.")


def _check_table(
    connection: duckdb.DuckDBPyConnection, file: Path, columns: dict[str, str], methods: tuple[str, ...]
) -> None:
    try:
        table = connection.from_parquet(str(file))
        found = dict(zip(table.columns, map(str, table.types), strict=True))
        if found != columns:
            wrong = sorted(name for name in found.keys() | columns.keys() if found.get(name) != columns.get(name))
            raise ReleaseError(f"{file} has other columns than a release of format {FORMAT}: {', '.join(wrong)}.")
        for condition, words in forbidden(file.stem):
            if table.filter(condition).fetchone():
                raise ReleaseError(f"{file} holds {words}.")
        if "method" in columns:
            unknown = {method for (method,) in table.project("method").distinct().fetchall()} - set(methods)
            if unknown:
                raise ReleaseError(f"{file} has numbers made in a way that release.json does not explain: {unknown}.")
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
