"""The two classes of item: a truth table each, and an attacker on generated tables of sensitive items."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State, States
from dashboard.analysis.disclosure.classes import (
    Table,
    protect,
    protect_any_of,
    protect_one_of_each,
    protect_opinions,
)
from dashboard.analysis.disclosure.lattice import ENGLAND, NOWHERE, Unit, build_lattice
from tests.dashboard.analysis.disclosure.worlds import OLD, determined_cells, known_sets, published_rows, random_lattice

H, B, E = State.HIDDEN, State.BANDED, State.EXACT
WAVE = frozenset({0})


def country(columns: Columns, **areas: tuple[int, ...]) -> Table:
    """One wave of the areas A to D and of people without an area (N): the options of each, then the measure if any."""
    lattice = build_lattice([OLD])
    width = len(next(iter(areas.values())))
    options = len(columns.sums[0][1]) if columns.sums else width
    given = {name: areas.get(name, (0,) * width) for name in "ABCDN"}
    atoms = np.array([[sum(answers[:options]), *answers] for answers in given.values()])
    counts = lattice.system.totals(atoms)
    return Table(lattice, columns, counts, published_rows(lattice), np.zeros(counts.shape, dtype=np.int8))


def states_of(table: Table, states: States, unit: Unit) -> list[int]:
    found: list[int] = states[table.lattice.index[WAVE, unit], 1:].tolist()
    return found


TWO = Columns(sums=((0, (1, 2)),))
THREE = Columns(sums=((0, (1, 2, 3)),))


@pytest.mark.parametrize(
    ("answers", "opinion", "strict"),
    [
        ((5, 5), [E, E], [H, H]),
        ((5, 4), [H, H], [H, H]),
        ((8, 8), [E, E], [E, E]),
        ((9, 7), [E, E], [H, H]),
        ((16, 0), [B, B], [H, H]),
        ((20, 6, 4), [E, E, E], [E, H, H]),
        ((20, 4, 3), [E, E, E], [H, H, H]),
        ((0, 0), [H, H], [H, H]),
    ],
)
def test_the_rules_of_one_place(answers: tuple[int, ...], opinion: list[int], strict: list[int]) -> None:
    table = country(Columns(sums=((0, tuple(range(1, len(answers) + 1))),)), A=answers)
    assert states_of(table, protect_opinions([table])[0], ENGLAND) == opinion
    assert states_of(table, protect_one_of_each([table])[0], ENGLAND) == strict


def test_an_opinion_is_shown_of_ten_people_whatever_they_said() -> None:
    table = country(TWO, A=(6, 4), B=(20, 20), C=(15, 15), D=(30, 5))
    states = protect_opinions([table])[0]
    assert states_of(table, states, ("block", "A")) == [E, E]
    assert states_of(table, states, ("region", "n")) == [E, E]


def test_an_opinion_that_all_share_becomes_a_band() -> None:
    table = country(TWO, A=(12, 0), B=(20, 20), C=(15, 15), D=(30, 5))
    assert states_of(table, protect_opinions([table])[0], ("block", "A")) == [B, B]


def test_of_fewer_than_ten_nothing_is_shown_nor_of_the_neighbour_that_would_give_them_away() -> None:
    table = country(TWO, A=(5, 4), B=(20, 20), C=(15, 15), D=(30, 5))
    states = protect_opinions([table])[0]
    assert states_of(table, states, ("block", "A")) == [H, H]
    assert states_of(table, states, ("block", "B")) == [H, H]
    assert states_of(table, states, ("region", "n")) == [E, E]


def test_a_sensitive_row_is_shown_whole_or_not_at_all() -> None:
    table = country(TWO, A=(20, 7), B=(20, 20), C=(15, 15), D=(30, 8))
    states = protect_one_of_each([table])[0]
    assert states_of(table, states, ("block", "A")) == [H, H]
    assert states_of(table, states, ("block", "B")) == [H, H]
    assert states_of(table, states, ("region", "n")) == [E, E]
    assert states_of(table, states, ("region", "s")) == [E, E]


def test_nobody_is_hidden_like_one_to_seven_in_a_sensitive_row() -> None:
    table = country(TWO, A=(20, 0), B=(20, 20), C=(15, 15), D=(30, 8))
    assert states_of(table, protect_one_of_each([table])[0], ("block", "A")) == [H, H]


def test_england_is_shown_cell_by_cell_with_a_second_one_hidden() -> None:
    table = country(THREE, A=(60, 5, 2), B=(60, 10, 1), C=(60, 10, 1), D=(60, 10, 1))
    states = protect_one_of_each([table])[0]
    assert states_of(table, states, ENGLAND) == [E, H, H]
    table = country(THREE, A=(90, 6, 4))
    assert states_of(table, protect_one_of_each([table])[0], ENGLAND) == [E, H, H]
    table = country(THREE, A=(90, 4, 3))
    assert states_of(table, protect_one_of_each([table])[0], ENGLAND) == [H, H, H]


def test_the_measure_of_a_sensitive_item_is_hidden_where_what_it_leaves_is_too_few() -> None:
    measured = Columns(sums=((0, (1, 2, 3)), (4, (1, 2)), (0, (4, 3))))
    table = country(measured, A=(40, 30, 5, 70), B=(40, 30, 1, 70))
    assert states_of(table, protect_one_of_each([table])[0], ENGLAND) == [E, H, H, H]
    table = country(measured, A=(40, 30, 9, 70), B=(40, 30, 9, 70))
    assert states_of(table, protect_one_of_each([table])[0], ENGLAND) == [E, E, E, E]


def test_every_option_that_people_pick_from_a_sensitive_list_stands_alone() -> None:
    lattice = build_lattice([OLD])
    atoms = np.array([[30, 15, 28, 3], [30, 15, 10, 3], [30, 15, 10, 3], [30, 15, 10, 3], [0, 0, 0, 0]])
    counts = lattice.system.totals(atoms)
    columns = Columns(unions=((3, (2,)),))
    table = Table(lattice, columns, counts, published_rows(lattice), np.zeros(counts.shape, dtype=np.int8))
    states = protect_any_of([table])[0]
    assert states_of(table, states, ("block", "B")) == [E, H, H]  # the second would give away A, where 28 of 30 are
    assert states_of(table, states, ("area", "2023:C")) == [E, E, E]
    several = Table(lattice, Columns(unions=((3, (1, 2)),)), counts, table.candidates, table.published)
    assert (protect_any_of([several])[0][:, 3] == H).all()


def test_cells_that_are_withheld_stay_hidden_and_the_rest_is_decided_around_them() -> None:
    table = country(THREE, A=(30, 20, 10), B=(40, 20, 20), C=(20, 20, 20), D=(20, 20, 20))
    withheld = np.zeros(table.counts.shape, dtype=bool)
    withheld[table.lattice.index[WAVE, ("block", "A")], 1] = True
    withheld[table.lattice.index[WAVE, ("block", "B")], 0] = True
    for strict in (False, True):
        assert (protect([table], strict=strict, several=False)[0][table.candidates, 1:] == E).all()
        (states,) = protect([replace(table, withheld=withheld)], strict=strict, several=False)
        assert states_of(table, states, ("block", "A")) == [H, E, E]
        assert states_of(table, states, ("block", "B")) == [H, H, H]
        assert states_of(table, states, ENGLAND) == [E, E, E]
    any_of = replace(table, columns=Columns(), withheld=withheld)
    assert states_of(table, protect_any_of([any_of])[0], ("block", "A")) == [H, E, E]


def test_people_without_an_area_do_not_follow_from_england_less_its_regions() -> None:
    table = country(TWO, A=(20, 20), B=(20, 20), C=(10, 10), D=(10, 10), N=(2, 2))
    states = protect_opinions([table])[0]
    assert states_of(table, states, NOWHERE) == [H, H]
    assert states_of(table, states, ENGLAND) == [E, E]
    assert states_of(table, states, ("region", "n")) == [H, H]  # with one of its areas: two rows, where south has three
    assert states_of(table, states, ("region", "s")) == [E, E]


def random_table(seed: int) -> Table:
    random = np.random.default_rng(seed)
    lattice = random_lattice(random)
    people = random.choice([0, 3, 9, 14, 20, 30, 40, 60, 90], size=len(lattice.atoms))
    options = int(random.integers(2, 5))
    likely = random.dirichlet([2.0] * options)
    answers = np.array([random.multinomial(size, likely) for size in people])
    counts = lattice.system.totals(np.column_stack([people, answers]))
    columns = Columns(sums=((0, tuple(range(1, options + 1))),))
    return Table(lattice, columns, counts, published_rows(lattice), np.zeros(counts.shape, dtype=np.int8))


@pytest.mark.parametrize("part", range(2))
def test_no_cell_of_a_sensitive_item_under_eight_follows_from_what_is_shown(part: int) -> None:
    for seed in range(part * 8, part * 8 + 8):
        table = random_table(seed)
        states = protect_one_of_each([table])[0]
        small = (table.counts < 8) & (table.counts[:, :1] > 0)
        known = determined_cells(table.lattice, table.columns, states)
        assert not (known & small)[:, 1:].any(), seed
        atoms = table.counts[
            [table.lattice.index[frozenset({wave}), unit(table, wave, code)] for wave, code in table.lattice.atoms]
        ]
        for column in range(1, table.counts.shape[1]):
            sets, told = known_sets(table.lattice, states[:, column] == E, atoms[:, 0])
            few = (sets @ atoms[:, column] < 8) & (sets @ atoms[:, 0] > 0)
            assert not (told & few).any(), seed


def unit(table: Table, wave: int, code: str) -> Unit:
    return table.lattice.grounds[wave].unit(code) if code else NOWHERE
