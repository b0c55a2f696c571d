"""Examples of people who fit all that is published: corners of what is possible, by which an auditor clears cells.

Where one example has a person and the next has none, nothing is proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np

from dashboard.analysis.disclosure.audit_merge import Setting
from dashboard.analysis.disclosure.audit_space import Floats, Shape, Space
from dashboard.analysis.disclosure.audit_told import Statement, Told
from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.rounding import SMALLEST_BASE

SLACK = 1e-5


@dataclass(frozen=True)
class Puzzle:
    """One item as published: what is not known, what is told of it, and what else bounds it."""

    shape: Shape
    told: Sequence[Told]
    leaves: tuple[int, ...]
    """Columns that add up to the base; none where people pick any number."""
    measures: Mapping[int, Sequence[int]]
    strict: bool
    takes_several: bool
    known: Sequence[Statement] = ()
    """What other tables say, such as counts of responses."""
    checked: Sequence[int] = ()
    """Rows to look at besides those that cells are told of."""


@dataclass
class Examples:
    """What was seen in examples so far: the least and the most in each cell, and whom no finding can be about."""

    puzzle: Puzzle
    setting: Setting
    space: Space
    random: np.random.Generator
    low: Floats = field(init=False)
    high: Floats = field(init=False)
    seen: Bools = field(init=False)
    """Of each ask and atom (asks, atoms): whether one person was seen."""
    emptied: list[Floats] = field(default_factory=list)
    turn: int = -1
    """Whether the cells that are not clear are next to be large, or small."""

    def __post_init__(self) -> None:
        width = len(self.asks) + 1
        self.low = np.full((len(self.rows), width), np.inf)
        self.high = np.full((len(self.rows), width), -np.inf)
        self.seen = np.zeros((len(self.asks), self.shape.atoms), dtype=bool)

    @property
    def shape(self) -> Shape:
        """People and how they add up."""
        return self.setting.shape

    @property
    def rows(self) -> Ints:
        """The sets of atoms to look at."""
        return self.setting.rows

    @property
    def asks(self) -> Floats:
        """(asks, leaves): the people in each column, then those of the base who are not."""
        parts = self.shape.parts
        return np.vstack([parts[1:], parts[:1] - parts[1:]])

    def trust(self) -> None:
        """Take it from the statements where people are said to be: what is published is true of someone."""
        columns = len(self.shape.parts)
        number = {row.tobytes(): at for at, row in enumerate(self.rows)}
        low: dict[tuple[int, int], float] = {}
        high: dict[tuple[int, int], float] = {}
        for each in self.setting.statements:
            if len(each.parts) == 1 and each.parts[0][1] == 1 and each.low > 0:
                low[each.row, each.parts[0][0]] = each.low
                high[each.row, each.parts[0][0]] = each.high
        of_row = {row: self.shape.sets[row] for row, _ in low}
        place = {row: number.get(atoms.tobytes()) for row, atoms in of_row.items()}
        alone = {row: int(atoms.argmax()) for row, atoms in of_row.items() if atoms.sum() == 1}
        for (row, column), fewest in low.items():
            others = low.get((row, 0), 0) - high[row, column]
            for ask, least in ((column, fewest), *([(column + columns - 1, others)] if column else [])):
                if (at := place[row]) is not None:
                    self.high[at, ask] = max(self.high[at, ask], least)
                if ask and row in alone and least >= 1:
                    self.seen[ask - 1, alone[row]] = True

    def look(self) -> bool:
        """Look at two more examples, with people where none were seen; whether it was worth while."""
        before = int(self.seen.sum()) - int(self._open().sum())
        shape = self.shape
        missing = (self.asks[:, :, None] > 0) & (~self.seen & self._unsettled()[:, None])[:, None, :]
        if missing.any():
            taste = self.random.normal(size=(1, shape.atoms))
            taste = taste + 0.5 * self.random.normal(size=(shape.leaves, shape.atoms))
            self.add(self.space.crowded(np.asarray(missing.any(axis=0)), 0.01 * taste))
        if (unclear := self._open()).any():
            sums = np.vstack([shape.parts[:1], self.asks])
            weights = self.random.uniform(0.2, 1, size=unclear.shape) * unclear
            self.add(self.space.corner(self.turn * (sums.T @ weights.T @ self.rows)))
            self.turn = -self.turn
        return int(self.seen.sum()) - int(self._open().sum()) != before

    def _unsettled(self) -> Bools:
        """Asks (asks,) for which some atoms have nobody in any example, and all of them someone in each."""
        base = self.shape.parts[0]
        found = self.asks.any(axis=1) & ~self.seen.all(axis=1)
        for people in self.emptied:
            found &= (~self.seen @ (base @ people)) > SLACK
        return np.asarray(found)

    def add(self, people: Floats) -> None:
        """Take an example into account."""
        if not np.isfinite(people).all():
            return
        self.emptied.append(people)
        self.seen |= self.asks @ people >= 1 - SLACK
        sums = np.vstack([self.shape.parts[:1], self.asks])
        cells = self.rows @ (sums @ people).T
        self.low, self.high = np.minimum(self.low, cells), np.maximum(self.high, cells)

    def may_be_no_more(self, row: int, most: float) -> bool:
        """Whether there are people with no more than so many in a row."""
        atoms, base = self.shape.sets[row], self.shape.parts[0]
        if any(base @ people @ atoms <= most + SLACK for people in self.emptied):
            return True
        least, _ = self.most(atoms, -base)
        return -least <= most + SLACK

    def _open(self) -> Bools:
        """Cells (rows, base and asks) that no example has cleared of being exact or few."""
        few = self.high[:, :1] < SMALLEST_BASE - SLACK
        low, high = np.ceil(self.low - SLACK), np.floor(self.high + SLACK)
        columns = len(self.shape.parts)
        exact = few & (low >= high) & (low >= 1)
        exact[:, 0] = exact[:, columns:] = False
        if self.puzzle.strict:
            tiny = (low >= 1) & (high < SMALLEST_CELL)
            tiny[:, 0] = False
            tiny[:, columns:] &= self.puzzle.takes_several
            exact |= tiny
        return np.asarray(exact)

    def open_cells(self) -> list[tuple[int, int]]:
        """The same as a list."""
        return [(row, ask) for row, ask in np.argwhere(self._open()).tolist()]

    def most(self, atoms: Ints, sums: Floats) -> tuple[float, tuple[Statement, ...]]:
        """The most that `sums` (leaves,) of `atoms` (atoms,) can be, and why."""
        people, because = self.space.reach(sums[:, None] * atoms[None, :])
        self.add(people)
        return float(sums @ people @ atoms) if np.isfinite(people).all() else inf, because

    def bounds(self, atoms: Ints, sums: Floats) -> tuple[int, int, tuple[Statement, ...]]:
        """The fewest and the most, in whole people, and why."""
        high, above = self.most(atoms, sums)
        low, below = self.most(atoms, -sums)
        return ceil(-low - SLACK), floor(min(high, 1e12) + SLACK), (*below, *above)
