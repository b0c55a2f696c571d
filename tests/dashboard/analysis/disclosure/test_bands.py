"""Nobody and everyone do not follow: from the other options, the measure, other places, other waves."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import Banded, State, States, bounds_of, primary_states, protect_bands
from dashboard.analysis.disclosure.classes import Table, protect_opinions
from dashboard.analysis.disclosure.equations import Bools, Ints, build_system
from tests.dashboard.analysis.disclosure.worlds import determined_cells, nothing, published_rows, random_lattice

ONE = build_system(np.array([[1]]), [])
HIDDEN, BANDED, EXACT = State.HIDDEN, State.BANDED, State.EXACT


def states_of_one_row(*options: int) -> list[int]:
    """Of one place in which so many people gave each of the options of a choice."""
    counts = np.array([[sum(options), *options]])
    columns = Columns(sums=((0, tuple(range(1, len(options) + 1))),))
    shown = np.array([True])
    (states,) = protect_bands(ONE, [Banded(columns, counts, primary_states(counts, shown), shown)])
    return states[0, 1:].tolist()


@pytest.mark.parametrize(
    ("options", "states"),
    [
        ((9, 6), [EXACT, EXACT]),
        ((15, 0), [BANDED, BANDED]),  # over 90%, under 10%: all or all but one
        ((14, 1), [BANDED, BANDED]),
        ((10, 5, 0), [EXACT, HIDDEN, BANDED]),  # 15 - 10 - 5 is nobody
        ((10, 4, 1), [EXACT, HIDDEN, BANDED]),  # and one person looks alike
        ((10, 3, 2), [EXACT, EXACT, EXACT]),
        ((9, 5, 1, 0), [EXACT, EXACT, BANDED, BANDED]),  # one person, and it is not said which
        ((8, 4, 3, 0, 0), [EXACT, EXACT, HIDDEN, BANDED, BANDED]),
        ((7, 6, 1, 1), [EXACT, HIDDEN, BANDED, BANDED]),  # both at their most: it follows that it is one each
        ((15, 0, 0), [BANDED, BANDED, BANDED]),
        ((390, 30, 0), [EXACT, HIDDEN, BANDED]),
        ((403, 17), [BANDED, BANDED]),
        ((400, 18, 2), [BANDED, BANDED, BANDED]),
        ((390, 28, 2), [EXACT, EXACT, BANDED]),  # 2 of 420 may follow: it is not nobody
    ],
)
def test_a_band_does_not_follow_from_the_other_options(options: tuple[int, ...], states: list[int]) -> None:
    assert states_of_one_row(*options) == states


def region(*areas: tuple[int, ...]) -> tuple[Ints, Bools]:
    """Counts of a region (row 0) and its areas, each (base, picked it), and every row."""
    return np.vstack([np.sum(areas, axis=0), areas]), np.ones(len(areas) + 1, dtype=bool)


def test_nobody_in_a_hidden_area_does_not_follow_from_the_region() -> None:
    """6 of a region's people picked it, 3 and 3 in the areas that are shown: nobody in the two hidden ones."""
    counts, everything = region((15, 3), (12, 3), (8, 0), (7, 0))
    system = build_system(np.vstack([np.ones((1, 4), dtype=np.int64), np.eye(4, dtype=np.int64)]), [(0, [1, 2, 3, 4])])
    shown = everything & ~np.array([False, False, False, True, True])
    (states,) = protect_bands(system, [Banded(Columns(), counts, primary_states(counts, shown), shown)])
    assert (states[[0, 1, 2], 1] == HIDDEN).sum() == 1
    assert (states[[0, 1, 2], 1] == EXACT).sum() == 2


def test_what_earlier_releases_show_cannot_be_changed_and_is_made_up_for() -> None:
    counts, everything = region((15, 3), (12, 3), (20, 0))
    system = build_system(np.vstack([np.ones((1, 3), dtype=np.int64), np.eye(3, dtype=np.int64)]), [(0, [1, 2, 3])])
    states = primary_states(counts, everything)
    changeable = np.array([False, True, False, False])
    (found,) = protect_bands(system, [Banded(Columns(), counts, states, changeable)])
    assert found[1, 1] == HIDDEN
    assert (found[[0, 2, 3]] == states[[0, 2, 3]]).all()


