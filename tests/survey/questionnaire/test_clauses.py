"""Conditions keep their meaning when they are brought into the shapes that can be said."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from survey.questionnaire.answers import Answers
from survey.questionnaire.clauses import Asks, Clause, Group, Leaf, combine, conjuncts, joined, without_not
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.conditions import evaluate, picked_codes
from tests.survey.questionnaire.builders import choice, choices, page, questionnaire, scale

CODES = ("a", "b", "c", "d", "e", "f", "g")
MADE = questionnaire(page(choice("one", *CODES)), page(choices("many", *CODES)), page(scale("much")))
ITEMS = {item.id: item for section in MADE.sections for each in section.pages for item in each.items}
READ: TypeAdapter[Condition] = TypeAdapter(Condition)

codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=7, unique=True)
comparisons = st.one_of(
    st.builds(
        lambda item, key, code: {"item": item, key: code},
        st.sampled_from(["one", "many"]),
        st.sampled_from(["is", "is_not"]),
        st.sampled_from(CODES),
    ),
    st.builds(
        lambda item, key, some: {"item": item, key: some},
        st.sampled_from(["one", "many"]),
        st.sampled_from(["any_of", "none_of"]),
        codes,
    ),
    st.builds(lambda some: {"item": "many", "all_of": some}, codes),
    st.builds(
        lambda key, number: {"item": "much", key: number}, st.sampled_from(["at_least", "at_most"]), st.integers(0, 10)
    ),
    st.builds(lambda item, yes: {"item": item, "answered": yes}, st.sampled_from(list(ITEMS)), st.booleans()),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=8,
).map(lambda written: READ.validate_json(json.dumps(written)))
answers = st.fixed_dictionaries(
    {},
    optional={
        "one": st.sampled_from(CODES),
        "many": st.lists(st.sampled_from(CODES), min_size=1, unique=True).map(tuple),
        "much": st.integers(0, 10),
    },
)


def is_true(clause: Clause, given: Answers) -> bool | None:
    """What the clause says of these answers, read as the sentence it becomes."""
    if isinstance(clause, Group):
        found = [is_true(part, given) for part in clause.parts]
        decided = not clause.every
        return decided if decided in found else None if None in found else not decided
    return leaf_is_true(clause, given)


def leaf_is_true(leaf: Leaf, given: Answers) -> bool | None:
    value = given.get(leaf.item)
    if leaf.test in (Asks.ANSWERED, Asks.LEFT_OUT):
        return (value is None) is (leaf.test is Asks.LEFT_OUT)
    if value is None:
        return True if leaf.left_out else None
    picked = set(picked_codes(value))
    named = set(leaf.operands)
    return {
        Asks.ANY_OF: lambda: bool(picked & named),
        Asks.NONE_OF: lambda: not picked & named,
        Asks.ALL_OF: lambda: named <= picked,
        Asks.NOT_ALL_OF: lambda: not named <= picked,
        Asks.AT_LEAST: lambda: value >= leaf.operands[0],
        Asks.LESS_THAN: lambda: value < leaf.operands[0],
        Asks.AT_MOST: lambda: value <= leaf.operands[0],
        Asks.MORE_THAN: lambda: value > leaf.operands[0],
    }[leaf.test]()


@given(conditions, answers)
def test_what_is_said_is_true_when_the_condition_is(condition: Condition, given: Answers) -> None:
    said = combine(
        without_not(condition, negated=False), lambda item: (*CODES, "dont_know", "not_say") if item == "one" else ()
    )
    assert is_true(said, given) == evaluate(condition, given, ITEMS)


@given(conditions, answers)
def test_taking_a_condition_apart_and_together_keeps_it(condition: Condition, given: Answers) -> None:
    together = joined(conjuncts(condition))
    assert together is not None
    assert evaluate(together, given, ITEMS) == evaluate(condition, given, ITEMS)


def test_nothing_is_said_twice() -> None:
    same = {"item": "one", "is": "a"}
    written = {"any": [same, {"any": [same, {"item": "one", "answered": False}]}]}
    said = combine(without_not(READ.validate_json(json.dumps(written)), negated=False), lambda item: ())
    assert said == Leaf("one", Asks.ANY_OF, ("a",), left_out=True)
