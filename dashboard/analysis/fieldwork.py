"""Counts of responses while answers are still coming in: rounded, and in a band when they are few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.analysis.rounding import SMALLEST_BASE, nearest_five

FEW = f"under {SMALLEST_BASE}"


@dataclass(frozen=True)
class RoundedCount:
    """People to the nearest 5; None where `band` says how few there are."""

    count: int | None
    band: str


def rounded_count(people: int) -> RoundedCount:
    """12 people are 10; 9, and 0, are "under 10"."""
    return RoundedCount(None, FEW) if people < SMALLEST_BASE else RoundedCount(nearest_five(people), "")


def add_up(counts: Mapping[str, int], parts: tuple[str, ...]) -> int:
    """The people of several categories together; one that is not there counts nobody."""
    return sum(counts.get(part, 0) for part in parts)
