"""Shares and standard errors from counts by cell equal those of the people one by one, in one wave and in several."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from dashboard.analysis.estimation.calibration import Bools, Floats, Ints
from dashboard.analysis.estimation.design import SampleDesign, raked_design
from dashboard.analysis.estimation.estimate import Estimate, Limits, LonelyCluster, NoRespondents, OneRespondent
from dashboard.analysis.estimation.grouped import CellDesign, Shares, estimate_shares, raked_cells
from dashboard.analysis.estimation.proportions import estimate_proportion
from dashboard.analysis.estimation.waves import stack_waves
from dashboard.analysis.weighting.raking import Margin, rake
from tests.reference_numbers import agrees, oracle
from tests.school_samples import SCHOOLS, awarded, known_margins

AREAS = 3


@dataclass(frozen=True)
class Wave:
    """People of six cells in three areas, what they answered (nan: nothing), and both designs."""

    area: Ints
    answers: Floats
    people: SampleDesign
    cells: CellDesign
    base: Floats
    counts: Floats


def make_wave(seed: int, size: int, weighted: bool) -> Wave:
    chance = np.random.default_rng(seed)
    cell, area = chance.integers(0, 6, size), chance.integers(0, AREAS, size)
    answers = np.where(chance.random(size) < 0.1, np.nan, (chance.random(size) < 0.2 + 0.1 * cell).astype(np.float64))
    people = np.bincount(cell, minlength=6).astype(np.float64)
    margins = [
        Margin("two", np.array([0, 0, 0, 1, 1, 1]), np.array([0.4, 0.6]), ("a", "b")),
        Margin("three", np.array([0, 1, 2, 0, 1, 2]), np.array([0.3, 0.3, 0.4]), ("c", "d", "e")),
    ]
    raked = rake(people, margins if weighted else [])
    base, counts = np.zeros((6, AREAS)), np.zeros((6, AREAS))
    np.add.at(base, (cell, area), ~np.isnan(answers))
    np.add.at(counts, (cell, area), np.nan_to_num(answers))
    return Wave(area, answers, raked_design(raked, cell), raked_cells(raked, people), base, counts)


def one_by_one(waves: list[Wave], area: int, limits: Limits) -> Estimate:
    within: Bools = np.concatenate([wave.area for wave in waves]) == area
    answers = np.concatenate([wave.answers for wave in waves])
    return estimate_proportion(answers, stack_waves([wave.people for wave in waves]), within, limits=limits)


def summed(design: CellDesign, base: Floats, counts: Floats) -> tuple[CellDesign, Floats, Floats]:
    return design, design.sums(base), design.sums(counts)


def from_counts(waves: list[Wave]) -> Shares:
    return estimate_shares([summed(wave.cells, wave.base, wave.counts) for wave in waves])


def assert_equal(ours: Estimate, expected: Estimate) -> None:
    assert ours.method == expected.method
    for name in ("value", "standard_error", "low", "high", "weighted_base", "base", "effective", "design_effect"):
        assert getattr(ours, name) == pytest.approx(getattr(expected, name), rel=1e-12, abs=1e-14), name


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(60, 400), st.sampled_from([(True,), (False,), (True, True), (True, False)]))
def test_counts_by_cell_give_what_people_one_by_one_give(seed: int, size: int, weighted: tuple[bool, ...]) -> None:
    waves = [make_wave(seed + number, size + 7 * number, each) for number, each in enumerate(weighted)]
    shares = from_counts(waves)
    for area in range(AREAS):
        for limits in (Limits.LOGIT, Limits.KORN_GRAUBARD):
            assert_equal(shares.estimate(area, limits), one_by_one(waves, area, limits))


def test_sums_of_groups_are_added_to_estimate_them_together() -> None:
    wave = make_wave(5, 200, weighted=True)
    base, counts = wave.cells.sums(wave.base), wave.cells.sums(wave.counts)
    pair = np.array([[1.0], [1.0], [0.0]])
    together = estimate_shares([(wave.cells, base @ pair, counts @ pair)]).estimate(0)
    people = estimate_proportion(wave.answers, wave.people, wave.area < 2)
    assert_equal(together, people)
    sparsely = wave.cells.sums(sparse.csr_array(wave.counts)).toarray()
    assert np.allclose(sparsely, counts, rtol=1e-14)


def test_the_share_of_raked_schools_equals_that_of_r() -> None:
    margins, awards = known_margins("apistrat"), awarded("apistrat")
    cells, cell = np.unique([margin.of_cell for margin in margins], axis=1, return_inverse=True)
    people = np.bincount(cell).astype(np.float64)
    raked = rake(people, [Margin(m.name, cells[i], m.targets, m.labels) for i, m in enumerate(margins)])
    counts = np.bincount(cell, weights=awards)
    found = estimate_shares([summed(raked_cells(raked, people), people[:, None], counts[:, None])]).estimate(0)
    expected = oracle("raking", "apistrat_w0=1_rake_stype(E4421,H755,M1018)_schwide(No1072,Yes5122)")
    assert agrees(found.value, expected["prop_awards_yes"])
    assert agrees(found.standard_error, expected["se"])
    assert agrees(found.low, expected["logit_ci_df199"][0], 10)
    assert agrees(found.high, expected["logit_ci_df199"][1], 10)
    assert found.weighted_base * SCHOOLS / 200 == pytest.approx(SCHOOLS)


def test_counts_in_the_place_of_sums_are_refused() -> None:
    wave = make_wave(5, 200, weighted=True)
    with pytest.raises(ValueError, match="not the counts"):
        estimate_shares([(wave.cells, wave.base, wave.counts)])


def test_design_weights_stay_in_the_regression() -> None:
    base, counts = np.array([[20.0], [30.0]]), np.array([[5.0], [20.0]])
    weights, margins = np.array([1.5, 0.6]), (np.array([0, 0]),)
    even = estimate_shares([summed(CellDesign(base[:, 0], weights, margins), base, counts)])
    uneven = estimate_shares([summed(CellDesign(base[:, 0], weights, margins, np.array([3.0, 1.0])), base, counts)])
    assert even.value == uneven.value
    assert even.standard_error != uneven.standard_error


def test_few_people_are_told_apart_from_figures() -> None:
    design = CellDesign(np.array([10.0, 10.0]), np.ones(2))
    base = np.array([[0.0, 1.0, 2.0, 5.0], [0.0, 0.0, 1.0, 5.0]])
    counts = np.array([[0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
    shares = estimate_shares([summed(design, base, counts)])
    assert shares.estimated.tolist() == [False, False, True, True]
    assert shares.effective.tolist()[:2] == [0, 0]
    with pytest.raises(NoRespondents):
        shares.estimate(0)
    with pytest.raises(OneRespondent):
        shares.estimate(1)
    assert (shares.estimate(2).value, shares.estimate(2).high) == (1, 1)
    assert (shares.estimate(3).value, shares.estimate(3).low) == (0, 0)


def test_one_person_of_each_wave_says_nothing_about_differences() -> None:
    design = CellDesign(np.array([10.0]), np.ones(1))
    one = summed(design, np.array([[1.0]]), np.array([[1.0]]))
    with pytest.raises(LonelyCluster, match="of each wave"):
        estimate_shares([one, one]).estimate(0)
    with pytest.raises(LonelyCluster, match="wave of one person"):
        estimate_shares([summed(CellDesign(np.ones(1), np.ones(1)), np.ones((1, 1)), np.ones((1, 1)))])


def test_a_wave_without_answers_adds_nothing() -> None:
    nobody = summed(CellDesign(np.zeros(1), np.ones(1)), np.zeros((1, 1)), np.zeros((1, 1)))
    some = summed(CellDesign(np.array([10.0]), np.ones(1)), np.array([[8.0]]), np.array([[2.0]]))
    assert estimate_shares([some, nobody]).estimate(0) == estimate_shares([some]).estimate(0)


def test_a_share_that_the_margins_fix_is_certain() -> None:
    people = np.array([40.0, 60.0])
    raked = rake(people, [Margin("two", np.array([0, 1]), np.array([0.5, 0.5]), ("a", "b"))])
    shares = estimate_shares([summed(raked_cells(raked, people), people[:, None], np.array([[40.0], [0.0]]))])
    found = shares.estimate(0)
    assert found.value == pytest.approx(0.5)
    assert (found.standard_error, found.low, found.high) == (0, found.value, found.value)
    assert found.effective == np.inf
