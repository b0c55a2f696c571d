"""What an item can be answered with, as the solver sees it, against the evaluator that people meet."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.answers import Value
from survey.questionnaire.condition_model import Comparison
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import Item
from survey.questionnaire.proof.answer_space import ANY_AREA, make_space
from survey.questionnaire.proof.formulas import Formulas, Solver
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import DONT_KNOW, Json, area, choice, choices, document, long_text, page, scale
from tests.survey.questionnaire.defects import date, number, rank

EQUALITY = ("is", "is_not", "any_of", "none_of")
ORDER = ("at_least", "at_most")

KINDS: dict[str, tuple[Json, list[Value], tuple[str, ...], list[Any]]] = {
    # item, all its answers, the operators that fit, what they can be asked about
    "choice": (choice("x", "a", "b", "c"), ["a", "b", "c", "dont_know", "not_say"], EQUALITY, ["a", "b", "dont_know"]),
    "scale": (
        scale("x", min=1, max=4),
        [1, 2, 3, 4, "dont_know", "not_say"],
        (*EQUALITY, *ORDER),
        [1, 2, 4, "dont_know"],
    ),
    "number": (
        number("x", min=0.5, max=1, decimals=1),
        [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, "not_say"],
        (*EQUALITY, *ORDER),
        [0.5, 0.6, 0.65, 0.7, 1, "not_say"],
    ),
    "choices": (
        choices("x", "a", "b", "c"),
        [
            *(picked for count in (1, 2, 3) for picked in combinations(("a", "b", "c"), count)),
            ("dont_know",),
            ("not_say",),
        ],
        (*EQUALITY, "all_of"),
        ["a", "b", "not_say"],
    ),
    "rank": (
        rank("x", at_most=2),
        [*(p for n in (1, 2) for p in permutations(("care", "chair", "course"), n)), ("dont_know",), ("not_say",)],
        (*EQUALITY, "all_of"),
        ["care", "chair", "course", "not_say"],
    ),
    "date": (date("x"), ["2000", "2031-02", "not_say"], EQUALITY, ["not_say"]),
    "area": (area("x"), ["QMJ", "QWO", "QXU", "dont_know", "not_say"], EQUALITY, ["QMJ", "QWO", "not_say"]),
    "long_text": (long_text("x"), ["words"], (), []),
}


def item_of(written: Json) -> Item:
    return fit_to_format(document(page(written))).sections[0].pages[0].items[0]


@st.composite
def comparisons(draw: st.DrawFn, kind: str) -> list[Comparison]:
    """Up to three comparisons with an item of that type; the first operands are among those that exist."""
    _, _, operators, operands = KINDS[kind]
    made = []
    for _ in range(draw(st.integers(1, 3))):
        operator = draw(st.sampled_from((*operators, "answered")))
        if operator == "answered":
            operand: Any = draw(st.booleans())
        elif operator in ORDER:
            operand = draw(st.sampled_from([each for each in operands if not isinstance(each, str)]))
        else:
            one = st.sampled_from(operands)
            several = operator in ("any_of", "none_of", "all_of")
            operand = draw(st.lists(one, min_size=1, max_size=3, unique=True) if several else one)
        made.append(Comparison.model_validate({"item": "x", operator: operand}))
    return made


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(data=st.data())
def test_the_solver_sees_the_truths_that_answers_can_have_together_and_no_others(
    kind: str, data: st.DataObject
) -> None:
    written, answers, _, _ = KINDS[kind]
    item = item_of(written)
    asked = data.draw(comparisons(kind))
    formulas = Formulas()
    space = make_space(item, asked, formulas)
    literals = [(space.true(comparison), space.false(comparison)) for comparison in asked]
    solver = Solver(formulas, ())

    def truths(value: Value | None) -> tuple[bool | None, ...]:
        given_answers = {} if value is None else {"x": value}
        return tuple(evaluate(comparison, given_answers, {"x": item}) for comparison in asked)

    possible = {truths(value) for value in (*answers, None)}
    for case in product_of_truths(len(asked)):
        wanted = [
            literal
            for truth, (true, false) in zip(case, literals, strict=True)
            for literal in {True: (true,), False: (false,), None: (-true, -false)}[truth]
        ]
        model = solver.model(wanted)
        assert (model is not None) == (case in possible), case
        if model is not None:
            found = space.value(model)
            assert truths(found) == case, "the answer read from the model is one"
            assert solver.can_be(*wanted, space.answered) or found is None


def product_of_truths(count: int) -> list[tuple[bool | None, ...]]:
    cases: list[tuple[bool | None, ...]] = [()]
    for _ in range(count):
        cases = [(*case, truth) for case in cases for truth in (True, False, None)]
    return cases


def test_an_answer_with_a_value_is_one_that_is_not_missing() -> None:
    for written, _, _, _ in KINDS.values():
        formulas = Formulas()
        space = make_space(item_of(written), (), formulas)
        solver = Solver(formulas, ())
        model = solver.model([space.valued])
        assert model is not None
        assert space.value(model) not in ("dont_know", "not_say", ("dont_know",), ("not_say",), None)
        assert solver.can_be(-space.valued, space.answered) == (written["type"] != "long_text")


def test_no_answer_fits_a_number_whose_bounds_hold_none_between_them() -> None:
    formulas = Formulas()
    space = make_space(item_of(number("x", min=1.2, max=1.8, options=[])), (), formulas)
    assert not Solver(formulas, ()).can_be(space.answered)


def test_an_area_that_no_condition_names_is_one_of_those_there_are() -> None:
    asked = [Comparison.model_validate({"item": "x", "is_not": "QMJ"})]
    for codes, expected in ((["QMJ", "QWO"], "QWO"), ([], ANY_AREA)):
        formulas = Formulas()
        space = make_space(item_of({**area("x"), "options": [DONT_KNOW]}), asked, formulas, codes)
        assert set(space.single_values()) == {"dont_know", "QMJ", expected}


def test_answers_that_no_condition_tells_apart_are_one() -> None:
    item = item_of(choice("x", *(f"code_{number}" for number in range(40))))
    asked = [Comparison.model_validate({"item": "x", "any_of": [f"code_{number}" for number in range(20)]})]
    assert len(make_space(item, asked, Formulas()).single_values()) == 3, "named, not named, and missing"
