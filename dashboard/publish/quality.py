"""From the rows of a release to its quality report: coverage, non-response, weights, suppression, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dashboard.publish.analysis_file import AnalysisFile
from dashboard.quality_report import Cells, Changes, DesignEffect, Indicator, Places, QualityReport, Rate
from dashboard.release import Level, Span, Status
from dashboard.tables import TABLES

LONGEST_LIST = 8
"""Pages and items that are named; the tables have the others."""
_OF_CELLS = ("estimates", "groups", "non_response", "inclusion")

Rows = Mapping[str, Sequence[Sequence[Any]]]
"""The rows of each table."""


def report_quality(
    rows: Rows,
    file: AnalysisFile,
    *,
    weighting: Mapping[str, str] = MappingProxyType({}),
    design_effects: Mapping[str, float] = MappingProxyType({}),
    changes: Changes | None = None,
) -> QualityReport:
    """The report on a release of `file` with these rows; by default one without weights."""
    vintage, texts = file.vintage, file.texts
    tables = {table: [dict(zip(TABLES[table], row, strict=True)) for row in found] for table, found in rows.items()}
    effects = sorted(design_effects.items(), key=lambda each: -each[1])[:LONGEST_LIST]
    return QualityReport(
        places=tuple(_places(tables["estimates"], span, vintage) for span in Span),
        cells=tuple(cells for table in _OF_CELLS for cells in _cells(table, tables[table])),
        breaks_off=_highest(tables["non_response"], "break_off", texts),
        left_out=_highest(tables["non_response"], "left_out", texts),
        indicators=tuple(
            Indicator(row["name"], row["value"], row["low"], row["high"], row["reason"])
            for row in tables["indicators"]
            if not row["variable"]
        ),
        weighting=dict(weighting),
        design_effects=tuple(
            DesignEffect(item, texts.get(item, item), round(value, 1)) for item, value in effects[:LONGEST_LIST]
        ),
        changes=changes,
        pages={page: texts.get(page, page) for page in file.pages},
    )


def _places(estimates: Sequence[Mapping[str, Any]], span: Span, vintage: str) -> Places:
    rows = [
        row for row in estimates if (row["span"], row["level"], row["vintage"]) == (span.value, Level.AREA, vintage)
    ]
    shown = {row["area"] for row in rows if row["status"] == Status.SHOWN}
    return Places(span.value, len(shown), len({row["area"] for row in rows}))


def _cells(table: str, rows: Sequence[Mapping[str, Any]]) -> list[Cells]:
    counted = Counter((row.get("span", ""), row.get("level", ""), row["status"]) for row in rows)
    keys = dict.fromkeys((span, level) for span, level, _ in counted)
    return [Cells(table, span, level, *(counted[span, level, status] for status in Status)) for span, level in keys]


def _highest(rows: Sequence[Mapping[str, Any]], kind: str, texts: Mapping[str, str]) -> tuple[Rate, ...]:
    found = [
        Rate(row["subject"], texts.get(row["subject"], row["subject"]), row["share"], row["band"], row["base"])
        for row in rows
        if row["kind"] == kind and row["dimension"] == "" and row["status"] == Status.SHOWN and row["band"] != "under"
    ]
    return tuple(sorted(found, key=lambda rate: (-rate.share, rate.subject))[:LONGEST_LIST])
