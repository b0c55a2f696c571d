"""England cell by cell, for sensitive items: which options can be shown beside hidden ones, over all sets of waves."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.equations import Bools, Ints, System, build_system
from dashboard.analysis.disclosure.lattice import ENGLAND, Lattice
from dashboard.analysis.disclosure.suppression import suppress

SMALLEST_CELL = 8
"""Of sensitive items and dimensions, cells of fewer people are hidden."""


def protect_cells(lattice: Lattice, columns: Columns, counts: Ints, candidates: Bools, published: Bools) -> Bools:
    """Which cells of England's rows to show: (rows of the lattice, columns), false outside England.

    `counts` has the base, the options and perhaps their measure; `candidates` (rows,) are the rows of this release;
    `published` (rows, columns) cells are out already.

    Every base is known, the options add up to it, sets of waves add up to one another, and the measure leaves what it
    does not count: cells here are the rows of `suppress`, with the rule "eight people or more". Of 100 people 90, 6 and
    4 gave three answers: the 90 is shown, for 6 and 4 together are 10. Of 90, 4 and 3 nothing is, for 7 are too few.
    """
    rows = np.flatnonzero([unit == ENGLAND for _, unit in lattice.rows])
    leaves, across = _parts(columns, counts.shape[1])
    cells = counts[rows] @ leaves.T
    wanted = np.zeros(cells.shape, dtype=bool)
    wanted[:, 1 : counts.shape[1]] = candidates[rows][:, None]
    known = np.zeros(cells.shape, dtype=bool)
    known[:, : counts.shape[1]] = published[rows]
    known[:, 0] = True
    nothing = np.zeros(cells.size, dtype=bool)
    shown = suppress(
        _system(lattice, rows, leaves, across),
        cells.reshape(-1, 1),
        _eight_people,
        wanted.ravel(),
        known.ravel(),
        partly=nothing,
        empty=nothing,
    ).reshape(cells.shape)
    result = np.zeros(counts.shape, dtype=bool)
    result[rows] = shown[:, : counts.shape[1]]
    result[:, 0] = False
    return result


def _eight_people(counts: Ints) -> Bools:
    return np.asarray(counts[:, 0] >= SMALLEST_CELL)


def _parts(columns: Columns, width: int) -> tuple[Ints, list[tuple[int, tuple[int, ...]]]]:
    """What each cell is made of, (cells, columns), and the sums of cells: the columns and what a measure leaves."""
    options = columns.sums[0][1]
    measures = [(parent, children) for parent, children in columns.sums if parent]
    leaves = np.zeros((width + len(measures), width), dtype=np.int64)
    leaves[0, list(options)] = 1
    leaves[list(options), list(options)] = 1
    across = [(0, options)]
    for rest, (measure, good) in enumerate(measures, start=width):
        leaves[measure, list(good)] = 1
        leaves[rest] = leaves[0] - leaves[measure]
        across += [(measure, good), (0, (measure, rest)), (rest, tuple(np.flatnonzero(leaves[rest]).tolist()))]
    return leaves, across


def _system(lattice: Lattice, rows: Ints, leaves: Ints, across: list[tuple[int, tuple[int, ...]]]) -> System:
    """The equations of England's cells: the sums of each row, and each cell over sets of waves."""
    width = len(leaves)
    place = {row: number for number, row in enumerate(rows.tolist())}
    waves = np.array([[wave in lattice.rows[row][0] for wave in range(len(lattice.grounds))] for row in rows])
    membership = np.einsum("rw,cl->rcwl", waves.astype(np.int64), leaves).reshape(len(rows) * width, -1)
    equations = [
        (at * width + parent, [at * width + child for child in children])
        for at in range(len(rows))
        for parent, children in across
        if children
    ]
    down = lattice.system.members
    for parent, *children in down[np.isin(down[:, :3], [*rows, lattice.system.size]).all(axis=1)].tolist():
        halves = [place[child] for child in children if child in place]
        equations += [(place[parent] * width + cell, [half * width + cell for half in halves]) for cell in range(width)]
    return build_system(membership, equations)
