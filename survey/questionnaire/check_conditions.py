"""Checks of conditions: what they name exists, comes earlier, and can be compared so."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.condition_model import Operator
from survey.questionnaire.model import Item, Questionnaire, ScaleItem
from survey.questionnaire.problems import Finding, Location, Severity, instead_of, shown
from survey.questionnaire.walk import ComparisonAt, comparisons_of, items_of, options_of

_EQUALITY = frozenset({Operator.IS, Operator.IS_NOT, Operator.ANY_OF, Operator.NONE_OF, Operator.ANSWERED})

FITTING: dict[str, frozenset[Operator]] = {
    "choice": _EQUALITY,
    "choices": _EQUALITY | {Operator.ALL_OF},
    "scale": _EQUALITY | {Operator.AT_LEAST, Operator.AT_MOST},
    "area": _EQUALITY,
    "short_text": frozenset({Operator.ANSWERED}),
    "long_text": frozenset({Operator.ANSWERED}),
    "statement": frozenset(),
}
"""The operators that can be asked of each type of item."""


def _check_comparisons(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = {item.id: (number, item) for _, number, item in items_of(questionnaire)}
    for place in comparisons_of(questionnaire):
        name = place.comparison.item
        if name not in known:
            message = f"There is no item {shown(name)}."
            remedy = instead_of(name, known, "Name an item of this questionnaire by its id.")
            yield Finding((*place.location, "item"), "item-unknown", message, remedy)
            continue
        number, item = known[name]
        if number >= place.before:
            message = f"{shown(name)} is asked only here or later, so its answer is not known yet."
            remedy = "Refer to an item of an earlier page, or move that item's page up."
            yield Finding((*place.location, "item"), "item-later", message, remedy)
        yield from _check_operator(place, item)


def _check_operator(place: ComparisonAt, item: Item) -> Iterator[Finding]:
    operator = place.comparison.operator
    location = (*place.location, operator.value)
    fitting = FITTING[item.type]
    if operator not in fitting:
        message = f"`{operator}` cannot be asked of {shown(item.id)}, which has type `{item.type}`."
        names = ", ".join(known for known in Operator if known in fitting)
        remedy = f"Use one of: {names}." if names else "Refer to an item that has an answer."
        yield Finding(location, "operator-type", message, remedy)
    elif operator not in (Operator.ANSWERED, Operator.AT_LEAST, Operator.AT_MOST):
        yield from _check_codes(location, place.comparison.operand, item)
    elif operator is not Operator.ANSWERED and not _is_on_scale(item, place.comparison.operand):
        yield _off_scale(location, place.comparison.operand, item)


def _check_codes(location: Location, operand: object, item: Item) -> Iterator[Finding]:
    listed = isinstance(operand, tuple)
    codes = operand if isinstance(operand, tuple) else (operand,)
    known = [option.code for option in options_of(item)]
    for position, code in enumerate(codes):
        place = (*location, position) if listed else location
        if code in codes[:position]:
            message = f"{shown(code)} is listed twice."
            yield Finding(place, "code-repeated", message, "Keep one of them.", Severity.WARNING)
        elif item.type == "area" and isinstance(code, str):
            continue  # the areas themselves belong to a wave's list, which is not known here
        elif isinstance(code, int) and isinstance(item, ScaleItem):
            if not _is_on_scale(item, code):
                yield _off_scale(place, code, item)
        elif code not in known:
            message = f"{shown(item.id)} has no option {shown(code)}."
            yield Finding(place, "code-unknown", message, instead_of(code, known, "Name the code of an option."))


def _is_on_scale(item: Item, number: object) -> bool:
    return isinstance(item, ScaleItem) and isinstance(number, int) and item.min <= number <= item.max


def _off_scale(location: Location, number: object, item: Item) -> Finding:
    message = f"The scale of {shown(item.id)} does not reach {shown(number)}."
    return Finding(location, "off-scale", message, "Use a number between its `min` and `max`.")


CONDITION_RULES = (_check_comparisons,)
