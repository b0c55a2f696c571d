"""The fewest cells that have to be hidden of a small table, found by search, whoever attacks with linear programming.

**What must not be.** Someone knows every shown cell exactly, bands as bounds, that no cell is negative, and how rows
and columns add up. Of rows of one to nine people he must not learn that they have fewer than ten. Of opinions he must
not learn, all bases known, how many gave an answer that nobody or one person gave (or everyone, or all but one) in a
row that is shown, or that nobody or everyone gave in another. Of sensitive items he must not learn of a cell of fewer
than eight that it has fewer than eight.

**The search.** Hidden are as few cells as can be (England's count as many times more as the engine has them count). It
is an implicit hitting set: whatever can be proved is proved from some shown cells (those with a price in the dual
programme), and one of them has to go; an integer programme finds the cheapest choice that meets all such demands, and
new proofs are sought until there is none. `try_every_choice` needs no such argument and checks it on tiny tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, lil_array

from dashboard.analysis.disclosure.attack import UNKNOWN, Columns
from dashboard.analysis.disclosure.bands import State, States, bounds_of, primary_states
from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.disclosure.classes import Table, protect
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints
from dashboard.analysis.disclosure.lattice import ENGLAND, Ground, Place, build_lattice, group_lattice
from dashboard.analysis.rounding import SMALLEST_BASE

Demand = frozenset[tuple[int, int]]
"""Cells of which at least one has to be hidden; of column 0, the whole row."""


@dataclass(frozen=True)
class Puzzle:
    """A table to protect, of an item of which everyone picks one option."""

    table: Table
    strict: bool

    def first_states(self) -> States:
        """Everything shown that its own number does not forbid."""
        counts = self.table.counts
        rows = self.table.candidates & (counts[:, 0] >= SMALLEST_BASE) & ~self.table.fixed
        states = primary_states(counts, rows)
        if self.strict:
            states = np.where(rows[:, None] & (counts >= SMALLEST_CELL), State.EXACT, State.HIDDEN).astype(np.int8)
        states = np.where(rows[:, None], states, self.table.published).astype(np.int8)
        return with_bases(states)

    def demands(self, states: States) -> Iterator[Demand]:
        """What can be proved of `states` and must not be: for each, the shown cells of the proof."""
        counts = self.table.counts
        base = counts[:, :1]
        told = (states[:, :1] == State.EXACT) | (base == 0)
        small = (base > 0) & (base < SMALLEST_BASE)
        rows = _Programme(_equations(self, 1), np.where(told, base, 0), np.where(told, base, UNKNOWN))
        if not self.strict:
            yield from self._usable(rows.below(np.where(small, SMALLEST_BASE, 0)), states)
            known = bounds_of(counts, states)
            cells = _Programme(_equations(self, counts.shape[1]), known.low, known.high)
            for cell, proof in cells.pinned(self._secret(states)):
                answers = frozenset(each for each in proof if each[1])  # bases are known, whatever is hidden
                yield from self._usable([answers | {(cell[0], 0)}], states)
            return
        told = (states == State.EXACT) | (base == 0)
        least = np.where((counts < SMALLEST_CELL) & (base > 0), SMALLEST_CELL, 0)
        least[:, :1] = np.where(small, SMALLEST_BASE, 0)
        cells = _Programme(
            _equations(self, counts.shape[1]), np.where(told, counts, 0), np.where(told, counts, UNKNOWN)
        )
        yield from self._usable(cells.below(least), states)

    def _secret(self, states: States) -> Bools:
        counts = self.table.counts
        base = counts[:, :1]
        extreme = np.minimum(counts, base - counts)
        shown = states[:, :1] != State.HIDDEN
        secret = np.where(shown, extreme <= 1, (extreme == 0) | (base < SMALLEST_BASE)) & (base > 0)
        secret[:, 0] = False
        return np.asarray(secret)

    def _usable(self, proofs: list[Demand] | Iterator[Demand], states: States) -> Iterator[Demand]:
        free = self.table.candidates & ~self.table.fixed
        for proof in proofs:
            usable = frozenset(cell for cell in proof if free[cell[0]] and states[cell] != State.HIDDEN)
            if usable:
                yield usable


def with_bases(states: States) -> States:
    states[:, 0] = np.where((states[:, 1:] != State.HIDDEN).any(axis=1), State.EXACT, State.HIDDEN)
    return states


def is_safe(puzzle: Puzzle, states: States) -> bool:
    """Whether nothing that hiding a cell could help can be proved."""
    return next(puzzle.demands(states), None) is None


def fewest_hidden(puzzle: Puzzle) -> States:
    """States with the fewest hidden cells that are safe."""
    first = puzzle.first_states()
    demands: set[Demand] = set()
    while True:
        states = _hide(first, _cheapest(puzzle, first, demands))
        found = set(puzzle.demands(states)) - demands
        if not found:
            return states
        demands |= found


def try_every_choice(puzzle: Puzzle) -> float:
    """The least that can be hidden, by trying all choices of cells."""
    first = puzzle.first_states()
    free = [tuple(cell) for cell in np.argwhere(first[:, 1:] != State.HIDDEN).tolist()]
    worth = puzzle.table.lattice.worth
    choices = sorted(product((False, True), repeat=len(free)), key=lambda choice: cost_of(free, choice, worth))
    for choice in choices:
        cells = frozenset((row, column + 1) for (row, column), hidden in zip(free, choice, strict=True) if hidden)
        if is_safe(puzzle, _hide(first, cells)):
            return cost_of(free, choice, worth)
    raise AssertionError("hiding everything is safe")


def cost_of(free: list[tuple[int, ...]], choice: tuple[bool, ...], worth: Floats) -> float:
    return float(sum(worth[cell[0]] for cell, hidden in zip(free, choice, strict=True) if hidden))


def hidden_cells(puzzle: Puzzle, states: States) -> int:
    """How many cells are hidden that could be shown by themselves."""
    hidden = (puzzle.first_states() != State.HIDDEN) & (states == State.HIDDEN)
    return int(hidden[:, 1:].sum())


def cost_of_states(puzzle: Puzzle, states: States) -> float:
    """The same, each cell for what its row is worth."""
    hidden = (puzzle.first_states() != State.HIDDEN) & (states == State.HIDDEN)
    return float((hidden[:, 1:] * puzzle.table.lattice.worth[:, None]).sum())


def _hide(first: States, cells: Demand) -> States:
    states = first.copy()
    for cell in cells:
        states[cell] = State.HIDDEN
    return with_bases(states)


def _cheapest(puzzle: Puzzle, first: States, demands: set[Demand]) -> Demand:
    """Cells to hide, (row, 0) as all cells of the row."""
    if not demands:
        return frozenset()
    shown = [(row, column) for row, column in np.argwhere(first != State.HIDDEN).tolist()]
    number = {cell: at for at, cell in enumerate(shown)}
    cost = [puzzle.table.lattice.worth[row] if column else 0.0 for row, column in shown]
    lines: list[list[tuple[int, float]]] = [[(number[cell], 1.0) for cell in demand] for demand in demands]
    least = [1.0] * len(lines)
    for (row, column), at in number.items():
        if column:  # a row is hidden only when each of its cells is
            lines.append([(at, 1.0), (number[row, 0], -1.0)])
            least.append(0.0)
    matrix = lil_array((len(lines), len(shown)))
    for line, entries in enumerate(lines):
        for at, factor in entries:
            matrix[line, at] = factor
    constraint = LinearConstraint(csr_array(matrix), lb=np.array(least))
    answer = milp(np.array(cost), integrality=np.ones(len(shown)), bounds=Bounds(0, 1), constraints=constraint)
    return frozenset(cell for cell, taken in zip(shown, answer.x, strict=True) if taken > 0.5 and cell[1])


def _equations(puzzle: Puzzle, width: int) -> csr_array:
    """Of cells numbered row by row: every one adds up to 0."""
    system = puzzle.table.lattice.system
    lines: list[tuple[int, list[int]]] = []
    for parent, *children in system.members.tolist():
        inside = [child for child in children if child < system.size]
        lines += [(parent * width + at, [child * width + at for child in inside]) for at in range(width)]
    for parent, options in puzzle.table.columns.sums if width > 1 else ():
        lines += [(row * width + parent, [row * width + at for at in options]) for row in range(system.size)]
    matrix = lil_array((len(lines), system.size * width))
    for number, (parent, parts) in enumerate(lines):
        matrix[number, parent] = 1
        for part in parts:
            matrix[number, part] = -1
    return csr_array(matrix)


def generate(random: np.random.Generator, shape: str, *, strict: bool, most: int = 6) -> Puzzle:
    """A made-up table of up to `most` rows (areas of a region, groups of England, areas in two waves) and options.

    Of groups England's row is out already. `places` are areas whose bases alone matter: two answers, given by halves.
    """
    rows, options = int(random.integers(2, most + 1)), int(random.integers(2, most + 1))
    waves = 2 if shape == "waves" else 1
    if shape == "places":
        options = 2
    people = random.choice([0, 4, 8, 9, 12, 15, 18, 24, 30, 45, 60], size=(waves, rows + 1))
    if shape != "groups":
        people[:, -1] = 0
    likely = np.full(2, 0.5) if shape == "places" else random.dirichlet([1.0] * options)
    answers = np.array([random.multinomial(size, likely) for size in people.ravel()])
    names = [f"R{row}" for row in range(rows)]
    if shape == "groups":
        lattice = group_lattice(waves, names)
    else:
        lattice = build_lattice([Ground("2026", tuple(Place(name, name, "n") for name in names))] * waves)
    counts = lattice.system.totals(np.column_stack([people.ravel(), answers]))
    columns = Columns(sums=((0, tuple(range(1, options + 1))),))
    candidates = np.array([unit[0] != "nowhere" for _, unit in lattice.rows])
    table = Table(lattice, columns, counts, candidates, np.full(counts.shape, State.HIDDEN, dtype=np.int8))
    if shape == "groups":
        england = np.array([unit == ENGLAND for _, unit in lattice.rows])
        (shown,) = protect([replace(table, candidates=england)], strict=strict, several=False)
        table = replace(table, candidates=candidates & ~england, published=shown)
    return Puzzle(table, strict)


@dataclass(frozen=True)
class _Programme:
    equations: csr_array
    low: Ints
    high: Ints

    def below(self, least: Ints) -> Iterator[Demand]:
        """Proofs that a cell holds fewer people than `least`."""
        cleared = least == 0
        for cell in map(tuple, np.argwhere(least > 0).tolist()):
            if cleared[cell]:
                continue
            corner, proof = self._most(cell, 1)
            cleared |= corner >= least - 1e-6
            if not cleared[cell]:
                yield proof

    def pinned(self, secret: Bools) -> Iterator[tuple[tuple[int, ...], Demand]]:
        """Cells of which the number can be proved, with a proof."""
        lowest, highest = np.full(secret.shape, np.inf), np.full(secret.shape, -np.inf)
        for cell in map(tuple, np.argwhere(secret).tolist()):
            proof: Demand = frozenset()
            for sign in (1, -1):
                if highest[cell] - lowest[cell] > 1e-6:
                    break
                corner, because = self._most(cell, sign)
                lowest, highest = np.minimum(lowest, corner), np.maximum(highest, corner)
                proof |= because
            if highest[cell] - lowest[cell] <= 1e-6:
                yield cell, proof

    def _most(self, cell: tuple[int, ...], sign: int) -> tuple[Floats, Demand]:
        """Where a cell holds most (-1: fewest) people, and the cells that prove that it cannot be more (fewer)."""
        aim = np.zeros(self.low.size)
        aim[np.ravel_multi_index(cell, self.low.shape)] = -sign
        most = np.where(self.high >= UNKNOWN, 10_000, self.high)
        limits = np.column_stack([self.low.ravel(), most.ravel()])
        answer = linprog(
            aim, A_eq=self.equations, b_eq=np.zeros(self.equations.shape[0]), bounds=limits, method="highs"
        )
        prices = np.abs(answer.lower.marginals) + np.abs(answer.upper.marginals)
        told = np.argwhere((prices > 1e-9).reshape(self.low.shape)).tolist()
        return answer.x.reshape(self.low.shape), frozenset((row, column) for row, column in told)
