"""What someone with pencil and paper can work out of published counts: bounds on every cell, and from what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle

import numpy as np

from dashboard.analysis.disclosure.equations import Ints, System

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
        """`start`, then the bounds after each turn: the equations within rows and those between rows take turns."""
        bounds = start
        unchanged = 0
        for tighter in cycle((self._down, self._across)):
            yield bounds
            before, bounds = bounds, tighter(bounds)
            unchanged = unchanged + 1 if bounds == before else 0
            if unchanged == 2:
                return

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

    def _across(self, bounds: Bounds) -> Bounds:
        low, high = bounds.low.copy(), bounds.high.copy()
        for parent, children in self.columns.sums:
            each = list(children)
            least, most = bounds.low[:, each].sum(axis=1), bounds.high[:, each].sum(axis=1)
            low[:, parent] = np.maximum(low[:, parent], least)
            high[:, parent] = np.minimum(high[:, parent], most)
            room = (bounds.high[:, parent] - least)[:, None] + bounds.low[:, each]
            need = (bounds.low[:, parent] - most)[:, None] + bounds.high[:, each]
            high[:, each] = np.minimum(high[:, each], room)
            low[:, each] = np.maximum(low[:, each], need)
        for parent, children in self.columns.unions:
            each = list(children)
            low[:, parent] = np.maximum(low[:, parent], bounds.low[:, each].max(axis=1))
            high[:, parent] = np.minimum(high[:, parent], bounds.high[:, each].sum(axis=1))
            need = (bounds.low[:, parent] - bounds.high[:, each].sum(axis=1))[:, None] + bounds.high[:, each]
            high[:, each] = np.minimum(high[:, each], bounds.high[:, [parent]])
            low[:, each] = np.maximum(low[:, each], need)
        return Bounds(low, high)

    def _down(self, bounds: Bounds) -> Bounds:
        nothing = np.zeros((1, bounds.low.shape[1]), dtype=np.int64)
        low, high = np.vstack([bounds.low, nothing]), np.vstack([bounds.high, nothing])
        lowest, highest = [], []
        for parents, children in self.system.by_width:
            child_low, child_high = low[children], high[children]
            least, most = child_low.sum(axis=1), child_high.sum(axis=1)
            room = (high[parents] - least)[:, None] + child_low
            need = (low[parents] - most)[:, None] + child_high
            lowest += [least, need.reshape(-1, need.shape[2])]
            highest += [most, room.reshape(-1, room.shape[2])]
        if lowest:
            rows, starts, order = self._places
            found = np.maximum.reduceat(np.concatenate(lowest)[order], starts, axis=0)
            low[rows] = np.maximum(low[rows], found)
            found = np.minimum.reduceat(np.concatenate(highest)[order], starts, axis=0)
            high[rows] = np.minimum(high[rows], found)
        return Bounds(low[:-1], high[:-1])

    @cached_property
    def _places(self) -> tuple[Ints, Ints, Ints]:
        """Where each row stands among parents and children stacked on one another: rows, first places, order."""
        stacked = np.concatenate([part for equations in self.system.by_width for part in map(np.ravel, equations)])
        order = np.argsort(stacked, kind="stable")
        order = order[stacked[order] < self.system.size]
        rows, starts = np.unique(stacked[order], return_index=True)
        return rows, starts, order

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
