"""What stands out in a release: the group most clearly missing, and the largest change in what people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboard.data import Releases
from dashboard.gaps import HOLDERS, is_clearly_missing
from dashboard.model import Group, Item, Release, Trend
from dashboard.release import Level


@dataclass(frozen=True)
class Heard:
    """Who is missing: the group with the widest clear gap, None where every gap may be chance."""

    compared: bool
    """Whether any group can be compared with a benchmark."""
    widest: Group | None


@dataclass(frozen=True)
class Change:
    """An answer that more, or fewer, people in England gave than in the wave before, more than chance explains."""

    item: Item
    trend: Trend
    since: str
    """The wave before."""


@dataclass(frozen=True)
class Changes:
    """What became of the answers since the wave before; `since` is None where no answer can be compared."""

    since: str | None
    largest: Change | None


def find_heard(groups: Sequence[Group]) -> Heard:
    """Holders of a budget come first: only they can be missing."""
    clear = [group for group in groups if is_clearly_missing(group)]
    told = [group for group in clear if group.benchmark_of == HOLDERS] or clear
    return Heard(
        compared=any(group.missing is not None for group in groups),
        widest=max(told, key=lambda group: group.missing or 0, default=None),
    )


def find_changes(releases: Releases, release: Release) -> Changes:
    """Of questions about people's lives, not of who they are: those tell of the answers, not of a change."""
    items = {item.id: item for item in release.items if item.dimension is None}
    rows = [row for row in releases.read(release, Trend, level=Level.ENGLAND.value) if row.item in items]
    found = [
        Change(items[row.item], row, before.wave)
        for before, row in pairwise(rows)
        if (before.item, before.option) == (row.item, row.option)
        and row.wave == release.facts.wave
        and row.changed is not None
    ]
    changed = [change for change in found if change.trend.changed]
    return Changes(
        since=found[0].since if found else None,
        largest=max(changed, key=lambda change: abs(change.trend.difference or 0), default=None),
    )
