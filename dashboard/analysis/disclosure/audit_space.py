"""All the people that published numbers allow for: the corners of that space, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from dashboard.analysis.disclosure.audit_told import ContradictionError, Statement
from dashboard.analysis.disclosure.equations import Bools, Ints

Floats = NDArray[np.float64]
_SLACK = 1e-6


@dataclass(frozen=True)
class Shape:
    """What is not known, and how it adds up. People are split into atoms, and in every atom by leaves.

    `sets` (rows, atoms), 0 or 1, says which atoms a row is made of. `parts` (columns, leaves) says which leaves a
    column is made of; column 0 is the base. No sum in `inside` (sums, leaves) is negative in any atom.
    """

    sets: Ints
    parts: Floats
    inside: Floats
    alike: tuple[tuple[int, int], ...] = ()
    """Rows of the same people: the same in every leaf."""

    @property
    def atoms(self) -> int:
        """How many atoms there are."""
        return int(self.sets.shape[1])

    @property
    def leaves(self) -> int:
        """How many leaves each of them has."""
        return int(self.parts.shape[1])


@dataclass(frozen=True)
class _Nesting:
    """Rows as sums of atoms and of helpers, which stand for the large rows among them: far fewer terms."""

    rows: sparse.csr_array
    """(rows, atoms and helpers)"""
    helpers: sparse.csr_array
    """(helpers, atoms and helpers): what each is made of, less itself, is nothing."""


def _nest(sets: Ints) -> _Nesting:
    """A region in three years is the sum of the region in each, where those are rows, too."""
    inside, atoms = sets.astype(bool), sets.shape[1]
    kept: list[Bools] = []
    row_terms: list[tuple[int, int]] = []
    helper_terms: list[tuple[int, int, int]] = []
    for row in np.argsort(inside.sum(axis=1), kind="stable").tolist():
        left = inside[row].copy()
        terms: list[int] = []
        for number in range(len(kept) - 1, -1, -1):
            if not (kept[number] & ~left).any():
                terms.append(atoms + number)
                left &= ~kept[number]
        terms += np.flatnonzero(left).tolist()
        if len(terms) > 3:
            helper_terms += [(len(kept), term, 1) for term in terms]
            helper_terms.append((len(kept), atoms + len(kept), -1))
            terms = [atoms + len(kept)]
            kept.append(inside[row])
        row_terms += [(row, term) for term in terms]
    size = atoms + len(kept)
    at, term = np.array(row_terms, dtype=np.int64).reshape(-1, 2).T
    rows = sparse.csr_array((np.ones(len(at)), (at, term)), shape=(len(sets), size))
    of, term, sign = np.array(helper_terms, dtype=np.int64).reshape(-1, 3).T
    return _Nesting(rows, sparse.csr_array((sign.astype(np.float64), (of, term)), shape=(len(kept), size)))


@dataclass(frozen=True)
class _Program:
    """A linear program without its objective."""

    at_most: sparse.csr_array
    limits: Floats
    equal: sparse.csr_array
    values: Floats
    sided: Ints
    """The statement of each of the first rows of `at_most`."""
    exact: Ints
    """The statement of each of the first rows of `equal`."""
    place: Ints
    """The variable of each leaf and atom, (leaves, atoms)."""


@dataclass(frozen=True)
class Space:
    """People by leaf and atom, (leaves, atoms), that fit every statement: linear programming by HiGHS.

    Q. Huangfu and J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10
    (2018) 119-142. Fractions of people are allowed, so bounds are never tighter than whole people would make them.
    """

    shape: Shape
    statements: Sequence[Statement]

    def corner(self, wanted: Floats) -> Floats:
        """People (leaves, atoms) that make the sum of `wanted` (leaves, atoms) greatest."""
        return self.reach(wanted)[0]

    def crowded(self, first: Bools, wanted: Floats) -> Floats:
        """People (leaves, atoms) of whom one is in as many of the `first` (leaves, atoms) as can be at once.

        Each leaf is split in the first person, who counts for 1, and all others, who count for what is `wanted`.
        """
        return self._solve(wanted, first)[0]

    def reach(self, sums: Floats) -> tuple[Floats, tuple[Statement, ...]]:
        """People as a `corner`, infinitely many if nothing limits them, and the statements for which there is no more.

        Those are the statements whose dual is not 0.
        """
        return self._solve(sums, np.zeros(sums.shape, dtype=bool))

    @cached_property
    def _program(self) -> _Program:
        shape, leaves = self.shape, self.shape.leaves
        parts = np.zeros((len(self.statements), leaves))
        for number, statement in enumerate(self.statements):
            for column, factor in statement.parts:
                parts[number] += factor * shape.parts[column]
        used, of_statement = np.unique([statement.row for statement in self.statements], return_inverse=True)
        twins = np.array(shape.alike, dtype=np.int64).reshape(-1, 2)
        nesting = _nest(shape.sets[np.concatenate([used, twins[:, 0], twins[:, 1]])])
        size = nesting.rows.shape[1]
        rows = nesting.rows[of_statement]
        matrix = sparse.hstack([rows.multiply(parts[:, [leaf]]) for leaf in range(leaves)], format="csr")
        low = np.array([statement.low for statement in self.statements], dtype=np.float64)
        high = np.array([statement.high for statement in self.statements], dtype=np.float64)
        never_under = (low <= 0) & (parts.min(axis=1) >= 0)
        exact = np.flatnonzero(low == high)
        under = np.flatnonzero((low < high) & np.isfinite(high))
        over = np.flatnonzero((low < high) & (low > -inf) & ~never_under)
        single = sparse.eye_array(shape.atoms, size, format="csr")
        inside = [sparse.hstack([-factor * single for factor in sums], format="csr") for sums in shape.inside]
        first, second = nesting.rows[len(used) : len(used) + len(twins)], nesting.rows[len(used) + len(twins) :]
        sums = sparse.vstack([nesting.helpers, first - second], format="csr")
        equal = sparse.vstack([matrix[exact], sparse.block_diag([sums] * leaves, format="csr")], format="csr")
        return _Program(
            at_most=sparse.vstack([matrix[under], -matrix[over], *inside], format="csr"),
            limits=np.concatenate([high[under], -low[over], np.zeros(len(inside) * shape.atoms)]),
            equal=equal,
            values=np.concatenate([low[exact], np.zeros(leaves * sums.shape[0])]),
            sided=np.concatenate([under, over]),
            exact=exact,
            place=np.arange(leaves)[:, None] * size + np.arange(shape.atoms)[None, :],
        )

    def _solve(self, wanted: Floats, first: Bools) -> tuple[Floats, tuple[Statement, ...]]:
        program = self._program
        chosen = program.place[first]
        cost = np.zeros(program.at_most.shape[1] + len(chosen))
        cost[program.place] = -wanted
        cost[program.at_most.shape[1] :] = -1.0 - wanted[first]
        bounds = np.zeros((len(cost), 2))
        bounds[:, 1] = np.where(np.arange(len(cost)) < program.at_most.shape[1], inf, 1)
        result = linprog(
            cost,
            A_ub=sparse.hstack([program.at_most, program.at_most[:, chosen]], format="csr"),
            b_ub=program.limits,
            A_eq=sparse.hstack([program.equal, program.equal[:, chosen]], format="csr"),
            b_eq=program.values,
            bounds=bounds,
            method="highs-ds",
        )
        if result.status == 3:
            return np.full(wanted.shape, inf), ()
        if result.status != 0:
            raise ContradictionError(f"The published numbers cannot all be true of the same people: {result.message}")
        people = result.x[program.place]
        people[first] += result.x[program.at_most.shape[1] :]
        tight = np.abs(result.ineqlin.marginals[: len(program.sided)]) > _SLACK
        fixed = np.abs(result.eqlin.marginals[: len(program.exact)]) > _SLACK
        used = sorted({*program.sided[tight].tolist(), *program.exact[fixed].tolist()})
        return people, tuple(self.statements[number] for number in used)
