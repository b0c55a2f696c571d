"""Sensitive items and dimensions, cell by cell: none of fewer than eight people follows from what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.disclosure.attack import UNKNOWN, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints
from dashboard.analysis.disclosure.hiding import Guard, Problem, cells_to_hide
from dashboard.analysis.disclosure.lattice import Lattice
from dashboard.analysis.disclosure.suppression import suppress

SMALLEST_CELL = 8
"""Of sensitive items and dimensions, cells of fewer people are hidden.

8 of 107 is hidden, too: of "105" people 7% could be nothing else, with 7 hidden. No other share stands for one pair.
"""


@dataclass(frozen=True)
class Cells:
    """A table of which cells are shown or not; all are (rows, columns), column 0 the base.

    The base is shown with any cell of its row. `wanted` are the cells that could be shown, `published` those that are
    out already.
    """

    columns: Columns
    counts: Ints
    wanted: Bools
    published: Bools


def protect_cells(lattice: Lattice, tables: Sequence[Cells]) -> list[Bools]:
    """Which cells of each table to show.

    Rows are chosen first, by their bases alone, then cells, with those bases known: of a cell of fewer than eight
    people, in whatever row, it must not follow that it holds fewer than eight. As few cells are hidden as can be, and
    of those the smallest. Of 100 people 90, 6 and 4 gave three answers: the 90 is shown, for either of the others
    could be all 10. Of 90, 4 and 3 nothing is, for each is 7 at most.
    """
    tables = [replace(table, wanted=_large_enough(table)) for table in tables]
    shown = suppress(
        lattice.system,
        np.column_stack([table.counts[:, 0] for table in tables]),
        np.column_stack([table.wanted.any(axis=1) for table in tables]),
        np.column_stack([table.published.any(axis=1) for table in tables]),
        lattice.worth,
    )
    problems = [_problem(table, rows, lattice.worth) for table, rows in zip(tables, shown.T, strict=True)]
    found = []
    for table, problem, hidden in zip(tables, problems, cells_to_hide(lattice.system, problems), strict=True):
        cells = table.published | (problem.hideable & ~hidden)
        cells[:, 0] = cells[:, 1:].any(axis=1)
        found.append(cells)
    return found


def _large_enough(table: Cells) -> Bools:
    counts = table.counts
    wanted = table.wanted & ~table.published & (counts >= SMALLEST_CELL) & ~((counts == 8) & (counts[:, :1] == 107))
    wanted[:, 0] = False
    return np.asarray(wanted)


def _problem(table: Cells, rows: Bools, worth: Floats) -> Problem:
    counts, some = table.counts, (table.counts[:, 0] > 0)[:, None]
    wanted = table.wanted & rows[:, None]
    told = wanted | table.published | ~some
    told[:, 0] |= rows
    secret = (counts < SMALLEST_CELL) & some
    secret[:, 0] = False
    return Problem(
        table.columns,
        told=Bounds(np.where(told, counts, 0), np.where(told, counts, UNKNOWN)),
        untold=Bounds(np.zeros_like(counts), np.full_like(counts, UNKNOWN)),
        hideable=wanted,
        guard=Guard(np.where(secret, SMALLEST_CELL, 0), np.zeros_like(secret)),
        cost=worth[:, None] + counts / (1000 * max(1, counts.max(initial=1))),
    )
