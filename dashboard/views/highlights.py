"""Which results stand on one sheet: who is missing, what people said, what changed; by rules, never by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.gaps import HOLDERS, is_clearly_missing
from dashboard.model import Comparison, Group, Item, Measure, Place, Trend
from dashboard.release import ENGLAND, Level, Span, Status

FEW_GROUPS = 3
FEW_THINGS = 5
FEW_CHANGES = 3


@dataclass(frozen=True)
class Said:
    """The measure of a question, in the area itself or in the nearest place where it can be shown."""

    item: Item
    measure: Measure
    comparison: Comparison | None
    """Beside the rest of England; None where the place is not compared."""
    england: Measure | None
    """The same in England over the same years; None where it is not shown, or is what `measure` is."""

    @property
    def stands_out(self) -> bool:
        """Whether it differs from the rest of England by more than chance, all comparisons taken together."""
        return self.comparison is not None and bool(self.comparison.worth_a_look)


@dataclass(frozen=True)
class Change:
    """The measure of a question that changed by more than chance."""

    item: Item
    trend: Trend
    before: Trend


@dataclass(frozen=True)
class Changes:
    """What became of the measures since the wave before."""

    before: str | None
    """The wave before; None where there is none to compare with."""
    found: tuple[Change, ...]
    """Those that stand out, the largest first."""
    compared: Mapping[Level, int]
    """How many questions could be compared, in England and in the region."""
    breaks: Mapping[tuple[Level, str], int]
    """How many questions cannot be joined to the wave before, in England and in the region, by reason."""


def choose_missing(groups: Sequence[Group], *, at_most: int = FEW_GROUPS) -> tuple[Group, ...]:
    """Those clearly missing in England: of holders of a budget before others, and of most people first."""
    clear = [group for group in groups if is_clearly_missing(group)]
    return tuple(sorted(clear, key=lambda group: (group.benchmark_of != HOLDERS, -(group.missing or 0)))[:at_most])


def choose_said(
    items: Sequence[Item],
    measures: Sequence[Measure],
    comparisons: Sequence[Comparison],
    place: Place,
    span: Span,
    *,
    at_most: int = FEW_THINGS,
) -> tuple[Said, ...]:
    """What to read first of what people said.

    A question is taken for `place` over `span` where that is shown, else for the nearest place and years that are
    safe to show. First come those that stand out from the rest of England, of the place before those of its
    surroundings. Then the first question of each section, then the second of each, and so on; within a section and
    among sections those of the place itself before others, and else in the order of the questionnaire.
    `comparisons` are those of `span`.
    """
    by_key = {(measure.span, measure.area, measure.item): measure for measure in measures}
    beside = {(row.area, row.item): row for row in comparisons if row.difference is not None}
    found: list[Said] = []
    for item in items:
        measure = _find_shown(by_key, (span, place.code, item.id)) if item.measure else None
        if measure is not None:
            comparison = beside.get((measure.area, item.id)) if measure.span is span else None
            found.append(Said(item, measure, comparison, _find_england(by_key, measure)))
    found.sort(key=lambda said: said.measure.area != place.code)
    order = {item.id: number for number, item in enumerate(items)}
    turns: dict[str, int] = {}
    of_section = Counter[str]()
    for said in found:
        turns[said.item.id] = of_section[said.item.section]
        of_section[said.item.section] += 1

    def rank(said: Said) -> tuple[int, ...]:
        elsewhere = int(said.measure.area != place.code)
        if said.comparison is not None and said.stands_out:
            return 0, elsewhere, -abs(said.comparison.difference or 0)
        return 1, turns[said.item.id], elsewhere, order[said.item.id]

    return tuple(sorted(found, key=rank)[:at_most])


def choose_changes(items: Sequence[Item], trends: Sequence[Trend], wave: str, *, at_most: int = FEW_CHANGES) -> Changes:
    """What changed from the wave before to `wave`: measures whose change stands out, the largest first.

    `trends` are the rows of measures in England and the region, each question's from the oldest wave to the newest.
    A question is named once, where it changed most.
    """
    by_id = {item.id: item for item in items if item.measure}
    now: list[tuple[Trend, Trend]] = []
    earlier: dict[tuple[str, str], Trend] = {}
    for trend in trends:
        key = (trend.area, trend.item)
        if trend.wave == wave and trend.item in by_id and key in earlier:
            now.append((trend, earlier[key]))
        earlier[key] = trend
    compared = [(trend, before) for trend, before in now if trend.difference is not None]
    largest: dict[str, Change] = {}
    for trend, before in sorted(compared, key=lambda pair: -abs(pair[0].difference or 0)):
        if trend.changed:
            largest.setdefault(trend.item, Change(by_id[trend.item], trend, before))
    return Changes(
        before=next((before.wave for _trend, before in now), None),
        found=tuple(largest.values())[:at_most],
        compared=Counter(trend.level for trend, _before in compared),
        breaks=Counter((trend.level, trend.break_reason) for trend, _before in now if trend.break_reason),
    )


def _find_england(by_key: Mapping[tuple[Span, str, str], Measure], measure: Measure) -> Measure | None:
    england = by_key.get((measure.span, ENGLAND, measure.item))
    return england if england is not None and england.status is Status.SHOWN and measure.area != ENGLAND else None


def _find_shown(by_key: Mapping[tuple[Span, str, str], Measure], key: tuple[Span, str, str]) -> Measure | None:
    """The measure of that key, or the nearest that may be shown instead."""
    measure = by_key.get(key)
    if measure is None or measure.status is Status.SHOWN:
        return measure
    if measure.nearest_safe is None:
        return None
    span, _level, area = measure.nearest_safe.split(":", 2)
    nearest = by_key.get((Span(span), area, measure.item))
    return nearest if nearest is not None and nearest.status is Status.SHOWN else None
