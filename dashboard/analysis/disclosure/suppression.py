"""Which rows may be shown, so that none of few people can be worked out from the others."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.disclosure.attack import UNKNOWN, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, System
from dashboard.analysis.disclosure.hiding import Guard, Problem, cells_to_hide
from dashboard.analysis.rounding import SMALLEST_BASE


def suppress(system: System, people: Ints, candidate: Bools, fixed: Bools, worth: Floats | None = None) -> Bools:
    """The rows of each table to show: those of `candidate` of ten people or more that give no fewer away.

    All are (rows, tables), but `worth`, which is (rows,). `fixed` rows are out already (an earlier release) and cannot
    be hidden any more. An attacker knows every shown row
    exactly, and which rows hold nobody. Of no other row may it follow that it holds fewer than ten: a region of 30
    with areas of 22 and 8 gives the 8 away, so the 22 stays hidden too; of a region of 30 with areas of 14, 7, 5 and 4
    the area of 14 may be shown, for each of the other three could be any number up to 16; were it 23, 4, 2 and 1, it
    may not, for then each is 7 at most. Hidden are the rows that are `worth` least together, as few as can be, and of
    those the smallest.
    """
    wanted = candidate & (people >= SMALLEST_BASE) & ~fixed
    told = wanted | fixed | (people == 0)
    low, high = np.where(told, people, 0), np.where(told, people, UNKNOWN)
    least = np.where((people < SMALLEST_BASE) & (people > 0), SMALLEST_BASE, 0)
    nothing, apart = np.zeros((len(people), 1), dtype=np.int64), np.zeros((len(people), 1), dtype=bool)
    cost = people / (1000 * np.maximum(1, people.max(axis=0, initial=1))) + (1.0 if worth is None else worth[:, None])
    problems = [
        Problem(
            Columns(),
            told=Bounds(low[:, table], high[:, table]),
            untold=Bounds(nothing, nothing + UNKNOWN),
            hideable=wanted[:, table],
            guard=Guard(least[:, table], apart),
            cost=cost[:, table],
        )
        for table in ([number] for number in range(people.shape[1]))
    ]
    return np.asarray(fixed | (wanted & ~np.hstack(cells_to_hide(system, problems))))
