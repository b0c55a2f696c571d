"""Conditions as SQL: its NULL is the third value, unknown, and AND, OR and NOT keep to the same tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not, Operator
from survey.questionnaire.model import ChoicesItem, Item, RankItem
from survey.store.attach import quoted

Kept = Callable[[str], str]
"""Gives, for the id of an item, the SQL of its answer as JSON text; NULL where it is off the path or not answered."""


def condition_sql(condition: Condition, items: Mapping[str, Item], kept: Kept) -> str:
    """A condition as SQL that is true, false or NULL just where `conditions.evaluate` is true, false or None."""
    match condition:
        case All(parts=parts):
            return _joined(" and ", [condition_sql(part, items, kept) for part in parts])
        case AnyOf(parts=parts):
            return _joined(" or ", [condition_sql(part, items, kept) for part in parts])
        case Not(part=part):
            return f"(not {condition_sql(part, items, kept)})"
        case Comparison():
            several = isinstance(items[condition.item], (ChoicesItem, RankItem))
            return _comparison(condition, kept(condition.item), several=several)


def text_sql(text: str) -> str:
    """A string as SQL writes it."""
    return f"'{quoted(text)}'"


def name_sql(name: str) -> str:
    """The name of a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _joined(word: str, parts: list[str]) -> str:
    return f"({word.join(parts)})"


def _comparison(comparison: Comparison, answer: str, *, several: bool) -> str:
    holds = [_holds(answer, code, several=several) for code in comparison.operands]
    match comparison.operator:
        case Operator.ANSWERED:
            return f"({answer} is {'not ' if comparison.operand else ''}null)"
        case Operator.IS | Operator.ANY_OF:
            return _joined(" or ", holds)
        case Operator.IS_NOT | Operator.NONE_OF:
            return f"(not {_joined(' or ', holds)})"
        case Operator.ALL_OF:
            return _joined(" and ", holds)
        case Operator.AT_LEAST:
            return f"({_number(answer)} >= {_double(comparison.operand)})"
        case Operator.AT_MOST:
            return f"({_number(answer)} <= {_double(comparison.operand)})"


def _holds(answer: str, code: str | int | float, *, several: bool) -> str:
    """Whether an answer is a code, or has it among those picked: a code has no quotation mark in it, a number none."""
    if isinstance(code, str):
        written = text_sql(json.dumps(code, ensure_ascii=False))
        return f"contains({answer}, {written})" if several else f"({answer} = {written})"
    return f"(case when {answer} is not null then coalesce({_number(answer)} = {_double(code)}, false) end)"


def _number(answer: str) -> str:
    return f"try_cast({answer} as double)"


def _double(operand: object) -> str:
    """A number through its shortest text, which is read back as the same double."""
    return f"'{operand!r}'::double"
