"""Releases of small made-up countries, made in memory by the engine, as the auditor sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.audit import Finding, audit
from dashboard.analysis.disclosure.audit_examples import Puzzle
from dashboard.analysis.disclosure.audit_item import Answers, Board, puzzles_of
from dashboard.analysis.disclosure.audit_told import Told
from dashboard.analysis.disclosure.bands import State, States
from dashboard.analysis.disclosure.classes import Table, protect
from dashboard.analysis.disclosure.equations import Ints
from dashboard.analysis.disclosure.lattice import NOWHERE, Lattice
from dashboard.analysis.rounding import band_limit, fewest_over, most_under, nearest_five, rounded_share
from dashboard.publish.repair import CELLS, TURNS
from tests.dashboard.analysis.disclosure.worlds import random_lattice


@dataclass(frozen=True)
class Generated:
    """One item in one to three waves that were published one after the other."""

    lattice: Lattice
    answers: Answers
    counts: Ints
    states: States

    def told(self, *, exact: bool = False) -> list[Told]:
        """Every cell of single waves and of all together, as published; `exact`: attackers know the counts shown."""
        whole = len(self.lattice.grounds)
        cells = []
        for row, (waves, unit) in enumerate(self.lattice.rows):
            if len(waves) in (1, whole) and unit != NOWHERE:
                cells += [self.cell(row, column, exact=exact) for column in range(1, self.counts.shape[1])]
        return cells

    def cell(self, row: int, column: int, *, exact: bool = False, shown: bool = False) -> Told:
        """One cell as published; `shown` even if it is hidden."""
        base, count, state = int(self.counts[row, 0]), int(self.counts[row, column]), State(self.states[row, column])
        about = replace(
            Told(row, column, "shown"), strict=self.answers.strict, takes_several=self.answers.takes_several
        )
        if state is State.HIDDEN and not shown:
            return replace(about, way="too_few" if base < 10 else "suppressed", place=(row, column))
        limit, share = band_limit(base), rounded_share(count / base, base)
        known = (base, count) if exact else None
        about = replace(about, base=nearest_five(base), share=share, count=known, place=(row, column))
        extreme = count <= most_under(limit, base) or count >= fewest_over(100 - limit, base)
        if share in (0, 100) or (extreme and not self.answers.strict):
            under = count <= most_under(limit, base)
            return replace(about, band="under" if under else "over", share=limit if under else 100 - limit)
        return about

    def puzzles(self, told: list[Told]) -> list[Puzzle]:
        """What the auditor is to solve."""
        return list(puzzles_of(self.answers, Board(self.lattice.system.membership), told))

    def audit(self, told: list[Told]) -> list[Finding]:
        """What it finds."""
        return [finding for puzzle in self.puzzles(told) for finding in audit(puzzle)]


def repair(generated: Generated, *, exact: bool = False) -> int | None:
    """How many turns it takes until the auditor finds nothing, as publishing does it; None where it does not help."""
    states = generated.states.copy()
    for turn in range(TURNS):
        now = replace(generated, states=states)
        findings = now.audit(now.told(exact=exact))
        if not findings:
            return turn
        for finding in findings:
            shown = [cell.place for cell in finding.told if isinstance(cell.place, tuple)]
            if shown:
                row, column = min(shown, key=lambda place: int(generated.counts[place[0], 0]))
                states[row, slice(None) if turn >= CELLS else column] = State.HIDDEN
    return None


def generate(seed: int, *, strict: bool | None = None, takes_several: bool | None = None) -> Generated:
    """One to three waves on four areas of two regions, some merged or split: 0 to 60 people in each area."""
    random = np.random.default_rng(seed)
    lattice = random_lattice(random)
    strict = bool(random.integers(2)) if strict is None else strict
    takes_several = bool(random.integers(3) == 0) if takes_several is None else takes_several
    options = int(random.integers(2, 5))
    people = random.integers(0, int(random.choice((8, 16, 30, 60))), size=len(lattice.atoms))
    people = np.where([area == "" for _, area in lattice.atoms], people // 6, people)
    shares = random.dirichlet(np.full(options, float(random.choice((0.5, 1, 4)))))
    good = tuple(sorted(random.choice(options, size=int(random.integers(0, options)), replace=False) + 1))
    good = tuple(int(column) for column in good)
    atoms = np.zeros((len(people), options + 2), dtype=np.int64)
    atoms[:, 0] = people
    for atom, number in enumerate(people):
        if takes_several:
            picked = random.random((number, options)) < shares
            atoms[atom, 1:-1] = picked.sum(axis=0)
            atoms[atom, -1] = picked[:, [column - 1 for column in good]].any(axis=1).sum()
        else:
            atoms[atom, 1:-1] = random.multinomial(number, shares)
            atoms[atom, -1] = atoms[atom, list(good)].sum()
    counts = lattice.system.totals(atoms if good else atoms[:, :-1])
    answers = Answers(options, good, strict, takes_several)
    return Generated(lattice, answers, counts, _publish(lattice, answers, counts))


def _columns(answers: Answers) -> Columns:
    every = tuple(range(1, answers.options + 1))
    if answers.takes_several:
        return Columns(unions=((answers.measure, answers.good),) if answers.good else ())
    sums: list[tuple[int, tuple[int, ...]]] = [(0, every)]
    if answers.good:
        others = tuple(column for column in every if column not in answers.good)
        sums += [(answers.measure, answers.good), (0, (answers.measure, *others))]
    return Columns(sums=tuple(sums))


def _publish(lattice: Lattice, answers: Answers, counts: Ints) -> States:
    """Each wave with those before it, the last of three pooled with the others."""
    states = np.full(counts.shape, State.HIDDEN, dtype=np.int8)
    last = len(lattice.grounds) - 1
    for wave in range(last + 1):
        spans = [frozenset([wave])] + ([frozenset(range(last + 1))] if wave == last and last else [])
        now = np.array([waves in spans and unit != NOWHERE for waves, unit in lattice.rows])
        table = Table(lattice, _columns(answers), counts, now, states)
        (made,) = protect([table], strict=answers.strict, several=answers.takes_several)
        states = np.where(now[:, None], made, states).astype(np.int8)
    return states
