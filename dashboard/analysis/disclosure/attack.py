"""What someone with pencil and paper can work out of published counts: bounds on every cell, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.analysis.disclosure.equations import Ints, System
from dashboard.analysis.disclosure.sums import Equation, Sums, build_sums

Cell = tuple[int, int]
"""Row and column."""
UNKNOWN = 2**40
"""More people than there are: the most that a cell can hold of which nothing is known."""


@dataclass(frozen=True)
class Columns:
    """How the columns of one item hang together; column 0 is the base, people who answered.

    `sums` are (parent, children): the options of a `choice` add up to the base, its measure is the sum of its good
    options. `unions` are (parent, children) where people may be in several: the measure of a `choices` item.
    """

    sums: tuple[tuple[int, tuple[int, ...]], ...] = ()
    unions: tuple[tuple[int, tuple[int, ...]], ...] = ()


def side_by_side(tables: Iterable[tuple[Columns, int]]) -> Columns:
    """The columns of several tables as those of one; each with its number of columns."""
    sums: list[Equation] = []
    unions: list[Equation] = []
    before = 0
    for columns, width in tables:
        for found, equations in ((sums, columns.sums), (unions, columns.unions)):
            found += [(before + parent, tuple(before + child for child in children)) for parent, children in equations]
        before += width
    return Columns(tuple(sums), tuple(unions))


@dataclass(frozen=True)
class Bounds:
    """The fewest and the most people that every cell (rows, columns) can hold."""

    low: Ints
    high: Ints

    def meet(self, other: Bounds) -> Bounds:
        """Both known at once."""
        return Bounds(np.maximum(self.low, other.low), np.minimum(self.high, other.high))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Bounds) and np.array_equal(self.low, other.low) and np.array_equal(self.high, other.high)
        )

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Attack:
    """Bounds drawn tighter by every equation: a parent is at least its children's least, a child at most what the
    parent's most leaves beside the other children's least, and so on, until nothing changes."""

    system: System
    columns: Columns

    def steps(self, start: Bounds) -> Iterator[Bounds]:
        """`start`, then the bounds after each turn in which every equation was used once on the bounds before."""
        by_row, by_column = _row_sums(self.system), _column_sums(self.columns, start.low.shape[1])
        # The least, and the most with its sign turned: what tightens either is then the greatest of what is said.
        both = np.stack([start.low, -start.high])
        while True:
            yield Bounds(both[0], -both[1])
            tighter = by_row.tightened(both)
            if self.columns.sums:
                np.maximum(tighter, by_column.tightened(both.swapaxes(1, 2)).swapaxes(1, 2), out=tighter)
            if self.columns.unions:
                self._use_unions(both, tighter)
            if np.array_equal(tighter, both):
                return
            both = tighter

    def tighten(self, start: Bounds) -> Bounds:
        """The tightest bounds."""
        for bounds in self.steps(start):
            tightest = bounds
        return tightest

    def sources(self, trail: list[Bounds], cell: Cell, *, lower: bool = True) -> set[Cell]:
        """The cells whose bounds at the start led to the last ones of `cell`; `trail` is what `steps` gave.

        Both bounds, or without `lower` the most people that it can hold.
        """
        found: set[Cell] = set()
        seen: set[tuple[Cell, bool, int]] = set()
        waiting = [(cell, upper, len(trail) - 1) for upper in ((False, True) if lower else (True,))]
        while waiting:
            at, upper, step = waiting.pop()
            value = _bound(trail[step], at, upper)
            while step and _bound(trail[step - 1], at, upper) == value:
                step -= 1
            if (at, upper, step) in seen:
                continue
            seen.add((at, upper, step))
            if step == 0:
                found.add(at)
                continue
            for reasons, implied in self._implied(trail[step - 1], at, upper):
                if implied == value:
                    waiting += [(other, side, step - 1) for other, side in reasons]
                    break
        return found

    def _use_unions(self, both: Ints, tighter: Ints) -> None:
        """Tighten by the measures of items in which people pick any number; views of (2, rows, columns)."""
        low, high = both[0], -both[1]
        for parent, children in self.columns.unions:
            each = list(children)
            most = high[:, each].sum(axis=1)
            need = (low[:, parent] - most)[:, None] + high[:, each]
            tighter[0][:, parent] = np.maximum(tighter[0][:, parent], low[:, each].max(axis=1))
            tighter[1][:, parent] = np.maximum(tighter[1][:, parent], -most)
            tighter[0][:, each] = np.maximum(tighter[0][:, each], need)
            tighter[1][:, each] = np.maximum(tighter[1][:, each], -high[:, [parent]])

    def _implied(self, bounds: Bounds, cell: Cell, upper: bool) -> Iterator[tuple[list[tuple[Cell, bool]], int]]:
        """What each equation says of one bound of `cell`, and the bounds that it says so from."""
        for parent, children in self._sums_with(cell):
            if cell == parent:
                reasons = [(child, upper) for child in children]
                yield reasons, sum(_bound(bounds, *reason) for reason in reasons)
            else:
                others = [(child, not upper) for child in children if child != cell]
                taken = sum(_bound(bounds, *other) for other in others)
                yield [(parent, upper), *others], _bound(bounds, parent, upper) - taken
        for parent, children in self._unions_with(cell):
            others = [(child, True) for child in children if child != cell]
            if cell == parent and upper:
                yield others, sum(_bound(bounds, *other) for other in others)
            elif cell == parent:
                yield from (([(child, False)], _bound(bounds, child, False)) for child in children)
            elif upper:
                yield [(parent, True)], _bound(bounds, parent, True)
            else:
                taken = sum(_bound(bounds, *other) for other in others)
                yield [(parent, False), *others], _bound(bounds, parent, False) - taken

    def _sums_with(self, cell: Cell) -> Iterator[tuple[Cell, list[Cell]]]:
        row, column = cell
        for parent, children in self.columns.sums:
            if column in (parent, *children):
                yield (row, parent), [(row, child) for child in children]
        for parent, children in self.system.of_row[row]:
            yield (parent, column), [(child, column) for child in children]

    def _unions_with(self, cell: Cell) -> Iterator[tuple[Cell, list[Cell]]]:
        row, column = cell
        for parent, children in self.columns.unions:
            if column in (parent, *children):
                yield (row, parent), [(row, child) for child in children]


def _bound(bounds: Bounds, cell: Cell, upper: bool) -> int:
    return int((bounds.high if upper else bounds.low)[cell])


@lru_cache(maxsize=64)
def _row_sums(system: System) -> Sums:
    return build_sums(system.size, system.equations)


@lru_cache(maxsize=256)
def _column_sums(columns: Columns, width: int) -> Sums:
    return build_sums(width, columns.sums)
