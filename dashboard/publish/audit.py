"""Holding a new release, before it is in its place, against everything that was published before, as an attacker."""

from __future__ import annotations

import functools
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np

from dashboard.analysis.disclosure.audit import Finding, Proof, audit
from dashboard.analysis.disclosure.audit_item import Board, puzzles_of
from dashboard.analysis.disclosure.audit_told import ContradictionError, Statement, Told
from dashboard.analysis.disclosure.lattice import ENGLAND
from dashboard.analysis.rounding import COARSENESS, SMALLEST_BASE
from dashboard.areas import Geography
from dashboard.publish.audit_people import Making, people_of
from dashboard.publish.published import Cell, Published, Row, read_published, same_survey
from dashboard.publish.study import ground_of, spots_of
from dashboard.release import Facts, Level, ReleaseError

log = logging.getLogger(__name__)
_NEW_PEOPLE = 10
"""Within a wave a cell changes only after so many new responses."""


@dataclass(frozen=True)
class Leak:
    """What can be worked out and must not be, in words, and the shown cells of the new release that it follows from."""

    item: str
    words: str
    cells: tuple[Cell, ...]
    whole_row: bool = False
    """Whether it is the number of people that is given away, so that hiding one answer does not help."""


class _Atom(NamedTuple):
    people: Making
    area: str


def audit_release(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    facts: Facts,
    releases: Path,
    geography: Geography,
    vintages: Mapping[str, str],
    only: Collection[str] | None = None,
) -> tuple[Leak, ...]:
    """What someone who has read every release can prove, against the rule, now that the one in `folder` comes to it.

    Only what is published is read, of all items or `only` of some. `vintages` are the lists of areas that the waves
    were collected on.
    """
    new = read_published(connection, folder, facts)
    others = same_survey(connection, releases, facts)
    vintages = {**{each.facts.wave: each.facts.vintage for each in others}, **vintages}
    others = [each for each in others if set(each.facts.pooled_waves) <= vintages.keys()]
    leaks = list(_changed_for_few(new, others))
    rows: _Known = {}
    for item in new.items if only is None else only:
        asked = [each for each in others if each.items.get(item) == new.items[item]]
        leaks += _leaks_beside(item, asked, new, geography, vintages, rows)
    return tuple(leaks)


def _leaks_beside(
    item: str,
    others: Sequence[Published],
    new: Published,
    geography: Geography,
    vintages: Mapping[str, str],
    rows: _Known,
) -> Sequence[Leak]:
    """What can be proved of an item from as many releases as can be true of the same people.

    Estimates of a wave that were made again are of those who were there before, and of more. Where that cannot be,
    some have left: then every making is of people of its own. Where not even that can be, the other releases are taken
    one by one, the newest first, and those that contradict what is there already are left out: nobody can add them up
    with the others. That is logged. Only what contradicts itself is not published at all.
    """
    for joined in (True, False):
        try:
            return list(_leaks_of(item, [*others, new], new, geography, vintages, rows, joined=joined))
        except ContradictionError:
            continue
    try:
        leaks = list(_leaks_of(item, [new], new, geography, vintages, rows, joined=False))
    except ContradictionError as error:
        raise ReleaseError(f"What is to be published of '{item}' contradicts itself: {error}") from error
    fitting = [new]
    for other in sorted(others, key=lambda each: each.facts.released_at, reverse=True):
        try:
            leaks = list(_leaks_of(item, [other, *fitting], new, geography, vintages, rows, joined=False))
            fitting = [other, *fitting]
        except ContradictionError:
            which = f"{other.facts.wave} number {other.facts.number}"
            log.warning("'%s' in release %s contradicts newer ones: the audit was made without it.", item, which)
    return leaks


def _leaks_of(
    item: str,
    published: Sequence[Published],
    new: Published,
    geography: Geography,
    vintages: Mapping[str, str],
    found: _Known,
    *,
    joined: bool,
) -> Iterator[Leak]:
    answers = new.items[item]
    key = (joined, *map(id, published))
    if key not in found:
        found[key] = _Rows(geography, vintages, published, joined=joined)
    rows = found[key]
    told = [cell for each in published for cell in rows.told(each, item)]
    limits = rows.limits(published)
    board = Board(rows.sets(), known=limits)
    for puzzle in puzzles_of(answers.columns, board, told):
        for finding in audit(puzzle):
            cells = [cell.place for cell in finding.told if isinstance(cell.place, _Place)]
            if mine := tuple(place.cell for place in cells if place.published is new):
                yield Leak(item, rows.describe(finding, cells, item), mine)


