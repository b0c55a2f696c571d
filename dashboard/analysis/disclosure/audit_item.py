"""From the columns of one item to puzzles for the auditor: how its answers add up, and what is left of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.disclosure.audit_examples import Puzzle
from dashboard.analysis.disclosure.audit_space import Shape
from dashboard.analysis.disclosure.audit_told import Statement, Told
from dashboard.analysis.disclosure.equations import Ints


@dataclass(frozen=True)
class Answers:
    """The columns of an item: 0 the base, then `options`, then the measure over the `good` ones if there are any."""

    options: int
    good: tuple[int, ...]
    """Columns."""
    strict: bool
    takes_several: bool

    @property
    def measure(self) -> int:
        """The column of the measure."""
        return self.options + 1


@dataclass(frozen=True)
class Board:
    """Rows (rows, atoms) that cells are told of, pairs of rows of the same people, and rows to look at besides."""

    sets: Ints
    alike: tuple[tuple[int, int], ...] = ()
    known: Sequence[Statement] = ()
    checked: Sequence[int] = ()


def puzzles_of(answers: Answers, board: Board, told: Sequence[Told]) -> Iterator[Puzzle]:
    """One puzzle where people pick one answer; else one for each option, but one for all under a common measure."""
    if not answers.takes_several:
        leaves = tuple(range(1, answers.options + 1))
        parts = np.zeros((answers.options + 2 if answers.good else answers.options + 1, answers.options))
        parts[0] = 1
        parts[list(leaves), np.array(leaves) - 1] = 1
        if answers.good:
            parts[answers.measure, np.array(answers.good) - 1] = 1
        measures = {answers.measure: answers.good} if answers.good else {}
        yield _puzzle(answers, board, told, parts, np.zeros((0, len(leaves))), leaves, measures)
        return
    together = answers.good if len(answers.good) > 1 else ()
    for option in range(1, answers.options + 1):
        if option in together:
            continue
        columns = (option, answers.measure) if answers.good == (option,) else (option,)
        parts = np.array([[1.0, 1.0], *[[1.0, 0.0]] * len(columns)])
        yield _puzzle(answers, board, _columns(told, columns), parts, np.zeros((0, 2)), (), {})
    if together:
        yield _under_a_measure(answers, board, _columns(told, (*together, answers.measure)))


def _under_a_measure(answers: Answers, board: Board, told: Sequence[Told]) -> Puzzle:
    """Leaves are people in no good option, in any, and in each: none in more than any, any in no more than all sums."""
    number = len(answers.good)
    parts = np.zeros((number + 2, number + 2))
    parts[0, :2] = 1
    parts[np.arange(1, number + 1), np.arange(2, number + 2)] = 1
    parts[number + 1, 1] = 1
    inside = np.zeros((number + 1, number + 2))
    inside[:number, 1] = 1
    inside[np.arange(number), np.arange(2, number + 2)] = -1
    inside[number] = [0, -1, *[1] * number]
    return _puzzle(answers, board, told, parts, inside, (), {})


def _puzzle(
    answers: Answers,
    board: Board,
    told: Sequence[Told],
    parts: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    inside: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    leaves: tuple[int, ...],
    measures: dict[int, tuple[int, ...]],
) -> Puzzle:
    return Puzzle(
        shape=Shape(board.sets, parts, inside, board.alike),
        told=told,
        leaves=leaves,
        measures=measures,
        strict=answers.strict,
        takes_several=answers.takes_several,
        known=board.known,
        checked=board.checked,
    )


def _columns(told: Sequence[Told], columns: Sequence[int]) -> list[Told]:
    """The cells of some columns, numbered from 1, and of the others no more than how many people they are of.

    `place` says which they are.
    """
    number = {column: at for at, column in enumerate(columns, start=1)}
    found = [replace(cell, column=number[cell.column]) for cell in told if cell.column in number]
    rows = {cell.row for cell in found if cell.way == "shown"}
    others = {cell.row: cell for cell in told if cell.way == "shown" and cell.row not in rows}
    hidden = [cell for cell in told if cell.column == 0]
    return [*found, *hidden, *(replace(cell, column=0) for cell in others.values())]
