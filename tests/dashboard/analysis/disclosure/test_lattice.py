"""Rows are places in sets of waves, and they add up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.analysis.disclosure.equations import build_system
from dashboard.analysis.disclosure.lattice import (
    ENGLAND,
    NOWHERE,
    Ground,
    Place,
    build_lattice,
    group_lattice,
    together,
)
from dashboard.areas import load_geography
from dashboard.publish.study import ground_of
from tests.dashboard.analysis.disclosure.worlds import MERGED, OLD, SPLIT

ALL = frozenset({0, 1})


def test_there_is_a_row_for_every_set_of_waves_and_every_place() -> None:
    lattice = build_lattice([OLD, OLD])
    assert {waves for waves, _ in lattice.rows} == {frozenset({0}), frozenset({1}), ALL}
    assert {unit for waves, unit in lattice.rows if waves == ALL} == {
        *(ENGLAND, NOWHERE, ("region", "n"), ("region", "s"), ("block", "A"), ("block", "B"), ("block", "CD")),
        *(("area", "2023:C"), ("area", "2023:D")),
    }  # fmt: skip


def test_two_waves_on_the_real_list_make_the_rows_of_the_docstring() -> None:
    geography = load_geography(Path(__file__).parents[4] / "data" / "areas")
    alone = tuple(Place(place.code, place.code, place.region) for place in ground_of(geography, "2023").places)
    ground = Ground("2023", alone)
    assert len(build_lattice([ground, ground]).rows) == 3 * (1 + 1 + 7 + 42) == 153


def test_an_exact_union_is_a_row_on_both_lists() -> None:
    lattice = build_lattice([OLD, MERGED])
    pooled = lattice.index[ALL, ("block", "CD")]
    assert {atom for atom, inside in zip(lattice.atoms, lattice.system.membership[pooled], strict=True) if inside} == {
        *((0, "C"), (0, "D"), (1, "CD"))
    }  # fmt: skip


def test_areas_of_a_split_block_exist_on_their_own_list_only() -> None:
    lattice = build_lattice([OLD, SPLIT])
    assert (frozenset({0}), ("area", "2023:C")) in lattice.index
    assert (frozenset({1}), ("area", "2026:E")) in lattice.index
    assert (ALL, ("area", "2023:C")) not in lattice.index
    assert (ALL, ("block", "CD")) in lattice.index


def test_people_without_an_area_are_in_england_and_in_no_region() -> None:
    lattice = build_lattice([OLD])
    wave = frozenset({0})
    counts = lattice.system.totals(np.array([[1], [2], [4], [8], [16]]))[:, 0]
    assert counts[lattice.index[wave, ENGLAND]] == 31
    assert counts[lattice.index[wave, NOWHERE]] == 16
    assert counts[lattice.index[wave, ("region", "s")]] == 12


@pytest.mark.parametrize("grounds", [[OLD], [OLD, OLD, OLD], [OLD, MERGED, MERGED], [OLD, OLD, SPLIT]])
def test_every_equation_adds_up(grounds: list[Ground]) -> None:
    lattice = build_lattice(grounds)
    atoms = np.random.default_rng(0).integers(0, 50, (len(lattice.atoms), 3))
    counts = np.vstack([lattice.system.totals(atoms), np.zeros((1, 3), dtype=np.int64)])
    assert (counts[lattice.system.parents] == counts[lattice.system.children].sum(axis=1)).all()


def test_waves_that_are_never_told_apart_are_one() -> None:
    assert together(range(4), [frozenset({3}), frozenset({1, 2, 3})]) == tuple(map(frozenset, ({0}, {1, 2}, {3})))


def test_groups_stand_directly_below_england_beside_those_in_none() -> None:
    lattice = group_lattice(3, ["women", "men"])
    assert len(lattice.rows) == 7 * (1 + 1 + 2) == 28
    counts = lattice.system.totals(np.arange(1, 10)[:, None])[:, 0]
    assert counts[lattice.index[frozenset({0}), ENGLAND]] == 1 + 2 + 3
    assert counts[lattice.index[frozenset({0, 2}), ("group", "men")]] == 2 + 8
    assert counts[lattice.index[frozenset({1}), NOWHERE]] == 6
    whole = np.append(counts, 0)
    assert (whole[lattice.system.parents] == whole[lattice.system.children].sum(axis=1)).all()


def test_an_equation_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="do not make up row 0"):
        build_system(np.array([[1, 1], [1, 0]]), [(0, [1])])
