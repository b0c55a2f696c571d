"""Rows, what they are made of and how they add up."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.disclosure.equations import build_system

# England (0) is a region (1) and another (5); the region has three areas (2 to 4). Two of these are also a row (6).
MEMBERSHIP = np.array(
    [[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 0, 0]]
)
SYSTEM = build_system(MEMBERSHIP, [(0, [1, 5]), (1, [2, 3, 4]), (6, [2, 3])])


def test_counts_of_rows_are_those_of_what_they_are_made_of() -> None:
    assert SYSTEM.totals(np.array([[14], [10], [6], [20]]))[:, 0].tolist() == [50, 30, 14, 10, 6, 20, 24]


def test_each_row_knows_the_equations_it_is_in() -> None:
    assert SYSTEM.of_row[2] == ((1, (2, 3, 4)), (6, (2, 3)))
    assert SYSTEM.of_row[1] == ((0, (1, 5)), (1, (2, 3, 4)))
    assert SYSTEM.of_row[5] == ((0, (1, 5)),)


def test_an_equation_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="do not make up row 1"):
        build_system(MEMBERSHIP, [(1, [2, 3])])
