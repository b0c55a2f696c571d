"""Planted holes: one suppression taken away at a time, and a search in whole numbers for what then follows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import LinearConstraint, milp

from dashboard.analysis.disclosure.audit_examples import Puzzle
from dashboard.analysis.disclosure.audit_told import Told, statements_of
from tests.dashboard.attacks.generated import Generated


def holes(generated: Generated, *, exact: bool) -> Iterator[list[Told]]:
    """What is told when one cell that is hidden, of ten people or more, is shown after all."""
    told = generated.told(exact=exact)
    for number, cell in enumerate(told):
        if cell.way == "suppressed":
            planted = generated.cell(cell.row, cell.column, exact=exact, shown=True)
            yield [*told[:number], planted, *told[number + 1 :]]


def is_unsafe(puzzle: Puzzle) -> bool:
    """Whether the rule is broken in a row that cells are told of, over all whole numbers of people that fit."""
    shape, parts = puzzle.shape, puzzle.shape.parts
    statements = statements_of(puzzle.told, puzzle.leaves, puzzle.measures)
    lines = [
        np.kron(
            sum((factor * parts[column] for column, factor in each.parts), np.zeros(shape.leaves)), shape.sets[each.row]
        )
        for each in statements
    ]
    low, high = [each.low for each in statements], [each.high for each in statements]
    for sums in shape.inside:
        for atom in np.eye(shape.atoms):
            lines, low, high = [*lines, np.kron(sums, atom)], [*low, 0.0], [*high, np.inf]
    constraints = LinearConstraint(np.array(lines), np.array(low) - 1e-9, np.array(high) + 1e-9)

    def most(row: int, sums: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        wanted = np.kron(sums, shape.sets[row])
        found = milp(-wanted, constraints=constraints, integrality=np.ones(len(wanted)), bounds=(0, 10_000))
        return float(round(-found.fun)) if found.success else np.inf

    for row in sorted({cell.row for cell in puzzle.told if cell.way != "shown"}):
        fewest, greatest = -most(row, -parts[0]), most(row, parts[0])
        for sums in [*parts[1:], *(parts[0] - parts[1:] if puzzle.takes_several else [])]:
            high = most(row, sums)
            everyone = most(row, parts[0] - sums) == 0
            if fewest >= 1 and (high == 0 or everyone):
                return True
            if high >= 10 or (high >= 8 and greatest >= 10):
                continue
            low = -most(row, -sums)
            if (puzzle.strict and low >= 1 and high < 8) or (1 <= low == high and greatest < 10):
                return True
    return False
