"""An auditor, who has only what was ever published: what can be proved about hidden and banded cells, and from what.

**What is known.** Every shown cell of every release: bases to the nearest 5, shares to whole per cent, bands; that a
cell is hidden for fewer than ten people, or for another reason and then of ten or more; how all these add up over
areas, waves and answers. Weighted shares bind only through the largest weight over the smallest (`audit_told`).

**The rule.** A release fails when one of these can be proved, by bounds that linear programming gives, rounded to
whole people:

* *nobody*, *everyone*: of a set of people that holds at least one, nobody, or each one, gave an answer. The set may be
  any union of atoms (areas in one wave; people of no area; groups): where nobody gave an answer in a union, nobody did
  in any of its parts, so it is enough to look at the union of all atoms of which it can be proved.
* *exact*: the number of people who gave an answer, of a row of fewer than ten, where it is not 0. Rows are those the
  caller lists, and what is left of a row when all that is shown inside is taken away.
* *few*, of sensitive items and group dimensions: that a cell of such a row holds 1 to 7 people; where people pick any
  number of options, also that 1 to 7 did not pick it.

How many people answered is no secret, of however few: counts of responses say it nearly. So bases are taken as known,
and what is protected is what people said. Of two places of nine people each it may follow that they are nine, not that
three of them said yes.

Fractions of people are allowed, so a proof needs no search and holds; someone who tries all whole numbers might prove
more. That a row is empty is no finding, for there is nobody in it. Most cells are cleared by a few examples
(`audit_examples`). The others get linear programs of their own, whose duals say which shown cells a proof needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor

import numpy as np

from dashboard.analysis.disclosure.audit_examples import SLACK, Examples, Puzzle
from dashboard.analysis.disclosure.audit_merge import Setting, merged
from dashboard.analysis.disclosure.audit_space import Space
from dashboard.analysis.disclosure.audit_told import Statement, Told, statements_of
from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.rounding import SMALLEST_BASE

_ROUNDS = 12


class Proof(StrEnum):
    """What was proved of a cell."""

    NOBODY = "nobody"
    EVERYONE = "everyone"
    EXACT = "exact"
    FEW = "few"


@dataclass(frozen=True)
class Finding:
    """Something that can be proved and must not be: of `atoms` together, in a column."""

    proof: Proof
    atoms: tuple[int, ...]
    column: int
    low: int
    high: int
    told: tuple[Told, ...]
    """The shown cells it follows from."""


def audit(puzzle: Puzzle, *, seed: int = 1) -> tuple[Finding, ...]:
    """Everything that can be proved against the rule. Raises ContradictionError when no people fit what is told."""
    if all(cell.way != "shown" for cell in puzzle.told):
        return ()
    statements = (*statements_of(puzzle.told, puzzle.leaves, puzzle.measures), *puzzle.known)
    setting = Setting(puzzle.shape, statements, _rows_of(puzzle))
    small = merged(setting)
    examples = _look(puzzle, small, seed)
    if not all(examples.may_be_no_more(row, most) for row, most in small.spare):
        small, examples = setting, _look(puzzle, setting, seed)
    found = (*_nobody(examples), *_small(examples))
    return tuple(replace(each, atoms=small.atoms_of(each.atoms)) for each in found)


def _look(puzzle: Puzzle, setting: Setting, seed: int) -> Examples:
    examples = Examples(puzzle, setting, Space(setting.shape, setting.statements), np.random.default_rng(seed))
    examples.trust()
    for _ in range(_ROUNDS):
        if not examples.look():
            break
    return examples


def _rows_of(puzzle: Puzzle) -> Ints:
    """The sets of atoms (rows, atoms) to look at: those told of, and what is left of them."""
    sets = puzzle.shape.sets
    told = sorted({cell.row for cell in puzzle.told} | set(puzzle.checked))
    shown = np.unique(sets[sorted({cell.row for cell in puzzle.told if cell.way == "shown"})], axis=0)
    size = shown.sum(axis=1)
    inside = (shown @ shown.T == size[:, None]) & (size[:, None] < size)
    left = shown * (inside.T @ shown == 0)
    rows = [sets[told], left[left.any(axis=1)]]
    found: Ints = np.unique(np.vstack(rows), axis=0)
    return found


def _nobody(examples: Examples) -> Iterator[Finding]:
    """Of each answer: the atoms where nobody gave it (or not one of them did not), if it is of anyone at all."""
    base = examples.shape.parts[0]
    columns = len(examples.shape.parts) - 1
    for ask, sums in enumerate(examples.asks):
        unseen = ~examples.seen[ask]
        if not sums.any() or not _holds_someone(examples, unseen):
            continue
        because: list[Statement] = []
        for atom in np.flatnonzero(unseen).tolist():
            if not examples.seen[ask, atom]:
                because += examples.most(_alone(examples, [atom]), sums)[1]
        unseen &= ~examples.seen[ask]
        if not unseen.any() or not _holds_someone(examples, unseen):
            continue
        for atoms in _named(examples, unseen):
            least, below = examples.most(atoms, -base)
            _, above = examples.most(atoms, sums)
            people = ceil(-least - SLACK)
            if people >= 1:
                proof = Proof.NOBODY if ask < columns else Proof.EVERYONE
                count = 0 if ask < columns else people
                column = ask % columns + 1
                told = _shown([*below, *above] if atoms.sum() == 1 else [*below, *above, *because])
                yield Finding(proof, tuple(np.flatnonzero(atoms).tolist()), column, count, count, told)
                break


def _holds_someone(examples: Examples, chosen: Bools) -> bool:
    """Whether it can be proved that there is anyone in the chosen atoms."""
    if not chosen.any():
        return False
    base = examples.shape.parts[0]
    if any((base @ people)[chosen].sum() <= SLACK for people in examples.emptied):
        return False
    least, _ = examples.most(chosen.astype(np.int64), -base)
    return -least > SLACK


def _named(examples: Examples, atoms: Bools) -> Iterator[Ints]:
    """The smallest sets first: single atoms, rows inside, all together."""
    for atom in np.flatnonzero(atoms).tolist():
        yield _alone(examples, [atom])
    inside = examples.rows[~(examples.rows.astype(bool) & ~atoms).any(axis=1)]
    yield from inside[np.argsort(inside.sum(axis=1), kind="stable")]
    yield atoms.astype(np.int64)


def _alone(examples: Examples, atoms: Sequence[int]) -> Ints:
    found = np.zeros(examples.shape.atoms, dtype=np.int64)
    found[list(atoms)] = 1
    return found


def _small(examples: Examples) -> Iterator[Finding]:
    """Exact numbers of answers in rows of fewer than ten people, and strict cells of 1 to 7."""
    parts = examples.shape.parts
    columns = len(parts)
    sums = np.vstack([parts[:1], examples.asks])
    for row, ask in examples.open_cells():
        if (row, ask) not in examples.open_cells():
            continue
        atoms = examples.rows[row]
        low, high, because = examples.bounds(atoms, sums[ask])
        column = ask if ask < columns else ask - columns + 1
        if examples.puzzle.strict and low >= 1 and high < SMALLEST_CELL:
            yield Finding(Proof.FEW, tuple(np.flatnonzero(atoms).tolist()), column, low, high, _shown(because))
        elif 1 <= low == high and ask < columns:
            most, reasons = examples.most(atoms, parts[0])
            if floor(most + SLACK) < SMALLEST_BASE:
                told = _shown([*because, *reasons])
                yield Finding(Proof.EXACT, tuple(np.flatnonzero(atoms).tolist()), column, low, high, told)


def _shown(because: Sequence[Statement]) -> tuple[Told, ...]:
    return tuple(dict.fromkeys(cell for statement in because for cell in statement.told))
