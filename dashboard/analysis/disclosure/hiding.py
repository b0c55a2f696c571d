"""Which cells to hide, as few as can be, so that what must not follow from the others does not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, count

import numpy as np

from dashboard.analysis.disclosure.attack import Attack, Bounds, Columns, Trace, side_by_side
from dashboard.analysis.disclosure.covering import Covering
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, System

MOST_TURNS = 20
"""Turns in which everything hidden so far is chosen anew; after them cells are only added."""
MOST_BETTER = 3
"""Turns in which a cheaper choice is looked for, once there is one."""
MOST_AT_ONCE = 20_000
"""Cells of tables that are attacked at once: more of them, and they no longer lie close at hand."""


@dataclass(frozen=True)
class Guard:
    """What must not follow, for each cell (rows, columns)."""

    at_least: Ints
    """That it holds fewer people than this; 0 where that may be known."""
    apart: Bools
    """How many people exactly it holds."""

    def broken(self, bounds: Bounds) -> Bools:
        """Cells about which too much is known."""
        return np.asarray((bounds.high < self.at_least) | (self.apart & (bounds.low == bounds.high)))

    def without(self, cells: Bools) -> Guard:
        """The same but for some cells."""
        return Guard(np.where(cells, 0, self.at_least), self.apart & ~cells)


@dataclass(frozen=True)
class Problem:
    """A table of which some cells may have to be hidden; all are (rows, columns)."""

    columns: Columns
    told: Bounds
    """What an attacker starts from with every cell shown."""
    untold: Bounds
    """What he starts from where a cell is hidden."""
    hideable: Bools
    guard: Guard
    cost: Floats

    def start(self, hidden: Bools) -> Bounds:
        """What he starts from with some cells hidden."""
        return Bounds(
            np.where(hidden, self.untold.low, self.told.low), np.where(hidden, self.untold.high, self.told.high)
        )


def cells_to_hide(system: System, problems: Sequence[Problem]) -> list[Bools]:
    """The cells of each table, as few as can be, to hide so that nothing that its guard forbids follows.

    What follows from the cells that cannot be hidden is not held against the others.

    It is an implicit hitting set (E. Moreno-Centeno and R. Karp, "The Implicit Hitting Set Approach to Solve
    Combinatorial Optimization Problems", 2013): whenever something follows that must not, at least one of the cells it
    was worked out from has to be hidden. These sets are collected and the cheapest cells hidden that cover all of
    them, until nothing follows. While turns and branches last, no other choice that stands up to this attacker costs
    less.

    The tables have their rows in common and nothing else; they are attacked together because that takes less time.
    """
    found = [np.zeros(problem.hideable.shape, dtype=bool) for problem in problems]
    first = [(problem, none) for problem, none in zip(problems, found, strict=True) if problem.hideable.any()]
    at = [number for number, problem in enumerate(problems) if problem.hideable.any()]
    at = [number for number, sets in zip(at, _reasons(system, first), strict=True) if sets]
    possible = dict(zip(at, _possible(system, [problems[number] for number in at]), strict=True))
    searches = {number: _search(problem) for number, problem in possible.items()}
    asked = {number: next(search) for number, search in searches.items()}
    while asked:
        sets_of = zip(list(asked), _reasons(system, [(possible[at], asked[at]) for at in asked]), strict=True)
        for number, sets in sets_of:
            try:
                asked[number] = searches[number].send(sets)
            except StopIteration as end:
                found[number] = end.value
                del asked[number]
    return found


def _search(problem: Problem) -> Generator[Bools, set[frozenset[int]], Bools]:
    """Ask what follows with cells hidden, again and again, and return the cells to hide."""
    price = dict(enumerate(problem.cost.ravel().tolist()))
    covering = Covering(price)
    needed: set[frozenset[int]] = set()
    chosen: frozenset[int] = frozenset()
    for turn in count():
        found = yield _cells(chosen, problem)
        if not found:
            break
        needed |= found
        kept = chosen if turn > MOST_TURNS else frozenset()
        chosen = kept | covering.cheapest((each for each in needed if not each & kept), exactly=False)
    best = chosen
    for _ in range(MOST_BETTER):
        chosen = covering.cheapest(needed)
        if _total(chosen, price) > _total(best, price) - 0.5:
            break
        found = yield _cells(chosen, problem)
        if not found:
            best = chosen
            break
        needed |= found
    return _cells(best, problem)


def _cells(chosen: frozenset[int], problem: Problem) -> Bools:
    hidden = np.zeros(problem.hideable.shape, dtype=bool)
    hidden.flat[list(chosen)] = True
    return hidden


def _total(chosen: frozenset[int], price: Mapping[int, float]) -> float:
    return sum(price[cell] for cell in chosen)


def _possible(system: System, problems: Sequence[Problem]) -> list[Problem]:
    """The same without what follows whatever is hidden."""
    found = []
    for some in _together([(problem, problem.hideable) for problem in problems]):
        tightest = some.attack(system).tighten(some.start)
        found += [
            replace(problem, guard=problem.guard.without(problem.guard.broken(some.part(tightest, number))))
            for number, (problem, _) in enumerate(some.tables)
        ]
    return found


def _reasons(system: System, tables: Sequence[tuple[Problem, Bools]]) -> list[set[frozenset[int]]]:
    """For what follows in each table with cells hidden and must not, the shown cells it follows from.

    Cells are numbered row by row. Of each table it is what follows at the first turn at which anything does.
    """
    found: list[set[frozenset[int]]] = []
    for some in _together(tables):
        sets: list[set[frozenset[int]]] = [set() for _ in some.tables]
        trail: list[Bounds] = []
        for bounds in some.attack(system).steps(some.start):
            trail.append(bounds)
            new = [number for number in some.broken(bounds) if not sets[number]]
            for number in new:
                sets[number] = _sets(system, *some.tables[number], [some.part(each, number) for each in trail])
            if new and all(sets):
                break
        found += sets
    return found


def _sets(system: System, problem: Problem, hidden: Bools, trail: list[Bounds]) -> set[frozenset[int]]:
    trace, guard, shown = Trace(Attack(system, problem.columns), trail), problem.guard, problem.hideable & ~hidden
    found = set()
    for row, column in np.argwhere(guard.broken(trail[-1])).tolist():
        exactly = trail[-1].high[row, column] >= guard.at_least[row, column]
        sources = trace.sources((row, column), lower=bool(exactly))
        found.add(frozenset(at[0] * shown.shape[1] + at[1] for at in sources if shown[at]))
    return found


@dataclass(frozen=True)
class _Together:
    """Tables side by side, with the cells of each that are hidden: one table that is as wide as all of them."""

    tables: Sequence[tuple[Problem, Bools]]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate((hidden.shape[1] for _, hidden in self.tables), initial=0))

    @cached_property
    def _guard(self) -> Guard:
        guards = [problem.guard for problem, _ in self.tables]
        return Guard(np.hstack([guard.at_least for guard in guards]), np.hstack([guard.apart for guard in guards]))

    @property
    def start(self) -> Bounds:
        """What an attacker starts from."""
        starts = [problem.start(hidden) for problem, hidden in self.tables]
        return Bounds(np.hstack([start.low for start in starts]), np.hstack([start.high for start in starts]))

    def attack(self, system: System) -> Attack:
        """An attack on all of them."""
        return Attack(system, side_by_side([(problem.columns, hidden.shape[1]) for problem, hidden in self.tables]))

    def part(self, bounds: Bounds, number: int) -> Bounds:
        """The bounds of one table."""
        columns = slice(*self._ends[number : number + 2])
        return Bounds(bounds.low[:, columns], bounds.high[:, columns])

    def broken(self, bounds: Bounds) -> list[int]:
        """The numbers of the tables of which too much is known."""
        columns = np.flatnonzero(self._guard.broken(bounds).any(axis=0))
        return sorted({bisect_right(self._ends, column) - 1 for column in columns.tolist()})


def _together(tables: Sequence[tuple[Problem, Bools]]) -> Iterator[_Together]:
    """The tables in their order, as many at once as is quick."""
    some: list[tuple[Problem, Bools]] = []
    for table in tables:
        if some and sum(hidden.size for _, hidden in (*some, table)) > MOST_AT_ONCE:
            yield _Together(some)
            some = []
        some.append(table)
    if some:
        yield _Together(some)
