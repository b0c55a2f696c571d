"""Which rows may be shown, so that none of few people can be worked out from the others."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.disclosure.attack import UNKNOWN, Attack, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, System
from dashboard.analysis.disclosure.hiding import Guard, cells_to_hide
from dashboard.analysis.rounding import SMALLEST_BASE


def suppress(system: System, people: Ints, candidate: Bools, fixed: Bools, worth: Floats | float = 1.0) -> Bools:
    """The rows to show: those of `candidate` of ten people or more that give no fewer away; all are (rows,).

    `fixed` rows are out already (an earlier release) and cannot be hidden any more. An attacker knows every shown row
    exactly, and which rows hold nobody. Of no other row may it follow that it holds fewer than ten: a region of 30
    with areas of 22 and 8 gives the 8 away, so the 22 stays hidden too; of a region of 30 with areas of 14, 7, 5 and 4
    the area of 14 may be shown, for each of the other three could be any number up to 16; were it 23, 4, 2 and 1, it
    may not, for then each is 7 at most. Hidden are the rows that are `worth` least together, as few as can be, and of
    those the smallest.
    """
    wanted = candidate & (people >= SMALLEST_BASE) & ~fixed
    told = (wanted | fixed | (people == 0))[:, None]
    exact = people[:, None]
    small = exact < SMALLEST_BASE
    hidden = cells_to_hide(
        Attack(system, Columns()),
        told=Bounds(np.where(told, exact, 0), np.where(told, exact, UNKNOWN)),
        untold=Bounds(np.zeros_like(exact), np.full_like(exact, UNKNOWN)),
        hideable=wanted[:, None],
        guard=Guard(np.where(small & (exact > 0), SMALLEST_BASE, 0), np.zeros_like(small)),
        cost=(worth + people / (1000 * max(1, people.max(initial=1))))[:, None],
    )
    return np.asarray(fixed | (wanted & ~hidden[:, 0]))
