"""Rows that add up to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
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
    def sparse(self) -> csr_array:
        """`membership` without its zeros, for adding up much at a time."""
        return csr_array(self.membership)

    @cached_property
    def members(self) -> Ints:
        """Parent and children of each equation, in one array."""
        return np.column_stack([self.parents, self.children])

    @cached_property
    def equations(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Parent and children of each equation."""
        return tuple(
            (parent, tuple(child for child in padded if child < self.size)) for parent, *padded in self.members.tolist()
        )

    @cached_property
    def of_row(self) -> tuple[tuple[tuple[int, tuple[int, ...]], ...], ...]:
        """The equations (parent, children) that each row is in."""
        found: list[list[tuple[int, tuple[int, ...]]]] = [[] for _ in range(self.size)]
        for parent, children in self.equations:
            for row in (parent, *children):
                found[row].append((parent, children))
        return tuple(tuple(equations) for equations in found)

    def totals(self, atoms: NDArray[np.int64]) -> Ints:
        """Counts of every row from counts of the atoms: (atoms, columns) to (rows, columns)."""
        return np.asarray(self.sparse @ atoms)


def build_system(membership: NDArray[np.int64], equations: Sequence[tuple[int, Sequence[int]]]) -> System:
    """A system from (parent, children) pairs of row numbers. Raises ValueError when one does not add up."""
    width = max((len(children) for _, children in equations), default=0)
    padded = np.full((len(equations), width), len(membership), dtype=np.int64)
    for number, (parent, children) in enumerate(equations):
        padded[number, : len(children)] = children
        if not np.array_equal(membership[list(children)].sum(axis=0), membership[parent]):
            raise ValueError(f"the children {list(children)} do not make up row {parent}")
    return System(membership, np.array([parent for parent, _ in equations], dtype=np.int64), padded)
