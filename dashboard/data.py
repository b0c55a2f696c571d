"""Releases as the dashboard reads them: the newest of each wave, and nothing that is not in one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

from dashboard import findings, voices, wording
from dashboard.access import ENGLAND, EVERY_STAGE, TRIAL, Stages, stage_of, stood_before
from dashboard.findings import Finding, FindingsError
from dashboard.model import Cell, Count, Group, Release, TableRow
from dashboard.oracles import Oracle, OraclesError, load_oracles
from dashboard.parsing import load_release, shown_row
from dashboard.quality_report import QualityError, QualityReport, parse_report
from dashboard.release import (
    Facts,
    OtherFormat,
    ReleaseError,
    Span,
    read_facts,
)
from dashboard.standing import Standing
from dashboard.voices import Voices, VoicesError
from dashboard.wording import Wording, WordingError

_KEPT_IN_MEMORY = 128
_LOOKED_AT = 1000
"""Releases of a wave with results: no more are looked at for one that may be seen."""
METHOD = Path(__file__).parents[1] / "data" / "method"
"""Where published numbers beside ours are in a checkout."""
log = logging.getLogger(__name__)
T = TypeVar("T")
R = TypeVar("R", bound=TableRow)


class NoRelease(Exception):
    """There is no release of the wave that was asked for (None: of any wave)."""

    def __init__(self, wave: str | None) -> None:
        super().__init__(wave)
        self.wave = wave


class ReleaseGone(Exception):
    """A release could be found but not read: it vanished meanwhile, or a file of it is broken."""


class ReleaseOutdated(ReleaseGone):
    """Another version of this program made the release: it has to be made again."""


class Releases:
    """The folder `<wave>/<number>/` of releases, as far as a reader may see them.

    A release never changes once it is there, so what was read is kept, once for all readers.
    """

    def __init__(
        self,
        folder: Path,
        *,
        today: Callable[[], date] = lambda: datetime.now(ENGLAND).date(),
        method: Path = METHOD,
    ) -> None:
        self.folder = folder
        self.method = method
        self.sees: Stages = EVERY_STAGE
        self._today = today
        self._standing = Standing(folder)
        self._settled: Mapping[str, Release | ReleaseGone] | None = None
        self._memory = duckdb.connect(":memory:", config={"threads": 1})
        # The first bound value makes duckdb import pandas: half a second that the first reader need not wait.
        self._memory.execute("select $warm", {"warm": 1})
        self._release = lru_cache(_KEPT_IN_MEMORY)(load_release)
        self._facts = lru_cache(_LOOKED_AT)(lambda folder, age: read_facts(folder))
        self._rows = lru_cache(_KEPT_IN_MEMORY)(self._load_rows)
        self._kinds = lru_cache(_KEPT_IN_MEMORY)(self._load_kinds)
        self._parsed = lru_cache(_KEPT_IN_MEMORY)(_parse_file)

    def seen_by(self, stages: Stages) -> Releases:
        """The same releases for a reader who may see those at `stages`; the rest is as if it were not there."""
        seen = copy(self)
        seen.sees = frozenset(stages)
        return seen

    def settled(self) -> Releases:
        """The same for one request: what is served is found out once, and all of a page is drawn from that."""
        settled = copy(self)
        settled._settled = self._find()
        return settled

    def today(self) -> date:
        """The day it is in England."""
        return self._today()

    def waves(self) -> tuple[str, ...]:
        """The waves of which something may be seen, the one that opened last first, the trial last."""
        return tuple(self._seen())

    def current(self, wave: str | None) -> Release:
        """The newest release that may be seen of `wave`, or of the latest wave. Raises NoRelease, ReleaseGone."""
        seen = self._seen()
        chosen = next(iter(seen), None) if wave is None else wave
        found = seen.get(chosen) if chosen is not None else None
        if found is None:
            raise NoRelease(wave)
        if isinstance(found, ReleaseGone):
            raise found
        return found

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

    def read(self, release: Release, kind: type[R], **chosen: str) -> tuple[R, ...]:
        """Every row of the table of `kind` whose columns are as `chosen`, in the table's order. Raises ReleaseGone."""
        return cast(tuple[R, ...], _reading(lambda: self._kinds(release.folder, _age(release.folder), kind, **chosen)))

    def cells(self, release: Release, *, item: str, span: Span, vintage: str) -> tuple[Cell, ...]:
        """Every cell of one item in every place. Raises ReleaseGone."""
        return self.read(release, Cell, item=item, span=span.value, vintage=vintage)

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
        return self.read(release, Group)

    def quality(self, release: Release) -> QualityReport:
        """How far the numbers of the release can be trusted. Raises ReleaseGone."""
        return _reading(lambda: parse_report((release.folder / "quality.json").read_text(encoding="utf-8")))

    def findings(self, release: Release) -> tuple[Finding, ...]:
        """What was found in the wave of the release, and what is promised about it."""
        found = self._beside(release, findings.FILE, findings.parse_findings)
        return found.findings if found else ()

    def voices(self, release: Release) -> Voices | None:
        """What people of the wave wrote in their own words, as counts and approved quotes; None where nothing is."""
        return self._beside(release, voices.FILE, voices.parse_voices)

    def wordings(self, release: Release) -> Mapping[str, Wording]:
        """The questions of the wave by locale, in other languages than that of the release."""
        found = self._beside(release, wording.FILE, wording.parse_wordings)
        return found.locales if found else {}

    def oracles(self) -> tuple[Oracle, ...]:
        """Published numbers beside ours. A file that cannot be read is logged, and is as if it were not there."""
        try:
            return load_oracles(self.method)
        except (OSError, ValueError, OraclesError) as error:
            log.warning("published numbers could not be read: %s", error)
            return ()

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

    def _beside(self, release: Release, name: str, parse: Callable[[str], T]) -> T | None:
        """A file beside the releases of a wave. One that is broken is logged, and is as if it were not there."""
        file = release.folder.parent / name
        try:
            return cast(T, self._parsed(file, file.stat().st_mtime_ns, parse))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, FindingsError, VoicesError, WordingError) as error:
            log.warning("%s could not be read: %s", file, error)
            return None

    def _readable(self, waves: Iterable[str]) -> Iterator[Release]:
        """The current releases of `waves`, but for those that cannot be read."""
        for wave in waves:
            with suppress(NoRelease, ReleaseGone):
                yield self.current(wave)

    def _seen(self) -> Mapping[str, Release | ReleaseGone]:
        return self._find() if self._settled is None else self._settled

    def _find(self) -> Mapping[str, Release | ReleaseGone]:
        """What is served of each wave, the one that opened last first, those that cannot be read late, the trial last.

        Whoever may see everything hears of what is broken, too.
        """
        served = {wave: self._served(wave) for wave in self._standing.waves()}
        found = {wave: release for wave, release in served.items() if release is not None}
        return {wave: found[wave] for wave in sorted(found, key=lambda wave: _opened(wave, found[wave]), reverse=True)}

    def _served(self, wave: str) -> Release | ReleaseGone | None:
        """The newest release of a wave that may be seen; what keeps it from being read, rather than an older one.

        One that nobody can tell the stage of is passed over for whoever may not see everything.
        """
        successor: Facts | None = None
        for folder in islice(self._standing.newest_first(wave), _LOOKED_AT):
            try:
                facts = self._facts_of(folder)
            except ReleaseGone as error:
                log.warning("a release could not be read: %s", error)
                if self.sees == EVERY_STAGE:
                    return error
                continue
            if stage_of(facts, self._today()) in self.sees:
                return self._whole(folder) if successor is None or stood_before(facts, successor) else None
            if not facts.has_estimates:
                return None  # nor has any before: who may not see the counts of a wave sees none of its thousands
            successor = facts
        return None

    def _facts_of(self, folder: Path) -> Facts:
        return _reading(lambda: self._facts(folder, _age(folder)))

    def _whole(self, folder: Path) -> Release | ReleaseGone:
        try:
            return _reading(lambda: self._release(folder, _age(folder)))
        except ReleaseGone as error:
            log.warning("a release could not be read: %s", error)
            return error

    def _read(
        self, release: Release, table: str, query: str, choices: tuple[tuple[str, str | None], ...]
    ) -> tuple[Any, ...]:
        file = release.folder / f"{table}.parquet"
        return _reading(lambda: self._rows(file, _age(release.folder), query, choices))

    def _load_kinds(self, folder: Path, age: int, kind: type[TableRow], **chosen: str) -> tuple[TableRow, ...]:
        conditions = "".join(f" and {column} = ${column}" for column in chosen)
        columns = tuple(field.name for field in fields(kind))
        query = f"select {', '.join(columns)} from read_parquet($file) where true{conditions}"
        rows = self._load_rows(folder / f"{kind.TABLE}.parquet", age, query, tuple(chosen.items()))
        return tuple(kind(**shown_row(dict(zip(columns, row, strict=True)))) for row in rows)

    def _load_rows(
        self, file: Path, age: int, query: str, choices: tuple[tuple[str, str | None], ...]
    ) -> tuple[Any, ...]:
        with self._memory.cursor() as cursor:
            return tuple(cursor.execute(query, {"file": str(file), **dict(choices)}).fetchall())


def _opened(wave: str, served: Release | ReleaseGone) -> tuple[bool, str, str]:
    if isinstance(served, ReleaseGone):
        return (wave != TRIAL, "", wave)
    return (wave != TRIAL, served.facts.opened_on or served.facts.released_at, wave)


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


def _parse_file(file: Path, age: int, parse: Callable[[str], Any]) -> Any:
    return parse(file.read_text(encoding="utf-8"))
