"""What other releases have said already, which cannot be taken back: their cells as an attacker knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.release import Facts, Span, newest_release, read_facts, released_waves


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that another release shows."""

    waves: frozenset[str]
    vintage: str
    level: str
    area: str
    option: str
    banded: bool


@dataclass(frozen=True)
class History:
    """Releases with estimates of other waves of the same survey, and their shown cells by item."""

    releases: Mapping[str, Facts]
    folders: Mapping[str, Path]

    def waves_needed(self, window: Sequence[str]) -> set[str]:
        """Waves whose answers are in a release that shares a wave with `window`: an attacker has those numbers."""
        return {wave for facts in self._touching(window) for wave in facts.pooled_waves}

    def cells(
        self, connection: duckdb.DuckDBPyConnection, window: Sequence[str]
    ) -> Mapping[str, tuple[ReleasedCell, ...]]:
        """The shown cells, by item, of releases that share a wave with `window`."""
        found: dict[str, list[ReleasedCell]] = defaultdict(list)
        for facts in self._touching(window):
            spans = {Span.WAVE: frozenset([facts.wave]), Span.POOLED: frozenset(facts.pooled_waves)}
            rows = connection.execute(
                "select span, vintage, level, area, item, option, band from read_parquet($file) where status = 'shown'",
                {"file": str(self.folders[facts.wave] / "estimates.parquet")},
            ).fetchall()
            for span, vintage, level, area, item, option, band in rows:
                found[item].append(ReleasedCell(spans[Span(span)], vintage, level, area, option, band != ""))
        return {item: tuple(cells) for item, cells in found.items()}

    def _touching(self, window: Sequence[str]) -> list[Facts]:
        return [facts for facts in self.releases.values() if set(facts.pooled_waves) & set(window)]


def read_history(releases: Path, wave: str, questionnaire: str, made_up: bool) -> History:
    """The history for a release of `wave`. Raises ReleaseError when another release cannot be read."""
    folders = {name: newest_release(releases, name) for name in released_waves(releases) if name != wave}
    known = {name: read_facts(folder) for name, folder in folders.items() if folder is not None}
    same = {
        name: facts
        for name, facts in known.items()
        if facts.has_estimates and facts.questionnaire["id"] == questionnaire and facts.made_up == made_up
    }
    return History(same, {name: folder for name, folder in folders.items() if folder is not None and name in same})
