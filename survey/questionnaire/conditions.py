"""Conditions with three values: true, false, and unknown where an answer they need is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from survey.questionnaire.answers import Answers, Value
from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not, Operator
from survey.questionnaire.model import ChoicesItem, Item, RankItem

Test = Callable[[Answers], bool | None]
"""A condition made ready to be asked often: true, false, or None for unknown."""


def evaluate(condition: Condition, answers: Answers, items: Mapping[str, Item]) -> bool | None:
    """Ask a condition of answers; None is unknown.

    A comparison with an item that has no answer (`()` and `""` are none) is unknown, except `answered`, which
    never is. Don't-know and refused are codes like others to the operators of equality and unknown to `at_least`
    and `at_most`. On `choices`, `is` asks whether the code is among those picked, on `rank` among those ranked. A row
    of a grid is asked under its `row_key`. KeyError for an item that is not among `items`.
    """
    given = {key: value for key, value in answers.items() if value or value == 0}
    return compile_condition(condition, items)(given)


def picked_codes(value: Value) -> tuple[str | int | float, ...]:
    """What was picked, whether one thing could be or several."""
    return value if isinstance(value, tuple) else (value,)


def compile_condition(condition: Condition, items: Mapping[str, Item]) -> Test:
    """Turn a condition into a function of answers among which nothing is empty."""
    match condition:
        case All(parts=parts):
            return _all([compile_condition(part, items) for part in parts])
        case AnyOf(parts=parts):
            return _any([compile_condition(part, items) for part in parts])
        case Not(part=part):
            return _not(compile_condition(part, items))
        case Comparison():
            return _comparison(condition, several=isinstance(items[condition.item], (ChoicesItem, RankItem)))


def _all(tests: list[Test]) -> Test:
    def test(answers: Answers) -> bool | None:
        result: bool | None = True
        for part in tests:
            value = part(answers)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def _any(tests: list[Test]) -> Test:
    def test(answers: Answers) -> bool | None:
        result: bool | None = False
        for part in tests:
            value = part(answers)
            if value:
                return True
            if value is None:
                result = None
        return result

    return test


def _not(part: Test) -> Test:
    def test(answers: Answers) -> bool | None:
        value = part(answers)
        return None if value is None else not value

    return test


def _comparison(comparison: Comparison, *, several: bool) -> Test:
    item, operand = comparison.item, comparison.operand
    codes = frozenset(comparison.operands)
    match comparison.operator:
        case Operator.ANSWERED:
            return lambda answers: (item in answers) is operand
        case Operator.IS | Operator.ANY_OF:
            return _among(item, codes, several=several, wanted=True)
        case Operator.IS_NOT | Operator.NONE_OF:
            return _among(item, codes, several=several, wanted=False)
        case Operator.ALL_OF:
            return lambda answers: codes.issubset(picked_codes(answers[item])) if item in answers else None
        case Operator.AT_LEAST:
            return _compared(item, lambda number: number >= operand)  # type: ignore[operator]
        case Operator.AT_MOST:
            return _compared(item, lambda number: number <= operand)  # type: ignore[operator]


def _among(item: str, codes: frozenset[str | int | float], *, several: bool, wanted: bool) -> Test:
    if several:
        return lambda answers: codes.isdisjoint(picked_codes(answers[item])) is not wanted if item in answers else None
    return lambda answers: (answers[item] in codes) is wanted if item in answers else None


def _compared(item: str, holds: Callable[[int | float], bool]) -> Test:
    def test(answers: Answers) -> bool | None:
        number = answers.get(item)
        return holds(number) if isinstance(number, (int, float)) else None

    return test
