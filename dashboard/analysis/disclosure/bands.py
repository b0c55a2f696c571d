"""Bands around nobody and everyone, kept from being undone by what else is shown."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.attack import Attack, Bounds, Cell, Columns
from dashboard.analysis.disclosure.equations import Bools, Ints, System
from dashboard.analysis.rounding import SMALLEST_BASE, band_limit, fewest_over, most_under

States = NDArray[np.int8]


class State(IntEnum):
    """How much of a cell an attacker is taken to know."""

    HIDDEN = 0
    BANDED = 1
    EXACT = 2
    """Published rounded, taken to be known exactly."""


def primary_states(counts: Ints, shown: Bools) -> States:
    """States (rows, columns) of each row by itself: `shown` rows exact, but banded near nobody and everyone."""
    base = counts[:, :1]
    least, most = _band_edges(base)
    banded = (counts <= least) | (counts >= most)
    states = np.where(banded, State.BANDED, State.EXACT)
    states[:, 0] = State.EXACT
    return np.where(shown[:, None], states, State.HIDDEN).astype(np.int8)


def bounds_of(counts: Ints, states: States) -> Bounds:
    """What an attacker knows to begin with. Bases are taken as known in every row, shown or not."""
    base = counts[:, :1]
    least, most = _band_edges(base)
    under = counts <= least
    low = np.select([states == State.EXACT, (states == State.BANDED) & ~under], [counts, most], 0)
    high = np.select([states == State.EXACT, (states == State.BANDED) & under], [counts, least], base)
    low[:, 0] = high[:, 0] = counts[:, 0]
    return Bounds(low, high)


def _band_edges(base: Ints) -> tuple[Ints, Ints]:
    """The most people that are "under" and the fewest that are "over", for each base (rows, 1)."""
    limits = [band_limit(int(people)) for people in base[:, 0]]
    pairs = list(zip(limits, base[:, 0].tolist(), strict=True))
    least = [most_under(limit, people) for limit, people in pairs]
    most = [fewest_over(100 - limit, people) for limit, people in pairs]
    return np.array(least, dtype=np.int64)[:, None], np.array(most, dtype=np.int64)[:, None]


def protect_bands(system: System, columns: Columns, counts: Ints, states: States, changeable: Bools) -> States:
    """`states` with cells hidden until nobody and everyone cannot be worked out, in rows shown or hidden.

    `counts` and `states` are (rows, columns), column 0 the base; `changeable` (rows,) are the rows of this release.
    What other rows show is out already and cannot be taken back: what follows from it alone is not held against anyone.

    The attacker takes every cell that is not banded for exactly known. Of 15 people 10 and 5 gave two of three
    answers; the third is "under 10%", but 15 - 10 - 5 is 0: the 5 is hidden, so that the two share 5 people. Of a
    region's 6 people who said yes, 3 and 3 live in the areas that are shown: nobody in the others said it, so one 3
    is hidden. In rows that are shown, one person (all but one) is protected as nobody (everyone) is: were it nobody
    alone, that a cell is hidden would say which. Of hidden rows of fewer than ten people nothing may follow.

    What is hidden is the cheapest cell that the finding follows from; each turn hides one, so there is an end.
    """
    attack = Attack(system, columns)
    base = counts[:, :1]
    told = attack.tighten(bounds_of(counts, np.where(changeable[:, None], State.HIDDEN, states).astype(np.int8)))
    extreme = np.minimum(counts, base - counts)
    shown = (states != State.HIDDEN).any(axis=1, keepdims=True)
    secret = np.where(shown, extreme <= 1, (extreme == 0) | (base < SMALLEST_BASE))
    secret &= (told.low < told.high) & (base > 0)
    secret[:, 0] = False
    states = states.copy()
    while fixes := _first_fixes(attack, counts, states, changeable, secret, bounds_of(counts, states)):
        for cell in fixes:
            states[cell] = State.HIDDEN
    return states


def _first_fixes(
    attack: Attack, counts: Ints, states: States, changeable: Bools, secret: Bools, start: Bounds
) -> set[Cell]:
    """Cells to hide because of the first turn that pins a secret down; empty when none does, or none can be helped."""
    trail: list[Bounds] = []
    for bounds in attack.steps(start):
        trail.append(bounds)
        fixes: set[Cell] = set()
        pinned = secret & (bounds.low == bounds.high)
        for row, column in np.argwhere(pinned).tolist():
            sources = attack.sources(trail, (row, column))
            usable = {at for at in sources if changeable[at[0]] and at[1] and states[at] != State.HIDDEN}
            if usable and not fixes & sources:
                fixes.add(min(usable, key=lambda at: _loss(counts, states, at)))
        if fixes:
            return fixes
        secret = secret & ~pinned
    return set()


def _loss(counts: Ints, states: States, cell: Cell) -> tuple[bool, bool, int, int, int, Cell]:
    """What hiding a cell costs a reader: least where its row has a gap already, which it then shares; then exact
    cells, as a band said little; then those nearest to nobody or everyone; then those of few people."""
    row = cell[0]
    base, count = int(counts[row, 0]), int(counts[cell])
    whole = not (states[row] == State.HIDDEN).any()
    return whole, bool(states[cell] == State.BANDED), min(count, base - count), count, base, cell
