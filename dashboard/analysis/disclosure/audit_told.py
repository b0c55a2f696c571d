"""What published, rounded cells say: for each, between which numbers the people behind it must lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor, inf
from typing import Literal

from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.rounding import COARSENESS, SMALLEST_BASE, Band, band_limit, fewest_over, most_under, share_step

_SLACK = 1e-9
Way = Literal["shown", "too_few", "suppressed"]


@dataclass(frozen=True)
class Told:
    """A cell as anyone can read it. `row` and `column` are those of a `Shape`.

    In column 0, the base, a shown cell says only how many people answered, a hidden one why something is hidden.
    """

    row: int
    column: int
    way: Way
    base: int = 0
    """To the nearest 5."""
    share: int = 0
    band: Band = ""
    ratio: float = 1.0
    """The largest weight over the smallest, as the release states it; 1 where all weigh the same, infinite unknown."""
    strict: bool = False
    """Whether the item is sensitive or a group dimension: then what is shown is of eight people or more, if it can."""
    takes_several: bool = False
    count: tuple[int, int] | None = None
    """Base and count where an attacker knows them exactly, which is more than anyone can read."""
    place: Hashable = None
    """What the caller calls the cell."""


@dataclass(frozen=True)
class Statement:
    """`low` <= the sum of `parts` <= `high` in one row; `parts` are factors by column."""

    row: int
    parts: tuple[tuple[int, float], ...]
    low: float
    high: float
    told: tuple[Told, ...] = ()


def bases_of(rounded: int) -> range:
    """The numbers of people that are published as `rounded`: 15 is 13 to 17, but 10 is 10 to 12."""
    return range(max(SMALLEST_BASE, rounded - COARSENESS // 2), rounded + COARSENESS // 2 + 1)


def counts_of(cell: Told, base: int) -> tuple[int, int]:
    """The fewest and the most of `base` people that a shown cell can stand for; the most is under the fewest if none.

    40% of 19 is 7 or 8 people, of 20 it is 7 to 9. With weights from 0.5 to 2 it is 3 to 15 of 20: see `_factors`.
    """
    low, high = _factors(cell.base, cell.share, cell.band, cell.ratio)
    if cell.column == 0:
        return base, base
    fewest, most = ceil(low * base - _SLACK), floor(high * base + _SLACK)
    limit = band_limit(cell.base)
    if cell.band == "under" and cell.ratio == 1:
        most = min(most, most_under(limit, base))
    elif cell.band == "over" and cell.ratio == 1:
        fewest = max(fewest, fewest_over(100 - limit, base))
    elif not cell.band and not cell.strict:
        fewest, most = max(fewest, most_under(limit, base) + 1), min(most, fewest_over(100 - limit, base) - 1)
    if cell.strict and most >= SMALLEST_CELL:
        fewest = max(fewest, SMALLEST_CELL)
    if cell.strict and cell.takes_several and fewest <= base - SMALLEST_CELL:
        most = min(most, base - SMALLEST_CELL)
    return fewest, most


@lru_cache(maxsize=4096)
def _factors(base: int, share: int, band: Band, ratio: float) -> tuple[float, float]:
    """The least and the greatest part of the base that a cell can be.

    A share is wide by half of its `share_step` on both sides. A weighted share between l and u binds the count n_c of n
    people only through the ratio r of the largest weight to the smallest, for n_c people weigh at most r times as much
    as others, each: l (n - n_c) <= (1 - l) r n_c and (1 - u) n_c <= u r (n - n_c). With r = 4 a share of 42% is of
    15% to 75% of the people.
    """
    half = share_step(base) / 2
    low, high = max(0.0, (share - half) / 100), min(1.0, (share + half) / 100)
    if band:
        limit = band_limit(base) / 100
        low, high = (0.0, limit) if band == "under" else (1 - limit, 1.0)
        # A weighted share that rounds to 0 or 100 is shown as a band, too, however many people it is.
        if ratio > 1:
            high = max(high, _part(0.005, ratio)) if band == "under" else high
            low = min(low, 1 - _part(0.005, ratio)) if band == "over" else low
        return low, high
    return 1 - _part(1 - low, ratio), _part(high, ratio)


def _part(share: float, ratio: float) -> float:
    """The greatest part of people who weigh `share` of everyone: share r / (1 - share + share r)."""
    if ratio == inf:
        return 1.0 if share else 0.0
    return share * ratio / (1 - share + share * ratio)


def statements_of(
    cells: Iterable[Told], leaves: Sequence[int], measures: Mapping[int, Sequence[int]]
) -> list[Statement]:
    """What cells say, row by row. `leaves` are the columns that add up to the base, none where they do not;
    `measures` are columns that are sums of leaves."""
    rows: dict[int, list[Told]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    return [statement for row, found in rows.items() for statement in _row(row, found, leaves, measures)]


def _row(
    row: int, cells: list[Told], leaves: Sequence[int], measures: Mapping[int, Sequence[int]]
) -> Iterator[Statement]:
    if any(cell.way == "too_few" for cell in cells):
        yield Statement(row, ((0, 1.0),), 0, SMALLEST_BASE - 1)
    if any(cell.way == "suppressed" for cell in cells):
        yield Statement(row, ((0, 1.0),), SMALLEST_BASE, inf)
    shown = list(
        {(cell.column, cell.base, cell.share, cell.band): cell for cell in cells if cell.way == "shown"}.values()
    )
    if not shown:
        return
    ranges = _ranges(shown, leaves, measures)
    if not ranges:
        raise ContradictionError(f"What is shown of row {row} cannot all be true.")
    yield Statement(row, ((0, 1.0),), min(ranges), max(ranges), tuple(shown))
    for number, cell in enumerate(shown):
        if cell.column == 0:
            continue
        low = min(found[number][0] for found in ranges.values())
        high = max(found[number][1] for found in ranges.values())
        yield Statement(row, ((cell.column, 1.0),), low, high, (cell,))
        if len(ranges) > 1:
            least, greatest = _factors(cell.base, cell.share, cell.band, cell.ratio)
            yield Statement(row, ((cell.column, 1.0), (0, -least)), 0, inf, (cell,))
            yield Statement(row, ((cell.column, 1.0), (0, -greatest)), -inf, 0, (cell,))


class ContradictionError(Exception):
    """Published numbers cannot all be true of the same people."""


def _ranges(
    shown: Sequence[Told], leaves: Sequence[int], measures: Mapping[int, Sequence[int]]
) -> dict[int, list[tuple[int, int]]]:
    """For every base that is possible, the counts that each shown cell can be."""
    known = next((cell.count[0] for cell in shown if cell.count is not None), None)
    bases = set(bases_of(shown[0].base)) if known is None else {known}
    for cell in shown[1:]:
        bases &= set(bases_of(cell.base)) if known is None else {known}
    found: dict[int, list[tuple[int, int]]] = {}
    for base in sorted(bases):
        counts = [
            counts_of(cell, base)
            if cell.count is None or cell.band or not cell.column
            else (cell.count[1], cell.count[1])
            for cell in shown
        ]
        at = {cell.column: each for cell, each in zip(shown, counts, strict=True)}
        fits = all(low <= high for low, high in counts)
        for parent, children in ((base, leaves), *((at.get(column), of) for column, of in measures.items())):
            if children and parent is not None and fits:
                low, high = (parent, parent) if isinstance(parent, int) else parent
                least = sum(at[child][0] for child in children if child in at)
                most = sum(at[child][1] if child in at else base for child in children)
                fits = least <= high and low <= most
        if fits:
            found[base] = counts
    return found
