"""The analysis file for SPSS: numbers with labels, and the reasons for missing answers as negative codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pyreadstat

from survey.export.item_answers import SPSS_REASONS, Order
from survey.export.response_table import ResponseTable
from survey.questionnaire.codebook import WHY_MISSING, Column
from survey.questionnaire.model import Answering, ScaleItem
from survey.questionnaire.text import choose

LONGEST_LABEL = 256
LONGEST_VALUE_LABEL = 120
"""Bytes of UTF-8 that SPSS takes; the check of a questionnaire sees to it that columns have names it takes."""

_REASONS: dict[int | float, str] = {SPSS_REASONS[str(reason.code)]: reason.label for reason in WHY_MISSING}


def write_spss(table: ResponseTable, order: Order, path: Path) -> None:
    """Write the `.sav`: as the analysis file, where a column of reasons stands only for an item without another."""
    kept = [column for column in table.columns if column.kind != "missing" or table.items[column.item or ""].is_text]
    values = {column.name: _values(table, column, order) for column in kept}
    labels = {column.name: _labels(table, column) for column in kept if column.item}
    pyreadstat.write_sav(
        pandas.DataFrame(values, copy=False),
        str(path),
        column_labels=[_cut(column.label, LONGEST_LABEL) for column in kept],
        variable_value_labels=labels,
        missing_ranges={name: [{"lo": min(_REASONS), "hi": max(_REASONS)}] for name in labels},
        variable_measure=dict.fromkeys(labels, "nominal"),
        row_compress=True,
    )


def _values(table: ResponseTable, column: Column, order: Order) -> Any:
    if column.item is None:
        values = table.meta(column, order)
        if column.type == "date":
            return pandas.Series(values).dt.date
        return pandas.Series(values).astype(object).where(pandas.notna(values), "")
    numbers = table.items[column.item].spss(order, column.option)
    return (
        numbers.to_numpy(dtype="float64", na_value=float("nan")) if numbers.isna().any() else numbers.to_numpy("int16")
    )


def _labels(table: ResponseTable, column: Column) -> dict[int | float, str]:
    answers = table.items[column.item or ""]
    labels: dict[int | float, str] = dict(_REASONS)
    if column.option is not None:
        labels |= {int(value.code): value.label for value in column.values}
    elif isinstance(answers.item, ScaleItem):
        ends = ((answers.item.min, answers.item.min_text), (answers.item.max, answers.item.max_text))
        labels |= {number: choose(text, Answering.SELF)[0] for number, text in ends}
    elif answers.is_text:
        labels[1] = "Something was written"
    else:
        wording = {str(value.code): value.label for value in column.values}
        labels |= {number: wording.get(code, code) for number, code in enumerate(answers.value_codes(), start=1)}
    return {number: _cut(label, LONGEST_VALUE_LABEL) for number, label in labels.items()}


def _cut(label: str, longest: int) -> str:
    return label.encode()[:longest].decode(errors="ignore")
