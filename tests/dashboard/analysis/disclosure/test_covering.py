"""The cheapest cover is found, and no other is cheaper."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dashboard.analysis.disclosure.covering import Covering, connected

SAME = dict.fromkeys(range(100), 1.0)


def sets(*each: set[int]) -> list[frozenset[int]]:
    return [frozenset(one) for one in each]


@pytest.mark.parametrize(
    ("given", "cover"),
    [
        ([], set()),
        ([{1, 2}, {2, 3}, {4}], {2, 4}),
        ([{1, 2, 3}, {2}, {5, 6, 2}], {2}),
        ([{1, 2}, {1, 3}, {1, 4}, {2, 3}], {1, 2}),
    ],
)
def test_small_covers(given: list[set[int]], cover: set[int]) -> None:
    assert Covering(SAME).cheapest(sets(*given)) == cover


def test_a_dear_member_is_left_out_while_others_are_cheaper_together() -> None:
    given = sets({1, 2}, {1, 3})
    assert Covering({1: 1.5, 2: 1.0, 3: 1.0}).cheapest(given) == {1}
    assert Covering({1: 3.0, 2: 1.0, 3: 1.0}).cheapest(given) == {2, 3}


def test_taking_what_covers_most_first_is_not_always_best() -> None:
    """4 is in three sets, but leaves three; 1, 2 and 3 cover all six."""
    given = sets({1, 4}, {2, 4}, {3, 4}, {1, 5}, {2, 6}, {3, 7})
    assert len(Covering(SAME).cheapest(given, exactly=False)) >= 3
    assert Covering(SAME).cheapest(given) == {1, 2, 3}


def test_sets_without_a_common_member_are_looked_at_apart() -> None:
    assert sorted(map(len, connected(sets({1, 2}, {2, 3}, {4, 5}, {6}, {3, 7})))) == [1, 1, 3]


def test_no_cover_of_generated_sets_takes_fewer() -> None:
    random = np.random.default_rng(1)
    for _ in range(40):
        given = [
            frozenset(random.choice(9, size=random.integers(1, 4), replace=False).tolist())
            for _ in range(random.integers(1, 12))
        ]
        fewest = next(
            size
            for size in range(10)
            if any(all(each & set(chosen) for each in given) for chosen in combinations(range(9), size))
        )
        cover = Covering(SAME).cheapest(given)
        assert all(each & cover for each in given)
        assert len(cover) == fewest
