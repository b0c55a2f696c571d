"""Rows that add up to one another, and what can be worked out from the ones that are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_FAR = 2**40
"""More people than there are: no known set."""


@dataclass(frozen=True)
class System:
    """Rows, each a set of people, and the equations `parent = sum of its children` between them.

    `membership` (rows x atoms, 0 or 1) says which atoms a row is made of; an atom is never split by any row.
    `parents` has shape (equations,). `children` has shape (equations, most children), padded with the number of rows:
    index it into arrays that have one more entry at the end.
    """

    membership: NDArray[np.int64]
    parents: Ints
    children: Ints

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.membership)

    @cached_property
    def members(self) -> Ints:
        """Parent and children of each equation, in one array."""
        return np.column_stack([self.parents, self.children])

    @cached_property
    def within(self) -> Bools:
        """`within[a, b]`: every atom of row a is in row b."""
        outside = self.membership @ (1 - self.membership).T
        return np.asarray(outside == 0)

    @cached_property
    def overlap(self) -> Bools:
        """`overlap[a, b]`: rows a and b share an atom."""
        return np.asarray(self.membership @ self.membership.T > 0)

    @cached_property
    def stages(self) -> tuple[Ints, ...]:
        """Equations in groups, ordered so that what is a child later was completed as a parent before."""
        height = np.zeros(self.size + 1, dtype=np.int64)
        while True:
            higher = height.copy()
            np.maximum.at(higher, self.parents, height[self.children].max(axis=1, initial=0) + 1)
            if np.array_equal(higher, height):
                break
            height = higher
        of_equation = height[self.parents]
        return tuple(np.flatnonzero(of_equation == level) for level in np.unique(of_equation))

    def totals(self, atoms: NDArray[np.int64]) -> Ints:
        """Counts of every row from counts of the atoms: (atoms, columns) to (rows, columns)."""
        return self.membership @ atoms

    def close(self, known: Bools) -> tuple[Bools, Ints]:
        """What follows from `known` (rows,): an equation with one unknown gives it away, again and again.

        Returns the rows known in the end and, for each row that followed, the equation it came from (else -1).
        """
        found = np.append(known, True)
        reason = np.full(self.size + 1, -1, dtype=np.int64)
        while True:
            unknown = ~found[self.members]
            solved = np.flatnonzero(unknown.sum(axis=1) == 1)
            if not len(solved):
                return found[:-1], reason[:-1]
            rows = self.members[solved, unknown[solved].argmax(axis=1)]
            reason[rows] = solved
            found[rows] = True

    def remainders(self, known: Bools, counts: Ints) -> Ints:
        """For each equation, the fewest people of its parent that are in nothing known below it, by column.

        `counts` is (rows, columns). A row that is known leaves nothing uncovered; another leaves what the best way
        of splitting it into known rows leaves. Where the parent is known, what is left over is known too: it is the
        parent less everything known inside it.
        """
        return self._uncovered(known, counts)[1]

    def excesses(self, known: Bools, counts: Ints) -> Ints:
        """For each equation, the fewest people beside its parent in known sets around its children, by column.

        A child that is known has nothing around it; another has what the smallest known set that holds it has
        besides: an equation it is a child of, less what is known of the other children, or what is around its own
        children. Where the parent is known, so are those sets less the parent. Of the waves 2024 and 2025 together
        54 people are in two areas, and all 50 of 2025 are known: the other 4 are, too.
        """
        left = self._uncovered(known, counts)[0]
        around = np.full_like(left, _FAR)
        around[np.append(known, True)] = 0
        before = np.empty_like(around)
        while not np.array_equal(before, around):
            before = around.copy()
            for stage in self.stages[::-1]:
                siblings = left[self.children[stage]]
                beside = siblings.sum(axis=1, keepdims=True) - siblings + around[self.parents[stage]][:, None]
                np.minimum.at(around, self.children[stage], beside)
            for stage in self.stages:
                np.minimum.at(around, self.parents[stage], around[self.children[stage]].sum(axis=1))
            around[self.size] = 0
        found: Ints = np.minimum(around[self.children].sum(axis=1), _FAR)
        return found

    def _uncovered(self, known: Bools, counts: Ints) -> tuple[Ints, Ints]:
        left = np.vstack([np.where(known[:, None], 0, counts), np.zeros((1, counts.shape[1]), dtype=np.int64)])
        remainders = np.zeros((len(self.parents), counts.shape[1]), dtype=np.int64)
        for stage in self.stages:
            remainders[stage] = left[self.children[stage]].sum(axis=1)
            np.minimum.at(left, self.parents[stage], remainders[stage])
        return left, remainders

    def support(self, row: int, shown: Bools, reason: Ints) -> set[int]:
        """The shown rows that `row` was worked out from; itself when it is shown."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = [row]
        while waiting:
            at = waiting.pop()
            if at in seen or at == self.size:
                continue
            seen.add(at)
            if shown[at]:
                found.add(at)
            elif reason[at] >= 0:
                waiting += self.members[reason[at]].tolist()
        return found


def build_system(membership: NDArray[np.int64], equations: Sequence[tuple[int, Sequence[int]]]) -> System:
    """A system from (parent, children) pairs of row numbers. Raises ValueError when one does not add up."""
    width = max((len(children) for _, children in equations), default=0)
    padded = np.full((len(equations), width), len(membership), dtype=np.int64)
    for number, (parent, children) in enumerate(equations):
        padded[number, : len(children)] = children
        if not np.array_equal(membership[list(children)].sum(axis=0), membership[parent]):
            raise ValueError(f"the children {list(children)} do not make up row {parent}")
    return System(membership, np.array([parent for parent, _ in equations], dtype=np.int64), padded)
