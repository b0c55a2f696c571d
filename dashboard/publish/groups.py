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
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboard.analysis.disclosure.bands import State, States, primary_states
from dashboard.analysis.disclosure.classes import Table, protect
from dashboard.analysis.disclosure.equations import Bools
from dashboard.analysis.disclosure.lattice import ENGLAND, Lattice, Waves, group_lattice, together
from dashboard.analysis.rounding import Figure
from dashboard.analysis.tally import Tally, stack
from dashboard.publish.analysis_file import Item
from dashboard.publish.estimates import figure_columns, method_of, row_cells
from dashboard.publish.study import ItemResult, Study, is_same
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


@dataclass(frozen=True)
class Division:
    """An item by a dimension: both as England's row shows them, the waves that asked both, and how these stand
    together: `sets` are the waves that no published row tells apart."""

    study: Study
    item: ItemResult
    groups: ItemResult
    alike: frozenset[int]
    sets: tuple[Waves, ...]

    @property
    def dimension(self) -> str:
        """The name of the dimension."""
        return self.groups.item.dimension or ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups."""
        return tuple(option.code for option in self.groups.item.options)

    def merged(self, waves: Waves) -> Waves:
        """Waves by the numbers of `sets`."""
        return frozenset(number for number, each in enumerate(self.sets) if each <= waves)

    def is_asked(self, span: Span) -> bool:
        """Whether both were asked, in the same words, in every wave of a span."""
        return self.study.spans[span] <= self.alike


def group_rows(study: Study, results: Sequence[ItemResult], withheld: Collection[GroupKey] = ()) -> Iterator[GroupRow]:
    """The rows of `groups.parquet`: every item that is no dimension by every dimension.

    Cells that are `withheld` stay hidden whatever else.
    """
    england = {result.item.id: _england(study, result) for result in results}
    lattices: dict[tuple[int, tuple[str, ...]], Lattice] = {}
    for result in results:
        if result.item.dimension is not None:
            continue
        for groups in results:
            if groups.item.dimension is not None:
                division = _division(study, result, groups)
                cells = _cells(division, lattices, withheld)
                yield from _rows(division, cells, england[result.item.id])


def _division(study: Study, result: ItemResult, groups: ItemResult) -> Division:
    alike = _alike(study, result.item) & _alike(study, groups.item)
    released = study.released_groups.get((result.item.id, groups.item.dimension or ""), ())
    known = [*(study.spans[span] for span in Span), *(cell.waves for cell in released), alike]
    return Division(study, result, groups, alike, together(range(len(study.files)), known))


def _alike(study: Study, item: Item) -> frozenset[int]:
    return frozenset(
        number
        for number, file in enumerate(study.files)
        if is_same(item, file.item(item.id), file.questionnaire["version"])
    )


def _england(study: Study, result: ItemResult) -> Mapping[Span, list[bool]]:
    """Which options England shows, by span."""
    index = study.lattice.index
    return {
        span: (result.states[index[waves, ENGLAND], 1:] != State.HIDDEN).tolist()
        if span is Span.WAVE or result.pooled
        else [False] * len(result.item.column_options)
        for span, waves in study.spans.items()
    }


def _cells(
    division: Division, lattices: dict[tuple[int, tuple[str, ...]], Lattice], withheld: Collection[GroupKey]
) -> dict[tuple[Span, str], list[Cell]]:
    """The cells of every group in every span."""
    codes = division.codes
    found: dict[tuple[Span, str], list[Cell]] = {}
    for part in [(code,) for code in codes] if division.groups.item.takes_several else [codes]:
        key = (len(division.sets), part)
        if key not in lattices:
            lattices[key] = group_lattice(*key)
        lattice = lattices[key]
        tally = _tally(division, part).onto(lattice.system.membership)
        table = Table(
            lattice,
            division.item.item.columns,
            tally.people,
            _candidates(division, lattice, part),
            _published(division, lattice, tally),
            _withheld(division, lattice, withheld),
        )
        item = division.item.item
        (states,) = protect([table], strict=item.is_strict, several=item.takes_several)
        for span in Span:
            for code in part:
                if division.is_asked(span):
                    row = lattice.index[division.merged(division.study.spans[span]), ("group", code)]
                    found[span, code] = row_cells(tally, states, row)
                else:
                    found[span, code] = [(Status.NOT_ASKED, None)] * (tally.people.shape[1] - 1)
    return found


def _tally(division: Division, part: Sequence[str]) -> Tally:
    """Sums of the groups of `part`, and of everyone in none of them, for each of the division's sets of waves."""
    item = division.item.item
    rows = [division.codes.index(code) for code in part]
    found = []
    for waves in division.sets:
        total = Tally.nobody(len(part) + 1, len(item.column_options) + 1)
        for number in waves & division.alike:
            counts = division.study.counts[number]
            groups, everyone = counts.groups[item.id, division.dimension], counts.by_item[item.id]
            total = _add(total, _beside(groups, rows, everyone))
        found.append(total)
    return stack(found)


