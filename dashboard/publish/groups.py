"""From sums by group to the rows of `groups.parquet`: what England's people say by one dimension at a time.

**One table at a time.** The tables of an item by age and by sex have only the item's own row in common. Whatever is
possible in one is possible together with whatever is possible in the other: of the people who gave one answer, any
split by age goes with any split by sex. (The tables are decomposable: A. Dobra and S. Fienberg, "Bounds for cell
entries in contingency tables given marginal totals and decomposable graphs", PNAS 97, 2000.) So nothing more follows
from both than from each beside England's row, and the same holds of the table by area. A test tries it.

**What is fixed.** England's row of the item is out already; a group whose own number is hidden (its dimension's table)
is hidden here; what other waves' releases show of groups cannot be taken back. The rules are those of the item's class.
Where people can be in several groups of a dimension, each group stands alone, against everyone who is not in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dashboard.analysis.disclosure.bands import State, States, primary_states
from dashboard.analysis.disclosure.classes import Table, protect
from dashboard.analysis.disclosure.equations import Bools
from dashboard.analysis.disclosure.lattice import ENGLAND
from dashboard.analysis.rounding import Figure
from dashboard.publish.divisions import Division, Part, divide
from dashboard.publish.estimates import figure_columns, method_of, row_cells
from dashboard.publish.study import ItemResult, Study
from dashboard.release import Span, Status

Cell = tuple[Status, Figure | None]
GroupKey = tuple[str, str, str, str, str]
"""Span, item, option, dimension and category of a cell."""


class GroupRow(NamedTuple):
    """A row of `groups.parquet`; the fields are its columns."""

    span: str
    item: str
    kind: str
    option: str
    dimension: str
    category: str
    status: str
    base: int | None
    effective: int | None
    share: int | None
    band: str
    low: int | None
    high: int | None
    nearest_safe: str | None
    method: str


def group_rows(study: Study, results: Sequence[ItemResult], withheld: Collection[GroupKey] = ()) -> Iterator[GroupRow]:
    """The rows of `groups.parquet`: every item that is no dimension by every dimension.

    Cells that are `withheld` stay hidden whatever else.
    """
    england = {result.item.id: _england(study, result) for result in results}
    parts = [
        part
        for result in results
        for groups in results
        if result.item.dimension is None and groups.item.dimension is not None
        for part in divide(study, result, groups).parts
    ]
    cells: dict[tuple[str, str], dict[tuple[Span, str], list[Cell]]] = {}
    divisions: dict[tuple[str, str], Division] = {}
    for part, states in zip(parts, _states(parts, withheld), strict=True):
        key = (part.division.item.item.id, part.division.dimension)
        divisions[key] = part.division
        found = cells.setdefault(key, {})
        width = len(part.division.item.item.column_options)
        found |= {(span, code): [(Status.NOT_ASKED, None)] * width for span in Span for code in part.codes}
        found |= {(span, code): row_cells(part.tally, states, row) for span, code, row in part.rows}
    for key, division in divisions.items():
        yield from _rows(division, cells[key], england[division.item.item.id])


def _england(study: Study, result: ItemResult) -> Mapping[Span, list[bool]]:
    """Which options England shows, by span."""
    index = study.lattice.index
    return {
        span: (result.states[index[waves, ENGLAND], 1:] != State.HIDDEN).tolist()
        if span is Span.WAVE or result.pooled
        else [False] * len(result.item.column_options)
        for span, waves in study.spans.items()
    }


def _states(parts: Sequence[Part], withheld: Collection[GroupKey]) -> list[States]:
    """What may be shown of each part; tables on the same rows, by the same rules, are decided together."""
    alike: dict[tuple[int, bool, bool], list[int]] = {}
    for number, part in enumerate(parts):
        item = part.division.item.item
        alike.setdefault((id(part.lattice), item.is_strict, item.takes_several), []).append(number)
    found: dict[int, States] = {}
    for (_, strict, several), numbers in alike.items():
        tables = [_table(parts[number], withheld) for number in numbers]
        found |= dict(zip(numbers, protect(tables, strict=strict, several=several), strict=True))
    return [found[number] for number in range(len(parts))]


def _table(part: Part, withheld: Collection[GroupKey]) -> Table:
    columns = part.division.item.item.columns
    return Table(
        part.lattice, columns, part.tally.people, _candidates(part), _published(part), _withheld(part, withheld)
    )


def _candidates(part: Part) -> Bools:
    """Rows of this release: groups whose own number is shown."""
    division = part.division
    found = np.zeros(part.lattice.system.size, dtype=bool)
    for span, code, row in part.rows:
        own = division.groups.states[division.study.lattice.index[division.study.spans[span], ENGLAND]]
        found[row] = own[division.codes.index(code) + 1] != State.HIDDEN
    return found


def _withheld(part: Part, withheld: Collection[GroupKey]) -> Bools | None:
    item = part.division.item.item
    mine = [key for key in withheld if (key[1], key[3]) == (item.id, part.division.dimension)]
    if not mine:
        return None
    found = np.zeros((part.lattice.system.size, len(item.column_options) + 1), dtype=bool)
    for span, _, option, _, category in mine:
        row = part.row(part.division.study.spans[Span(span)], category)
        if row is not None:
            found[row, item.column_options.index(option) + 1] = True
    return found


def _published(part: Part) -> States:
    """What is out: every row of England that any release shows, and groups that releases of other waves show.

    Where a band does not fit the people, as a weighted share may round to 0 and theirs not, the cell counts as known.
    """
    division, lattice, item = part.division, part.lattice, part.division.item
    states = np.full((lattice.system.size, len(item.item.column_options) + 1), State.HIDDEN, dtype=np.int8)
    for merged, england in division.england.items():
        states[lattice.index[merged, ENGLAND]] = england
    exact, banded = int(State.EXACT), int(State.BANDED)
    column = {option: number for number, option in enumerate(item.item.column_options, start=1)}
    for row, cell in part.released:
        if cell.option in column:
            states[row, column[cell.option]] = banded if cell.banded else exact
            states[row, 0] = exact
    if not (states == State.BANDED).any():
        return states
    fits = primary_states(part.tally.people, np.ones(len(states), dtype=bool)) == State.BANDED
    return np.where((states == State.BANDED) & ~fits, State.EXACT, states).astype(np.int8)


def _rows(
    division: Division, cells: Mapping[tuple[Span, str], list[Cell]], england: Mapping[Span, list[bool]]
) -> Iterator[GroupRow]:
    item, method = division.item.item, method_of(division.item.item, division.study.weighted)
    for (span, code), found in cells.items():
        other = Span.POOLED if span is Span.WAVE else Span.WAVE
        for number, option in enumerate(item.column_options):
            status, figure = found[number]
            ways = [(other, division.dimension, code)] if cells[other, code][number][0] is Status.SHOWN else []
            ways += [(each, "", "") for each in (span, other) if england[each][number]]
            safe = ways[0] if ways and status is not Status.SHOWN else None
            yield GroupRow(
                span=span.value,
                item=item.id,
                kind="option" if option else "measure",
                option=option,
                dimension=division.dimension,
                category=code,
                status=status.value,
                **figure_columns(figure),
                nearest_safe=":".join(safe) if safe else None,
                method=method,
            )
