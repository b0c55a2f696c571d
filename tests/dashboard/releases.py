"""Small releases written by hand: real Parquet and JSON files as `phb publish` would leave them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard.analysis.rounding import rounded_share
from dashboard.areas import load_geography, region_code
from dashboard.quality_report import Cells, DesignEffect, Indicator, Places, QualityReport, Rate, dump_report
from dashboard.release import Facts, Step, check_release, dump_facts
from dashboard.tables import COVERAGE, INCLUSION, TABLES
from tests.dashboard.compared import compared_rows, group_rows, trend_rows

AREAS = Path(__file__).parents[2] / "data" / "areas"

ITEMS: tuple[dict[str, Any], ...] = (
    {
        "id": "talk_matters",
        "text": "Did someone take time to find out what a good life looks like for you?",
        "section": "Planning it",
        "type": "choice",
        "sensitive": False,
        "dimension": None,
        "options": [
            {"code": "enough", "text": "Yes, enough time"},
            {"code": "little", "text": "A little"},
            {"code": "no", "text": "No"},
        ],
        "measure": {"good": ["enough"], "text": "Yes, enough time"},
    },
    {
        "id": "missing_help",
        "text": "Was there help you needed at the start and did not get?",
        "section": "Planning it",
        "type": "choices",
        "sensitive": False,
        "dimension": None,
        "options": [
            {"code": "peer", "text": "Someone who already has a budget"},
            {"code": "advocate", "text": "An advocate: someone who speaks up for you and is on your side"},
            {"code": "none", "text": "None of these"},
        ],
        "measure": None,
    },
    {
        "id": "language",
        "text": "What is your main language?",
        "section": "About you",
        "type": "choice",
        "sensitive": True,
        "dimension": "language",
        "options": [{"code": "english", "text": "English"}, {"code": "polish", "text": "Polish"}],
        "measure": None,
    },
)

QUALITY = QualityReport(
    places=(Places("wave", 2, 36), Places("pooled", 24, 36)),
    cells=(
        Cells("estimates", "wave", "england", 12, 0, 1, 0, 0),
        Cells("estimates", "wave", "area", 30, 300, 50, 12, 40),
        Cells("groups", "wave", "", 90, 20, 10, 0, 0),
    ),
    breaks_off=(Rate("talk", "Did someone take time?", 6, "", 400),),
    left_out=(
        Rate("missing_help", "Was there help you needed?", 12, "", 390),
        Rate("talk_matters", "Did someone take time?", 5, "", 410),
    ),
    indicators=(
        Indicator("response_rate", None, None, None, "With an open link nobody knows how many were asked."),
        Indicator("r_indicator", 0.77, 0.71, 0.83, ""),
    ),
    weighting={"weighting": "To age and sex of budget holders."},
    design_effects=(DesignEffect("talk_matters", "Did someone take time?", 1.4),),
    changes=None,
    pages={"talk": "Did someone take time?", "help": "Was there help you needed?", "tongue": "What is your language?"},
)


def write_release(folder: Path, *, wave: str = "2026", number: int = 1, **changes: Any) -> Path:
    """A release of `wave`, a year or the trial, under `folder`; `changes` are other facts."""
    year = wave if wave.isdigit() else "2026"
    facts = Facts(
        number=number,
        wave=wave,
        released_at=f"{year}-11-12T09:30:00+00:00",
        data_until=f"{year}-10-30",
        step=Step.PROVISIONAL,
        signed_by=None,
        signed_at=None,
        made_up=True,
        vintage="2026" if year >= "2026" else "2023",
        opened_on=f"{year}-09-07",
        closed_on=f"{year}-10-30",
        questionnaire={"id": "phb-annual", "version": "2026.1", "status": "draft", "title": "The survey"},
        pooled_waves=("2024", "2025", "2026"),
        has_estimates=True,
        responses=420,
        method={"weighting": "Not weighted.", "intervals": "95% Wilson intervals from rounded figures."},
        notes=("People chose for themselves to answer.",),
        methods={"unweighted": {"weighting": "none"}},
        sign_note="",
        public_on=None,
        estimates_from=number if changes.get("has_estimates", True) else 0,
        corrections=(),
    )
    facts = replace(facts, **changes)
    release = folder / wave / f"{number:04d}"
    release.mkdir(parents=True)
    (release / "release.json").write_text(dump_facts(facts))
    (release / "items.json").write_text(json.dumps(ITEMS))
    (release / "areas.json").write_text(json.dumps(_areas()))
    (release / "quality.json").write_text(dump_report(QUALITY))
    rows = _rows(year) if facts.has_estimates else {}
    rows["fieldwork"] = _fieldwork(facts.opened_on or f"{year}-09-07")
    for table, columns in TABLES.items():
        _write_table(release / f"{table}.parquet", columns, rows.get(table, ()))
    check_release(release)
    return release


def _rows(year: str) -> dict[str, Sequence[tuple[Any, ...]]]:
    """What a release with results holds beside the counts."""
    return {
        "estimates": _estimates(),
        "inclusion": _inclusion(),
        "coverage": _coverage(),
        "non_response": _non_response(),
        "groups": group_rows(),
        "trends": trend_rows(year),
        "comparisons": _comparisons(),
    }


@lru_cache(1)
def _comparisons() -> list[tuple[Any, ...]]:
    return compared_rows(_estimates(), load_geography(AREAS))


def _areas() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    geography = load_geography(AREAS)
    england = {"code": "england", "name": "England", "short_name": "England", "level": "england", "region": ""}
    whole = {"predecessors": [], "successors": [], "exact": True}
    lists = {}
    for vintage, areas in geography.lists.items():
        regions = sorted({area.region for area in areas})
        lists[vintage] = [
            {**england, **whole, "hex": None},
            *(
                {
                    "code": region_code(region),
                    "name": region,
                    "short_name": region,
                    "level": "region",
                    "region": region,
                    "hex": None,
                    **whole,
                }
                for region in regions
            ),
            *(
                {
                    "code": area.code,
                    "name": area.name,
                    "short_name": area.short_name,
                    "level": "area",
                    "region": area.region,
                    "hex": geography.tiles[vintage][area.code],
                    "predecessors": geography.predecessors(vintage, area.code),
                    "successors": geography.successors(vintage, area.code),
                    "exact": geography.is_exact(vintage, area.code),
                }
                for area in areas
            ),
        ]
    return lists


def _estimates() -> list[tuple[Any, ...]]:
    """England and regions shown, an area in three shown, one in three hidden, the rest a new line in 2026."""
    rows: list[tuple[Any, ...]] = []
    new = {"S1Y5D", "D7T5G", "T6Y0W", "S0E4D", "S9B9J", "QRL"}
    for span in ("wave", "pooled"):
        for vintage, places in _areas().items():
            for number, place in enumerate(places):
                for item in ITEMS:
                    for kind, option, position in _figures(item):
                        key = (span, vintage, place["level"], place["code"], item["id"], kind, option)
                        safe = f"pooled:region:{region_code(place['region'])}" if place["level"] == "area" else None
                        status, base, *rest = _figure(place, number, position, vintage, new, span, safe)
                        rows.append((*key, status, base, base, *rest, "unweighted"))
    return rows


def _figures(item: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    options = [("option", option["code"], position) for position, option in enumerate(item["options"])]
    return options + ([("measure", "", 0)] if item["measure"] else [])


def _figure(
    place: Mapping[str, Any], number: int, position: int, vintage: str, new: set[str], span: str, safe: str | None
) -> tuple[Any, ...]:
    if place["level"] == "area":
        if vintage == "2026" and place["code"] in new:
            return ("break", None, None, "", None, None, safe)
        if number % 3 == 0:
            return ("too_few", None, None, "", None, None, safe)
        if number % 3 == 1 and position == 1:
            return ("suppressed", None, None, "", None, None, safe)
        if position == 2:
            return ("shown", 25, 5, "under", None, None, None)
    base = {"england": 420, "region": 60, "area": 25}[place["level"]] * (3 if span == "pooled" else 1)
    share = rounded_share(((64, 27, 9)[position] + number % 7) / 100, base)
    return ("shown", base, share, "", max(0, share - 900 // base), min(100, share + 1200 // base), None)


def _inclusion() -> list[tuple[Any, ...]]:
    """Polish speakers clearly missing among holders, Urdu hidden, men fewer than in the population, limits alone."""
    holders = {
        "benchmark_of": "phb_holders",
        "benchmark_source": "Illustrative benchmark: invented figures",
        "benchmark_date": "2024-03",
    }
    living = {"benchmark_of": "population", "benchmark_source": "Census 2021", "benchmark_date": "2021-03"}
    language = {"dimension": "language", "dimension_label": "Main language"}
    sex = {"dimension": "sex", "dimension_label": "Sex", "dissimilarity": 4}
    limits = {"dimension": "limits", "dimension_label": "Daily life limited", "reason": "No benchmark is loaded."}
    return [
        _group("English", **language, **holders, **_shares(90, 86, 93), **_ratio(88, 1.0, 1.0, 1.1, missing=0)),
        _group("Polish", **language, **holders, **_shares(1, 0, 3), **_ratio(5, 0.3, 0.1, 0.6, missing=15)),
        _group("Urdu", **language, **holders, status="too_few", benchmark_share=2.0),
        _group("Female", **sex, **living, **_shares(55, 50, 60), **_ratio(51, 1.1, 1.0, 1.2, missing=0)),
        _group("Male", **sex, **living, **_shares(45, 40, 50), **_ratio(49, 0.9, 0.8, 1.0, missing=15)),
        _group("A lot", **limits, status="shown", base=410, count=390, share=95, band="over"),
    ]


def _group(label: str, **columns: Any) -> tuple[Any, ...]:
    texts = dict.fromkeys(("band", "benchmark_of", "benchmark_source", "benchmark_date", "reason"), "")
    row = {**texts, "category": label.lower().replace(" ", "_"), "label": label, **columns}
    return tuple(row.get(column) for column in INCLUSION)


def _shares(share: int, low: int, high: int) -> dict[str, Any]:
    return {
        "status": "shown",
        "base": 410,
        "count": 5 * round(4.1 * share / 5),
        "share": share,
        "low": low,
        "high": high,
    }


def _ratio(benchmark: float, ratio: float, low: float, high: float, *, missing: int) -> dict[str, Any]:
    return {
        "benchmark_share": benchmark,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "missing": missing,
    }


def _coverage() -> list[tuple[Any, ...]]:
    """London clearly missing, the North West perhaps, the Midlands not; a few areas, most of which cannot be told."""
    holders = {
        "benchmark_of": "phb_holders",
        "benchmark_source": "Illustrative benchmark: invented figures",
        "benchmark_date": "2024-03",
    }
    by_code = {"invited": 200, "response_rate": 18}
    open_link = {"reason": "Nobody here was invited by a code of their own, so there is no response rate."}
    few = {"band": "under 10", "reason": "Fewer than ten people answered here: too few for a comparison."}
    ground = "Answers cannot be added up to this area: its ground changed and a part of it cannot be told."
    rows = (
        ("region", "london", {"count": 45, **by_code, **holders, **_ratio(20, 0.5, 0.4, 0.7, missing=40)}),
        ("region", "midlands", {"count": 90, **open_link, **holders, **_ratio(20, 1.1, 0.9, 1.3, missing=0)}),
        ("region", "north-west", {"count": 60, **open_link, **holders, **_ratio(16, 0.9, 0.7, 1.1, missing=5)}),
        ("area", "QYG", {"count": 15, **open_link, **holders, **_ratio(8, 0.4, 0.3, 0.7, missing=20)}),
        ("area", "QE1", {"count": 15, **open_link, "benchmark_share": None}),
        ("area", "QGH", {**few, **holders, "benchmark_share": 1.6}),
        ("area", "D7T5G", {"reason": ground}),
    )
    texts = dict.fromkeys(("band", "benchmark_of", "benchmark_source", "benchmark_date", "reason"), "")
    return [
        tuple({**texts, "vintage": "2026", "level": level, "area": area, **columns}.get(name) for name in COVERAGE)
        for level, area, columns in rows
    ]


def _non_response() -> list[tuple[Any, ...]]:
    """Three pages and as many items, for everyone, by mode, and by language, where little can be told of Polish."""
    few = ("too_few", None, None, "", None, None)
    rows = (
        ("break_off", "talk", (_under(420), _under(350), _under(40), _under(400), few)),
        ("break_off", "help", (_some(400, 8, 5, 11), _some(335, 9, 6, 12), _under(35), _some(380, 8, 5, 11), few)),
        ("break_off", "tongue", (_under(365), _under(305), _under(30), _under(350), few)),
        ("left_out", "talk_matters", (_some(410, 5, 3, 8), _under(345), _some(40, 20, 10, 35), _under(395), few)),
        ("dont_know", "talk_matters", (_some(410, 6, 4, 9), _some(345, 6, 4, 9), _under(40), _under(395), few)),
        ("left_out", "missing_help", (_some(390, 12, 9, 16), _some(330, 11, 8, 15), _under(30), _under(375), few)),
        ("left_out", "language", (_under(365), _under(305), _under(30), _under(350), few)),
    )
    ways = (("", ""), ("mode", "web"), ("mode", "phone"), ("language", "en"), ("language", "pl"))
    found = []
    for kind, subject, figures in rows:
        for way, (status, base, share, band, low, high) in zip(ways, figures, strict=True):
            found.append((kind, subject, *way, status, base, base, share, band, low, high))
    return found


def _some(base: int, share: int, low: int, high: int) -> tuple[Any, ...]:
    return ("shown", base, share, "", low, high)


def _under(base: int) -> tuple[Any, ...]:
    return ("shown", base, 5 if base > 80 else 15, "under", None, None)


def _fieldwork(opened_on: str) -> list[tuple[Any, ...]]:
    """The first area not to be told, one in four below ten; eight weeks, the fifth below ten; 335 of 420 sent."""
    rows: list[tuple[Any, ...]] = []
    for vintage, places in _areas().items():
        areas = [place["code"] for place in places if place["level"] == "area"]
        for number, code in enumerate(areas[1:]):
            count = None if number % 4 == 0 else 10 + 5 * (number % 11)
            rows.append(("area", code, vintage, count, "" if count else "under 10"))
        rows.append(("area", "unknown", vintage, 15, ""))
    opened = date.fromisoformat(opened_on)
    for week, count in enumerate((35, 120, 90, 60, None, 45, 25, 30)):
        monday = opened - timedelta(days=opened.weekday()) + timedelta(weeks=week)
        rows.append(("day_week", monday.isoformat(), "", count, "" if count else "under 10"))
    rows.extend([("status", "started", "", 85, ""), ("status", "submitted", "", 335, "")])
    rows.extend([("mode", "web", "", 350, ""), ("mode", "phone", "", 40, ""), ("mode", "paper", "", 30, "")])
    rows.extend([("language", "en", "", 400, ""), ("language", "pl", "", None, "under 10")])
    rows.extend([("format", "standard", "", 395, ""), ("format", "easyread", "", 25, "")])
    return rows


def _write_table(file: Path, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    lines = file.with_suffix(".jsonl")
    lines.write_text("\n".join(json.dumps(dict(zip(columns, row, strict=True))) for row in rows))
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    rows_of_file = f"read_json('{lines}', format = 'nd', columns = {{{types}}})"
    with _memory().cursor() as cursor:
        cursor.execute(f"copy (select * from {rows_of_file}) to '{file}' (format parquet)")
    lines.unlink()


@lru_cache
def _memory() -> duckdb.DuckDBPyConnection:
    """One for all tables: to open a database takes longer than to write them."""
    return duckdb.connect(":memory:", config={"threads": 1})
