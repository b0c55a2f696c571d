"""What has been published already, which cannot be taken back: cells as an attacker knows them, making by making."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.publish.makings import Making, read_rows
from dashboard.release import Facts, OtherFormat, ReleaseError, Span, newest_release, read_facts, released_waves

Parts = frozenset[int]
"""Parts of the waves of a study: see `dashboard.publish.waves`."""


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that a release shows."""

    waves: Parts
    """The parts of waves whose answers it is about, as far as these are still there."""
    vintage: str
    level: str
    area: str
    option: str
    banded: bool


@dataclass(frozen=True)
class ReleasedGroup:
    """A cell that a release shows of a group."""

    waves: Parts
    category: str
    option: str
    banded: bool


@dataclass(frozen=True)
class History:
    """Every release that made estimates of a survey, of each wave in their order, kept in `makings`."""

    releases: Path
    makings: Path
    facts: Mapping[Making, Facts]

    def touching(self, window: Sequence[str]) -> dict[Making, Facts]:
        """Those that share a wave with `window`."""
        return {making: facts for making, facts in self.facts.items() if set(facts.pooled_waves) & set(window)}

    def waves_needed(self, window: Sequence[str]) -> set[str]:
        """Waves whose answers are in a release that shares a wave with `window`: an attacker has those numbers."""
        return {wave for facts in self.touching(window).values() for wave in facts.pooled_waves}

    def newest(self, wave: str) -> Making | None:
        """What the figures of a wave that are served now were made by."""
        return max((making for making in self.facts if making.wave == wave), key=lambda each: each.number, default=None)

    def cells(
        self,
        connection: duckdb.DuckDBPyConnection,
        window: Sequence[str],
        used: Mapping[tuple[Making, str], Parts],
    ) -> Mapping[str, tuple[ReleasedCell, ...]]:
        """The shown cells, by item, of releases that share a wave with `window`.

        `used` says which parts of a wave went into a making. A row that a later release took over is of the earlier.
        """
        found: dict[str, list[ReleasedCell]] = defaultdict(list)
        for making, facts in self.touching(window).items():
            of_row = read_rows(connection, making, self.makings)
            rows = connection.execute(
                "select span, vintage, level, area, item, option, band from read_parquet($file) where status = 'shown'",
                {"file": str(self.releases / making.wave / f"{making.number:04d}" / "estimates.parquet")},
            ).fetchall()
            for span, vintage, level, area, item, option, band in rows:
                made_by = Making(making.wave, of_row.get((span, vintage, area, item), making.number))
                waves = [facts.wave] if span == Span.WAVE else facts.pooled_waves
                parts = frozenset[int]().union(*(used[made_by, wave] for wave in waves))
                found[item].append(ReleasedCell(parts, vintage, level, area, option, band != ""))
        return {item: tuple(cells) for item, cells in found.items()}

    def groups(
        self,
        connection: duckdb.DuckDBPyConnection,
        window: Sequence[str],
        used: Mapping[tuple[Making, str], Parts],
    ) -> Mapping[tuple[str, str], tuple[ReleasedGroup, ...]]:
        """The shown cells of groups, by item and dimension, of releases of waves that share a wave with `window`.

        A wave whose estimates are made again keeps its groups whole: they are those of the first making.
        """
        found: dict[tuple[str, str], list[ReleasedGroup]] = defaultdict(list)
        seen: set[str] = set()
        for making, facts in self.touching(window).items():
            if making.wave in seen:
                continue
            seen.add(making.wave)
            rows = connection.execute(
                "select span, item, dimension, category, option, band from read_parquet($file) where status = 'shown'",
                {"file": str(self.releases / making.wave / f"{making.number:04d}" / "groups.parquet")},
            ).fetchall()
            for span, item, dimension, category, option, band in rows:
                waves = [facts.wave] if span == Span.WAVE else facts.pooled_waves
                parts = frozenset[int]().union(*(used[making, wave] for wave in waves))
                found[item, dimension].append(ReleasedGroup(parts, category, option, band != ""))
        return {key: tuple(cells) for key, cells in found.items()}


def read_history(releases: Path, makings: Path, questionnaire: str, made_up: bool) -> History:
    """The releases of a survey that made estimates. Raises ReleaseError when one cannot be read."""
    found: dict[Making, Facts] = {}
    for wave in released_waves(releases):
        newest = newest_facts(releases, wave)
        if newest is None or (newest.questionnaire["id"], newest.made_up) != (questionnaire, made_up):
            continue
        number = newest.estimates_from
        while number:
            found[Making(wave, number)] = read_facts(releases / wave / f"{number:04d}")
            number = read_facts(releases / wave / f"{number - 1:04d}").estimates_from if number > 1 else 0
    return History(releases, makings, dict(sorted(found.items(), key=lambda each: each[0])))


def newest_facts(releases: Path, wave: str) -> Facts | None:
    """Facts of the newest release of a wave. Raises ReleaseError; counts of fieldwork in another format are none."""
    newest = newest_release(releases, wave)
    if newest is None:
        return None
    try:
        return read_facts(newest)
    except OtherFormat as error:
        if json.loads((newest / "release.json").read_text(encoding="utf-8")).get("has_estimates") is False:
            return None
        raise ReleaseError(
            f"{error} What it said is known, and figures made now could give somebody away beside it. Publish wave "
            f"{wave} with the version of this program that made it. If nobody has ever seen the release (a demo, a "
            f"trial), move {newest.parent} away and publish again."
        ) from error
