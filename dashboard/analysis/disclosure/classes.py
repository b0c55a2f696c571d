"""What may be published of one item: the two classes of item, over every row that anyone could work out.

**Experience and opinion.** A row (a place in a span of waves) is shown from ten people up. Shares next to nobody and
everyone become a band. Rows and cells are hidden until neither a row of fewer than ten, nor nobody and everyone, follow
from what is shown (`suppression`, `bands`).

**Sensitive items and group dimensions.** Besides ten people, every cell needs eight people or more: 1 to 7 are hidden,
and so is 0, for where 1 to 7 are hidden a cell "under 5%" of a hundred people could only be nobody. Cells are hidden
until of none of these it follows that it holds fewer than eight (`cells`). In a `choices` item each option is a table
of its own: people who picked it and people who did not, eight or more of each.

In both classes an attacker adds and subtracts everything that was ever published, and takes rounded numbers for exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import Banded, State, States, primary_states, protect_bands
from dashboard.analysis.disclosure.cells import SMALLEST_CELL, Cells, protect_cells
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.lattice import Lattice
from dashboard.analysis.disclosure.suppression import suppress


@dataclass(frozen=True)
class Table:
    """Counts of one item, (rows of the lattice, columns): column 0 is the base, then options, then the measure if any.

    `candidates` (rows,) are the rows of this release; `published` (rows, columns) is what is out already: the states of
    cells in earlier releases, hidden for the rest. Of `withheld` cells, (rows, columns), nothing is shown whatever
    else, and of a row whose base is among them.
    """

    lattice: Lattice
    columns: Columns
    counts: Ints
    candidates: Bools
    published: States
    withheld: Bools | None = None

    @property
    def fixed(self) -> Bools:
        """Rows that an earlier release shows, whole or in part."""
        return np.asarray((self.published != State.HIDDEN).any(axis=1))

    @property
    def kept(self) -> Bools:
        """Cells that stay hidden, (rows, columns): those withheld, and all of a row where its base is."""
        if self.withheld is None:
            return np.zeros(self.counts.shape, dtype=bool)
        return np.asarray(self.withheld | self.withheld[:, :1])


def protect(tables: Sequence[Table], *, strict: bool, several: bool) -> list[States]:
    """What to show, (rows, columns), of items on the same rows: `strict` for the second class, `several` where any
    number of options is picked."""
    if not strict:
        return protect_opinions(tables)
    return (protect_any_of if several else protect_one_of_each)(tables)


def protect_opinions(tables: Sequence[Table]) -> list[States]:
    """What to show, (rows, columns), of items of experience or opinion, on the same rows."""
    lattice = tables[0].lattice
    shown = suppress(
        lattice.system,
        np.column_stack([table.counts[:, 0] for table in tables]),
        np.column_stack([table.candidates & ~table.kept[:, 1:].all(axis=1) for table in tables]),
        np.column_stack([table.fixed for table in tables]),
        lattice.worth,
    )
    banded = [_banded(table, rows) for table, rows in zip(tables, shown.T, strict=True)]
    return [_with_bases(states) for states in protect_bands(lattice.system, banded, lattice.worth)]


def _banded(table: Table, shown: Bools) -> Banded:
    current = shown & table.candidates & ~table.fixed
    states = np.where(current[:, None], primary_states(table.counts, current), table.published).astype(np.int8)
    states[table.kept & current[:, None]] = State.HIDDEN
    states[current, 0] = State.EXACT
    return Banded(table.columns, table.counts, states, current)


def protect_one_of_each(tables: Sequence[Table]) -> list[States]:
    """What to show, (rows, columns), of sensitive items or dimensions of which everyone picks one option."""
    cells = [
        Cells(table.columns, table.counts, table.candidates[:, None] & ~table.kept, table.published != State.HIDDEN)
        for table in tables
    ]
    return [
        np.where(shown, State.EXACT, State.HIDDEN).astype(np.int8) for shown in protect_cells(tables[0].lattice, cells)
    ]


def protect_any_of(tables: Sequence[Table]) -> list[States]:
    """What to show, (rows, columns), of sensitive items or dimensions of which people pick any number of options.

    Each option is a table of its own, of those who picked it and those who did not; what is said of one says nothing
    of another but the base. A measure over one option is shown as the option is; over several it is not shown, for the
    people in it who are in none of the options that are shown beside it may be few.
    """
    shown = protect_cells(tables[0].lattice, [_picked_or_not(table) for table in tables])
    return [_of_options(table, cells) for table, cells in zip(tables, shown, strict=True)]


def _picked_or_not(table: Table) -> Cells:
    """The base, then people who picked each option, then those who did not."""
    options = _options(table)
    width = len(options)
    picked = table.counts[:, options]
    others = table.counts[:, :1] - picked
    none = np.zeros_like(picked, dtype=bool)
    wanted = table.candidates[:, None] & ~table.kept[:, options] & (others >= SMALLEST_CELL)
    published = table.published[:, options] != State.HIDDEN
    return Cells(
        Columns(sums=tuple((0, (option, width + option)) for option in range(1, width + 1))),
        np.column_stack([table.counts[:, 0], picked, others]),
        np.column_stack([none[:, :1], wanted, none]),
        np.column_stack([table.fixed, published, none]),
    )


def _of_options(table: Table, shown: Bools) -> States:
    options = _options(table)
    states = np.full(table.counts.shape, State.HIDDEN, dtype=np.int8)
    states[:, options] = np.where(shown[:, 1 : len(options) + 1], State.EXACT, State.HIDDEN)
    for measure, counted in table.columns.unions:
        if len(counted) == 1:
            states[:, measure] = states[:, counted[0]]
    return _with_bases(states)


def _options(table: Table) -> list[int]:
    """The columns that are neither the base nor a measure."""
    measures = {measure for measure, _ in table.columns.unions}
    return [column for column in range(1, table.counts.shape[1]) if column not in measures]


def _with_bases(states: States) -> States:
    """`states` with the base known where any cell of the row is shown, and there only."""
    states[:, 0] = np.where((states[:, 1:] != State.HIDDEN).any(axis=1), State.EXACT, State.HIDDEN)
    return states
