"""Bands around nobody and everyone, kept from being undone by what else is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.attack import Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, System
from dashboard.analysis.disclosure.hiding import Guard, Problem, cells_to_hide
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
    least, most = _band_edges(counts[:, 0])
    banded = (counts <= least) | (counts >= most)
    states = np.where(banded, State.BANDED, State.EXACT)
    states[:, 0] = State.EXACT
    return np.where(shown[:, None], states, State.HIDDEN).astype(np.int8)


def bounds_of(counts: Ints, states: States) -> Bounds:
    """What an attacker knows to begin with. Bases are taken as known in every row, shown or not."""
    least, most = _band_edges(counts[:, 0])
    exact, banded = states == State.EXACT, states == State.BANDED
    under = counts <= least
    low = np.where(exact, counts, np.where(banded & ~under, most, 0))
    high = np.where(exact, counts, np.where(banded & under, least, counts[:, :1]))
    low[:, 0] = high[:, 0] = counts[:, 0]
    return Bounds(low, high)


def _band_edges(base: Ints) -> tuple[Ints, Ints]:
    """The most people that are "under" and the fewest that are "over", for each base (rows,): both (rows, 1)."""
    different, which = np.unique(base, return_inverse=True)
    edges = np.array([_edges_of(people) for people in different.tolist()], dtype=np.int64).reshape(-1, 2)[which]
    return edges[:, :1], edges[:, 1:]


@lru_cache(maxsize=4096)
def _edges_of(base: int) -> tuple[int, int]:
    limit = band_limit(base)
    return most_under(limit, base), fewest_over(100 - limit, base)


@dataclass(frozen=True)
class Banded:
    """A table of which rows are shown, some cells as a band; all are (rows, columns), column 0 the base.

    `changeable` (rows,) are the rows of this release. What other rows show is out already and cannot be taken back:
    what follows from it alone is not held against anyone.
    """

    columns: Columns
    counts: Ints
    states: States
    changeable: Bools


def protect_bands(system: System, tables: Sequence[Banded], worth: Floats | None = None) -> list[States]:
    """The states of each table with cells hidden until nobody and everyone cannot be worked out, in rows shown or not.

    The attacker takes every cell that is not banded for exactly known. Of 15 people 10 and 5 gave two of three
    answers; the third is "under 10%", but 15 - 10 - 5 is 0: the 5 is hidden, so that the two share 5 people. Of a
    region's 6 people who said yes, 3 and 3 live in the areas that are shown: nobody in the others said it, so one 3
    is hidden. In rows that are shown, one person (all but one) is protected as nobody (everyone) is: were it nobody
    alone, that a cell is hidden would say which. Of hidden rows of fewer than ten people nothing may follow.

    As few cells are hidden as can be; of those, exact ones, as a band said little, and then those nearest to nobody or
    everyone.
    """
    of_rows = np.ones(system.size) if worth is None else worth
    hidden = cells_to_hide(system, [_problem(table, of_rows) for table in tables])
    return [
        np.where(cells, State.HIDDEN, table.states).astype(np.int8) for table, cells in zip(tables, hidden, strict=True)
    ]


def _problem(table: Banded, worth: Floats) -> Problem:
    counts, states = table.counts, table.states
    hideable = table.changeable[:, None] & (states != State.HIDDEN)
    hideable[:, 0] = False
    low = np.zeros_like(counts)
    low[:, 0] = counts[:, 0]
    return Problem(
        table.columns,
        told=bounds_of(counts, states),
        untold=Bounds(low, np.repeat(counts[:, :1], counts.shape[1], axis=1)),
        hideable=hideable,
        guard=Guard(np.zeros_like(counts), _must_stay_open(counts, states)),
        cost=_cost(counts, states, worth),
    )


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
