"""From published figures to the rows of `comparisons.parquet`: regions and areas beside the rest of England."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.comparisons.detectable import detectable
from dashboard.analysis.comparisons.differences import compare
from dashboard.analysis.comparisons.families import stands_out
from dashboard.analysis.comparisons.funnel import funnel_limits
from dashboard.analysis.comparisons.published import Floats, Published
from dashboard.analysis.comparisons.rest import rest_of
from dashboard.analysis.comparisons.shrinkage import prior_strength, shrink
from dashboard.areas import Geography
from dashboard.publish.estimates import EstimateRow
from dashboard.release import ENGLAND, Level, Status

BAND, ENGLAND_BAND, NO_REST = "band", "england", "rest"
"""Why a shown share is not compared: it is a band, England's is no number, too few people are left beside the place."""


class ComparisonRow(NamedTuple):
    """A row of `comparisons.parquet`; the fields are its columns."""

    span: str
    vintage: str
    level: str
    area: str
    item: str
    status: str
    share: int | None = None
    rest: int | None = None
    difference: int | None = None
    low: int | None = None
    high: int | None = None
    p_value: float | None = None
    worth_a_look: bool | None = None
    funnel_low: int | None = None
    funnel_high: int | None = None
    funnel_low_998: int | None = None
    funnel_high_998: int | None = None
    shrunk: int | None = None
    shrunk_low: int | None = None
    shrunk_high: int | None = None
    detectable: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Beside:
    """Measures shown as a number, each beside England's and that of its surroundings; nan where those are not shown."""

    rows: Sequence[EstimateRow]
    own: Published
    england: Published
    around: Published

    def families(self, *columns: str) -> list[NDArray[np.int64]]:
        """The numbers of the rows that have the same values in `columns`."""
        found: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            found[tuple(getattr(row, column) for column in columns)].append(number)
        return [np.array(numbers, dtype=np.int64) for numbers in found.values()]


def comparison_rows(
    estimates: Sequence[EstimateRow], regions: Mapping[tuple[str, str], str]
) -> Iterator[ComparisonRow]:
    """The rows of `comparisons.parquet`, from rows of `estimates.parquet` and nothing else.

    `regions` gives the code of the region of an area by (vintage, code).
    """
    measures = [row for row in estimates if row.kind == "measure"]
    shown = {_key(row): row for row in measures if row.status == Status.SHOWN and not row.band}
    compared = [row for row in shown.values() if row.level != Level.ENGLAND]
    england = [shown.get((row.span, row.vintage, Level.ENGLAND, ENGLAND, row.item)) for row in compared]
    around = [
        shown.get((row.span, row.vintage, Level.REGION, regions[row.vintage, row.area], row.item))
        if row.level == Level.AREA
        else of_england
        for row, of_england in zip(compared, england, strict=True)
    ]
    beside = _Beside(compared, _published(compared), _published(england), _published(around))
    columns = {
        **_against_the_rest(beside),
        **_in_the_funnel(beside),
        **_drawn_toward_the_region(beside),
    }
    numbers = {
        _key(row): dict(zip(columns, values, strict=True))
        for row, *values in zip(compared, *columns.values(), strict=True)
    }
    for row in measures:
        if row.level != Level.ENGLAND:
            place = ComparisonRow(row.span, row.vintage, row.level, row.area, row.item, row.status)
            if row.status == Status.SHOWN and row.band:
                place = place._replace(reason=BAND)
            yield place._replace(**numbers.get(_key(row), {}))


def regions_of(geography: Geography) -> dict[tuple[str, str], str]:
    """The code of the region of every area, by (vintage, code)."""
    return {(vintage, area.code): area.region_code for vintage, areas in geography.lists.items() for area in areas}


def _key(row: EstimateRow) -> tuple[str, str, str, str, str]:
    return row.span, row.vintage, row.level, row.area, row.item


def _published(rows: Sequence[EstimateRow | None]) -> Published:
    figures = [(row.share, row.base, row.effective) if row else (None,) * 3 for row in rows]
    share, base, effective = np.array(figures, dtype=np.float64).reshape(-1, 3).T
    return Published(share / 100, base, effective)


def _against_the_rest(beside: _Beside) -> Mapping[str, Sequence[object]]:
    """The difference from the rest of England, and what stands out in each family: one span on one list of areas."""
    rest, difference, low, high, p_value, smallest = np.full((6, len(beside.rows)), np.nan)
    worth_a_look: list[bool | None] = [None] * len(beside.rows)
    reasons = np.where(np.isnan(beside.england.share), ENGLAND_BAND, NO_REST)
    known = np.flatnonzero(~np.isnan(beside.england.share))
    others = rest_of(beside.own.at(known), beside.england.at(known))
    told = known[others.told]
    people, other_people = beside.own.effective[told], others.effective[others.told]
    found = compare(others.area_shares[:, others.told], people, others.shares[:, others.told], other_people)
    rest[told], low[told], high[told], p_value[told] = (
        others.share[others.told],
        found.low,
        found.high,
        found.p_value,
    )
    difference[told] = beside.own.share[told] - np.floor(rest[told] * 100 + 0.5) / 100
    smallest[told] = detectable(others.share[others.told], people, other_people)
    reasons[told] = ""
    for family in beside.families("span", "vintage"):
        tested = family[~np.isnan(p_value[family])]
        for number, is_clear in zip(tested.tolist(), stands_out(p_value[tested]).tolist(), strict=True):
            worth_a_look[number] = is_clear
    return {
        "share": _per_cent(beside.own.share),
        "rest": _per_cent(rest),
        "difference": _per_cent(difference),
        "low": _per_cent(low),
        "high": _per_cent(high),
        "p_value": [None if np.isnan(value) else round(value, 3) for value in p_value.tolist()],
        "worth_a_look": worth_a_look,
        "detectable": _per_cent(smallest),
        "reason": reasons.tolist(),
    }


def _in_the_funnel(beside: _Beside) -> Mapping[str, Sequence[object]]:
    found: dict[str, Sequence[object]] = {}
    for level, ending in ((0.95, ""), (0.998, "_998")):
        low, high = funnel_limits(beside.england.share, beside.own.effective, level)
        found |= {f"funnel_low{ending}": _per_cent(np.maximum(low, 0))}
        found |= {f"funnel_high{ending}": _per_cent(np.minimum(high, 1))}
    return found


def _drawn_toward_the_region(beside: _Beside) -> Mapping[str, Sequence[object]]:
    """One prior strength for all areas, and one for all regions, of an item, a span and a list.

    Surroundings are worth no more people than they have besides those of the place.
    """
    shrunk = np.full((3, len(beside.rows)), np.nan)
    for family in beside.families("span", "vintage", "level", "item"):
        cells = family[~np.isnan(beside.around.share[family])]
        own, around = beside.own.at(cells), beside.around.at(cells)
        strength = prior_strength(own.share, own.effective, around.share, around.effective)
        if not np.isnan(strength):
            most = np.maximum(0, around.effective - own.effective)
            shrunk[:, cells] = shrink(own.share, own.effective, around.share, np.minimum(strength, most))
    return {
        name: _per_cent(values) for name, values in zip(("shrunk", "shrunk_low", "shrunk_high"), shrunk, strict=True)
    }


def _per_cent(values: Floats) -> list[int | None]:
    """Shares as whole per cent, a half going up; None for nan."""
    whole = np.floor(values * 100 + 0.5)
    return [
        int(value) if known else None for value, known in zip(whole.tolist(), (~np.isnan(whole)).tolist(), strict=True)
    ]
