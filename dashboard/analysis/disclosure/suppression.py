"""Which rows may be shown, so that none that must stay hidden can be worked out from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.disclosure.equations import Bools, Ints, System

Rule = Callable[[Ints], Bools]
"""Whether rows of counts (rows, columns; the first column is people) may be shown: (rows,)."""


def suppress(
    system: System, counts: Ints, passes: Rule, candidate: Bools, fixed: Bools, *, partly: Bools, empty: Bools
) -> Bools:
    """The rows to show: those of `candidate` that pass the rule and do not give away what must not be known.

    `counts` is (rows, columns). `fixed` rows are out already (an earlier release) and cannot be hidden any more.
    `partly` rows show some of their columns: they count as known to an attacker, who must not learn the rest.
    `empty` rows hold nobody, and an attacker knows it. All four are (rows,).

    An attacker knows every shown row exactly. Two things must not follow. A row that does not pass must not: a region
    of 30 with areas of 22 and 8 gives the 8 away, so the 22 stays hidden too. And what is left of a known row, when
    everything known inside it is taken away, must pass as if it were shown: of a region of 30 with areas of 14, 7, 5
    and 4, the area of 14 may be shown, for the other three are 16 people together; were it 23, 4, 2 and 1, it may not.

    Until nothing follows any more, the smallest row that something follows from is hidden. Then every row so hidden is
    tried again, the largest first, and shown if nothing follows even so: no further row could be added. What follows
    from `fixed` rows alone is not held against anyone.
    """
    given, _ = system.close(fixed | empty)
    given_sets = (system.remainders(given, counts), system.excesses(given, counts))
    search = _Search(system, counts, passes, fixed, partly, empty, given, given_sets)
    wanted = candidate & passes(counts) & ~fixed
    shown = fixed | wanted
    while hidden := search.rows_to_hide(shown):
        shown[list(hidden)] = False
    for row in sorted(np.flatnonzero(wanted & ~shown).tolist(), key=lambda row: (-counts[row, 0], row)):
        shown[row] = True
        shown[row] = search.is_safe(shown)
    return shown


@dataclass(frozen=True)
class _Search:
    """What follows from a choice of shown rows, beyond what follows from earlier releases (`given`) anyway."""

    system: System
    counts: Ints
    passes: Rule
    fixed: Bools
    partly: Bools
    empty: Bools
    given: Bools
    given_sets: tuple[Ints, Ints]

    def is_safe(self, shown: Bools) -> bool:
        """Whether nothing follows that hiding a row could help."""
        return not any((shown[row] and not self.fixed[row]) for _, rows in self._findings(shown) for row in rows)

    def rows_to_hide(self, shown: Bools) -> set[int]:
        """For each thing that must not follow, the smallest row it follows from; once where such things overlap."""
        touched = np.zeros(self.system.size, dtype=bool)
        found: set[int] = set()
        for about, sources in self._findings(shown):
            sources = {row for row in sources if shown[row] and not self.fixed[row]}
            if sources and not (touched & self.system.overlap[about]).any():
                touched[about] = True
                found.add(min(sources, key=lambda row: (self.counts[row, 0], row)))
        return found

    def _findings(self, shown: Bools) -> Iterator[tuple[int, set[int]]]:
        """The rows that something is found about, each with the shown rows it follows from."""
        known, reason = self.system.close(shown | self.partly | self.empty)
        derived = known & ~(shown | self.partly | self.empty | self.given)
        for row in np.flatnonzero(derived & ~self.passes(self.counts)).tolist():
            yield row, self.system.support(row, shown, reason)
        yield from self._parts(shown)
        yield from self._sets(known, reason, shown)

    def _parts(self, shown: Bools) -> Iterator[tuple[int, set[int]]]:
        if self.partly.any():
            known, reason = self.system.close(shown | self.empty)
            for row in np.flatnonzero(known & self.partly & ~self.given).tolist():
                yield row, self.system.support(row, shown, reason)

    def _sets(self, known: Bools, reason: Ints, shown: Bools) -> Iterator[tuple[int, set[int]]]:
        """Sets of people that are no row: a known row less what is known inside it, what is known around it less it."""
        system = self.system
        apart = known[system.parents] & ~np.append(known, True)[system.children].all(axis=1)
        places = (system.within, system.within.T)
        for measure, people_before, inside in zip(
            (system.remainders, system.excesses), self.given_sets, places, strict=True
        ):
            people = measure(known, self.counts)
            before = self.given[system.parents] & (people == people_before).all(axis=1)
            for equation in np.flatnonzero(apart & ~self.passes(people) & ~before):
                parent = int(system.parents[equation])
                near: set[int] = set()
                for child in system.children[equation].tolist():
                    if child < system.size and known[child]:
                        near |= system.support(child, shown, reason)
                    elif child < system.size:
                        near |= set(np.flatnonzero(shown & inside[:, child]).tolist())
                yield parent, near
                yield parent, system.support(parent, shown, reason)
