"""What stands out in a family is what Benjamini and Hochberg's definition picks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.comparisons.families import adjusted, stands_out

# Benjamini and Hochberg (1995), section 4: fifteen comparisons of two treatments after a heart attack.
TRIAL = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)


def test_four_of_the_fifteen_of_the_1995_paper_stand_out() -> None:
    p_values = np.array(TRIAL)
    assert stands_out(p_values).tolist() == [True] * 4 + [False] * 11
    assert adjusted(p_values)[3] == pytest.approx(15 * 0.0095 / 4)
    assert adjusted(p_values)[4] == pytest.approx(0.0603)
    assert np.count_nonzero(p_values <= 0.05 / 15) == 3


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.05, 1.0])), max_size=12))
def test_it_agrees_with_the_definition_tried_out_step_by_step(p_values: list[float]) -> None:
    count = len(p_values)
    ranks = [
        k
        for k in range(1, count + 1)
        if sorted(p_values)[k - 1] <= 0.05 * k / count * (1 + 1e-12)  # the largest such k, and all below it
    ]
    limit = sorted(p_values)[max(ranks) - 1] if ranks else -1.0
    found = stands_out(np.array(p_values), 0.05 * (1 + 1e-12))
    assert found.tolist() == [value <= limit for value in p_values]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.data())
def test_the_order_of_the_comparisons_does_not_matter(p_values: list[float], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(p_values))))
    mixed = adjusted(np.array(p_values)[order])
    assert mixed.tolist() == adjusted(np.array(p_values))[order].tolist()


def test_one_comparison_is_taken_as_it_is_and_none_is_none() -> None:
    assert adjusted(np.array([0.04])).tolist() == [0.04]
    assert stands_out(np.empty(0)).tolist() == []
