"""From the published figures of a wave and of those before it to the rows of `trends.parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np

from dashboard.analysis.comparisons.differences import Differences, compare_rounded
from dashboard.analysis.comparisons.families import stands_out
from dashboard.analysis.comparisons.published import Published
from dashboard.analysis.rounding import whole_per_cent
from dashboard.areas import Geography
from dashboard.publish.analysis_file import AnalysisFile, Item, Option
from dashboard.publish.estimates import EstimateRow
from dashboard.publish.folder import next_number
from dashboard.publish.history import newest_facts
from dashboard.publish.study import is_same
from dashboard.publish.waves import TRIAL
from dashboard.release import Facts, Level, Span, Status, newest_release, released_waves

WORDING, BOUNDARIES, WEIGHTING = "wording", "boundaries", "weighting"
"""Why a figure is not to be joined to that of the wave before: other words or answers, ground, or way of weighting."""

_Key = tuple[str, str, str, str]


class TrendRow(NamedTuple):
    """A row of `trends.parquet`; the fields are its columns."""

    item: str
    option: str
    level: str
    area: str
    wave: str
    release: int
    status: str
    base: int | None
    effective: int | None
    share: int | None
    band: str
    low: int | None
    high: int | None
    break_reason: str = ""
    difference: int | None = None
    difference_low: int | None = None
    difference_high: int | None = None
    p_value: float | None = None
    changed: bool | None = None


@dataclass(frozen=True)
class _Wave:
    """A wave as it was published: its questions, and figures by level, area, item and option."""

    name: str
    release: int
    vintage: str
    version: str
    items: Mapping[str, Item]
    figures: Mapping[_Key, EstimateRow]


def trend_rows(
    connection: duckdb.DuckDBPyConnection,
    file: AnalysisFile,
    geography: Geography,
    estimates: Sequence[EstimateRow],
    releases: Path,
) -> list[TrendRow]:
    """The rows of `trends.parquet` of the next release of a wave, whose rows of `estimates.parquet` are `estimates`.

    Each earlier wave is taken from its newest release in `releases`; all changes of the release are one family.
    Raises ReleaseError when one cannot be read.
    """
    figures = {_key(row): row for row in estimates if _is_on_a_line(row, file.vintage)}
    items = {item.id: item for item in file.items}
    waves = [
        *_earlier_waves(connection, file, releases),
        _Wave(file.wave, next_number(releases, file.wave), file.vintage, file.questionnaire["version"], items, figures),
    ]
    rows: list[TrendRow] = []
    tested: list[tuple[int, EstimateRow, EstimateRow]] = []
    for key in figures:
        line = [wave for wave in waves if key in wave.figures]
        rows.append(_row(line[0], line[0].figures[key]))
        for before, wave in pairwise(line):
            one, other = wave.figures[key], before.figures[key]
            reason = _break_reason(geography, before, wave, key)
            if not reason and _is_number(one) and _is_number(other):
                tested.append((len(rows), one, other))
            rows.append(_row(wave, one)._replace(break_reason=reason))
    found = _compare([(one, other) for _, one, other in tested])
    clear = stands_out(found.p_value).tolist()
    for place, (row, one, other) in enumerate(tested):
        rows[row] = rows[row]._replace(
            difference=(one.share or 0) - (other.share or 0),
            difference_low=whole_per_cent(found.low[place]),
            difference_high=whole_per_cent(found.high[place]),
            p_value=round(float(found.p_value[place]), 3),
            changed=clear[place],
        )
    return rows


def _earlier_waves(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, releases: Path) -> Iterator[_Wave]:
    """Waves that opened before this one and asked the same questionnaire of real, or made-up, people; in order."""
    if file.wave == TRIAL:
        return
    others = [wave for wave in released_waves(releases) if wave not in (file.wave, TRIAL)]
    found = [(newest_facts(releases, wave), newest_release(releases, wave)) for wave in others]
    same = [
        (facts, folder)
        for facts, folder in found
        if facts is not None
        and folder is not None
        and (facts.questionnaire["id"], facts.made_up) == (file.questionnaire["id"], file.made_up)
        and facts.has_estimates
        and (facts.opened_on or "") < file.opened_on
    ]
    for facts, folder in sorted(same, key=lambda wave: wave[0].opened_on or ""):
        yield _published_wave(connection, facts, folder)


def _published_wave(connection: duckdb.DuckDBPyConnection, facts: Facts, folder: Path) -> _Wave:
    rows = connection.execute(
        f"select {', '.join(EstimateRow._fields)} from read_parquet($file)"
        " where vintage = $vintage and span = $span and level <> $level",
        {"file": str(folder / "estimates.parquet"), "vintage": facts.vintage, "span": Span.WAVE, "level": Level.AREA},
    ).fetchall()
    found = [EstimateRow(*row) for row in rows]
    entries = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    return _Wave(
        name=facts.wave,
        release=facts.number,
        vintage=facts.vintage,
        version=facts.questionnaire["version"],
        items={entry["id"]: _item(entry) for entry in entries},
        figures={_key(row): row for row in found},
    )


def _item(entry: Mapping[str, Any]) -> Item:
    """An item as an earlier release has it in `items.json`."""
    measure = entry["measure"] or {"good": [], "text": ""}
    return Item(
        id=entry["id"],
        text=entry["text"],
        section=entry["section"],
        type=entry["type"],
        sensitive=entry["sensitive"],
        dimension=entry["dimension"],
        options=tuple(
            Option(option["code"], option["text"], tuple(option.get("codes", [option["code"]])))
            for option in entry["options"]
        ),
        good=tuple(measure["good"]),
        good_text=measure["text"],
        equivalent=tuple(entry.get("equivalent", ())),
    )


def _is_on_a_line(row: EstimateRow, vintage: str) -> bool:
    return row.span == Span.WAVE and row.vintage == vintage and row.level != Level.AREA


def _key(row: EstimateRow) -> _Key:
    return row.level, row.area, row.item, row.option


def _is_number(row: EstimateRow) -> bool:
    return row.status == Status.SHOWN and not row.band


def _row(wave: _Wave, row: EstimateRow) -> TrendRow:
    return TrendRow(
        item=row.item,
        option=row.option,
        level=row.level,
        area=row.area,
        wave=wave.name,
        release=wave.release,
        status=row.status,
        base=row.base,
        effective=row.effective,
        share=row.share,
        band=row.band,
        low=row.low,
        high=row.high,
    )


def _break_reason(geography: Geography, before: _Wave, wave: _Wave, key: _Key) -> str:
    level, area, item, _ = key
    if not is_same(wave.items[item], before.items.get(item), before.version):
        return WORDING
    if level == Level.REGION and not is_same_ground(geography, area, before.vintage, wave.vintage):
        return BOUNDARIES
    if wave.figures[key].method != before.figures[key].method:
        return WEIGHTING
    return ""


def is_same_ground(geography: Geography, region: str, vintage: str, other: str) -> bool:
    """Whether a region is made of the same ground on two lists of areas; not if one of them is not known any more."""
    grounds = [
        {geography.block_of[name, area.code] for area in geography.lists.get(name, ()) if area.region_code == region}
        for name in (vintage, other)
    ]
    return grounds[0] == grounds[1] != set()


def _compare(pairs: Sequence[tuple[EstimateRow, EstimateRow]]) -> Differences:
    return compare_rounded(_figures([one for one, _ in pairs]), _figures([other for _, other in pairs]))


def _figures(rows: Sequence[EstimateRow]) -> Published:
    columns = [((row.share or 0) / 100, row.base, row.effective) for row in rows]
    return Published(*np.array(columns, dtype=np.float64).reshape(-1, 3).T)
