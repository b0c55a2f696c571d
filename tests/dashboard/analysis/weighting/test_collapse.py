"""Small categories join a neighbour by a fixed rule, and it is said which."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.weighting.collapse import Collapse, collapse
from dashboard.analysis.weighting.margin import Margin, RakingError


def collapsed(people: list[int], targets: list[float], apart: int | None = None) -> tuple[list[int], list[Collapse]]:
    """Categories 'a', 'b', … with one cell each: the category every cell comes to be in, and what was merged."""
    labels = tuple("abcdef"[: len(people)])
    margin = Margin("age", np.arange(len(people)), np.array(targets), labels, apart)
    merged, told = collapse(margin, np.array(people, dtype=np.float64), 10)
    assert merged.targets.sum() == pytest.approx(1)
    return merged.of_cell.tolist(), list(told)


def test_large_categories_stay_as_they_are() -> None:
    assert collapsed([10, 20, 30], [0.2, 0.3, 0.5]) == ([0, 1, 2], [])


def test_the_worked_example_of_the_docstring_is_right() -> None:
    places, told = collapsed([40, 6, 30, 3], [0.25, 0.25, 0.25, 0.25])
    assert places == [0, 1, 1, 1]
    assert told == [Collapse("age", "c", ("b", "d"))]


def test_the_smaller_neighbour_takes_a_small_category_and_the_one_before_if_they_are_equal() -> None:
    assert collapsed([30, 5, 20], [0.3, 0.3, 0.4])[0] == [0, 1, 1]
    assert collapsed([20, 5, 20], [0.3, 0.3, 0.4])[0] == [0, 0, 1]


def test_targets_of_merged_categories_are_added() -> None:
    margin = Margin("age", np.array([0, 1, 2]), np.array([0.5, 0.2, 0.3]), ("a", "b", "c"))
    merged, _ = collapse(margin, np.array([50.0, 4.0, 20.0]), 10)
    assert merged.targets == pytest.approx([0.5, 0.5])
    assert merged.labels == ("a", "c")


def test_an_empty_category_with_a_target_always_joins_another() -> None:
    margin = Margin("age", np.array([0, 2]), np.array([0.5, 0.2, 0.3]), ("a", "b", "c"))
    merged, told = collapse(margin, np.array([50.0, 50.0]), 0)
    assert merged.targets == pytest.approx([0.7, 0.3])
    assert told == (Collapse("age", "a", ("b",)),)


def test_people_in_a_category_with_a_target_of_nothing_join_another_and_still_count() -> None:
    places, told = collapsed([50, 20, 30], [0.6, 0.0, 0.4])
    assert places == [0, 1, 1]
    assert told == [Collapse("age", "c", ("b",))]


def test_a_category_without_people_and_without_a_target_is_not_there() -> None:
    places, told = collapsed([50, 0, 30], [0.6, 0.0, 0.4])
    assert (places[0], places[2], told) == (0, 1, [])


def test_few_people_become_one_category() -> None:
    assert collapsed([1, 2, 3], [0.2, 0.3, 0.5]) == ([0, 0, 0], [Collapse("age", "c", ("a", "b"))])


def test_people_who_did_not_say_are_never_merged() -> None:
    assert collapsed([50, 4, 3], [0.5, 0.4, 0.1], apart=2) == ([0, 0, 1], [Collapse("age", "a", ("b",))])
    assert collapsed([2, 3, 45], [0.05, 0.05, 0.9], apart=2)[0] == [0, 0, 1]


def test_a_target_that_nobody_can_carry_is_an_error() -> None:
    with pytest.raises(RakingError, match=r"wants a share of .* for a, b, but nobody is there"):
        collapsed([0, 0, 40], [0.2, 0.3, 0.5], apart=2)
    with pytest.raises(RakingError, match="wants nobody in c, but 40 people are there"):
        collapsed([10, 20, 40], [0.5, 0.5, 0.0], apart=2)
