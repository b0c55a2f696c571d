"""Weights from raking equal those of R's survey package, meet their margins and say so when they cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.analysis.weighting.margin import Floats
from dashboard.analysis.weighting.raking import Margin, NotConverged, RakingError, rake
from tests.reference_numbers import agrees, oracle, schools

HALVES = np.array([0.5, 0.5])
FIRST = Margin("first", np.array([0, 0, 1, 1]), HALVES, ("a", "b"))
SECOND = Margin("second", np.array([0, 1, 0, 1]), HALVES, ("c", "d"))

TYPES, GROWTH = "EHM", ("Yes", "No")
POPULATION = 6194
RAKED = "apistrat_w0=1_rake_stype(E4421,H755,M1018)_schwide(No1072,Yes5122)"


def people(*numbers: float) -> Floats:
    return np.array(numbers, dtype=np.float64)


def schools_by_type_and_growth() -> tuple[Floats, list[Margin]]:
    cells = [(kind, grew) for kind in TYPES for grew in GROWTH]
    count = [sum((row["stype"], row["sch_wide"]) == cell for row in schools("apistrat")) for cell in cells]
    return people(*count), [
        Margin("type", np.array([0, 0, 1, 1, 2, 2]), people(4421, 755, 1018) / POPULATION, tuple(TYPES)),
        Margin("growth", np.array([0, 1, 0, 1, 0, 1]), people(5122, 1072) / POPULATION, GROWTH),
    ]


def test_weights_equal_those_of_r() -> None:
    base, margins = schools_by_type_and_growth()
    raked = rake(base, margins, tolerance=1e-14)
    expected = oracle("raking", RAKED)
    weights = raked.weights * POPULATION / base.sum()
    ours = dict(zip([f"{kind},{grew}" for kind in TYPES for grew in GROWTH], weights.tolist(), strict=True))
    assert ours.keys() == expected["weights"].keys()
    assert [cell for cell, weight in ours.items() if not agrees(weight, expected["weights"][cell], 10)] == []
    assert rake(base, margins).weights == pytest.approx(raked.weights, rel=1e-9)
    assert agrees(raked.design_effect, expected["deff"], 10)
    assert agrees(base.sum() / raked.design_effect, expected["kish_neff"], 9)


def test_the_worked_numbers_of_the_docstring_are_right() -> None:
    raked = rake(people(40, 10, 20, 30), [FIRST, SECOND])
    assert raked.weights == pytest.approx([0.888, 1.449, 0.725, 1.184], abs=5e-4)


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 200), min_size=6, max_size=6),
    st.floats(0.1, 0.9),
    st.lists(st.floats(0.1, 1), min_size=3, max_size=3),
)
def test_margins_are_met_and_the_mean_weight_is_one(count: list[int], half: float, thirds: list[float]) -> None:
    base, shares = people(*count), np.array(thirds) / sum(thirds)
    margins = [
        Margin("two", np.array([0, 0, 0, 1, 1, 1]), np.array([half, 1 - half]), ("a", "b")),
        Margin("three", np.array([0, 1, 2, 0, 1, 2]), shares, ("c", "d", "e")),
    ]
    raked = rake(base, margins, smallest=0, cap=(0, 1e9))
    assert raked.met
    assert raked.off <= 1e-10
    assert raked.capped == 0
    assert base @ raked.weights == pytest.approx(base.sum(), rel=1e-12)
    for margin in margins:
        reached = np.bincount(margin.of_cell, weights=base * raked.weights) / base.sum()
        assert reached == pytest.approx(margin.targets, abs=2e-10)


def test_people_who_already_have_the_known_shares_weigh_one() -> None:
    raked = rake(people(25, 25, 25, 25), [FIRST, SECOND])
    assert raked.rounds == 0
    assert raked.weights.tolist() == [1, 1, 1, 1]
    assert raked.design_effect == 1


def test_design_weights_are_raked_by_what_they_add_up_to() -> None:
    count, design_weight = people(40, 10, 20, 30), people(1, 2, 3, 1)
    raked = rake(count * design_weight, [FIRST, SECOND], people=count)
    total = count * design_weight * raked.weights
    assert (total / total.sum())[[0, 1]].sum() == pytest.approx(0.5, abs=1e-10)
    with pytest.raises(RakingError, match="nobody is there"):
        rake(people(0, 0, 20, 30), [Margin("first", FIRST.of_cell, HALVES, ("a", "b"), apart=0)])


def test_margins_that_cannot_be_met_together_are_named_and_no_others() -> None:
    # Nobody is in a and d, or in b and c: the shares of a and c must be equal, and are not.
    tied = Margin("tied", FIRST.of_cell, people(0.4, 0.6), ("a", "b"))
    other = Margin("other", np.array([0, 0, 0, 1]), people(0.7, 0.3), ("e", "f"))
    third = Margin("third", np.array([0, 0, 0, 0, 1, 1, 1, 1]), people(0.3, 0.7), ("g", "h"))
    with pytest.raises(NotConverged, match="'tied', 'second' cannot be met together") as told:
        rake(people(40, 0, 0, 30), [tied, SECOND], most_rounds=50)
    assert told.value.margins == ("tied", "second")
    twice = [Margin(each.name, np.tile(each.of_cell, 2), each.targets, each.labels) for each in (tied, SECOND)]
    with pytest.raises(NotConverged) as told:
        rake(people(20, 0, 0, 15, 20, 0, 0, 15), [third, *twice], most_rounds=50)
    assert told.value.margins == ("tied", "second")
    assert rake(people(40, 10, 20, 30), [tied, other]).met


@pytest.mark.parametrize("base", [people(0, 0, 0, 0), people(1, -1, 1, 1), people(float("nan"), 1, 1, 1)])
def test_nobody_cannot_be_weighted(base: Floats) -> None:
    with pytest.raises(RakingError, match="nobody to weight"):
        rake(base, [FIRST])


def test_without_margins_everyone_weighs_one() -> None:
    assert rake(people(3, 5), []).weights.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("targets", "of_cell", "message"),
    [
        (people(0.5, 0.6), [0, 1], "add up to 1.1"),
        (people(1.5, -0.5), [0, 1], "not a share"),
        (people(0.5, float("nan")), [0, 1], "not a share"),
        (people(0.5, 0.5), [0, 2], "does not list"),
        (people(0.5, 0.25, 0.25), [0, 1], "2 labels for 3 targets"),
    ],
)
def test_a_margin_that_makes_no_sense_is_refused(targets: Floats, of_cell: list[int], message: str) -> None:
    with pytest.raises(RakingError, match=message):
        Margin("age", np.array(of_cell), targets, ("young", "old"))
