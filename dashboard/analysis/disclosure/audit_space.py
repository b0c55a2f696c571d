"""All the people that published numbers allow for: the corners of that space, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

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
    """Rows as sums of terms: atoms, and helpers, which stand for the large rows among them, so that sums are short."""

    rows: tuple[tuple[int, ...], ...]
    helpers: tuple[tuple[int, ...], ...]
    """What each helper, numbered from the number of atoms up, is made of."""


@lru_cache(maxsize=64)
def _nest(width: int, packed: bytes) -> _Nesting:
    """A region in three years is the sum of the region in each, where those are rows, too."""
    inside = np.frombuffer(packed, dtype=bool).reshape(-1, width)
    kept: list[Bools] = []
    helpers: list[tuple[int, ...]] = []
    rows: list[tuple[int, ...]] = [()] * len(inside)
    for row in np.argsort(inside.sum(axis=1), kind="stable").tolist():
        left = inside[row].copy()
        terms: list[int] = []
        for number in range(len(kept) - 1, -1, -1):
            if not (kept[number] & ~left).any():
                terms.append(width + number)
                left &= ~kept[number]
        terms += np.flatnonzero(left).tolist()
        if len(terms) > 3:
            helpers.append(tuple(terms))
            terms = [width + len(kept)]
            kept.append(inside[row])
        rows[row] = tuple(terms)
    return _Nesting(tuple(rows), tuple(helpers))


@dataclass(frozen=True)
class Space:
    """People by leaf and atom, (leaves, atoms), that fit every statement: linear programming by HiGHS.

    Q. Huangfu and J. Hall, "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10
    (2018) 119-142. Fractions of people are allowed, so bounds are never tighter than whole people would make them. One
    program is kept, and what changes is what it looks for: each search starts from where the last one ended.
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
    def _nesting(self) -> _Nesting:
        """Of the rows of statements, then of both rows of each pair of twins."""
        rows = [statement.row for statement in self.statements] + [row for pair in self.shape.alike for row in pair]
        used, place = np.unique(rows, return_inverse=True)
        nesting = _nest(self.shape.atoms, self.shape.sets[used].astype(bool).tobytes())
        return _Nesting(tuple(nesting.rows[at] for at in place.tolist()), nesting.helpers)

    @cached_property
    def _variables(self) -> Ints:
        """The variable of each leaf and term; the first person of each leaf and atom follows after all of these."""
        terms = self.shape.atoms + len(self._nesting.helpers)
        return np.arange(self.shape.leaves * terms).reshape(self.shape.leaves, terms)

    @cached_property
    def _model(self) -> highspy.Highs:
        shape, leaves, told = self.shape, self.shape.leaves, len(self.statements)
        parts = np.zeros((told, leaves))
        for number, statement in enumerate(self.statements):
            for column, factor in statement.parts:
                parts[number] += factor * shape.parts[column]
        lines = [_lines(parts, self._nesting.rows[:told])]
        twins = self._nesting.rows[told:]
        sums: list[tuple[tuple[int, ...], tuple[int, ...]]] = [
            (terms, (shape.atoms + number,)) for number, terms in enumerate(self._nesting.helpers)
        ]
        sums += zip(twins[::2], twins[1::2], strict=True)
        for leaf in np.eye(leaves):
            lines.append(_lines(np.tile(leaf, (len(sums), 1)), [one for one, _ in sums]))
            lines.append(_lines(np.tile(-leaf, (len(sums), 1)), [other for _, other in sums]))
        for line in shape.inside:
            lines.append(_lines(np.tile(line, (shape.atoms, 1)), [(atom,) for atom in range(shape.atoms)]))
        starts = [0, *np.repeat(told + len(sums) * np.arange(leaves), 2)]
        starts += [told + len(sums) * leaves + shape.atoms * number for number in range(len(shape.inside))]
        line, leaf, term, value = (
            np.concatenate([each[at] + (start if at == 0 else 0) for each, start in zip(lines, starts, strict=True)])
            for at in range(4)
        )
        size, ends = self._variables.size, told + len(sums) * leaves + len(shape.inside) * shape.atoms
        single = term < shape.atoms
        low, high = np.zeros(ends), np.zeros(ends)
        low[:told] = [each.low for each in self.statements]
        high[:told] = [each.high for each in self.statements]
        high[told + len(sums) * leaves :] = highspy.kHighsInf
        return _model_of(
            np.repeat([highspy.kHighsInf, 1.0], [size, leaves * shape.atoms]),
            (low, high),
            np.concatenate([line, line[single]]),
            np.concatenate([self._variables[leaf, term], size + leaf[single] * shape.atoms + term[single]]),
            np.concatenate([value, value[single]]),
        )

    def _solve(self, wanted: Floats, first: Bools) -> tuple[Floats, tuple[Statement, ...]]:
        model, variables, atoms = self._model, self._variables, self.shape.atoms
        size = variables.size + wanted.size
        cost = np.zeros(size)
        if first.any():
            model.clearSolver()
        cost[variables[:, :atoms]] = -wanted
        cost[variables.size :] = -(first + wanted).ravel()
        model.changeColsCost(size, np.arange(size, dtype=np.int32), cost)
        model.run()
        status = model.getModelStatus()
        if status == highspy.HighsModelStatus.kUnbounded:
            return np.full(wanted.shape, inf), ()
        if status != highspy.HighsModelStatus.kOptimal:
            raise ContradictionError(f"The published numbers cannot all be true of the same people: {status.name}")
        found = model.getSolution()
        people = np.array(found.col_value)
        duals = np.array(found.row_dual[: len(self.statements)])
        used = np.flatnonzero(np.abs(duals) > _SLACK).tolist()
        leaves = people[variables[:, :atoms]] + people[variables.size :].reshape(wanted.shape)
        return leaves, tuple(self.statements[number] for number in used)


def _lines(factors: Floats, rows: Sequence[tuple[int, ...]]) -> tuple[Ints, Ints, Ints, Floats]:
    """Of lines that are `factors` (lines, leaves) of the terms of `rows`: line, leaf, term and factor of each entry."""
    of_term = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    terms = np.array([term for row in rows for term in row], dtype=np.int64)
    at, leaf = np.nonzero(factors[of_term])
    return of_term[at], leaf, terms[at], factors[of_term[at], leaf]


def _model_of(most: Floats, limits: tuple[Floats, Floats], line: Ints, variable: Ints, value: Floats) -> highspy.Highs:
    """A program of lines between `limits`, with the factors `value` of variables, which are from 0 to `most`."""
    order = np.argsort(line, kind="stable")
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(most), len(limits[0])
    program.col_cost_, program.col_lower_, program.col_upper_ = np.zeros(len(most)), np.zeros(len(most)), most
    program.row_lower_, program.row_upper_ = limits
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.searchsorted(line[order], np.arange(len(limits[0]) + 1))
    program.a_matrix_.index_, program.a_matrix_.value_ = variable[order], value[order]
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("presolve", "off")
    model.setOptionValue("allow_unbounded_or_infeasible", False)
    model.passModel(program)
    return model
