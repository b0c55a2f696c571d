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

from dataclasses import dataclass

import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State, States, primary_states, protect_bands
from dashboard.analysis.disclosure.cells import SMALLEST_CELL, protect_cells
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.lattice import Lattice
from dashboard.analysis.disclosure.suppression import suppress


@dataclass(frozen=True)
class Table:
    """Counts of one item, (rows of the lattice, columns): column 0 is the base, then options, then the measure if any.

    `candidates` (rows,) are the rows of this release; `published` (rows, columns) is what is out already: the states of
    cells in earlier releases, hidden for the rest.
    """

    lattice: Lattice
    columns: Columns
    counts: Ints
    candidates: Bools
    published: States

    @property
    def fixed(self) -> Bools:
        """Rows that an earlier release shows, whole or in part."""
        return np.asarray((self.published != State.HIDDEN).any(axis=1))


def protect(table: Table, *, strict: bool, several: bool, withheld: Bools | None = None) -> States:
    """What to show, (rows, columns), of an item: `strict` for the second class, `several` where any number is picked.

    Of `withheld` cells, (rows, columns), nothing is shown whatever else, and of a row whose base is among them.
    """
    if not strict:
        return protect_opinions(table, withheld)
    return (protect_any_of if several else protect_one_of_each)(table, withheld)


def protect_opinions(table: Table, withheld: Bools | None = None) -> States:
    """What to show, (rows, columns), of an item of experience or opinion."""
    kept = _withheld(table, withheld)
    system, worth = table.lattice.system, table.lattice.worth
    wanted = table.candidates & ~np.asarray(kept[:, 1:].all(axis=1))
    shown = suppress(system, table.counts[:, 0], wanted, table.fixed, worth)
    current = shown & table.candidates & ~table.fixed
    states = np.where(current[:, None], primary_states(table.counts, current), table.published).astype(np.int8)
    states[kept & current[:, None]] = State.HIDDEN
    states[current, 0] = State.EXACT
    return _with_bases(protect_bands(system, table.columns, table.counts, states, current, worth))


def protect_one_of_each(table: Table, withheld: Bools | None = None) -> States:
    """What to show, (rows, columns), of a sensitive item or dimension of which everyone picks one option."""
    shown = protect_cells(
        table.lattice,
        table.columns,
        table.counts,
        table.candidates[:, None] & ~_withheld(table, withheld),
        table.published != State.HIDDEN,
    )
    return np.where(shown, State.EXACT, State.HIDDEN).astype(np.int8)


def protect_any_of(table: Table, withheld: Bools | None = None) -> States:
    """What to show, (rows, columns), of a sensitive item or dimension of which people pick any number of options.

    Each option is a table of its own, of those who picked it and those who did not; what is said of one says nothing
    of another but the base. A measure over one option is shown as the option is; over several it is not shown, for the
    people in it who are in none of the options that are shown beside it may be few.
    """
    measures = dict(table.columns.unions)
    options = np.array([column for column in range(1, table.counts.shape[1]) if column not in measures])
    width = len(options)
    picked = table.counts[:, options]
    others = table.counts[:, :1] - picked
    none = np.zeros_like(picked, dtype=bool)
    wanted = table.candidates[:, None] & ~_withheld(table, withheld)[:, options] & (others >= SMALLEST_CELL)
    published = table.published != State.HIDDEN
    shown = protect_cells(
        table.lattice,
        Columns(sums=tuple((0, (option, width + option)) for option in range(1, width + 1))),
        np.column_stack([table.counts[:, 0], picked, others]),
        np.column_stack([none[:, :1], wanted, none]),
        np.column_stack([table.fixed, published[:, options], none]),
    )
    states = np.full(table.counts.shape, State.HIDDEN, dtype=np.int8)
    states[:, options] = np.where(shown[:, 1 : width + 1], State.EXACT, State.HIDDEN)
    for parent, children in measures.items():
        if len(children) == 1:
            states[:, parent] = states[:, children[0]]
    return _with_bases(states)


def _withheld(table: Table, withheld: Bools | None) -> Bools:
    """Cells of this release that stay hidden whatever else; all of a row where its base does."""
    if withheld is None:
        return np.zeros(table.counts.shape, dtype=bool)
    return np.asarray(withheld | withheld[:, :1])


def _with_bases(states: States) -> States:
    """`states` with the base known where any cell of the row is shown, and there only."""
    states[:, 0] = np.where((states[:, 1:] != State.HIDDEN).any(axis=1), State.EXACT, State.HIDDEN)
    return states
