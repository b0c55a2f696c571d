"""Conditions: a truth table for every operator, and the laws of logic with three values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from survey.questionnaire.answers import Answers
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.walk import variables_of
from tests.survey.questionnaire.builders import area, choice, choices, long_text, page, questionnaire, scale
from tests.survey.questionnaire.defects import date, grid, number, rank

WRITTEN = questionnaire(
    page(choice("gate")),
    page(choice("status", "now", "ended", "never")),
    page(choices("uses")),
    page(scale("say")),
    page(area()),
    page(long_text("anything")),
    page(grid("got")),
    page(rank("matters")),
    page(number("cost", min=0, max=500, decimals=1)),
    page(date("since")),
)
ITEMS = {item.id: item for item in variables_of(WRITTEN)}

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)

UNKNOWN = None


def ask(condition: dict[str, Any], answers: Answers) -> bool | None:
    return evaluate(CONDITION.validate_json(json.dumps(condition)), answers, ITEMS)


# The columns are: a value that fits, one that does not, unanswered, don't know, refused.
# An off-path answer is shown to count as unanswered in test_routing.py, for every operator.
STATES_OF_STATUS = ("now", "never", None, "dont_know", "not_say")
STATES_OF_USES = (("care", "chair"), ("course",), None, ("dont_know",), ("not_say",))
STATES_OF_SAY = (7, 3, None, "dont_know", "not_say")
STATES_OF_AREA = ("QMJ", "QRL", None, "dont_know", "not_say")
STATES_OF_GOT = ("well", "badly", None, "dont_know", "not_say")
STATES_OF_MATTERS = (("chair", "care"), ("course",), None, ("dont_know",), ("not_say",))
STATES_OF_COST = (12.5, 0, None, None, "not_say")
STATES_OF_SINCE = ("2024-05", "2024", None, None, "not_say")
STATES_OF_ANYTHING = ("Thank you", "0", None, None, None)

TRUTH = [
    ("status", {"is": "now"}, STATES_OF_STATUS, (True, False, UNKNOWN, False, False)),
    ("status", {"is_not": "now"}, STATES_OF_STATUS, (False, True, UNKNOWN, True, True)),
    ("status", {"is": "dont_know"}, STATES_OF_STATUS, (False, False, UNKNOWN, True, False)),
    ("status", {"is_not": "not_say"}, STATES_OF_STATUS, (True, True, UNKNOWN, True, False)),
    ("status", {"any_of": ["now", "ended"]}, STATES_OF_STATUS, (True, False, UNKNOWN, False, False)),
    ("status", {"none_of": ["now", "ended"]}, STATES_OF_STATUS, (False, True, UNKNOWN, True, True)),
    ("status", {"any_of": ["now", "dont_know"]}, STATES_OF_STATUS, (True, False, UNKNOWN, True, False)),
    ("status", {"answered": True}, STATES_OF_STATUS, (True, True, False, True, True)),
    ("status", {"answered": False}, STATES_OF_STATUS, (False, False, True, False, False)),
    ("uses", {"is": "care"}, STATES_OF_USES, (True, False, UNKNOWN, False, False)),
    ("uses", {"is_not": "care"}, STATES_OF_USES, (False, True, UNKNOWN, True, True)),
    ("uses", {"any_of": ["chair", "care"]}, STATES_OF_USES, (True, False, UNKNOWN, False, False)),
    ("uses", {"any_of": ["chair", "course"]}, STATES_OF_USES, (True, True, UNKNOWN, False, False)),
    ("uses", {"none_of": ["chair", "dont_know"]}, STATES_OF_USES, (False, True, UNKNOWN, False, True)),
    ("uses", {"all_of": ["care", "chair"]}, STATES_OF_USES, (True, False, UNKNOWN, False, False)),
    ("uses", {"all_of": ["care", "course"]}, STATES_OF_USES, (False, False, UNKNOWN, False, False)),
    ("uses", {"all_of": ["not_say"]}, STATES_OF_USES, (False, False, UNKNOWN, False, True)),
    ("uses", {"answered": True}, STATES_OF_USES, (True, True, False, True, True)),
    ("uses", {"answered": False}, STATES_OF_USES, (False, False, True, False, False)),
    ("say", {"is": 7}, STATES_OF_SAY, (True, False, UNKNOWN, False, False)),
    ("say", {"is_not": 7}, STATES_OF_SAY, (False, True, UNKNOWN, True, True)),
    ("say", {"any_of": [6, 7, "not_say"]}, STATES_OF_SAY, (True, False, UNKNOWN, False, True)),
    ("say", {"none_of": [6, 7]}, STATES_OF_SAY, (False, True, UNKNOWN, True, True)),
    ("say", {"at_least": 7}, STATES_OF_SAY, (True, False, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("say", {"at_least": 3}, STATES_OF_SAY, (True, True, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("say", {"at_most": 3}, STATES_OF_SAY, (False, True, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("say", {"at_most": 7}, STATES_OF_SAY, (True, True, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("say", {"answered": True}, STATES_OF_SAY, (True, True, False, True, True)),
    ("area", {"is": "QMJ"}, STATES_OF_AREA, (True, False, UNKNOWN, False, False)),
    ("area", {"none_of": ["QMJ", "dont_know"]}, STATES_OF_AREA, (False, True, UNKNOWN, False, True)),
    ("area", {"answered": False}, STATES_OF_AREA, (False, False, True, False, False)),
    ("got__health", {"is": "well"}, STATES_OF_GOT, (True, False, UNKNOWN, False, False)),
    ("got__health", {"none_of": ["well", "dont_know"]}, STATES_OF_GOT, (False, True, UNKNOWN, False, True)),
    ("got__health", {"answered": True}, STATES_OF_GOT, (True, True, False, True, True)),
    ("matters", {"is": "care"}, STATES_OF_MATTERS, (True, False, UNKNOWN, False, False)),
    ("matters", {"is_not": "care"}, STATES_OF_MATTERS, (False, True, UNKNOWN, True, True)),
    ("matters", {"any_of": ["care", "course"]}, STATES_OF_MATTERS, (True, True, UNKNOWN, False, False)),
    ("matters", {"none_of": ["dont_know"]}, STATES_OF_MATTERS, (True, True, UNKNOWN, False, True)),
    ("matters", {"all_of": ["care", "chair"]}, STATES_OF_MATTERS, (True, False, UNKNOWN, False, False)),
    ("matters", {"answered": False}, STATES_OF_MATTERS, (False, False, True, False, False)),
    ("cost", {"is": 12.5}, STATES_OF_COST, (True, False, UNKNOWN, UNKNOWN, False)),
    ("cost", {"is_not": 0}, STATES_OF_COST, (True, False, UNKNOWN, UNKNOWN, True)),
    ("cost", {"any_of": [0, "not_say"]}, STATES_OF_COST, (False, True, UNKNOWN, UNKNOWN, True)),
    ("cost", {"none_of": [0, "not_say"]}, STATES_OF_COST, (True, False, UNKNOWN, UNKNOWN, False)),
    ("cost", {"at_least": 12.5}, STATES_OF_COST, (True, False, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("cost", {"at_most": 12}, STATES_OF_COST, (False, True, UNKNOWN, UNKNOWN, UNKNOWN)),
    ("cost", {"answered": True}, STATES_OF_COST, (True, True, False, False, True)),
    ("since", {"is": "not_say"}, STATES_OF_SINCE, (False, False, UNKNOWN, UNKNOWN, True)),
    ("since", {"none_of": ["not_say"]}, STATES_OF_SINCE, (True, True, UNKNOWN, UNKNOWN, False)),
    ("since", {"answered": True}, STATES_OF_SINCE, (True, True, False, False, True)),
    ("anything", {"answered": True}, STATES_OF_ANYTHING, (True, True, False, False, False)),
    ("anything", {"answered": False}, STATES_OF_ANYTHING, (False, False, True, True, True)),
]


@pytest.mark.parametrize(("item", "operator", "states", "expected"), TRUTH, ids=lambda value: str(value))
def test_an_operator_keeps_to_its_truth_table(
    item: str, operator: dict[str, Any], states: tuple[Any, ...], expected: tuple[bool | None, ...]
) -> None:
    answers = [{} if state is None else {item: state} for state in states]
    assert tuple(ask({"item": item, **operator}, given_answers) for given_answers in answers) == expected


@pytest.mark.parametrize("operand", [{"is": "care"}, {"none_of": ["care"]}, {"all_of": ["care"]}])
def test_an_empty_list_of_picks_is_unanswered(operand: dict[str, Any]) -> None:
    assert ask({"item": "uses", **operand}, {"uses": ()}) is UNKNOWN
    assert ask({"item": "uses", "answered": True}, {"uses": ()}) is False


def test_zero_on_a_scale_is_an_answer() -> None:
    assert ask({"item": "say", "answered": True}, {"say": 0}) is True
    assert ask({"item": "say", "is": 0}, {"say": 0}) is True
    assert ask({"item": "say", "at_most": 0}, {"say": 0}) is True


def test_a_whole_number_is_the_same_with_and_without_decimals() -> None:
    assert ask({"item": "cost", "is": 12}, {"cost": 12.0}) is True
    assert ask({"item": "cost", "is": 12.0}, {"cost": 12}) is True
    assert ask({"item": "cost", "answered": True}, {"cost": 0.0}) is True


def test_a_number_and_its_digits_are_not_the_same() -> None:
    assert ask({"item": "say", "is": 1}, {"say": "1"}) is False


TABLE_OF_ALL = {
    (True, True): True,
    (True, False): False,
    (True, UNKNOWN): UNKNOWN,
    (False, False): False,
    (False, UNKNOWN): False,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}
TABLE_OF_ANY = {
    (True, True): True,
    (True, False): True,
    (True, UNKNOWN): True,
    (False, False): False,
    (False, UNKNOWN): UNKNOWN,
    (UNKNOWN, UNKNOWN): UNKNOWN,
}
# With `gate` answered yes and `status` left out.
CONDITION_THAT_IS = {
    True: {"item": "gate", "is": "yes"},
    False: {"item": "gate", "is": "no"},
    UNKNOWN: {"item": "status", "is": "now"},
}


@pytest.mark.parametrize(("key", "table"), [("all", TABLE_OF_ALL), ("any", TABLE_OF_ANY)])
def test_all_and_any_keep_to_kleenes_tables_in_either_order(
    key: str, table: dict[tuple[bool | None, bool | None], bool | None]
) -> None:
    for (left, right), expected in table.items():
        for pair in ((left, right), (right, left)):
            assert ask({key: [CONDITION_THAT_IS[value] for value in pair]}, {"gate": "yes"}) is expected


def test_not_turns_true_and_false_and_leaves_unknown() -> None:
    for value, expected in ((True, False), (False, True), (UNKNOWN, UNKNOWN)):
        assert ask({"not": CONDITION_THAT_IS[value]}, {"gate": "yes"}) is expected


# --- Laws -----------------------------------------------------------------------

CODES = ["yes", "no", "dont_know", "not_say"]
PICKS = ["care", "chair", "course"]

comparisons_of_values = st.one_of(
    st.builds(lambda code: {"item": "gate", "is": code}, st.sampled_from(CODES)),
    st.builds(lambda code: {"item": "gate", "is_not": code}, st.sampled_from(CODES)),
    st.builds(lambda codes: {"item": "uses", "any_of": codes}, st.lists(st.sampled_from(PICKS), min_size=1)),
    st.builds(lambda codes: {"item": "uses", "none_of": codes}, st.lists(st.sampled_from(PICKS), min_size=1)),
    st.builds(lambda codes: {"item": "uses", "all_of": codes}, st.lists(st.sampled_from(PICKS), min_size=1)),
    st.builds(lambda number: {"item": "say", "at_least": number}, st.integers(0, 10)),
    st.builds(lambda number: {"item": "say", "at_most": number}, st.integers(0, 10)),
    st.builds(lambda number: {"item": "cost", "at_least": number}, st.floats(0, 500)),
    st.builds(lambda code: {"item": "got__health", "is": code}, st.sampled_from(["well", "badly"])),
    st.builds(lambda codes: {"item": "matters", "any_of": codes}, st.lists(st.sampled_from(PICKS), min_size=1)),
)
comparisons = comparisons_of_values | st.builds(
    lambda item, yes: {"item": item, "answered": yes}, st.sampled_from(sorted(ITEMS)), st.booleans()
)


def joined(leaves: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=8,
    )


conditions = joined(comparisons)
answer_sets = st.fixed_dictionaries(
    {},
    optional={
        "gate": st.sampled_from(CODES),
        "uses": st.lists(st.sampled_from(PICKS), unique=True).map(tuple),
        "say": st.one_of(st.integers(0, 10), st.sampled_from(["dont_know", "not_say"])),
        "cost": st.one_of(st.integers(0, 500), st.floats(0, 500), st.just("not_say")),
        "got__health": st.sampled_from(["well", "badly", "dont_know"]),
        "matters": st.lists(st.sampled_from(PICKS), unique=True).map(tuple),
    },
)


@given(left=conditions, right=conditions, answers=answer_sets)
def test_de_morgans_laws_hold(left: dict[str, Any], right: dict[str, Any], answers: Answers) -> None:
    assert ask({"not": {"all": [left, right]}}, answers) is ask({"any": [{"not": left}, {"not": right}]}, answers)
    assert ask({"not": {"any": [left, right]}}, answers) is ask({"all": [{"not": left}, {"not": right}]}, answers)


@given(condition=conditions, answers=answer_sets)
def test_two_nots_cancel_and_repeating_a_part_changes_nothing(condition: dict[str, Any], answers: Answers) -> None:
    value = ask(condition, answers)
    assert ask({"not": {"not": condition}}, answers) is value
    assert ask({"all": [condition, condition]}, answers) is value
    assert ask({"any": [condition, condition]}, answers) is value


@given(left=conditions, right=conditions, answers=answer_sets)
def test_the_order_of_parts_does_not_matter_and_each_part_absorbs(
    left: dict[str, Any], right: dict[str, Any], answers: Answers
) -> None:
    assert ask({"all": [left, right]}, answers) is ask({"all": [right, left]}, answers)
    assert ask({"any": [left, right]}, answers) is ask({"any": [right, left]}, answers)
    assert ask({"all": [left, {"any": [left, right]}]}, answers) is ask(left, answers)


@given(condition=joined(comparisons_of_values), answers=answer_sets, more=answer_sets)
def test_more_answers_never_overturn_what_comparisons_of_values_know(
    condition: dict[str, Any], answers: dict[str, Any], more: dict[str, Any]
) -> None:
    answers = {item: value for item, value in answers.items() if value != ()}
    before = ask(condition, answers)
    assert before is UNKNOWN or ask(condition, {**more, **answers}) is before
