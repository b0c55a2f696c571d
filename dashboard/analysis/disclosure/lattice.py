"""Every row results can be given for: sets of waves by pieces of ground, and how they add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.equations import System, build_system

ENGLAND = ("england", "")
NOWHERE = ("nowhere", "")
"""People whose area, or group, is not known: in England and in no region or group; never published."""

WORTH_OF_ENGLAND = 100.0
"""As many other rows are hidden sooner than England's."""

Unit = tuple[str, str]
"""A piece of ground: its level (england, nowhere, region, block, area) and its name; or a group and its code."""
Waves = frozenset[int]
Row = tuple[Waves, Unit]


@dataclass(frozen=True)
class Place:
    """An area of the list a wave was collected on."""

    code: str
    block: str
    """The ground that it, or it with others, makes up on every list; see `dashboard.areas.Geography`."""
    region: str


@dataclass(frozen=True)
class Ground:
    """The list of areas that a wave was collected on."""

    vintage: str
    places: tuple[Place, ...]

    def unit(self, code: str) -> Unit:
        """The piece of ground of an area: its block, where it is alone in it, else something of this list only."""
        block = next(place.block for place in self.places if place.code == code)
        alone = sum(place.block == block for place in self.places) == 1
        return ("block", block) if alone else ("area", f"{self.vintage}:{code}")


@dataclass(frozen=True)
class Lattice:
    """Rows (waves, unit) for every set of waves, published or not: an attacker adds and subtracts waves too.

    Atoms are (wave, area of its own list) and, per wave, people whose area is not known (code '').
    Areas of a block that is split differently on two lists exist only in waves of one list.
    """

    grounds: tuple[Ground, ...]
    rows: tuple[Row, ...]
    atoms: tuple[tuple[int, str], ...]
    system: System

    @cached_property
    def index(self) -> dict[Row, int]:
        """The number of a row."""
        return {row: number for number, row in enumerate(self.rows)}

    @cached_property
    def worth(self) -> NDArray[np.float64]:
        """What a row is worth to readers, (rows,): England's is what they fall back on when others are hidden."""
        return np.array([WORTH_OF_ENGLAND if unit == ENGLAND else 1.0 for _, unit in self.rows])


def build_lattice(grounds: Sequence[Ground]) -> Lattice:
    """The lattice of waves collected on `grounds`, one each.

    Two waves on one list of 42 areas in 7 regions make 3 sets of waves x (1 + 1 + 7 + 42) = 153 rows.
    """
    below: dict[Row, list[Row]] = {}
    for waves in _sets_of_waves(len(grounds)):
        for unit, children in _units([grounds[wave] for wave in sorted(waves)]):
            below[waves, unit] = [(waves, child) for child in children]
    atoms = [(wave, code) for wave, ground in enumerate(grounds) for code in [*(p.code for p in ground.places), ""]]
    inside = {row: {(wave, code) for wave in row[0] for code in _codes(grounds[wave], row[1])} for row in below}
    return _lattice(tuple(grounds), below, atoms, inside)


def group_lattice(waves: int, groups: Sequence[str]) -> Lattice:
    """The lattice of so many waves, with England and the groups of one dimension as its ground.

    Units are ENGLAND, `("group", code)` and NOWHERE for those in none of the groups; atoms are (wave, group), '' last.
    Three waves by two groups make 7 sets of waves x (1 + 1 + 2) = 28 rows.
    """
    units = [("group", group) for group in groups]
    below: dict[Row, list[Row]] = {}
    inside: dict[Row, set[tuple[int, str]]] = {}
    for chosen in _sets_of_waves(waves):
        below[chosen, NOWHERE] = []
        below[chosen, ENGLAND] = [(chosen, NOWHERE), *((chosen, unit) for unit in units)]
        below |= {(chosen, unit): [] for unit in units}
        inside[chosen, ENGLAND] = {(wave, code) for wave in chosen for code in [*groups, ""]}
        inside |= {(chosen, unit): {(wave, unit[1]) for wave in chosen} for unit in [NOWHERE, *units]}
    atoms = [(wave, code) for wave in range(waves) for code in [*groups, ""]]
    places = tuple(Place(group, group, "") for group in groups)
    return _lattice((Ground("", places),) * waves, below, atoms, inside)


def together(waves: Iterable[int], known: Iterable[Waves]) -> tuple[Waves, ...]:
    """Waves that no known set tells apart, in groups: to the rules, each group is a single wave.

    Of waves 0 to 3, with {3} and {1, 2, 3} known: {0}, {1, 2} and {3}.
    """
    known = tuple(known)
    groups: dict[tuple[bool, ...], set[int]] = {}
    for wave in waves:
        groups.setdefault(tuple(wave in each for each in known), set()).add(wave)
    return tuple(frozenset(group) for group in groups.values())


def _sets_of_waves(waves: int) -> Iterator[Waves]:
    for size in range(1, waves + 1):
        yield from (frozenset(chosen) for chosen in combinations(range(waves), size))


def _lattice(
    grounds: tuple[Ground, ...],
    below: Mapping[Row, Sequence[Row]],
    atoms: Sequence[tuple[int, str]],
    inside: Mapping[Row, set[tuple[int, str]]],
) -> Lattice:
    """A lattice of rows, each with those directly below it in the same waves and with its atoms."""
    rows = tuple(below)
    index = {row: at for at, row in enumerate(rows)}
    number = {atom: at for at, atom in enumerate(atoms)}
    membership = np.zeros((len(rows), len(atoms)), dtype=np.int64)
    for at, row in enumerate(rows):
        membership[at, [number[atom] for atom in inside[row]]] = 1
    equations = [(index[row], [index[child] for child in children]) for row, children in below.items() if children]
    equations += [(index[row], [index[half, row[1]] for half in halves]) for row in rows for halves in _halves(row[0])]
    return Lattice(grounds, rows, tuple(atoms), build_system(membership, equations))


def _units(grounds: Sequence[Ground]) -> Iterator[tuple[Unit, list[Unit]]]:
    """The units that all of `grounds` have, each with those directly below it."""
    regions = sorted({place.region for place in grounds[0].places})
    one_list = len({ground.vintage for ground in grounds}) == 1
    yield NOWHERE, []
    yield ENGLAND, [NOWHERE, *(("region", region) for region in regions)]
    for region in regions:
        blocks = sorted({place.block for place in grounds[0].places if place.region == region})
        yield ("region", region), [("block", block) for block in blocks]
        for block in blocks:
            units = {grounds[0].unit(place.code) for place in grounds[0].places if place.block == block}
            parts = sorted(unit for unit in units if unit[0] == "area") if one_list else []
            yield ("block", block), parts
            yield from ((part, []) for part in parts)


def _codes(ground: Ground, unit: Unit) -> list[str]:
    level, name = unit
    if level == "nowhere":
        return [""]
    codes = [
        place.code
        for place in ground.places
        if level == "england"
        or (level == "region" and place.region == name)
        or (level == "block" and place.block == name)
        or (level == "area" and f"{ground.vintage}:{place.code}" == name)
    ]
    return [*codes, ""] if level == "england" else codes


def _halves(waves: Waves) -> Iterator[tuple[Waves, Waves]]:
    """Every way to split a set of waves in two."""
    first, *others = sorted(waves)
    for size in range(len(others)):
        for chosen in combinations(others, size):
            half = frozenset((first, *chosen))
            yield half, waves - half
