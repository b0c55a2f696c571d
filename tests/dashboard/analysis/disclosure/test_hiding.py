"""As few cells as can be are hidden, so that nothing follows that must not."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.disclosure.attack import UNKNOWN, Bounds, Columns
from dashboard.analysis.disclosure.equations import Bools, Floats, Ints, build_system
from dashboard.analysis.disclosure.hiding import Guard, Problem, cells_to_hide

# A region (0) of three areas; the base and two options.
REGION = build_system(np.vstack([np.ones((1, 3), dtype=np.int64), np.eye(3, dtype=np.int64)]), [(0, [1, 2, 3])])
TWO = Columns(sums=((0, (1, 2)),))
COUNTS = REGION.totals(np.array([[20, 15, 5], [30, 20, 10], [40, 20, 20]]))


def hide(counts: Ints, secret: Bools, hideable: Bools, cost: Floats) -> list[list[int]]:
    told = Bounds(np.where(secret, 0, counts), np.where(secret, UNKNOWN, counts))
    untold = Bounds(np.zeros_like(counts), np.full_like(counts, UNKNOWN))
    guard = Guard(np.where(secret, 8, 0), np.zeros_like(secret))
    (hidden,) = cells_to_hide(REGION, [Problem(TWO, told, untold, hideable, guard, cost)])
    return np.argwhere(hidden).tolist()


def every_option() -> tuple[Bools, Bools]:
    """The first area's second option is secret; all other options may be hidden."""
    secret = np.zeros(COUNTS.shape, dtype=bool)
    secret[1, 2] = True
    hideable = ~secret
    hideable[:, 0] = False
    return secret, hideable


def test_a_secret_cell_is_kept_by_three_others() -> None:
    secret, hideable = every_option()
    assert hide(COUNTS, secret, hideable, 1.0 + COUNTS / 1000) == [[1, 1], [2, 1], [2, 2]]


def test_cells_of_rows_that_are_worth_more_stay() -> None:
    secret, hideable = every_option()
    worth = np.array([[1.0], [1.0], [9.0], [1.0]])
    assert hide(COUNTS, secret, hideable, worth + COUNTS / 1000) == [[1, 1], [3, 1], [3, 2]]


def test_what_follows_from_cells_that_cannot_be_hidden_is_not_held_against_others() -> None:
    secret, hideable = every_option()
    assert hide(COUNTS, secret, hideable & (np.arange(4) != 1)[:, None], 1.0 + COUNTS / 1000) == []


def test_nothing_is_hidden_where_nothing_follows() -> None:
    secret, hideable = every_option()
    secret[2:, 2] = secret[2:, 1] = secret[1:, 1] = True
    assert hide(COUNTS, secret, hideable & ~secret, 1.0 + COUNTS / 1000) == []


def test_a_number_may_be_bounded_where_only_its_value_must_not_be_known() -> None:
    counts = np.array([[30, 29, 1], [10, 9, 1], [10, 10, 0], [10, 10, 0]])
    told = Bounds(counts.copy(), counts.copy())
    told.low[:, 1:], told.high[:, 1:] = 0, 2
    told.low[:, 1], told.high[:, 1] = counts[:, 0] - 2, counts[:, 0]
    guard = Guard(np.zeros_like(counts), np.arange(3) * np.ones((4, 1)) > 0)
    untold = Bounds(np.zeros_like(counts), np.repeat(counts[:, :1], 3, axis=1))
    hideable = np.ones(counts.shape, dtype=bool)
    cost = np.ones(counts.shape)
    problem = Problem(TWO, told, untold, hideable, guard, cost)
    assert not cells_to_hide(REGION, [problem])[0].any()
    told.low[1, 2] = told.high[1, 2] = 1
    assert cells_to_hide(REGION, [problem])[0].sum() == 1
