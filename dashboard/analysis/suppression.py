"""Which rows may be shown, so that none that must stay hidden can be worked out from the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from dashboard.analysis.equations import Bools, Ints, System

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

    Until nothing follows any more, the smallest row that something follows from is hidden. What follows from `fixed`
    rows alone is not held against anyone. Each turn hides a row, so there is an end.
    """
    shown = fixed | (candidate & passes(counts))
    given, _ = system.close(fixed | empty)
    given_left = system.uncovered(given, counts)
    while True:
        known, reason = system.close(shown | partly | empty)
        findings = [
            *_rows_given_away(system, counts, passes, known & ~(shown | partly | empty | given), reason, shown),
            *_parts_given_away(system, partly & ~given, shown, empty),
            *_remainders_given_away(system, counts, passes, known, reason, shown, (given, given_left)),
        ]
        hidden_before = int(shown.sum())
        touched = np.zeros(system.size, dtype=bool)
        for about, sources in findings:
            candidates = [row for row in sources if shown[row] and not fixed[row]]
            if candidates and not (touched & system.overlap[about]).any():
                touched[about] = True
                shown[min(candidates, key=lambda row: (counts[row, 0], row))] = False
        if int(shown.sum()) == hidden_before:
            return shown


Finding = tuple[int, set[int]]
"""The row that something was found about, and the shown rows it follows from."""


def _rows_given_away(
    system: System, counts: Ints, passes: Rule, derived: Bools, reason: Ints, shown: Bools
) -> Iterator[Finding]:
    for row in np.flatnonzero(derived & ~passes(counts)):
        yield int(row), system.support(int(row), shown, reason)


def _parts_given_away(system: System, partly: Bools, shown: Bools, empty: Bools) -> Iterator[Finding]:
    if partly.any():
        known, reason = system.close(shown | empty)
        for row in np.flatnonzero(known & partly):
            yield int(row), system.support(int(row), shown, reason)


def _remainders_given_away(
    system: System,
    counts: Ints,
    passes: Rule,
    known: Bools,
    reason: Ints,
    shown: Bools,
    given: tuple[Bools, Ints],
) -> Iterator[Finding]:
    left = system.uncovered(known, counts)
    before = given[0][system.parents] & (left == given[1]).all(axis=1)
    covered = np.append(known, True)[system.children].all(axis=1)
    bad = known[system.parents] & ~covered & ~passes(left) & ~before
    for equation in np.flatnonzero(bad):
        parent = int(system.parents[equation])
        inside: set[int] = set()
        for child in system.children[equation]:
            if child < system.size and known[child]:
                inside |= system.support(int(child), shown, reason)
            elif child < system.size:
                inside |= set(np.flatnonzero(shown & system.within[:, child]).tolist())
        yield parent, inside
        yield parent, system.support(parent, shown, reason)
