"""An item by a dimension: the people of each group, what is out of them, and the rows they make with England's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np

from dashboard.analysis.disclosure.bands import States
from dashboard.analysis.disclosure.lattice import ENGLAND, Lattice, Waves, group_lattice, together
from dashboard.analysis.tally import Tally, stack
from dashboard.publish.analysis_file import Item
from dashboard.publish.history import ReleasedGroup
from dashboard.publish.study import ItemResult, Study, is_same
from dashboard.release import Span


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

    @property
    def overlaps(self) -> bool:
        """Whether people can be in several groups."""
        return self.groups.item.takes_several

    @cached_property
    def released(self) -> dict[str, list[ReleasedGroup]]:
        """By group, the cells that releases of other waves show."""
        found: dict[str, list[ReleasedGroup]] = {code: [] for code in self.codes}
        for cell in self.study.released_groups.get((self.item.item.id, self.dimension), ()):
            if cell.category in found and cell.waves <= self.alike:
                found[cell.category].append(cell)
        return found

    @property
    def parts(self) -> list[Part]:
        """All groups, or where people can be in several each by itself."""
        return [Part(self, part) for part in ([(code,) for code in self.codes] if self.overlaps else [self.codes])]

    @cached_property
    def tallies(self) -> list[tuple[Tally, Tally]]:
        """For each of `sets`, sums of each group, and of everyone (one row)."""
        item, width = self.item.item.id, len(self.item.item.column_options) + 1
        found = []
        for waves in self.sets:
            counts = [self.study.counts[number] for number in sorted(waves & self.alike)]
            groups = _added((each.groups[item, self.dimension] for each in counts), len(self.codes) + 1, width)
            everyone = (each.by_item[item] for each in counts)
            found.append((groups, _added((_one_row(tally) for tally in everyone), 1, width)))
        return found

    @cached_property
    def england(self) -> dict[Waves, States]:
        """What is out of England, by the numbers of sets."""
        found = {}
        for size in range(1, len(self.sets) + 1):
            for chosen in combinations(range(len(self.sets)), size):
                waves = frozenset[int]().union(*(self.sets[number] for number in chosen))
                if waves <= self.alike:
                    found[frozenset(chosen)] = self.item.states[self.study.lattice.index[waves, ENGLAND]]
        return found

    def merged(self, waves: Waves) -> Waves:
        """Waves by the numbers of `sets`."""
        if waves not in self._merged:
            self._merged[waves] = frozenset(number for number, each in enumerate(self.sets) if each <= waves)
        return self._merged[waves]

    @cached_property
    def _merged(self) -> dict[Waves, Waves]:
        return {}

    def is_asked(self, span: Span) -> bool:
        """Whether both were asked, in the same words, in every wave of a span."""
        return self.study.spans[span] <= self.alike


@dataclass(frozen=True)
class Part:
    """Groups of a division that are decided together: all, or each alone where people can be in several."""

    division: Division
    codes: tuple[str, ...]

    @cached_property
    def lattice(self) -> Lattice:
        """The rows; the groups go by their numbers, so that tables of as many groups share one."""
        return _lattice(len(self.division.sets), len(self.codes))

    @cached_property
    def tally(self) -> Tally:
        """Sums of every row."""
        places = [self.division.codes.index(code) for code in self.codes]
        chosen = [_beside(groups, places, everyone) for groups, everyone in self.division.tallies]
        return stack(chosen).onto(self.lattice.system.sparse)

    @property
    def rows(self) -> Iterator[tuple[Span, str, int]]:
        """The rows of this release: span, group and number."""
        for span, waves in self.division.study.spans.items():
            if self.division.is_asked(span):
                for code in self.codes:
                    row = self.row(waves, code)
                    if row is not None:
                        yield span, code, row

    def row(self, waves: Waves, code: str) -> int | None:
        """The row of a group in a set of waves; None where the group is in another part, or there is no such set."""
        if code not in self.codes:
            return None
        return self.lattice.index.get((self.division.merged(waves), ("group", str(self.codes.index(code)))))

    @property
    def released(self) -> Iterator[tuple[int, ReleasedGroup]]:
        """Cells that releases of other waves show, each with its row."""
        for code in self.codes:
            for cell in self.division.released[code]:
                row = self.row(cell.waves, code)
                if row is not None:
                    yield row, cell


@lru_cache
def _lattice(sets: int, groups: int) -> Lattice:
    return group_lattice(sets, [str(number) for number in range(groups)])


def divide(study: Study, result: ItemResult, groups: ItemResult) -> Division:
    """An item by a dimension."""
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


def _added(tallies: Iterable[Tally], rows: int, columns: int) -> Tally:
    total = Tally.nobody(rows, columns)
    for tally in tallies:
        total = Tally(total.people + tally.people, total.weights + tally.weights, total.squares + tally.squares)
    return total


def _one_row(tally: Tally) -> Tally:
    people, weights, squares = (
        each.sum(axis=0, keepdims=True) for each in (tally.people, tally.weights, tally.squares)
    )
    return Tally(people, weights, squares)


def _beside(groups: Tally, places: list[int], everyone: Tally) -> Tally:
    """Chosen groups, and last what everyone has besides."""
    people, weights, squares = (
        np.vstack([of_groups[places], of_all - of_groups[places].sum(axis=0)])
        for of_groups, of_all in (
            (groups.people, everyone.people),
            (groups.weights, everyone.weights),
            (groups.squares, everyone.squares),
        )
    )
    return Tally(people, weights, squares)
