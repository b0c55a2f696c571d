"""Formulas for the solver: joining, counting, and giving up in bounded time."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from survey.questionnaire.proof.formulas import TRUE, Formulas, Solver, Undecided


def test_a_formula_holds_exactly_when_it_should() -> None:
    formulas = Formulas()
    one, two = formulas.new(), formulas.new()
    both, either = formulas.every((one, two)), formulas.some((one, two))
    solver = Solver(formulas, ())
    for first, second in product((one, -one), (two, -two)):
        assert solver.can_be(first, second, both) == (first > 0 and second > 0)
        assert solver.can_be(first, second, -both) != solver.can_be(first, second, both)
        assert solver.can_be(first, second, either) == (first > 0 or second > 0)
        assert solver.can_be(first, second, -either) != solver.can_be(first, second, either)


def test_what_is_clear_without_a_solver_needs_none() -> None:
    formulas = Formulas()
    one, two = formulas.new(), formulas.new()
    assert formulas.every(()) == TRUE
    assert formulas.some(()) == -TRUE
    assert formulas.every((one, TRUE, one)) == one
    assert formulas.every((one, -one)) == -TRUE
    assert formulas.every((one, two)) == formulas.every((two, one))


@pytest.mark.parametrize("most", range(1, 6))
def test_no_more_than_so_many_can_hold(most: int) -> None:
    formulas = Formulas()
    literals = [formulas.new() for _ in range(5)]
    formulas.require_at_most(most, literals)
    solver = Solver(formulas, ())
    for signs in product((1, -1), repeat=5):
        case = [literal * sign for literal, sign in zip(literals, signs, strict=True)]
        assert solver.can_be(*case) == (signs.count(1) <= most)


def test_a_conflict_names_nothing_that_could_be_left_out() -> None:
    formulas = Formulas()
    one, two, three, four = (formulas.new() for _ in range(4))
    formulas.require(-one, -three)
    solver = Solver(formulas, ())
    assert solver.conflict([four, three, two, one]) == [three, one]
    assert solver.conflict([two, one]) == []


def test_formulas_may_be_added_later_and_what_was_found_before_says_nothing_about_them() -> None:
    formulas = Formulas()
    one, two = formulas.new(), formulas.new()
    solver = Solver(formulas, ())
    assert solver.can_be(one, two)
    both = formulas.every((one, two))
    assert not solver.can_be(one, two, -both)
    assert solver.can_be(both)


def test_what_would_take_too_long_is_given_up() -> None:
    """Eleven pigeons do not fit into ten holes, which takes this kind of solver very long to see."""
    formulas = Formulas()
    holes = [[formulas.new() for _ in range(11)] for _ in range(12)]
    for pigeon in holes:
        formulas.require(*pigeon)
    for one, other in combinations(holes, 2):
        for first, second in zip(one, other, strict=True):
            formulas.require(-first, -second)
    with pytest.raises(Undecided):
        Solver(formulas, ()).can_be(TRUE)
