"""What stands on an area's sheet, made by hand: rows of a release that tests of rules and of paper put together."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.findings import Finding, State
from dashboard.model import Comparison, Coverage, Group, Item, Measure, Place, Trend
from dashboard.release import Level, Span, Status
from dashboard.views.highlights import Said
from dashboard.views.next_steps import Promise

DEVON = Place("QJK", "NHS Devon Integrated Care Board", "Devon", Level.AREA, "South West", (0, 0))
SOUTH_WEST = "south-west"


def item(item_id: str, section: str = "Planning", text: str = "", measure: str | None = "Yes") -> Item:
    return Item(item_id, text or f"What about {item_id}?", section, "choice", False, None, (), measure)


def measure(
    item_id: str,
    area: str = "QJK",
    *,
    share: int | None = 40,
    span: Span = Span.POOLED,
    nearest_safe: str | None = None,
    status: Status = Status.SHOWN,
    band: str = "",
) -> Measure:
    """A measure of 60 people, shown unless it has another `status`."""
    shown = status is Status.SHOWN
    limits = (None, None) if band or share is None else (max(0, share - 12), min(100, share + 12))
    numbers = (60, share, band, *limits) if shown else (None, None, "", None, None)
    level = Level.AREA if area == "QJK" else Level.ENGLAND if area == "england" else Level.REGION
    return Measure(status, *numbers, level, area, "", nearest_safe, item_id, span)


def comparison(item_id: str, area: str = "QJK", *, points: int, worth_a_look: bool = True) -> Comparison:
    level = Level.AREA if area == "QJK" else Level.REGION
    return Comparison(
        level=level,
        area=area,
        item=item_id,
        status=Status.SHOWN,
        share=40,
        rest=40 - points,
        difference=points,
        low=points - 5,
        high=points + 5,
        worth_a_look=worth_a_look,
        **dict.fromkeys(("funnel_low", "funnel_high", "funnel_low_998", "funnel_high_998")),
        **dict.fromkeys(("shrunk", "shrunk_low", "shrunk_high", "detectable")),
        reason="",
    )


def said(item_id: str, area: str = "QJK", *, share: int = 40, points: int | None = None, band: str = "") -> Said:
    """A measure as it stands on the sheet; `points` where it stands out from the rest of England."""
    beside = None if points is None else comparison(item_id, area, points=points)
    return Said(item(item_id), measure(item_id, area, share=share, band=band), beside, None)


def trend(item_id: str, wave: str, area: str = "england", *, share: int = 40, **changes: Any) -> Trend:
    level = Level.ENGLAND if area == "england" else Level.REGION
    given = {"difference": None, "changed": None, "break_reason": "", **changes}
    return Trend(
        status=Status.SHOWN,
        base=420,
        share=share,
        band="",
        low=share - 5,
        high=share + 5,
        item=item_id,
        option="",
        level=level,
        area=area,
        wave=wave,
        release=1,
        difference_low=None,
        difference_high=None,
        **given,
    )


def coverage(**changes: Any) -> Coverage:
    """Fewer than ten people answered, nobody was invited by a code, and there is no benchmark; but for `changes`."""
    nothing = dict.fromkeys(
        ("count", "invited", "response_rate", "benchmark_share", "ratio", "ratio_low", "ratio_high", "missing")
    )
    texts = {"benchmark_of": "", "benchmark_source": "", "benchmark_date": "", "reason": ""}
    row: dict[str, Any] = {"level": Level.AREA, "area": "QJK", "band": "under 10", **nothing, **texts, **changes}
    return Coverage(**row)


def group(label: str = "Polish", *, missing: int = 15, benchmark_of: str = "phb_holders", **changes: Any) -> Group:
    """A group that is clearly missing."""
    row: dict[str, Any] = {
        "status": Status.SHOWN,
        "base": 410,
        "share": 1,
        "band": "",
        "low": 0,
        "high": 3,
        "dimension": "language",
        "dimension_label": "Main language",
        "category": label.lower(),
        "label": label,
        "count": 5,
        "benchmark_share": 5.0,
        "benchmark_of": benchmark_of,
        "benchmark_source": "Illustrative benchmark: invented figures",
        "benchmark_date": "2024-03",
        "ratio_low": 0.1,
        "ratio_high": 0.6,
        "missing": missing,
        "reason": "",
        **changes,
    }
    return Group(**row)


def finding(number: int = 1, **changes: Any) -> Finding:
    """A promise of the area's board that is under way; but for `changes`."""
    row: dict[str, Any] = {
        "id": number,
        "item": "",
        "area": "QJK",
        "found": "Few people know the sum before planning begins.",
        "owner": "NHS Devon",
        "promise": "Every letter says the sum first.",
        "due_on": date(2026, 12, 31),
        "state": State.UNDER_WAY,
        "outcome": "",
        "public": False,
        "added_on": date(2026, 11, 13),
        "changed_on": date(2026, 11, 13),
        **changes,
    }
    return Finding(**row)


def promise(*, is_late: bool = False, **changes: Any) -> Promise:
    return Promise(finding(**changes), "2026", is_late)