def _beside(groups: Tally, rows: list[int], everyone: Tally) -> Tally:
    """Chosen rows, and last what everyone has besides."""
    parts = [
        np.vstack([of_group[rows], of_all.sum(axis=0) - of_group[rows].sum(axis=0)])
        for of_group, of_all in (
            (groups.people, everyone.people),
            (groups.weights, everyone.weights),
            (groups.squares, everyone.squares),
        )
    ]
    return Tally(parts[0].astype(np.int64), parts[1], parts[2])


def _add(one: Tally, other: Tally) -> Tally:
    return Tally(one.people + other.people, one.weights + other.weights, one.squares + other.squares)


def _candidates(division: Division, lattice: Lattice, part: Sequence[str]) -> Bools:
    """Rows of this release: groups whose own number is shown."""
    found = np.zeros(lattice.system.size, dtype=bool)
    for span, waves in division.study.spans.items():
        if division.is_asked(span):
            own = division.groups.states[division.study.lattice.index[waves, ENGLAND]]
            merged = division.merged(waves)
            for code in part:
                found[lattice.index[merged, ("group", code)]] = own[division.codes.index(code) + 1] != State.HIDDEN
    return found


def _withheld(division: Division, lattice: Lattice, withheld: Collection[GroupKey]) -> Bools | None:
    item = division.item.item
    mine = [key for key in withheld if (key[1], key[3]) == (item.id, division.dimension)]
    if not mine:
        return None
    found = np.zeros((lattice.system.size, len(item.column_options) + 1), dtype=bool)
    for span, _, option, _, category in mine:
        row = lattice.index.get((division.merged(division.study.spans[Span(span)]), ("group", category)))
        if row is not None:
            found[row, item.column_options.index(option) + 1] = True
    return found


def _published(division: Division, lattice: Lattice, tally: Tally) -> States:
    """What is out: every row of England that any release shows, and groups that releases of other waves show.

    Where a band does not fit the people, as a weighted share may round to 0 and theirs not, the cell counts as known.
    """
    item = division.item
    states = np.full((lattice.system.size, len(item.item.column_options) + 1), State.HIDDEN, dtype=np.int8)
    for (merged, unit), row in lattice.index.items():
        if unit == ENGLAND:
            waves = frozenset[int]().union(*(division.sets[number] for number in merged))
            if waves <= division.alike:
                states[row] = item.states[division.study.lattice.index[waves, ENGLAND]]
    column = {option: number for number, option in enumerate(item.item.column_options, start=1)}
    for cell in division.study.released_groups.get((item.item.id, division.dimension), ()):
        released = lattice.index.get((division.merged(cell.waves), ("group", cell.category)))
        if released is not None and cell.waves <= division.alike and cell.option in column:
            states[released, column[cell.option]] = State.BANDED if cell.banded else State.EXACT
            states[released, 0] = State.EXACT
    fits = primary_states(tally.people, np.ones(len(states), dtype=bool)) == State.BANDED
    return np.where((states == State.BANDED) & ~fits, State.EXACT, states).astype(np.int8)


def _rows(
    division: Division, cells: Mapping[tuple[Span, str], list[Cell]], england: Mapping[Span, list[bool]]
) -> Iterator[GroupRow]:
    item, study = division.item.item, division.study
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
                method=method_of(item, study.weighted),
            )
