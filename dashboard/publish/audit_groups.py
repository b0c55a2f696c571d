"""Holding the tables by group against everything published of England: what can be proved of a group and must not be.

An item by one dimension is looked at by itself, with England's row of the item: the tables by two dimensions have no
more than that row in common, and whatever is possible in one goes with whatever is possible in the other (see
`groups`). No more people of a group answered an item than are in the group, as the dimension's own question shows. What
is said of the groups in `inclusion.parquet` is made from these shares, and tells nothing that they do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from dashboard.analysis.disclosure.audit import Finding, audit
from dashboard.analysis.disclosure.audit_item import Board, puzzles_of
from dashboard.analysis.disclosure.audit_told import ContradictionError, Statement, Told, bases_of, counts_of
from dashboard.publish.audit_people import Making, people_of
from dashboard.publish.published import Cell, Published, read_published, same_survey
from dashboard.release import ENGLAND, Facts, Level

_Key = tuple[str, str]
"""Item and dimension."""


@dataclass(frozen=True)
class GroupLeak:
    """What can be worked out of some groups and must not be, in words."""

    item: str
    dimension: str
    words: str


@dataclass(frozen=True)
class _Groups:
    """What a release says by group: shown cells with their group, and groups in which something is hidden."""

    shown: Mapping[_Key, Sequence[tuple[str, Cell]]]
    hidden: Mapping[_Key, Sequence[tuple[str, str, bool]]]
    """Span, group, and whether there are too few people in it."""


def audit_groups(
    connection: duckdb.DuckDBPyConnection, folder: Path, facts: Facts, releases: Path
) -> tuple[GroupLeak, ...]:
    """What someone who has read every release can prove of groups, against the rule, now that this one comes to it.

    Where what other releases say cannot be true of the same people, only this one is looked at.
    """
    new = read_published(connection, folder, facts)
    published = [*same_survey(connection, releases, facts), new]
    groups = {each: _read(connection, each.folder) for each in published}
    leaks: list[GroupLeak] = []
    for item, dimension in sorted({*groups[new].shown, *groups[new].hidden}):
        of_dimension = next(name for name, entry in new.items.items() if entry.dimension == dimension)
        same = [
            each
            for each in published
            if each.items.get(item) == new.items[item] and each.items.get(of_dimension) == new.items[of_dimension]
        ]
        try:
            leaks += _leaks(same, groups, new, item, of_dimension)
        except ContradictionError:
            leaks += _leaks([new], groups, new, item, of_dimension)
    return tuple(leaks)


def _read(connection: duckdb.DuckDBPyConnection, folder: Path) -> _Groups:
    file = {"file": str(folder / "groups.parquet")}
    shown: dict[_Key, list[tuple[str, Cell]]] = defaultdict(list)
    columns = "item, dimension, category, span, option, base, share, band, method"
    query = f"select {columns} from read_parquet($file) where status = 'shown'"
    for item, dimension, group, span, *figure in connection.execute(query, file).fetchall():
        shown[item, dimension].append((group, Cell(span, "", Level.ENGLAND.value, ENGLAND, *figure)))
    hidden: dict[_Key, list[tuple[str, str, bool]]] = defaultdict(list)
    query = (
        "select distinct item, dimension, span, category, status from read_parquet($file)"
        " where status in ('too_few', 'suppressed')"
    )
    for item, dimension, span, group, status in connection.execute(query, file).fetchall():
        hidden[item, dimension].append((span, group, status == "too_few"))
    return _Groups(shown, hidden)


def _leaks(
    published: Sequence[Published], groups: Mapping[Published, _Groups], new: Published, item: str, of_dimension: str
) -> Iterator[GroupLeak]:
    """Where people can be in several groups, each group stands alone, against everyone who is not in it."""
    columns = new.items[of_dimension]
    every = tuple(columns.column)[: columns.columns.options]
    for part in [(group,) for group in every] if columns.columns.takes_several else [every]:
        table = _Table(published, part)
        told = [cell for each in published for cell in table.told(each, groups[each], item, columns.dimension)]
        if all(cell.way != "shown" or cell.place is None for cell in told):
            continue
        known = [limit for each in published for limit in table.limits(each, of_dimension)]
        board = Board(table.sets(), known=known)
        for puzzle in puzzles_of(new.items[item].columns, board, told):
            for finding in audit(puzzle):
                if any(cell.place is new for cell in finding.told):
                    yield GroupLeak(item, columns.dimension, table.describe(finding, item, columns.dimension))


class _Table:
    """England and some groups in the makings of some releases, as sets of atoms; the last group is everyone else."""

    def __init__(self, published: Sequence[Published], part: Sequence[str]) -> None:
        self.people = people_of(published, joined=False)
        self.part = part
        self.atoms = [(making, group) for making in self.people.makings for group in (*part, "")]
        self.numbers: dict[tuple[frozenset[Making], str], int] = {}

    def number(self, published: Published, span: str, group: str = "") -> int:
        """The row of a group, or of England."""
        return self.numbers.setdefault((self.people.rows[published, span], group), len(self.numbers))

    def sets(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """(rows, atoms)"""
        return np.array(
            [[making in makings and group in ("", of) for making, of in self.atoms] for makings, group in self.numbers],
            dtype=np.int64,
        )

    def told(self, published: Published, groups: _Groups, item: str, dimension: str) -> Iterator[Told]:
        """What a release says of England and of the groups; `place` is the release, of what it says of groups."""
        for cell in published.cells.get(item, ()):
            if cell.level == Level.ENGLAND:
                yield self._shown(published, item, cell, "", None)
        for group, cell in groups.shown.get((item, dimension), ()):
            if group in self.part:
                yield self._shown(published, item, cell, group, published)
        for span, group, too_few in groups.hidden.get((item, dimension), ()):
            if group in self.part:
                yield Told(self.number(published, span, group), 0, "too_few" if too_few else "suppressed")

    def _shown(self, published: Published, item: str, cell: Cell, group: str, place: Published | None) -> Told:
        entry = published.items[item]
        return Told(
            row=self.number(published, cell.span, group),
            column=entry.column[cell.option],
            way="shown",
            base=cell.base,
            share=cell.share,
            band="under" if cell.band == "under" else "over" if cell.band == "over" else "",
            ratio=published.ratio(cell.method),
            strict=entry.columns.strict,
            takes_several=entry.columns.takes_several,
            place=place,
        )

    def limits(self, published: Published, of_dimension: str) -> Iterator[Statement]:
        """That no more of a group answered than are in it."""
        for cell in published.cells.get(of_dimension, ()):
            if cell.level == Level.ENGLAND and cell.option in self.part:
                told = self._shown(published, of_dimension, cell, cell.option, None)
                most = max(counts_of(told, base)[1] for base in bases_of(cell.base))
                yield Statement(told.row, ((0, 1.0),), 0, max(0, most))

    def describe(self, finding: Finding, item: str, dimension: str) -> str:
        """A finding in plain words."""
        where = sorted({self.atoms[atom][1] or "everyone else" for atom in finding.atoms})
        waves = sorted({self.atoms[atom][0].wave for atom in finding.atoms})
        what = f"{finding.proof.value}, {finding.low} to {finding.high} people"
        return f"'{item}' by {dimension}: {what} of {', '.join(where)} ({', '.join(waves)})"
