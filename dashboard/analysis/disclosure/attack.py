"""What someone with pencil and paper can work out of published counts: bounds on every cell, and from what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
class _Sums:
    """All equations of a table, of cells numbered row by row; one more number, the last, stands for nothing."""

    by_width: tuple[tuple[Ints, Ints], ...]
    """Parents (equations,) and children (equations, width)."""
    cells: Ints
    """Every cell that is in an equation."""
    order: Ints
    """What is said of the cells, stacked in the order of `by_width` (parents, then children), in order of cells."""
    starts: Ints
    """Where in `order` each of `cells` begins."""


@dataclass(frozen=True)
class Attack:
    """Bounds drawn tighter by every equation: a parent is at least its children's least, a child at most what the
    parent's most leaves beside the other children's least, and so on, until nothing changes."""

    system: System
    columns: Columns

    def steps(self, start: Bounds) -> Iterator[Bounds]:
        """`start`, then the bounds after each turn in which every equation was used once on the bounds before."""
        shape = start.low.shape
        sums = _all_sums(self.system, self.columns, shape[1])
        # The least, and the most with its sign turned: what tightens either is then the greatest of what is said.
        both = np.zeros((2, start.low.size + 1), dtype=np.int64)
        both[0, :-1], both[1, :-1] = start.low.ravel(), -start.high.ravel()
        while True:
            yield Bounds(both[0, :-1].reshape(shape), -both[1, :-1].reshape(shape))
            tighter = _tightened(both, sums)
            if self.columns.unions:
                self._use_unions(both[:, :-1].reshape(2, *shape), tighter[:, :-1].reshape(2, *shape))
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


def _tightened(both: Ints, sums: _Sums) -> Ints:
    said = []
    for parents, children in sums.by_width:
        parts = both[:, children]
        whole = parts.sum(axis=2)
        others = both[:, parents] + whole[::-1]
        said += [whole, (others[:, :, None] - parts[::-1]).reshape(2, -1)]
    tighter = both.copy()
    if said:
        found = np.maximum.reduceat(np.concatenate(said, axis=1)[:, sums.order], sums.starts, axis=1)
        tighter[:, sums.cells] = np.maximum(both[:, sums.cells], found)
    return tighter


@lru_cache(maxsize=256)
def _all_sums(system: System, columns: Columns, width: int) -> _Sums:
    size = system.size * width
    by_width: dict[int, list[tuple[Ints, Ints]]] = {}
    every = np.arange(width)
    for parents, children in system.by_width:
        of_cells = np.minimum(children[:, None, :] * width + every[:, None], size).reshape(-1, children.shape[1])
        by_width.setdefault(children.shape[1], []).append(((parents[:, None] * width + every).ravel(), of_cells))
    rows = np.arange(system.size) * width
    for parent, options in columns.sums:
        by_width.setdefault(len(options), []).append((rows + parent, rows[:, None] + np.array(options)))
    joined = tuple(
        (np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
        for parts in by_width.values()
    )
    stacked = np.concatenate([part.ravel() for both in joined for part in both]) if joined else np.zeros(0, np.int64)
    order = np.argsort(stacked, kind="stable")
    order = order[stacked[order] < size]
    cells, starts = np.unique(stacked[order], return_index=True)
    return _Sums(joined, cells, order, starts)
