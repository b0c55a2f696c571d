"""The analysis file for SPSS: numbers with labels, and the reasons for missing answers as negative codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pyreadstat

from survey.export.coded import Order
from survey.export.repeat_table import RepeatTable
from survey.export.response_table import ResponseTable
from survey.questionnaire.columns import WHY_MISSING, Column
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import DateItem, NumberItem, ScaleItem

LONGEST_LABEL = 256
LONGEST_VALUE_LABEL = 120
"""Bytes of UTF-8 that SPSS takes; the check of a questionnaire sees to it that columns have names it takes."""


Rows = ResponseTable | RepeatTable
"""What can be written: responses, or the rounds of a repeat."""


def write_spss(table: Rows, order: Order, path: Path) -> None:
    """Write the `.sav`: as the analysis file, where a column of reasons stands only for an item without another."""
    kept = [column for column in table.columns if column.kind != "missing" or _keeps_reasons(table, column)]
    values = {column.name: _values(table, column, order) for column in kept}
    coded = [column for column in kept if column.item and not _is_words(table, column)]
    labels = {column.name: _labels(table, column) for column in coded}
    lowest = {column.name: table.items[column.item or ""].spss_reasons() for column in coded}
    pyreadstat.write_sav(
        pandas.DataFrame(values, copy=False),
        str(path),
        column_labels=[_cut(column.label, LONGEST_LABEL) for column in kept],
        variable_value_labels=labels,
        missing_ranges={
            name: [{"lo": min(reasons.values()), "hi": max(reasons.values())}] for name, reasons in lowest.items()
        },
        variable_measure={column.name: _measure(table, column) for column in coded},
        row_compress=True,
    )


def _values(table: Rows, column: Column, order: Order) -> Any:
    if column.item is None:
        values = table.meta_column(column, order)
        if column.type == "date":
            return pandas.Series(values).dt.date
        if column.type == "integer":
            return pandas.Series(values).to_numpy(dtype="float64", na_value=np.nan)
        return pandas.Series(values).astype(object).where(pandas.notna(values), "")
    answers = table.items[column.item]
    if _is_words(table, column):
        return pandas.Series(answers.codes(order)).astype(object).where(lambda words: words.notna(), "")
    numbers = answers.spss(order, column.option)
    whole = not np.isnan(numbers).any() and (numbers == np.floor(numbers)).all()
    return numbers.astype(np.int32) if whole else numbers


def _is_words(table: Rows, column: Column) -> bool:
    """Whether a column holds what people gave as it is: a date, of which the day may be unknown."""
    return column.kind == "answer" and isinstance(table.items[column.item or ""].item, DateItem)


def _keeps_reasons(table: Rows, column: Column) -> bool:
    """Whether the reasons need a column of their own, having no other to stand in."""
    answers = table.items[column.item or ""]
    return answers.is_text or isinstance(answers.item, DateItem)


def _measure(table: Rows, column: Column) -> str:
    return "scale" if isinstance(table.items[column.item or ""].item, NumberItem) else "nominal"


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
