"""What stands in the files of a release: every table and list, each made by the module of its subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from dashboard.analysis.disclosure.equations import Bools
from dashboard.analysis.fieldwork import add_up, rounded_count
from dashboard.areas import Area, Geography
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.comparisons import comparison_rows, regions_of
from dashboard.publish.counts import count_fieldwork
from dashboard.publish.coverage import count_located, coverage_rows
from dashboard.publish.design_effects import design_effects
from dashboard.publish.estimates import EstimateRow, estimate_rows
from dashboard.publish.folder import write_json, write_table
from dashboard.publish.groups import group_rows
from dashboard.publish.inclusion import inclusion_rows
from dashboard.publish.indicators import indicator_rows
from dashboard.publish.kept import Earlier, keep_estimates, keep_others
from dashboard.publish.makings import RowKey
from dashboard.publish.method import describe_sources
from dashboard.publish.non_response import non_response_rows
from dashboard.publish.quality import report_quality
from dashboard.publish.study import ItemResult, Study
from dashboard.publish.trends import trend_rows
from dashboard.quality_report import QualityReport, dump_report
from dashboard.release import ENGLAND, Level, Span
from dashboard.tables import TABLES

UNKNOWN_AREA = "unknown"
_BASE_OF_EFFECT = 100
ESTIMATE_FILES = ("items.json", "quality.json", *(f"{table}.parquet" for table in TABLES if table != "fieldwork"))
"""Written once, by the release that makes the estimates; later ones take them over."""


@dataclass(frozen=True)
class Shares:
    """The shares of every item in every place, which the auditor looks at before anything else is made from them."""

    results: Mapping[str, ItemResult]
    estimates: Sequence[EstimateRow]
    kept: Mapping[RowKey, int]
    """Rows that are taken from an earlier release, with the number of the one that made them."""


def write_shares(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    study: Study,
    earlier: Earlier | None = None,
    withheld: Mapping[str, Bools] = MappingProxyType({}),
    before: Shares | None = None,
) -> Shares:
    """Write the items and `estimates.parquet`. Cells that are `withheld`, by item, stay hidden; the results of the
    other items are those of `before`. `earlier` is the release whose estimates are made again: rows that may not change
    are taken from it.
    """
    results = {
        item.id: before.results[item.id]
        if before is not None and item.id not in withheld
        else study.protect(item, withheld.get(item.id))
        for item in study.file.items
    }
    estimates = list(estimate_rows(study, list(results.values())))
    kept: Mapping[RowKey, int] = {}
    if earlier is not None:
        estimates, kept = keep_estimates(connection, study, list(results.values()), estimates, earlier)
    write_json(folder / "items.json", [_item(item) for item in study.file.items])
    write_table(connection, folder / "estimates.parquet", estimates)
    return Shares(results, estimates, kept)


def write_others(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    study: Study,
    shares: Shares,
    benchmarks: Sequence[Benchmark],
    earlier: Earlier | None = None,
) -> None:
    """Write the rest of the `ESTIMATE_FILES`; `earlier` as for `write_shares`."""
    results, estimates, kept = list(shares.results.values()), shares.estimates, shares.kept
    rows: dict[str, list[tuple[object, ...]]] = {"estimates": list(estimates)}
    rows["groups"] = list(group_rows(study, results))
    located = count_located(connection, study.file)
    rows["non_response"] = list(non_response_rows(connection, study.file))
    rows["inclusion"] = list(inclusion_rows(study, results, benchmarks))
    rows["coverage"] = list(coverage_rows(study.geography, study.file, located, benchmarks))
    rows["indicators"] = list(indicator_rows(study.geography, study.file, located))
    rows["comparisons"] = list(comparison_rows(estimates, regions_of(study.geography)))
    rows["trends"] = list(trend_rows(connection, study.file, study.geography, estimates, folder.parents[1]))
    changes = keep_others(connection, study, rows, benchmarks, earlier, kept) if earlier else None
    told = _in_full(estimates)
    report = report_quality(
        rows,
        study.file,
        weighting=describe_sources(study.own.weighting),
        design_effects=design_effects(study.own, [item for item in study.file.items if item.id in told]),
        changes=changes,
    )
    if earlier is not None and study.keeps_weighting:
        before = earlier.report
        report = replace(report, weighting=before.weighting, design_effects=before.design_effects)
    _write_tables(connection, folder, {table: found for table, found in rows.items() if table != "estimates"}, report)


def _in_full(estimates: Sequence[EstimateRow]) -> set[str]:
    """Items of which all of England's figures in the wave are shown, of a hundred people or more, and some as numbers.

    Only of these is a design effect safe: it is made of every answer, and there is none where everyone said the same.
    """
    england = [row for row in estimates if (row.span, row.level) == (Span.WAVE, Level.ENGLAND)]
    hidden = {row.item for row in england if (row.base or 0) < _BASE_OF_EFFECT}
    return {row.item for row in england if not row.band} - hidden


def write_no_estimates(connection: duckdb.DuckDBPyConnection, folder: Path, file: AnalysisFile) -> None:
    """Write the `ESTIMATE_FILES` of a wave that is still open: its questions, and empty tables."""
    rows: Mapping[str, Sequence[tuple[object, ...]]] = {table: [] for table in TABLES if table != "fieldwork"}
    write_json(folder / "items.json", [_item(item) for item in file.items])
    _write_tables(connection, folder, rows, report_quality(rows, file))


def _write_tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    rows: Mapping[str, Sequence[tuple[object, ...]]],
    report: QualityReport,
) -> None:
    (folder / "quality.json").write_text(dump_report(report), encoding="utf-8")
    for table, found in rows.items():
        write_table(connection, folder / f"{table}.parquet", found)


def write_fieldwork(
    connection: duckdb.DuckDBPyConnection, folder: Path, file: AnalysisFile, geography: Geography
) -> None:
    """Write what every release has: the lists of areas, and the counts of responses."""
    write_json(folder / "areas.json", _areas(geography))
    write_table(connection, folder / "fieldwork.parquet", _fieldwork(connection, file, geography))


def _item(item: Item) -> Mapping[str, Any]:
    return {
        "id": item.id,
        "text": item.text,
        "section": item.section,
        "type": item.type,
        "sensitive": item.sensitive,
        "dimension": item.dimension,
        "options": [{"code": option.code, "text": option.text, "codes": option.codes} for option in item.options],
        "measure": {"good": item.good, "text": item.good_text} if item.good else None,
        "equivalent": item.equivalent,
    }


def _areas(geography: Geography) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    lists: dict[str, list[Mapping[str, Any]]] = {}
    for vintage, areas in geography.lists.items():
        regions = {area.region_code: area.region for area in areas}
        lists[vintage] = [
            _place(ENGLAND, "England", Level.ENGLAND, ""),
            *(_place(code, name, Level.REGION, name) for code, name in sorted(regions.items())),
            *(_area(geography, vintage, area) for area in areas),
        ]
    return lists


def _place(code: str, name: str, level: Level, region: str) -> Mapping[str, Any]:
    place = {"code": code, "name": name, "short_name": name, "level": level, "region": region, "hex": None}
    return {**place, "predecessors": [], "successors": [], "exact": True}


def _area(geography: Geography, vintage: str, area: Area) -> Mapping[str, Any]:
    return {
        **_place(area.code, area.name, Level.AREA, area.region),
        "short_name": area.short_name,
        "hex": geography.tiles[vintage][area.code],
        "predecessors": geography.predecessors(vintage, area.code),
        "successors": geography.successors(vintage, area.code),
        "exact": geography.is_exact(vintage, area.code),
    }


def _fieldwork(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, geography: Geography
) -> list[tuple[object, ...]]:
    counts = count_fieldwork(connection, file)
    by_area = counts.pop("area")
    rows = [(dimension, name, "", people) for dimension, found in counts.items() for name, people in found.items()]
    for vintage in geography.lists:
        for code in geography.codes(vintage):
            block = geography.block_of[vintage, code]
            if vintage == file.vintage:
                rows.append(("area", code, vintage, add_up(by_area, (code,))))
            elif geography.is_exact(vintage, code):
                rows.append(("area", code, vintage, add_up(by_area, geography.members(file.vintage, block))))
        rows.append(("area", UNKNOWN_AREA, vintage, by_area.get("", 0)))
    rounded = [(*row[:3], rounded_count(row[3])) for row in rows]
    return [(dimension, name, vintage, each.count, each.band) for dimension, name, vintage, each in rounded]
