"""Rows by group, by wave and against the rest of England, for the small releases written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.areas import Geography
from dashboard.publish.comparisons import comparison_rows, regions_of
from dashboard.publish.estimates import EstimateRow
from dashboard.tables import GROUPS, TRENDS

ITEM = "talk_matters"
OUTSTANDING = "QOP"
"""The area that is worth a look in one wave and in all."""


def group_rows() -> list[tuple[Any, ...]]:
    """By language: English speakers shown; Polish speakers in the pooled waves alone, and "no" nowhere."""
    english = {"enough": (66, 61, 71), "little": (24, 20, 29), "no": (10, 7, 13), "": (66, 61, 71)}
    polish = {"enough": (30, 18, 45), "little": (45, 31, 60), "": (30, 18, 45)}
    rows = []
    for span, base in (("wave", 380), ("pooled", 1140)):
        for option, (share, low, high) in english.items():
            rows.append(_group(span, option, "english", **_shown(base, share, low, high)))
        for option, (share, low, high) in polish.items():
            few = {"status": "too_few", "nearest_safe": "pooled:language:polish"}
            rows.append(_group(span, option, "polish", **(few if span == "wave" else _shown(40, share, low, high))))
        rows.append(_group(span, "no", "polish", status="suppressed", nearest_safe=f"{span}::"))
    return rows


def trend_rows(wave: str) -> list[tuple[Any, ...]]:
    """Of a release of `wave`: England's measure rises, its answers break; the North West changed its ground in 2026."""
    england, north_west, midlands = ("england", "england"), ("region", "north-west"), ("region", "midlands")
    rows = [
        *_line(england, "", {"2024": (52, 47, 57), "2025": (55, 50, 60), "2026": (64, 59, 68)}),
        *_line(england, "enough", {"2024": (52, 47, 57), "2025": (55, 50, 60), "2026": (64, 59, 68)}),
        *_line(
            england, "little", {"2024": (30, 26, 35), "2025": (28, 24, 33), "2026": (27, 23, 32)}, "2025", "wording"
        ),
        *_line(england, "no", {"2024": (9, 7, 12), "2025": None, "2026": (9, 7, 12)}),
        *_line(north_west, "", {"2024": None, "2025": (60, 47, 71), "2026": (65, 52, 76)}, "2026", "boundaries"),
        *_line(north_west, "enough", {"2024": None, "2025": (60, 47, 71), "2026": (65, 52, 76)}, "2026", "boundaries"),
        *_line(north_west, "little", {"2024": None, "2025": (30, 20, 43), "2026": (25, 16, 37)}, "2026", "boundaries"),
        *_line(north_west, "no", {"2024": None, "2025": None, "2026": None}),
        *_line(midlands, "", {"2024": (50, 38, 62), "2025": (55, 42, 67), "2026": (65, 52, 76)}, "2026", "weighting"),
    ]
    return [tuple(row.get(column) for column in TRENDS) for row in rows if row["wave"] <= wave]


def compared_rows(estimates: Sequence[tuple[Any, ...]], geography: Geography) -> list[tuple[Any, ...]]:
    """What publishing makes of `estimates`; but one area stands out, which of rows this alike none does."""
    rows = comparison_rows([EstimateRow(*row) for row in estimates], regions_of(geography))
    found: dict[str, Any] = {"difference": -28, "low": -44, "high": -9, "p_value": 0.001, "worth_a_look": True}
    return [
        row._replace(**found, rest=(row.share or 0) + 28)
        if row.area == OUTSTANDING and row.status == "shown" and not row.reason
        else row
        for row in rows
    ]


def _group(span: str, option: str, category: str, **figure: Any) -> tuple[Any, ...]:
    row = {"span": span, "item": ITEM, "kind": "option" if option else "measure", "option": option, "band": ""}
    row |= {"dimension": "language", "category": category, "method": "unweighted", **figure}
    return tuple(row.get(column) for column in GROUPS)


def _shown(base: int, share: int, low: int, high: int) -> dict[str, Any]:
    return {"status": "shown", "base": base, "effective": base, "share": share, "low": low, "high": high}


def _line(
    place: tuple[str, str],
    option: str,
    shares: dict[str, tuple[int, int, int] | None],
    broken: str = "",
    reason: str = "",
) -> Iterator[dict[str, Any]]:
    """A line of waves; a change of eight points or more stands out."""
    before: int | None = None
    base = 420 if place[0] == "england" else 60
    for wave, figure in shares.items():
        row: dict[str, Any] = {"item": ITEM, "option": option, "level": place[0], "area": place[1], "wave": wave}
        row |= {"release": 1, "band": "", "break_reason": reason if wave == broken else ""}
        row |= _shown(base, *figure) if figure else {"status": "suppressed"}
        if figure and before is not None and wave != broken:
            points = figure[0] - before
            row |= {"difference": points, "difference_low": points - 7, "difference_high": points + 7}
            row |= {"p_value": 0.01 if abs(points) > 7 else 0.4, "changed": abs(points) > 7}
        before = figure[0] if figure else None
        yield row
