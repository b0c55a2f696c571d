"""An auditor, who has only what was ever published: what can be proved about hidden and banded cells, and from what.

**What is known.** Every shown cell of every release: bases to the nearest 5, shares to whole per cent, bands; that a
cell is hidden for fewer than ten people, or for another reason and then of ten or more; how all these add up over
areas, waves and answers. Weighted shares bind only through the largest weight over the smallest (`audit_told`).

**The rule.** A release fails when one of these can be proved, by bounds that linear programming gives, rounded to
whole people:

* *nobody*, *everyone*: of a set of people that holds at least one, nobody, or each one, gave an answer. The set may be
  any union of atoms (areas in one wave; people of no area; groups): where nobody gave an answer in a union, nobody did
  in any of its parts, so it is enough to look at the union of all atoms of which it can be proved.
* *exact*: the number in a row of fewer than ten people, or in one of its cells, where it is not 0. Rows are those
  the caller lists, and what is left of a row when all that is shown inside is taken away.
* *few*, of sensitive items and group dimensions: that a cell of such a row holds 1 to 7 people; where people pick any
  number of options, also that 1 to 7 did not pick it.

Fractions of people are allowed, so a proof needs no search and holds; someone who tries all whole numbers might prove
more. That a row is empty is no finding, for there is nobody in it. Most cells are cleared by a few examples, which are
corners of all that is possible: where one has a person and the next has none, nothing is proved. The others get linear
programs of their own, whose duals say which shown cells a proof needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import ceil, floor, inf

import numpy as np

from dashboard.analysis.disclosure.audit_merge import Setting, merged
from dashboard.analysis.disclosure.audit_space import Floats, Shape, Space
from dashboard.analysis.disclosure.audit_told import Statement, Told, statements_of
from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.rounding import SMALLEST_BASE

_SLACK = 1e-5
_ROUNDS = 12


class Proof(StrEnum):
    """What was proved of a cell."""

    NOBODY = "nobody"
    EVERYONE = "everyone"
    EXACT = "exact"
    FEW = "few"


@dataclass(frozen=True)
class Finding:
    """Something that can be proved and must not be: of `atoms` together, in a column; 0 is the base."""

    proof: Proof
    atoms: tuple[int, ...]
    column: int
    low: int
    high: int
    told: tuple[Told, ...]
    """The shown cells it follows from."""


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


def audit(puzzle: Puzzle, *, seed: int = 1) -> tuple[Finding, ...]:
    """Everything that can be proved against the rule. Raises ContradictionError when no people fit what is told."""
    if all(cell.way != "shown" for cell in puzzle.told):
        return ()
    statements = (*statements_of(puzzle.told, puzzle.leaves, puzzle.measures), *puzzle.known)
    setting = Setting(puzzle.shape, statements, _rows_of(puzzle))
    small = merged(setting)
    examples = _look(puzzle, small, seed)
    if not all(examples.may_be_no_more(row, most) for row, most in small.spare):
        small, examples = setting, _look(puzzle, setting, seed)
    found = (*_nobody(examples), *_small(examples))
    return tuple(replace(each, atoms=small.atoms_of(each.atoms)) for each in found)


def _look(puzzle: Puzzle, setting: Setting, seed: int) -> _Examples:
    examples = _Examples(puzzle, setting, Space(setting.shape, setting.statements), np.random.default_rng(seed))
    examples.trust()
    for _ in range(_ROUNDS):
        if not examples.look():
            break
    return examples


def _rows_of(puzzle: Puzzle) -> Ints:
    """The sets of atoms (rows, atoms) to look at: those told of, and what is left of them."""
    sets = puzzle.shape.sets
    told = sorted({cell.row for cell in puzzle.told} | set(puzzle.checked))
    shown = np.unique(sets[sorted({cell.row for cell in puzzle.told if cell.way == "shown"})], axis=0)
    size = shown.sum(axis=1)
    inside = (shown @ shown.T == size[:, None]) & (size[:, None] < size)
    left = shown * (inside.T @ shown == 0)
    rows = [sets[told], left[left.any(axis=1)]]
    found: Ints = np.unique(np.vstack(rows), axis=0)
    return found


@dataclass
class _Examples:
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
            if len(each.parts) == 1 and each.parts[0][1] == 1 and each.told:
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
            found &= (~self.seen @ (base @ people)) > _SLACK
        return np.asarray(found)

    def add(self, people: Floats) -> None:
        """Take an example into account."""
        if not np.isfinite(people).all():
            return
        self.emptied.append(people)
        self.seen |= self.asks @ people >= 1 - _SLACK
        sums = np.vstack([self.shape.parts[:1], self.asks])
        cells = self.rows @ (sums @ people).T
        self.low, self.high = np.minimum(self.low, cells), np.maximum(self.high, cells)

    def may_be_no_more(self, row: int, most: float) -> bool:
        """Whether there are people with no more than so many in a row."""
        atoms, base = self.shape.sets[row], self.shape.parts[0]
        if any(base @ people @ atoms <= most + _SLACK for people in self.emptied):
            return True
        least, _ = self.most(atoms, -base)
        return -least <= most + _SLACK

    def _open(self) -> Bools:
        """Cells (rows, base and asks) that no example has cleared of being exact or few."""
        few = self.high[:, :1] < SMALLEST_BASE - _SLACK
        low, high = np.ceil(self.low - _SLACK), np.floor(self.high + _SLACK)
        columns = len(self.shape.parts)
        exact = few & (low >= high) & (low >= 1)
        exact[:, columns:] = False
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
        return ceil(-low - _SLACK), floor(min(high, 1e12) + _SLACK), (*below, *above)


def _nobody(examples: _Examples) -> Iterator[Finding]:
    """Of each answer: the atoms where nobody gave it (or not one of them did not), if it is of anyone at all."""
    base = examples.shape.parts[0]
    columns = len(examples.shape.parts) - 1
    for ask, sums in enumerate(examples.asks):
        unseen = ~examples.seen[ask]
        if not sums.any() or not _holds_someone(examples, unseen):
            continue
        because: list[Statement] = []
        for atom in np.flatnonzero(unseen).tolist():
            if not examples.seen[ask, atom]:
                because += examples.most(_alone(examples, [atom]), sums)[1]
        unseen &= ~examples.seen[ask]
        if not unseen.any() or not _holds_someone(examples, unseen):
            continue
        for atoms in _named(examples, unseen):
            least, below = examples.most(atoms, -base)
            _, above = examples.most(atoms, sums)
            people = ceil(-least - _SLACK)
            if people >= 1:
                proof = Proof.NOBODY if ask < columns else Proof.EVERYONE
                count = 0 if ask < columns else people
                column = ask % columns + 1
                told = _shown([*below, *above] if atoms.sum() == 1 else [*below, *above, *because])
                yield Finding(proof, tuple(np.flatnonzero(atoms).tolist()), column, count, count, told)
                break


def _holds_someone(examples: _Examples, chosen: Bools) -> bool:
    """Whether it can be proved that there is anyone in the chosen atoms."""
    if not chosen.any():
        return False
    base = examples.shape.parts[0]
    if any((base @ people)[chosen].sum() <= _SLACK for people in examples.emptied):
        return False
    least, _ = examples.most(chosen.astype(np.int64), -base)
    return -least > _SLACK


def _named(examples: _Examples, atoms: Bools) -> Iterator[Ints]:
    """The smallest sets first: single atoms, rows inside, all together."""
    for atom in np.flatnonzero(atoms).tolist():
        yield _alone(examples, [atom])
    inside = examples.rows[~(examples.rows.astype(bool) & ~atoms).any(axis=1)]
    yield from inside[np.argsort(inside.sum(axis=1), kind="stable")]
    yield atoms.astype(np.int64)


def _alone(examples: _Examples, atoms: Sequence[int]) -> Ints:
    found = np.zeros(examples.shape.atoms, dtype=np.int64)
    found[list(atoms)] = 1
    return found


def _small(examples: _Examples) -> Iterator[Finding]:
    """Exact numbers in rows of fewer than ten people, and strict cells of 1 to 7."""
    parts = examples.shape.parts
    columns = len(parts)
    sums = np.vstack([parts[:1], examples.asks])
    for row, ask in examples.open_cells():
        if (row, ask) not in examples.open_cells():
            continue
        atoms = examples.rows[row]
        low, high, because = examples.bounds(atoms, sums[ask])
        column = ask if ask < columns else ask - columns + 1
        if examples.puzzle.strict and ask and low >= 1 and high < SMALLEST_CELL:
            yield Finding(Proof.FEW, tuple(np.flatnonzero(atoms).tolist()), column, low, high, _shown(because))
        elif 1 <= low == high and ask < columns:
            most, reasons = examples.most(atoms, parts[0])
            if floor(most + _SLACK) < SMALLEST_BASE:
                told = _shown([*because, *reasons])
                yield Finding(Proof.EXACT, tuple(np.flatnonzero(atoms).tolist()), column, low, high, told)


def _shown(because: Sequence[Statement]) -> tuple[Told, ...]:
    return tuple(dict.fromkeys(cell for statement in because for cell in statement.told))
