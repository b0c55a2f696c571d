"""Small made-up countries, and an attacker who knows linear algebra and every shown number exactly."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State, States
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.disclosure.lattice import Ground, Lattice, Place, build_lattice

OLD = Ground("2023", (Place("A", "A", "n"), Place("B", "B", "n"), Place("C", "CD", "s"), Place("D", "CD", "s")))
MERGED = Ground("2026", (Place("A", "A", "n"), Place("B", "B", "n"), Place("CD", "CD", "s")))
SPLIT = Ground("2026", (Place("A", "A", "n"), Place("B", "B", "n"), Place("E", "CD", "s"), Place("F", "CD", "s")))


def random_lattice(random: np.random.Generator) -> Lattice:
    """One to three waves, all on one list of areas or changing to another."""
    waves = int(random.integers(1, 4))
    changed = int(random.integers(0, waves + 1))
    new = (MERGED, SPLIT)[int(random.integers(2))]
    return build_lattice([OLD] * (waves - changed) + [new] * changed)


def published_rows(lattice: Lattice) -> Bools:
    """Single waves and all waves together; not those whose area is not known."""
    whole = len(lattice.grounds)
    return np.array([len(waves) in (1, whole) and unit[0] != "nowhere" for waves, unit in lattice.rows])


def nothing(lattice: Lattice) -> Bools:
    """No row at all."""
    return np.zeros(lattice.system.size, dtype=bool)


def known_sets(lattice: Lattice, shown: Bools, people: Ints) -> tuple[Ints, Bools]:
    """Every set of atoms, (sets, atoms), and which of them are sums and differences of shown rows and empty atoms."""
    atoms = len(lattice.atoms)
    told = np.vstack([lattice.system.membership[shown], np.eye(atoms, dtype=np.int64)[people == 0]]).astype(float)
    sets = np.array(list(product((0, 1), repeat=atoms)), dtype=np.int64)
    unknown = null_space(told) if len(told) else np.eye(atoms)
    return sets, (np.abs(sets @ unknown) < 1e-9).all(axis=1)


def null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the rows of a matrix leave open, (columns, dimensions)."""
    sizes, directions = np.linalg.eigh(matrix.T @ matrix)
    return np.asarray(directions[:, sizes < 1e-9])


def determined_cells(lattice: Lattice, columns: Columns, states: States) -> Bools:
    """Cells (rows, columns) that follow, by linear algebra, from bases, exact cells and all equations."""
    system, (height, width) = lattice.system, states.shape
    equations = []
    for parent, *children in system.members.tolist():
        for column in range(width):
            line = np.zeros((height + 1, width))
            line[parent, column] = 1
            line[children, column] -= 1
            equations.append(line[:-1].ravel())
    for row, (parent, children) in product(range(height), columns.sums):
        line = np.zeros((height, width))
        line[row, parent] = 1
        line[row, list(children)] -= 1
        equations.append(line.ravel())
    unknown = states != State.EXACT
    unknown[:, 0] = False
    open_cells = np.zeros(states.size)
    open_cells[unknown.ravel()] = np.abs(null_space(np.array(equations)[:, unknown.ravel()])).max(axis=1, initial=0)
    return np.asarray(open_cells.reshape(states.shape) < 1e-9)
