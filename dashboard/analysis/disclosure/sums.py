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
    """(ways, things): a term by its place in `_terms`; of the first way a thing is what it was known to be already."""
    second: Ints

    def tightened(self, both: Ints) -> Ints:
        """`both` after one use of every equation on what was known before; (2, things, any number of copies).

        First the least, then the most with its sign turned: what tightens either is the greatest of what is said.
        """
        terms = self._terms(both)
        return np.asarray((terms.take(self.first, axis=1) + terms.take(self.second, axis=1)).max(axis=1))

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
    ways: list[list[tuple[int, int]]] = [[(thing, nothing)] for thing in range(size)]
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
    first, second = _padded(ways)
    return Sums(size, tuple(wide), first, second)


def _padded(ways: Sequence[Sequence[tuple[int, int]]]) -> Ints:
    """(terms, most ways, things): things with fewer ways have their first again."""
    most = max(map(len, ways), default=1)
    return np.array([[*way, *[way[0]] * (most - len(way))] for way in ways], dtype=np.int64).reshape(-1, most, 2).T
