"""The analysis file for SPSS: numbers with labels, and the reasons for missing answers as negative codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas

from survey.export.coded import Order
from survey.export.repeat_table import RepeatTable
from survey.export.response_table import NAME, ResponseTable
from survey.export.sav_file import Variable, days_as_seconds, write_sav
from survey.questionnaire.columns import WHY_MISSING, Column
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import DateItem, NumberItem, ScaleItem

LONGEST_LABEL = 256
LONGEST_VALUE_LABEL = 120
"""Bytes of UTF-8 that SPSS takes; the check of a questionnaire sees to it that columns have names it takes."""

ROWS_AT_ONCE = 16_384

Rows = ResponseTable | RepeatTable
"""What can be written: responses, or the rounds of a repeat."""


def write_spss(table: Rows, order: Order, path: Path) -> None:
    """Write the `.sav`: as the analysis file, where a column of reasons stands only for an item without another."""
    kept = [column for column in table.columns if column.kind != "missing" or _keeps_reasons(table, column)]
    values = [_values(table, column) for column in kept]
    parts = ([of(order[start : start + ROWS_AT_ONCE]) for of in values] for start in range(0, len(order), ROWS_AT_ONCE))
    write_sav(path, [_variable(table, column) for column in kept], len(order), parts)


def _variable(table: Rows, column: Column) -> Variable:
    label = _cut(column.label, LONGEST_LABEL)
    if column.item is None:
        if column.type == "date":
            return Variable(column.name, label, format="DATE11")
        return Variable(column.name, label, width=0 if column.type == "integer" else table.width(column))
    answers = table.items[column.item]
    if _is_words(table, column):
        width = max((len(code.encode()) for code in answers.value_codes()), default=1)
        return Variable(column.name, label, width=width)
    reasons = answers.spss_reasons().values()
    number = answers.item if isinstance(answers.item, NumberItem) else None
    return Variable(
        column.name,
        label,
        format=f"F12.{number.decimals}" if number and number.decimals else "F8.0",
        labels=_labels(table, column),
        missing=(min(reasons), max(reasons)),
        measure="scale" if number else "nominal",
    )


def _values(table: Rows, column: Column) -> Callable[[Order], Any]:
    """What gives a column's values of some rows; what can be known for all of them is worked out once."""
    if column.name == NAME:
        return table.names
    if column.item is not None:
        answers = table.items[column.item]
        return partial(answers.take, answers.day_letters() if _is_words(table, column) else answers.spss(column.option))
    if column.type == "date":
        return lambda order: days_as_seconds(table.meta_column(column, order))
    if column.type == "integer":
        return lambda order: pandas.Series(table.meta_column(column, order)).to_numpy("float64", na_value=np.nan)
    words = table.meta[column.name]
    return partial(words.take, words.letters())


def _is_words(table: Rows, column: Column) -> bool:
    """Whether a column holds what people gave as it is: a date, of which the day may be unknown."""
    return column.kind == "answer" and isinstance(table.items[column.item or ""].item, DateItem)


def _keeps_reasons(table: Rows, column: Column) -> bool:
    """Whether the reasons need a column of their own, having no other to stand in."""
    answers = table.items[column.item or ""]
    return answers.is_text or isinstance(answers.item, DateItem)


def _labels(table: Rows, column: Column) -> dict[int | float, str]:
    answers = table.items[column.item or ""]
    reasons = answers.spss_reasons()
    labels: dict[int | float, str] = {reasons[str(reason.code)]: reason.label for reason in WHY_MISSING}
    if column.option is not None:
        labels |= {int(value.code): value.label for value in column.values}
    elif isinstance(answers.item, ScaleItem):
        labels |= {number: wording(text) for number, _, text in answers.item.in_words}
    elif _keeps_reasons(table, column):
        labels[1] = "There is an answer"
    elif isinstance(answers.item, NumberItem):
        pass
    else:
        words = {str(value.code): value.label for value in column.values}
        labels |= {number: words.get(code, code) for number, code in enumerate(answers.value_codes(), start=1)}
    return {number: _cut(label, LONGEST_VALUE_LABEL) for number, label in labels.items()}


def _cut(label: str, longest: int) -> str:
    return label.encode()[:longest].decode(errors="ignore")
