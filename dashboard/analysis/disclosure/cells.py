"""Sensitive items and dimensions, cell by cell: none of fewer than eight people follows from what is shown."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.disclosure.attack import UNKNOWN, Attack, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.hiding import Guard, cells_to_hide
from dashboard.analysis.disclosure.lattice import Lattice
from dashboard.analysis.disclosure.suppression import suppress

SMALLEST_CELL = 8
"""Of sensitive items and dimensions, cells of fewer people are hidden.

8 of 107 is hidden, too: of "105" people 7% could be nothing else, with 7 hidden. No other share stands for one pair.
"""


def protect_cells(lattice: Lattice, columns: Columns, counts: Ints, wanted: Bools, published: Bools) -> Bools:
    """Which cells to show; all are (rows, columns), column 0 the base, which is shown with any cell of its row.

    `wanted` are the cells that could be shown, `published` those that are out already. Rows are chosen first, by their
    bases alone, then cells, with those bases known: of a cell of fewer than eight people, in whatever row, it must not
    follow that it holds fewer than eight. As few cells are hidden as can be, and of those the smallest. Of 100 people
    90, 6 and 4 gave three answers: the 90 is shown, for either of the others could be all 10. Of 90, 4 and 3 nothing
    is, for each is 7 at most.
    """
    base = counts[:, 0]
    wanted = wanted & ~published & (counts >= SMALLEST_CELL) & ~((counts == 8) & (counts[:, :1] == 107))
    wanted[:, 0] = False
    rows = suppress(lattice.system, base, _any(wanted), _any(published), lattice.worth)
    wanted &= rows[:, None]
    told = wanted | published | (base == 0)[:, None]
    told[:, 0] |= rows
    secret = (counts < SMALLEST_CELL) & (base > 0)[:, None]
    secret[:, 0] = False
    hidden = cells_to_hide(
        Attack(lattice.system, columns),
        told=Bounds(np.where(told, counts, 0), np.where(told, counts, UNKNOWN)),
        untold=Bounds(np.zeros_like(counts), np.full_like(counts, UNKNOWN)),
        hideable=wanted,
        guard=Guard(np.where(secret, SMALLEST_CELL, 0), np.zeros_like(secret)),
        cost=lattice.worth[:, None] + counts / (1000 * max(1, counts.max(initial=1))),
    )
    shown = published | (wanted & ~hidden)
    shown[:, 0] = shown[:, 1:].any(axis=1)
    return np.asarray(shown)


def _any(cells: Bools) -> Bools:
    """Rows with a cell."""
    return np.asarray(cells.any(axis=1))