_Known = dict[tuple[object, ...], "_Rows"]
"""The rows of releases that were looked at before."""


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a cell stands."""

    published: Published
    cell: Cell


class _Rows:
    """The rows that the releases of an item speak of, as sets of atoms."""

    def __init__(
        self, geography: Geography, vintages: Mapping[str, str], published: Sequence[Published], *, joined: bool
    ) -> None:
        """`joined`: people of an earlier making of a wave are among those of a later one."""
        people = people_of(published, joined=joined)
        self.published, self.own, self.people = published, people.own, people.rows
        self.vintage = {making: vintages[making.wave] for making in people.makings}
        self.atoms = {
            atom: number
            for number, atom in enumerate(
                _Atom(making, code)
                for making in people.makings
                for code in (*geography.codes(self.vintage[making]), "")
            )
        }
        self.units = {
            (vintage, spot.level.value, spot.code): spot.unit
            for vintage in geography.lists
            for spot in spots_of(geography, vintage)
        }
        self.grounds = {vintage: ground_of(geography, vintage) for vintage in geography.lists}
        self.inside = {
            (vintage, place.code): {ENGLAND, ("region", place.region), ("block", place.block), ground.unit(place.code)}
            for vintage, ground in self.grounds.items()
            for place in ground.places
        }
        self.numbers: dict[tuple[frozenset[Making], tuple[str, str]], int] = {}

    def number(self, makings: frozenset[Making], unit: tuple[str, str]) -> int:
        """The row of a piece of ground in some waves."""
        return self.numbers.setdefault((makings, unit), len(self.numbers))

    def sets(self) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
        """(rows, atoms)"""
        within: dict[tuple[Making, tuple[str, str]], list[int]] = defaultdict(list)
        for atom, number in self.atoms.items():
            for unit in self.inside.get((self.vintage[atom.people], atom.area), {ENGLAND}):
                within[atom.people, unit].append(number)
        found = np.zeros((len(self.numbers), len(self.atoms)), dtype=np.int64)
        for (makings, unit), row in self.numbers.items():
            for people in makings:
                found[row, within[people, unit]] = 1
        return found

    def told(self, published: Published, item: str) -> Iterator[Told]:
        """What a release says of an item."""
        entry = published.items[item]
        kept = published.kept_rows(item, published.before(self.published))
        number = functools.cache(lambda row: self.number(self.people[published, row[0]], self.units[row[1:]]))
        for row, too_few in published.hidden.get(item, ()):
            if row not in kept:
                yield Told(number(row), 0, "too_few" if too_few else "suppressed")
        for cell in published.cells.get(item, ()):
            if cell.row not in kept:
                yield Told(
                    row=number(cell.row),
                    column=entry.column[cell.option],
                    way="shown",
                    base=cell.base,
                    share=cell.share,
                    band="under" if cell.band == "under" else "over" if cell.band == "over" else "",
                    ratio=published.ratio(cell.method),
                    strict=entry.columns.strict,
                    takes_several=entry.columns.takes_several,
                    place=_Place(published, cell),
                )

    def limits(self, published: Sequence[Published]) -> list[Statement]:
        """That no more people answered a question than answered anything."""
        found = []
        for each in published:
            for vintage, area, count in each.responses:
                if vintage != self.vintage[self.own[each]]:
                    continue
                unit = self.units[vintage, Level.AREA.value, area]
                most = SMALLEST_BASE - 1 if count is None else count + COARSENESS // 2
                found.append(Statement(self.number(self.people[each, "wave"], unit), ((0, 1.0),), 0, most))
        return found

    def describe(self, finding: Finding, places: Sequence[_Place], item: str) -> str:
        """A finding in plain words."""
        atoms = [atom for atom, number in self.atoms.items() if number in finding.atoms]
        where = f"{', '.join(sorted({atom.area or 'area not known' for atom in atoms}))}"
        waves = ", ".join(sorted({atom.people.wave for atom in atoms}))
        code = next((place.cell.option for place in places), "")
        of = f"'{item}'" if len({place.cell.option for place in places}) != 1 else f"'{item}', '{code or 'measure'}'"
        what = {
            Proof.NOBODY: "nobody gave an answer, of people who are there,",
            Proof.EVERYONE: f"each one of {finding.low} people or more gave an answer",
            Proof.EXACT: f"exactly {finding.low} people are known of fewer than ten",
            Proof.FEW: f"{finding.low} to {finding.high} people are known of a sensitive answer",
        }[finding.proof]
        told = "; ".join(dict.fromkeys(f"{place.published.facts.wave} {place.cell.describe()}" for place in places[:8]))
        return f"{of}: it can be worked out that {what} in {where} ({waves}), from {told}."


def _changed_for_few(new: Published, others: Sequence[Published]) -> Iterator[Leak]:
    """Cells that changed since the estimates of this wave were made last, though fewer than ten people are new."""
    before = max(
        (each for each in others if each.facts.wave == new.facts.wave), key=lambda each: each.facts.number, default=None
    )
    if before is None:
        return
    for item, cells in new.cells.items():
        old = {(cell.row, cell.option): cell for cell in before.cells.get(item, ())}
        rows: dict[Row, list[tuple[Cell, Cell]]] = defaultdict(list)
        for cell in cells:
            if (was := old.get((cell.row, cell.option))) is not None:
                rows[cell.row].append((was, cell))
        for pairs in rows.values():
            changed = [cell for was, cell in pairs if was.figure != cell.figure]
            if changed and abs(pairs[0][1].base - pairs[0][0].base) < _NEW_PEOPLE:
                words = f"'{item}': {changed[0].describe()} changed, though fewer than ten people are new."
                yield Leak(item, words, tuple(changed), whole_row=True)
