"""Bands around nobody and everyone, kept from being undone by what else is shown."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.attack import Attack, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, System
from dashboard.analysis.disclosure.hiding import Guard, cells_to_hide
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


def protect_bands(
    system: System, columns: Columns, counts: Ints, states: States, changeable: Bools, worth: Floats | None = None
) -> States:
    """`states` with cells hidden until nobody and everyone cannot be worked out, in rows shown or hidden.

    `counts` and `states` are (rows, columns), column 0 the base; `changeable` (rows,) are the rows of this release.
    What other rows show is out already and cannot be taken back: what follows from it alone is not held against anyone.

    The attacker takes every cell that is not banded for exactly known. Of 15 people 10 and 5 gave two of three
    answers; the third is "under 10%", but 15 - 10 - 5 is 0: the 5 is hidden, so that the two share 5 people. Of a
    region's 6 people who said yes, 3 and 3 live in the areas that are shown: nobody in the others said it, so one 3
    is hidden. In rows that are shown, one person (all but one) is protected as nobody (everyone) is: were it nobody
    alone, that a cell is hidden would say which. Of hidden rows of fewer than ten people nothing may follow.

    As few cells are hidden as can be; of those, exact ones, as a band said little, and then those nearest to nobody or
    everyone.
    """
    secret = _must_stay_open(counts, states)
    hideable = changeable[:, None] & (states != State.HIDDEN)
    hideable[:, 0] = False
    hidden = cells_to_hide(
        Attack(system, columns),
        told=bounds_of(counts, states),
        untold=bounds_of(counts, np.full_like(states, State.HIDDEN)),
        hideable=hideable,
        guard=Guard(np.zeros_like(counts), secret),
        cost=_cost(counts, states, np.ones(len(counts)) if worth is None else worth),
    )
    return np.where(hidden, State.HIDDEN, states).astype(np.int8)


def _must_stay_open(counts: Ints, states: States) -> Bools:
    """Cells (rows, columns) whose number must not be known."""
    base = counts[:, :1]
    extreme = np.minimum(counts, base - counts)
    shown = (states != State.HIDDEN).any(axis=1, keepdims=True)
    secret = np.where(shown, extreme <= 1, (extreme == 0) | (base < SMALLEST_BASE)) & (base > 0)
    secret[:, 0] = False
    return np.asarray(secret)


def _cost(counts: Ints, states: States, worth: Floats) -> Floats:
    """What hiding each cell costs a reader: what its row is worth, and a little to decide between equals."""
    base = counts[:, :1]
    extreme = np.minimum(counts, base - counts)
    most = max(1, int(base.max(initial=1)))
    return np.asarray(worth[:, None] + (extreme / most + counts / most**2 + 2 * (states == State.BANDED)) / 1000)
