"""Checks of conditions: what they name exists, comes earlier, and can be compared so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from survey.questionnaire.check.references import REFERENCE_NAMES, find_reference_problems, know
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.condition_model import Comparison, Operator
from survey.questionnaire.model import GridItem, Item, NumberItem, Questionnaire, ScaleItem, options_of
from survey.questionnaire.problems import Finding, Location, Severity, instead_of, shown
from survey.questionnaire.walk import ComparisonAt, comparisons_of

_EQUALITY = frozenset({Operator.IS, Operator.IS_NOT, Operator.ANY_OF, Operator.NONE_OF, Operator.ANSWERED})
_ORDER = frozenset({Operator.AT_LEAST, Operator.AT_MOST})

FITTING: dict[str, frozenset[Operator]] = {
    "choice": _EQUALITY,
    "choices": _EQUALITY | {Operator.ALL_OF},
    "scale": _EQUALITY | _ORDER,
    "grid": frozenset(),
    "rank": _EQUALITY | {Operator.ALL_OF},
    "number": _EQUALITY | _ORDER,
    "date": _EQUALITY,
    "area": _EQUALITY,
    "short_text": frozenset({Operator.ANSWERED}),
    "long_text": frozenset({Operator.ANSWERED}),
    "statement": frozenset(),
}
"""The operators that can be asked of each type of item; of a grid, its rows are asked, each a `choice`."""


def decimals_of(number: int | float) -> int:
    """How many decimals a number is written with: 2 for 0.25, none for 5 and 5.0."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _check_comparisons(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = know(questionnaire)
    for place in comparisons_of(questionnaire):
        name, location = place.comparison.item, (*place.location, "item")
        yield from find_reference_problems(known, name, location, place.before)
        if name in known.items and not isinstance(known.items[name].item, GridItem):
            yield from _check_operator(place, known.items[name].item)


def _check_operator(place: ComparisonAt, item: Item) -> Iterator[Finding]:
    operator = place.comparison.operator
    location = (*place.location, operator.value)
    fitting = FITTING[item.type]
    if operator not in fitting:
        message = f"`{operator}` cannot be asked of {shown(item.id)}, which has type `{item.type}`."
        names = ", ".join(known for known in Operator if known in fitting)
        remedy = f"Use one of: {names}." if names else "Refer to an item that has an answer."
        yield Finding(location, "operator-type", message, remedy)
    elif operator in _ORDER:
        yield from _check_number(location, place.comparison.operand, item)
    elif operator is not Operator.ANSWERED:
        yield from _check_codes(location, place.comparison, item)


def _check_codes(location: Location, comparison: Comparison, item: Item) -> Iterator[Finding]:
    listed, codes = isinstance(comparison.operand, tuple), comparison.operands
    known = [option.code for option in options_of(item)]
    for position, code in enumerate(codes):
        place = (*location, position) if listed else location
        if code in codes[:position]:
            message = f"{shown(code)} is listed twice."
            yield Finding(place, "code-repeated", message, "Keep one of them.", Severity.WARNING)
        elif item.type == "area" and isinstance(code, str):
            continue  # the areas themselves belong to a wave's list, which is not known here
        elif isinstance(code, (int, float)) and isinstance(item, (ScaleItem, NumberItem)):
            yield from _check_number(place, code, item)
        elif code not in known:
            message = f"{shown(item.id)} has no option {shown(code)}."
            yield Finding(place, "code-unknown", message, instead_of(code, known, "Name the code of an option."))


def _check_number(location: Location, number: object, item: Item) -> Iterator[Finding]:
    if not isinstance(item, (ScaleItem, NumberItem)) or not isinstance(number, (int, float)):
        return
    decimals = item.decimals if isinstance(item, NumberItem) else 0
    if not item.min <= number <= item.max:
        message = f"Answers to {shown(item.id)} go from {item.min} to {item.max}, so they never reach {shown(number)}."
        yield Finding(location, "off-scale", message, "Use a number between its `min` and `max`.")
    elif decimals_of(number) > decimals:
        message = f"Answers to {shown(item.id)} have {decimals or 'no'} decimals, so {shown(number)} is none of them."
        yield Finding(location, "operand-decimals", message, "Round it, or give the item more `decimals`.")


CONDITION_RULES = (
    Rule(
        _check_comparisons,
        (*REFERENCE_NAMES, "operator-type", "code-repeated", "code-unknown", "off-scale", "operand-decimals"),
    ),
)
