"""What may be published of one item: the two classes of item, over every row that anyone could work out.

**Experience and opinion.** A row (a place in a span of waves) is shown from ten people up. Shares next to nobody and
everyone become a band. Rows and cells are hidden until neither a row of fewer than ten, nor nobody and everyone, follow
from what is shown (`suppression`, `bands`).

**Sensitive items and group dimensions.** Besides ten people, every cell needs eight people or more: 1 to 7 are hidden,
and so is 0, for where 1 to 7 are hidden a cell "under 5%" of a hundred people could only be nobody. The row of a region
or an area is shown whole or not at all; England's cell by cell, each hidden one with others that hide it. In a
`choices` item each option is a table of its own: people who picked it and people who did not.

In both classes an attacker adds and subtracts everything that was ever published, and takes rounded numbers for exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State, States, primary_states, protect_bands
from dashboard.analysis.disclosure.cells import SMALLEST_CELL, protect_cells
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.lattice import ENGLAND, Lattice
from dashboard.analysis.disclosure.suppression import suppress
from dashboard.analysis.rounding import SMALLEST_BASE


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

    @property
    def empty(self) -> Bools:
        """Rows of nobody."""
        return np.asarray(self.counts[:, 0] == 0)


def enough_people(counts: Ints) -> Bools:
    """The rule for opinions: ten people or more; `counts` (rows, columns) starts with the base."""
    return np.asarray(counts[:, 0] >= SMALLEST_BASE)


def enough_in_every_cell(counts: Ints) -> Bools:
    """The strict rule: ten people or more, and eight or more in every cell."""
    return enough_people(counts) & (counts[:, 1:] >= SMALLEST_CELL).all(axis=1)


def protect_opinions(table: Table) -> States:
    """What to show, (rows, columns), of an item of experience or opinion."""
    nothing = np.zeros(table.lattice.system.size, dtype=bool)
    shown = suppress(
        table.lattice.system,
        table.counts[:, :1],
        enough_people,
        table.candidates,
        table.fixed,
        partly=nothing,
        empty=table.empty,
    )
    current = shown & table.candidates & ~table.fixed
    states = np.where(current[:, None], primary_states(table.counts, current), table.published).astype(np.int8)
    return protect_bands(table.lattice.system, table.columns, table.counts, states, current)


def protect_one_of_each(table: Table) -> States:
    """What to show, (rows, columns), of a sensitive item or dimension of which everyone picks one option."""
    england = np.array([unit == ENGLAND for _, unit in table.lattice.rows])
    enough = england & enough_people(table.counts)
    shown_cells = protect_cells(
        table.lattice, table.columns, table.counts, table.candidates & enough, table.published != State.HIDDEN
    )
    cells = np.where(shown_cells & enough[:, None], State.EXACT, State.HIDDEN)
    whole = (cells[:, 1:] == State.EXACT).all(axis=1)
    in_part = england & ~whole & (cells[:, 1:] == State.EXACT).any(axis=1)
    shown = suppress(
        table.lattice.system,
        table.counts,
        enough_in_every_cell,
        table.candidates & (whole | ~england),
        table.fixed & ~in_part,
        partly=in_part,
        empty=table.empty,
    )
    states = np.where(shown[:, None], State.EXACT, np.where(in_part[:, None], cells, State.HIDDEN))
    states[:, 0] = np.where(shown | in_part, State.EXACT, State.HIDDEN)
    return states.astype(np.int8)


def protect_any_of(table: Table) -> States:
    """What to show, (rows, columns), of a sensitive item or dimension of which people pick any number of options.

    A measure over one option is shown as the option is; over several it is not shown, for the people in it who are in
    none of the options that are shown beside it may be few.
    """
    states = np.full(table.counts.shape, State.HIDDEN, dtype=np.int8)
    base = table.counts[:, 0]
    measures = dict(table.columns.unions)
    for column in range(1, table.counts.shape[1]):
        if column in measures:
            continue
        picked = table.counts[:, column]
        shown = suppress(
            table.lattice.system,
            np.column_stack([base, picked, base - picked]),
            enough_in_every_cell,
            table.candidates,
            table.published[:, column] != State.HIDDEN,
            partly=np.zeros(len(base), dtype=bool),
            empty=table.empty,
        )
        states[:, column] = np.where(shown, State.EXACT, State.HIDDEN)
    for parent, children in measures.items():
        if len(children) == 1:
            states[:, parent] = states[:, children[0]]
    states[:, 0] = np.where((states[:, 1:] != State.HIDDEN).any(axis=1), State.EXACT, State.HIDDEN)
    return states
