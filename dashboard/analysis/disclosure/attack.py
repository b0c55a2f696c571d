"""What someone with pencil and paper can work out of published counts: bounds on every cell, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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


class Trace:
    """Where the bounds come from that `Attack.steps` gave."""

    def __init__(self, attack: Attack, trail: Sequence[Bounds]) -> None:
        self.attack = attack
        self.sides = [(bounds.low, bounds.high) for bounds in trail]
        self._known: dict[tuple[Cell, bool, int], frozenset[Cell]] = {}

    def sources(self, cell: Cell, *, lower: bool = True) -> frozenset[Cell]:
        """The cells whose bounds at the start led to the last ones of `cell`.

        Both bounds, or without `lower` the most people that it can hold.
        """
        last = len(self.sides) - 1
        of_most = self._sources(cell, True, last)
        return of_most | self._sources(cell, False, last) if lower else of_most

    def _sources(self, cell: Cell, upper: bool, step: int) -> frozenset[Cell]:
        value = self.sides[step][upper].item(cell)
        while step and self.sides[step - 1][upper].item(cell) == value:
            step -= 1
        if step == 0:
            return frozenset([cell])
        key = (cell, upper, step)
        if key not in self._known:
            reasons = self._reasons(step - 1, cell, upper, value)
            self._known[key] = frozenset[Cell]().union(*(self._sources(*reason, step - 1) for reason in reasons))
        return self._known[key]

    def _reasons(self, step: int, cell: Cell, upper: bool, value: int) -> list[tuple[Cell, bool]]:
        """The bounds at `step` from which an equation says that one bound of `cell` is `value`."""
        same, opposite = self.sides[step][upper], self.sides[step][not upper]
        for parent, children in self._sums(cell):
            if cell == parent:
                if sum([same.item(child) for child in children]) == value:
                    return [(child, upper) for child in children]
                continue
            others = [child for child in children if child != cell]
            if same.item(parent) - sum([opposite.item(other) for other in others]) == value:
                return [(parent, upper), *((other, not upper) for other in others)]
        return self._reasons_of_unions(step, cell, upper, value)

    def _reasons_of_unions(self, step: int, cell: Cell, upper: bool, value: int) -> list[tuple[Cell, bool]]:
        low, high = self.sides[step]
        for parent, children in self._in_row(cell, self.attack.columns.unions):
            others = [child for child in children if child != cell]
            most = sum([high.item(other) for other in others])
            if cell == parent and upper and most == value:
                return [(child, True) for child in children]
            if cell == parent and not upper:
                found = next((child for child in children if low.item(child) == value), None)
                if found is not None:
                    return [(found, False)]
            if cell != parent and upper and high.item(parent) == value:
                return [(parent, True)]
            if cell != parent and not upper and low.item(parent) - most == value:
                return [(parent, False), *((other, True) for other in others)]
        raise AssertionError(f"no equation says what is known of {cell}")

    def _sums(self, cell: Cell) -> Iterator[tuple[Cell, list[Cell]]]:
        yield from self._in_row(cell, self.attack.columns.sums)
        row, column = cell
        for parent, children in self.attack.system.of_row[row]:
            yield (parent, column), [(child, column) for child in children]

    def _in_row(self, cell: Cell, equations: Iterable[Equation]) -> Iterator[tuple[Cell, list[Cell]]]:
        row, column = cell
        for parent, children in equations:
            if column == parent or column in children:
                yield (row, parent), [(row, child) for child in children]


@lru_cache(maxsize=64)
def _row_sums(system: System) -> Sums:
    return build_sums(system.size, system.equations)


@lru_cache(maxsize=256)
def _column_sums(columns: Columns, width: int) -> Sums:
    return build_sums(width, columns.sums)
