"""Releases as the dashboard reads them: the newest of each wave, and nothing that is not in one."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from dashboard.model import Cell, Count, Group, Item, Option, Place, Release
from dashboard.quality_report import QualityError, QualityReport, parse_report
from dashboard.release import (
    Facts,
    Level,
    OtherFormat,
    ReleaseError,
    Span,
    Status,
    newest_release,
    read_facts,
    release_folders,
    released_waves,
)

TRIAL = "trial"
"""The wave that is there for trying things out: never the one to begin with, and compared with none."""

_KEPT_IN_MEMORY = 128
_TRIED = 5
"""Releases of a wave that are tried before it cannot be read."""
log = logging.getLogger(__name__)
T = TypeVar("T")


class NoRelease(Exception):
    """There is no release of the wave that was asked for (None: of any wave)."""

    def __init__(self, wave: str | None) -> None:
        super().__init__(wave)
        self.wave = wave


class ReleaseGone(Exception):
    """A release could be found but not read: it vanished meanwhile, or a file of it is broken."""


class ReleaseOutdated(ReleaseGone):
    """Another version of this program made the release: it has to be made again."""


_CELL = tuple(field.name for field in fields(Cell))
_GROUP = tuple(field.name for field in fields(Group))
_NUMBERS = ("base", "count", "share", "low", "high", "ratio_low", "ratio_high", "missing")


class Releases:
    """The folder `<wave>/<number>/` of releases. They never change once there, so what was read is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._memory = duckdb.connect(":memory:", config={"threads": 1})
        # The first bound value makes duckdb import pandas: half a second that the first reader need not wait.
        self._memory.execute("select $warm", {"warm": 1})
        self._release = lru_cache(_KEPT_IN_MEMORY)(_load_release)
        self._rows = lru_cache(_KEPT_IN_MEMORY)(self._load_rows)

    def waves(self) -> tuple[str, ...]:
        """The waves that have a release, the one that opened last first, the trial last."""
        return tuple(sorted(released_waves(self.folder), key=self._opened, reverse=True))

    def current(self, wave: str | None) -> Release:
        """The newest release that can be read of `wave`, or of the latest wave. Raises NoRelease, ReleaseGone."""
        waves = self.waves()
        chosen = wave if wave is not None else next(iter(waves), None)
        folders = release_folders(self.folder, chosen)[::-1] if chosen in waves and chosen is not None else ()
        broken: ReleaseGone | None = None
        for folder in folders[:_TRIED]:
            try:
                return self._load(folder)
            except ReleaseGone as error:
                log.warning("a release could not be read: %s", error)
                broken = broken or error
        raise broken or NoRelease(wave)

    def latest_with_estimates(self) -> str | None:
        """The latest wave of which there is more than fieldwork counts."""
        return next((found.facts.wave for found in self._readable(self.waves()) if found.facts.has_estimates), None)

    def before(self, release: Release) -> Release | None:
        """The current release of the wave before, if it asked the same questionnaire of real, or made-up, people."""
        waves = self.waves()
        if release.facts.wave not in waves or release.facts.wave == TRIAL:
            return None
        earlier = [wave for wave in waves[waves.index(release.facts.wave) + 1 :] if wave != TRIAL]
        return next((found for found in self._readable(earlier) if _is_comparable(found.facts, release.facts)), None)

    def cells(self, release: Release, *, item: str, span: Span, vintage: str) -> tuple[Cell, ...]:
        """Every cell of one item in every place. Raises ReleaseGone."""
        rows = self._read(
            release,
            "estimates",
            f"select {', '.join(_CELL)} from read_parquet($file)"
            " where item = $item and span = $span and vintage = $vintage",
            (("item", item), ("span", span.value), ("vintage", vintage)),
        )
        return tuple(_cell(dict(zip(_CELL, row, strict=True))) for row in rows)

    def areas_shown(self, release: Release, *, span: Span, vintage: str) -> frozenset[str]:
        """Codes of the areas of which at least one figure can be shown. Raises ReleaseGone."""
        rows = self._read(
            release,
            "estimates",
            "select distinct area from read_parquet($file)"
            " where level = 'area' and status = 'shown' and span = $span and vintage = $vintage",
            (("span", span.value), ("vintage", vintage)),
        )
        return frozenset(area for (area,) in rows)

    def groups(self, release: Release) -> tuple[Group, ...]:
        """Every group that is compared with a benchmark, in the release's order. Raises ReleaseGone."""
        rows = self._read(release, "inclusion", f"select {', '.join(_GROUP)} from read_parquet($file)", ())
        return tuple(_group(dict(zip(_GROUP, row, strict=True))) for row in rows)

    def quality(self, release: Release) -> QualityReport:
        """How far the numbers of the release can be trusted. Raises ReleaseGone."""
        return _reading(lambda: parse_report((release.folder / "quality.json").read_text(encoding="utf-8")))

    def fieldwork(self, release: Release, dimension: str, *, vintage: str | None = None) -> tuple[Count, ...]:
        """Fieldwork counts of one dimension; `vintage` where the dimension is `area`. Raises ReleaseGone."""
        rows = self._read(
            release,
            "fieldwork",
            "select category, count, band from read_parquet($file)"
            " where dimension = $dimension and ($vintage is null or vintage = $vintage) order by category",
            (("dimension", dimension), ("vintage", vintage)),
        )
        return tuple(Count(category, None if band else count, band or "") for category, count, band in rows)

    def _readable(self, waves: Iterable[str]) -> Iterator[Release]:
        """The current releases of `waves`, but for those that cannot be read."""
        for wave in waves:
            with suppress(NoRelease, ReleaseGone):
                yield self.current(wave)

    def _load(self, folder: Path) -> Release:
        return _reading(lambda: self._release(folder, _age(folder)))

    def _opened(self, wave: str) -> tuple[bool, str, str]:
        """Sorts waves by when they began; one that cannot be read is the oldest but for the trial."""
        try:
            folder = newest_release(self.folder, wave)
            facts = self._load(folder).facts if folder else None
        except ReleaseGone:
            facts = None
        return (wave != TRIAL, (facts.opened_on or facts.released_at) if facts else "", wave)

    def _read(
        self, release: Release, table: str, query: str, choices: tuple[tuple[str, str | None], ...]
    ) -> tuple[Any, ...]:
        file = release.folder / f"{table}.parquet"
        return _reading(lambda: self._rows(file, _age(release.folder), query, choices))

    def _load_rows(
        self, file: Path, age: int, query: str, choices: tuple[tuple[str, str | None], ...]
    ) -> tuple[Any, ...]:
        with self._memory.cursor() as cursor:
            return tuple(cursor.execute(query, {"file": str(file), **dict(choices)}).fetchall())


