"""What equations `parent = sum of its children` say of the fewest and the most that each of their members can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.disclosure.equations import Ints

Equation = tuple[int, tuple[int, ...]]
"""Parent and children."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Equations between things numbered from 0, made ready so that all of them are used at once.

    Whatever an equation says of a thing is a sum of two terms. With two children, a parent is at least the least of
    the one and the least of the other; a child at least the parent's least and what is left of the other's most (its
    sign turned). With more children one of the terms is a sum that is made before, of all of them or of all but one.
    """

    size: int
    wide: tuple[Ints, ...]
    """Children of equations with more than two, (children, equations): those with as many children together."""
    first: Ints
    """(ways, things): a term by its place in `_terms`."""
    second: Ints

    def tightened(self, both: Ints) -> Ints:
        """`both` after one use of every equation on what was known before; (2, things, any number of copies).

        First the least, then the most with its sign turned: what tightens either is the greatest of what is said.
        """
        terms, found = self._terms(both), both.copy()
        for first, second in zip(self.first, self.second, strict=True):
            said = terms.take(first, axis=1)
            said += terms.take(second, axis=1)
            np.maximum(found, said, out=found)
        return found

    def _terms(self, both: Ints) -> Ints:
        turned = both[::-1]
        found = [both, np.zeros((2, 1, both.shape[2]), dtype=np.int64), turned]
        for children in self.wide:
            parts = turned.take(children, axis=1)
            whole = parts.sum(axis=1)
            found += [whole[::-1], (whole[:, None] - parts).reshape(2, -1, both.shape[2])]
        return np.concatenate(found, axis=1)


def build_sums(size: int, equations: Iterable[Equation]) -> Sums:
    """Equations between so many things, made ready."""
    nothing, turned = size, size + 1
    ways: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    by_width: dict[int, list[Equation]] = {}
    for parent, children in equations:
        by_width.setdefault(len(children), []).append((parent, children))
        if len(children) <= 2:
            ways[parent].append((children[0], children[1] if len(children) == 2 else nothing))
            for child in children:
                other = [turned + each for each in children if each != child] or [nothing]
                ways[child].append((parent, other[0]))
    at = turned + size
    wide = []
    for width, alike in by_width.items():
        if width > 2:
            wide.append(np.array([children for _, children in alike], dtype=np.int64).T)
            for number, (parent, children) in enumerate(alike):
                ways[parent].append((at + number, nothing))
                for place, child in enumerate(children):
                    ways[child].append((parent, at + len(alike) * (1 + place) + number))
            at += len(alike) * (1 + width)
    first, second = _padded(ways, nothing)
    return Sums(size, tuple(wide), first, second)


def _padded(ways: Sequence[Sequence[tuple[int, int]]], nothing: int) -> Ints:
    """(terms, most ways, things): of things with fewer ways it is said besides that they are what they are."""
    most = max(map(len, ways), default=0)
    filled = [[*known, *[(thing, nothing)] * (most - len(known))] for thing, known in enumerate(ways)]
    return np.array(filled, dtype=np.int64).reshape(len(ways), most, 2).T
