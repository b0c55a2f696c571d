"""Which cells to hide, as few as can be, so that what must not follow from the others does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np

from dashboard.analysis.disclosure.attack import Attack, Bounds
from dashboard.analysis.disclosure.covering import cheapest_cover
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints

MOST_TURNS = 20
"""Turns in which everything hidden so far is chosen anew; after them cells are only added."""
MOST_BETTER = 3
"""Turns in which a cheaper choice is looked for, once there is one."""


@dataclass(frozen=True)
class Guard:
    """What must not follow, for each cell (rows, columns)."""

    at_least: Ints
    """That it holds fewer people than this; 0 where that may be known."""
    apart: Bools
    """How many people exactly it holds."""

    def broken(self, bounds: Bounds) -> Bools:
        """Cells about which too much is known."""
        return np.asarray((bounds.high < self.at_least) | (self.apart & (bounds.low == bounds.high)))

    def without(self, cells: Bools) -> Guard:
        """The same but for some cells."""
        return Guard(np.where(cells, 0, self.at_least), self.apart & ~cells)


def cells_to_hide(attack: Attack, told: Bounds, untold: Bounds, hideable: Bools, guard: Guard, cost: Floats) -> Bools:
    """The cells, among `hideable`, to hide so that nothing that `guard` forbids follows; all are (rows, columns).

    `told` is what an attacker starts from with every cell shown, `untold` what he starts from where one is hidden.
    What follows from the cells that cannot be hidden is not held against the others.

    It is an implicit hitting set (E. Moreno-Centeno and R. Karp, "The Implicit Hitting Set Approach to Solve
    Combinatorial Optimization Problems", 2013): whenever something follows that must not, at least one of the cells it
    was worked out from has to be hidden. These sets are collected and the cheapest cells hidden that cover all of
    them, until nothing follows. While turns and branches
    last, no other choice that stands up to this attacker costs less.
    """
    if not hideable.any() or not _reasons(attack, told, guard, hideable):
        return np.zeros(hideable.shape, dtype=bool)
    guard = guard.without(guard.broken(attack.tighten(_start(told, untold, hideable))))
    price = dict(enumerate(cost.ravel().tolist()))
    needed: set[frozenset[int]] = set()

    def follows_beside(chosen: frozenset[int]) -> set[frozenset[int]]:
        hidden = _cells(chosen, hideable)
        return _reasons(attack, _start(told, untold, hidden), guard, hideable & ~hidden)

    chosen: frozenset[int] = frozenset()
    for turn in count():
        found = follows_beside(chosen)
        if not found:
            break
        needed |= found
        kept = chosen if turn > MOST_TURNS else frozenset()
        chosen = kept | cheapest_cover((each for each in needed if not each & kept), price, exactly=False)
    best = chosen
    for _ in range(MOST_BETTER):
        chosen = cheapest_cover(needed, price)
        if _total(chosen, price) > _total(best, price) - 0.5:
            break
        found = follows_beside(chosen)
        if not found:
            best = chosen
            break
        needed |= found
    return _cells(best, hideable)


def _cells(chosen: frozenset[int], hideable: Bools) -> Bools:
    hidden = np.zeros(hideable.shape, dtype=bool)
    hidden.flat[list(chosen)] = True
    return hidden


def _total(chosen: frozenset[int], price: Mapping[int, float]) -> float:
    return sum(price[cell] for cell in chosen)


def _start(told: Bounds, untold: Bounds, hidden: Bools) -> Bounds:
    return Bounds(np.where(hidden, untold.low, told.low), np.where(hidden, untold.high, told.high))


def _reasons(attack: Attack, start: Bounds, guard: Guard, shown: Bools) -> set[frozenset[int]]:
    """For what follows and must not, the shown cells it follows from (numbered row by row), at the first turn."""
    trail: list[Bounds] = []
    found: set[frozenset[int]] = set()
    seen = np.zeros(shown.shape, dtype=bool)
    for bounds in attack.steps(start):
        trail.append(bounds)
        broken = guard.broken(bounds) & ~seen
        seen |= broken
        for row, column in np.argwhere(broken).tolist():
            exactly = bounds.high[row, column] >= guard.at_least[row, column]
            sources = attack.sources(trail, (row, column), lower=bool(exactly))
            found.add(frozenset(at[0] * shown.shape[1] + at[1] for at in sources if shown[at]))
        if found:
            break
    return found
