"""How far two readers agree, against published numbers."""

from __future__ import annotations

import pytest

from dashboard.analysis.agreement import measure_agreement

FLEISS_COHEN_EVERITT = ((106, 10, 4), (22, 28, 10), (2, 12, 6))


def test_kappa_and_its_error_are_those_of_fleiss_cohen_and_everitt() -> None:
    found = measure_agreement(FLEISS_COHEN_EVERITT)
    assert found.decisions == 200
    assert found.agreed == pytest.approx(0.70)
    assert found.kappa == pytest.approx(0.429, abs=0.0005)
    assert found.error is not None
    assert found.error**2 == pytest.approx(0.002885, abs=0.0000005)


def test_kappa_of_the_psychiatric_diagnoses_in_fleiss_1981_is_0_68() -> None:
    found = measure_agreement(((75, 1, 4), (5, 4, 1), (0, 0, 10)))
    assert found.kappa == pytest.approx(0.68, abs=0.005)
    assert found.error == pytest.approx(0.087, abs=0.001)


def test_two_who_always_agree_have_kappa_1_and_no_error() -> None:
    found = measure_agreement(((12, 0), (0, 8)))
    assert (found.agreed, found.kappa, found.error) == (1, pytest.approx(1), pytest.approx(0))
    assert found.limits == (pytest.approx(1), pytest.approx(1))


def test_agreement_no_better_than_chance_is_kappa_0() -> None:
    assert measure_agreement(((25, 25), (25, 25))).kappa == pytest.approx(0)


@pytest.mark.parametrize("table", [((40, 0), (0, 0)), ((0, 0), (0, 0)), ()])
def test_where_chance_alone_makes_them_agree_there_is_no_kappa(table: tuple[tuple[int, ...], ...]) -> None:
    found = measure_agreement(table)
    assert (found.kappa, found.error, found.limits) == (None, None, None)