def _is_comparable(earlier: Facts, later: Facts) -> bool:
    return (earlier.questionnaire["id"], earlier.made_up) == (later.questionnaire["id"], later.made_up)


def _age(folder: Path) -> int:
    """Tells a release from another that was put in its place, as a second demo in the same folder does."""
    return (folder / "release.json").stat().st_mtime_ns


def _reading(read: Callable[[], T]) -> T:
    try:
        return read()
    except OtherFormat as error:
        raise ReleaseOutdated(str(error)) from error
    except (ReleaseError, QualityError, OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        raise ReleaseGone(str(error)) from error


def _load_release(folder: Path, age: int) -> Release:
    return Release(
        folder=folder,
        facts=read_facts(folder),
        items=tuple(_item(entry) for entry in _load_json(folder / "items.json")),
        areas={
            vintage: tuple(_place(entry) for entry in places)
            for vintage, places in _load_json(folder / "areas.json").items()
        },
    )


def _item(entry: Mapping[str, Any]) -> Item:
    return Item(
        id=entry["id"],
        text=entry["text"],
        section=entry["section"],
        type=entry["type"],
        sensitive=entry["sensitive"],
        dimension=entry["dimension"],
        options=tuple(Option(option["code"], option["text"]) for option in entry["options"]),
        measure=entry["measure"]["text"] if entry["measure"] else None,
    )


def _place(entry: Mapping[str, Any]) -> Place:
    tile = entry["hex"]
    return Place(
        code=entry["code"],
        name=entry["name"],
        short_name=entry["short_name"],
        level=Level(entry["level"]),
        region=entry["region"] or "",
        hex=(tile[0], tile[1]) if tile else None,
    )


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(
        **{
            **_shown(row),
            "status": Status(row["status"]),
            "level": Level(row["level"]),
            "band": row["band"] or "",
            "option": row["option"] or "",
            "nearest_safe": row["nearest_safe"] or None,
        }
    )


def _group(row: Mapping[str, Any]) -> Group:
    texts = ("band", "benchmark_of", "benchmark_source", "benchmark_date", "reason")
    return Group(**{**_shown(row), **{name: str(row[name] or "") for name in texts}, "status": Status(row["status"])})


def _shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row without the numbers of a hidden cell: a release has none there, and were there one it would not leave."""
    if row["status"] == Status.SHOWN:
        return row
    return {name: None if name in _NUMBERS else value for name, value in row.items()}


def _load_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
