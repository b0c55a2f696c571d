"""Estimates that are made again: the rows that may change, and the others word for word as they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dashboard.analysis.rounding import Figure
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.estimates import EstimateRow, ways_on
from dashboard.publish.history import Parts
from dashboard.publish.inclusion import Shown, rows_of_dimension
from dashboard.publish.makings import Making, RowKey
from dashboard.publish.study import WEIGHTING, ItemResult, Study
from dashboard.quality_report import Changes, QualityReport, parse_report
from dashboard.release import ENGLAND, Facts, Level, Span, Status
from dashboard.tables import TABLES

Rows = dict[str, list[tuple[object, ...]]]
"""The rows of each table."""
KEPT_WHOLE = ("groups", "non_response")
"""Tables of few people, by one dimension at a time: what was published of them stays."""


@dataclass(frozen=True)
class Earlier:
    """The newest release with estimates of the same wave."""

    folder: Path
    facts: Facts
    made_in: Mapping[RowKey, int]
    """The release that the figures of a row are from, where it is not `facts.estimates_from`."""

    def rows(self, connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
        """A table of it."""
        columns = ", ".join(f'"{column}"' for column in TABLES[table])
        file = str(self.folder / f"{table}.parquet")
        return connection.execute(f"select {columns} from read_parquet($file)", {"file": file}).fetchall()

    def estimates(self, connection: duckdb.DuckDBPyConnection) -> list[EstimateRow]:
        """Its estimates."""
        return [EstimateRow._make(row) for row in self.rows(connection, "estimates")]

    @property
    def report(self) -> QualityReport:
        """Its quality report."""
        return parse_report((self.folder / "quality.json").read_text(encoding="utf-8"))


def rows_before(
    connection: duckdb.DuckDBPyConnection, earlier: Earlier, used: Mapping[tuple[Making, str], Parts]
) -> Mapping[RowKey, Parts]:
    """The parts of waves that each row of the estimates is about, and what is said of the weights."""
    facts = earlier.facts
    found: dict[RowKey, Parts] = {}
    for key in {WEIGHTING, *(key_of(row) for row in earlier.estimates(connection))}:
        making = Making(facts.wave, earlier.made_in.get(key, facts.estimates_from))
        waves = [facts.wave] if key[0] == Span.WAVE else facts.pooled_waves
        found[key] = frozenset[int]().union(*(used[making, wave] for wave in waves))
    return found


def key_of(row: EstimateRow) -> RowKey:
    """The row of figures that a cell belongs to."""
    return row.span, row.vintage, row.area, row.item


def keep_estimates(
    connection: duckdb.DuckDBPyConnection,
    study: Study,
    results: Sequence[ItemResult],
    made: Sequence[EstimateRow],
    earlier: Earlier,
) -> tuple[list[EstimateRow], Mapping[RowKey, int]]:
    """Put the earlier estimates back where fewer than ten new people stand behind a row, or the rules show nothing.

    Returns the rows, and which were kept with the number of the release that made them.
    """
    before = {(*key_of(row), row.option): row for row in earlier.estimates(connection)}
    known = {key[:-1] for key in before}
    may_change = _may_change(study, results)
    shown = {key_of(row) for row in made if row.status == Status.SHOWN}
    kept = {key for key in map(key_of, made) if key in known and not (key in may_change and key in shown)}
    merged = [before.get((*key_of(row), row.option), row) if key_of(row) in kept else row for row in made]
    if study.keeps_weighting:
        kept.add(WEIGHTING)
    return _with_ways(study, merged), {key: earlier.made_in.get(key, earlier.facts.estimates_from) for key in kept}


def keep_others(
    connection: duckdb.DuckDBPyConnection,
    study: Study,
    rows: Rows,
    benchmarks: Sequence[Benchmark],
    earlier: Earlier,
    kept: Mapping[RowKey, int],
) -> Changes:
    """Put earlier rows back into the tables that do not follow from the estimates; says what has changed in these.

    The groups of a dimension stay with England's row of its question; what stays is compared with the benchmark of now.
    """
    for table in KEPT_WHOLE:
        rows[table] = earlier.rows(connection, table)
    england = (Span.WAVE.value, study.file.vintage, ENGLAND)
    stays = [item for item in study.file.items if item.dimension and (*england, item.id) in kept]
    groups = _groups(earlier.rows(connection, "inclusion"))
    before = {
        item.dimension: list(rows_of_dimension(item, groups[item.dimension], benchmarks))
        for item in stays
        if item.dimension in groups
    }
    rows["inclusion"] = [row for row in rows["inclusion"] if row[0] not in before]
    rows["inclusion"] += [row for found in before.values() for row in found]
    changed = {*rows["estimates"]} - {*earlier.estimates(connection)}
    return Changes(earlier.facts.estimates_from, len(changed))


def _groups(rows: Sequence[tuple[object, ...]]) -> dict[str, dict[str, Shown]]:
    """What an inclusion table shows of each group, by dimension and category."""
    found: dict[str, dict[str, Shown]] = defaultdict(dict)
    for row in rows:
        said: dict[str, Any] = dict(zip(TABLES["inclusion"], row, strict=True))
        figure = None
        if said["status"] == Status.SHOWN:
            names = ("base", "share", "low", "high", "band")
            figure = Figure(effective=said["base"], **{name: said[name] for name in names})
        found[said["dimension"]][said["category"]] = (Status(said["status"]), figure, said["count"])
    return found


def _may_change(study: Study, results: Sequence[ItemResult]) -> set[RowKey]:
    found: set[RowKey] = set()
    for result in results:
        for span, waves in study.spans.items():
            for vintage, spots in study.spots.items():
                for spot in spots:
                    row = study.row(waves, spot)
                    if row is not None and not result.settled[row]:
                        found.add((span.value, vintage, spot.code, result.item.id))
    return found


def _with_ways(study: Study, rows: Sequence[EstimateRow]) -> list[EstimateRow]:
    """The nearest cell that is shown, found anew: another one may be shown now."""
    shown = {
        (row.span, row.level, row.area, row.vintage, row.item, row.option) for row in rows if row.status == Status.SHOWN
    }
    region = {(vintage, spot.code): spot.region for vintage, spots in study.spots.items() for spot in spots}
    found = []
    for row in rows:
        if row.status != Status.SHOWN:
            ways = ways_on(Span(row.span), Level(row.level), row.area, region[row.vintage, row.area])
            safe = next((way for way in ways if (*way, row.vintage, row.item, row.option) in shown), None)
            row = row._replace(nearest_safe=":".join(safe) if safe else None)
        found.append(row)
    return found
