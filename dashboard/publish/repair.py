"""Hiding more, until the auditor of a new release has nothing to find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

import numpy as np

from dashboard.analysis.disclosure.equations import Bools
from dashboard.publish.audit import Leak
from dashboard.publish.published import Cell
from dashboard.publish.study import Study
from dashboard.release import Level, ReleaseError, Span

TURNS = 6
"""Times that tables are made; each turn but the last hides one cell, or row, for every leak."""
CELLS = 2
"""Turns that hide a cell; what then still follows hangs on how many people are in a row, and the row is hidden."""
Withheld = Mapping[str, Bools]
"""By item: cells (rows of the lattice, columns) that stay hidden; column 0 stands for the whole row."""
Made = TypeVar("Made")
_RANK = {Level.AREA.value: 0, Level.REGION.value: 1, Level.ENGLAND.value: 2}


class LeakError(ReleaseError):
    """What would be published gives away what nobody may know, and hiding more does not help; the message says what."""


def write_without_leaks(
    study: Study,
    write: Callable[[Withheld, Made | None], Made],
    audit: Callable[[Collection[str] | None], Sequence[Leak]],
) -> Made:
    """What `write` returned when `audit` found nothing in what it had written. Raises LeakError after some `TURNS`.

    `write` takes what is withheld and what it returned before. `audit` looks at all items first, then only at those
    that changed: nothing follows for an item from the cells of another.
    """
    withheld: dict[str, Bools] = {}
    made: Made | None = None
    only: Collection[str] | None = None
    for turn in range(TURNS):
        made = write(withheld, made)
        leaks = audit(only)
        if not leaks:
            return made
        only = {leak.item for leak in leaks}
        for leak in leaks:
            _hide(study, withheld, leak, whole_row=leak.whole_row or turn >= CELLS)
    raise LeakError(f"Nothing was published, for {leaks[0].words}")


def _hide(study: Study, withheld: dict[str, Bools], leak: Leak, *, whole_row: bool) -> None:
    """Hide the cheapest cell that a leak follows from: of an area before a region, of few people before many."""
    item = next(item for item in study.file.items if item.id == leak.item)
    chosen = withheld.setdefault(
        leak.item, np.zeros((study.lattice.system.size, len(item.column_options) + 1), dtype=bool)
    )
    cheapest = min(leak.cells, key=lambda cell: (_RANK[cell.level], cell.base, cell.band != ""))
    column = 0 if whole_row else item.column_options.index(cheapest.option) + 1
    chosen[_row(study, cheapest), column] = True


def _row(study: Study, cell: Cell) -> int:
    spot = next(spot for spot in study.spots[cell.vintage] if (spot.level, spot.code) == (cell.level, cell.area))
    row = study.row(study.spans[Span(cell.span)], spot)
    if row is None:
        raise ValueError(f"{cell.describe()} is not shown")
    return row