def test_nobody_who_follows_from_earlier_releases_alone_hides_nothing() -> None:
    counts, everything = region((15, 3), (12, 3), (20, 0))
    system = build_system(np.vstack([np.ones((1, 3), dtype=np.int64), np.eye(3, dtype=np.int64)]), [(0, [1, 2, 3])])
    states = primary_states(counts, everything)
    (found,) = protect_bands(system, [Banded(Columns(), counts, states, ~everything)])
    assert (found == states).all()


def test_an_attacker_starts_from_bases_exact_cells_and_bands() -> None:
    counts = np.array([[15, 8, 1, 14, 6]])
    bounds = bounds_of(counts, np.array([[EXACT, EXACT, BANDED, BANDED, HIDDEN]], dtype=np.int8))
    assert bounds.low.tolist() == [[15, 8, 0, 14, 0]]
    assert bounds.high.tolist() == [[15, 8, 1, 15, 15]]


def secrets(counts: Ints, states: States) -> Bools:
    """What must not be known: one or nobody where a row is shown; nobody, or anything of few people, elsewhere."""
    base = counts[:, :1]
    extreme = np.minimum(counts, base - counts)
    shown = (states != HIDDEN).any(axis=1, keepdims=True)
    found = np.where(shown, extreme <= 1, (extreme == 0) | (base < 10)) & (base > 0)
    found[:, 0] = False
    return np.asarray(found)


def random_table(seed: int) -> Table:
    random = np.random.default_rng(seed)
    lattice = random_lattice(random)
    people = random.choice([0, 1, 3, 5, 7, 9, 10, 12, 14, 20, 40], size=len(lattice.atoms))
    options = int(random.integers(2, 5))
    likely = random.dirichlet([0.7] * options)
    answers = np.array([random.multinomial(size, likely) for size in people])
    sums = ((0, tuple(range(1, options + 1))),)
    if random.random() < 0.5:
        good = tuple(range(1, int(random.integers(2, options + 1))))
        bad = tuple(option for option in range(1, options + 1) if option not in good)
        answers = np.column_stack([answers, answers[:, [option - 1 for option in good]].sum(axis=1)])
        sums += ((options + 1, good), (0, (options + 1, *bad)))
    counts = lattice.system.totals(np.column_stack([people, answers]))
    states = np.full(counts.shape, HIDDEN, dtype=np.int8)
    return Table(lattice, Columns(sums=sums), counts, published_rows(lattice), states)


@pytest.mark.parametrize("part", range(2))
def test_linear_algebra_finds_nobody_and_everyone_in_no_generated_table(part: int) -> None:
    for seed in range(part * 9, part * 9 + 9):
        table = random_table(seed)
        states = protect_opinions([table])[0]
        known = determined_cells(table.lattice, table.columns, states)
        assert not (known & secrets(table.counts, states)).any(), seed


def test_showing_a_cell_that_was_hidden_lets_the_attacker_in() -> None:
    """A planted hole: of the cells that were hidden for others' sake most are found out when they are shown."""
    found = tried = 0
    for seed in range(9):
        table = random_table(seed)
        states = protect_opinions([table])[0]
        rows = (states != HIDDEN).any(axis=1)
        holes = np.argwhere((states == HIDDEN) & rows[:, None] & (np.arange(states.shape[1]) > 0))
        for row, column in holes.tolist()[:4]:
            planted = states.copy()
            planted[row, column] = primary_states(table.counts, rows)[row, column]
            known = determined_cells(table.lattice, table.columns, planted)
            tried += 1
            found += bool((known & secrets(table.counts, planted)).any())
    assert tried > 10
    assert found > tried / 3


def test_nothing_is_shown_of_rows_that_are_no_candidates() -> None:
    table = random_table(3)
    none = Table(table.lattice, table.columns, table.counts, nothing(table.lattice), table.published)
    assert (protect_opinions([none])[0] == HIDDEN).all()
