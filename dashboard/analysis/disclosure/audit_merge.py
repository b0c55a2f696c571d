"""Making an auditor's work smaller: places of which nothing is told but that few people answered there, as one place.

Take places of which it is told that at most nine people answered, and nothing else, and which all other rows hold
together or not at all. Whatever people the one place made of them can hold, of any answer, can be spread over them, as
long as they are no more than the sum of what each can hold; and anyone can be moved to any of them. So nobody is proved
to be missing from an answer in one of them who is not missing from all, and where they can hold fewer than all but the
largest could, each may be empty: nothing is proved of it alone. The same goes for such a place in several waves, where
the most is told of all waves at once and each wave alone can be as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from dashboard.analysis.disclosure.audit_space import Shape
from dashboard.analysis.disclosure.audit_told import Statement
from dashboard.analysis.disclosure.equations import Bools, Ints

_Bin = tuple[tuple[int, ...], float]
"""Atoms that at most so many people are in together."""


@dataclass(frozen=True)
class Setting:
    """What an audit looks at: people, what is said of them, and `rows` (rows, atoms) of which too much may be known."""

    shape: Shape
    statements: tuple[Statement, ...]
    rows: Ints
    spare: tuple[tuple[int, float], ...] = ()
    """Rows of the shape that must be able to hold no more than this, so that each place merged in them may be empty."""
    inside: tuple[tuple[int, ...], ...] = ()
    """The atoms that each atom was made of, if any were merged."""

    def atoms_of(self, merged: Iterable[int]) -> tuple[int, ...]:
        """Atoms as they were before."""
        return tuple(sorted(atom for each in merged for atom in (self.inside[each] if self.inside else (each,))))


def merged(setting: Setting) -> Setting:
    """The same with fewer atoms: nothing can be proved in `setting` if nothing can be here, and `spare` holds."""
    shape = setting.shape
    sets = shape.sets.astype(bool)
    loose = _loose_rows(setting)
    firm = sets[[row for row in _used(setting) if row not in loose]]
    signature = _numbered(firm.T)
    bins = _bins(sets, loose, signature)
    if not bins:
        return setting
    label = np.arange(shape.atoms)
    capped: list[tuple[tuple[int, ...], float, float]] = []
    for found in bins:
        first = {signature[atom]: atom for atom in found[0][0]}
        for atoms, _ in found:
            for atom in atoms:
                label[atom] = first[signature[atom]]
        most = [cap for _, cap in found]
        capped.append((tuple(first.values()), sum(most), sum(most) - max(most)))
    kept, place = np.unique(label, return_inverse=True)
    merged_rows = {
        row for row in loose if any(sets[row, atom] for found in bins for atoms, _ in found for atom in atoms)
    }
    caps = np.zeros((len(capped), len(kept)), dtype=np.int64)
    for number, (atoms, _, _) in enumerate(capped):
        caps[number, place[list(atoms)]] = 1
    size = len(sets)
    return Setting(
        shape=replace(shape, sets=np.vstack([shape.sets[:, kept], caps])),
        statements=(
            *(each for each in setting.statements if each.row not in merged_rows),
            *(Statement(size + number, ((0, 1.0),), 0, most) for number, (_, most, _) in enumerate(capped)),
        ),
        rows=_whole_rows(setting.rows.astype(bool), label, kept),
        spare=tuple((size + number, least) for number, (_, _, least) in enumerate(capped)),
        inside=tuple(tuple(np.flatnonzero(label == atom).tolist()) for atom in kept),
    )


def _used(setting: Setting) -> list[int]:
    twins = {row for pair in setting.shape.alike for row in pair}
    return sorted({each.row for each in setting.statements} | twins)


def _loose_rows(setting: Setting) -> dict[int, float]:
    """The rows of which no more is said than the most people in them."""
    found: dict[int, float] = {}
    firm = {row for pair in setting.shape.alike for row in pair}
    for each in setting.statements:
        if each.parts == ((0, 1.0),) and each.low <= 0 and 1 <= each.high < inf:
            found[each.row] = min(each.high, found.get(each.row, inf))
        else:
            firm.add(each.row)
    return {row: most for row, most in found.items() if row not in firm}


def _numbered(lines: Bools) -> list[int]:
    """Equal lines by the same number."""
    numbers: dict[bytes, int] = {}
    return [numbers.setdefault(line.tobytes(), len(numbers)) for line in np.ascontiguousarray(lines)]


def _bins(sets: Bools, loose: dict[int, float], signature: list[int]) -> list[list[_Bin]]:
    """Sets of atoms that hang together by loose rows, one of which says the least of all of them; alike ones together.

    A set that holds more atoms than it has signatures is worth while by itself.
    """
    parts = [(frozenset(np.flatnonzero(sets[row]).tolist()), most) for row, most in loose.items()]
    alike: dict[tuple[int, ...], list[_Bin]] = defaultdict(list)
    taken: set[int] = set()
    for atoms, most in sorted(parts, key=lambda part: (-len(part[0]), part[1])):
        if not atoms or atoms & taken:
            continue
        inside = [part for part in parts if part[0] & atoms]
        taken |= atoms
        if all(part[0] <= atoms and part[1] >= most for part in inside):
            found = tuple(sorted({signature[atom] for atom in atoms}))
            alike[found].append((tuple(sorted(atoms)), most))
    return [found for signs, found in alike.items() if len(found) > 1 or len(found[0][0]) > len(signs)]


def _whole_rows(rows: Bools, label: Ints, kept: Ints) -> Ints:
    """The rows that hold each merged atom whole or not at all."""
    changed = np.array([(rows[:, label == atom].all(axis=1) == rows[:, atom]) for atom in kept]).T
    other = np.array([(rows[:, label == atom].any(axis=1) == rows[:, atom]) for atom in kept]).T
    whole = (changed & other).all(axis=1)
    found: Ints = np.unique(rows[whole][:, kept].astype(np.int64), axis=0)
    return found
