"""The rounds of one repeated section, over all responses of a wave: a file with a row for each round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.export.coded import Coded, Order
from survey.export.item_answers import NOT_ANSWERED, ItemAnswers, answer_column
from survey.questionnaire.answers import Answers
from survey.questionnaire.codebook import asked_in, repeat_columns
from survey.questionnaire.columns import Column
from survey.questionnaire.model import Section


class RepeatTable:
    """One row for each round that somebody has come to."""

    def __init__(self, section: Section) -> None:
        self.section = section.id
        self.columns = repeat_columns(section)
        self.items: Mapping[str, ItemAnswers] = {each.item.id: ItemAnswers(each.item, 0) for each in asked_in(section)}
        self._names: list[str] = []
        self._rounds: list[int] = []
        self.meta = {"meta_about": Coded(0)}

    def add(self, name: str, round_number: int, about: str | None) -> int:
        """Begin the row of a round of the response called `name`; its number."""
        self._names.append(name)
        self._rounds.append(round_number)
        self.meta["meta_about"].add_row()
        if about is not None:
            self.meta["meta_about"].put(len(self._names) - 1, about)
        for answers in self.items.values():
            answers.add_row()
        return len(self._names) - 1

    def note(self, row: int, item: str, answers: Answers, key: str) -> None:
        """Put in what was answered to an item, which is under `key`."""
        value = answers.get(key)
        if value is None:
            self.items[item].cells[row] = NOT_ANSWERED
        else:
            self.items[item].put(row, value)

    def order(self) -> Order:
        """Rows as in the file of responses, the rounds of each in their order."""
        return np.lexsort((np.array(self._rounds, dtype=np.int64), np.array(self._names, dtype=np.str_)))

    def frame(self, order: Order) -> pandas.DataFrame:
        """The file: codes as text, 0 and 1, numbers."""
        return pandas.DataFrame({column.name: self._column(column, order) for column in self.columns}, copy=False)

    def meta_column(self, column: Column, order: Order) -> Any:
        """Response, round, or what the round is about."""
        if column.name == "meta_round":
            return np.array(self._rounds, dtype=np.int16)[order]
        if column.name == "response":
            return pandas.array(self.names(order).astype(str).astype(object), dtype="string")
        return self.meta[column.name].words(order)

    def names(self, order: Order) -> NDArray[np.bytes_]:
        """What the responses are called."""
        return np.array(self._names, dtype=np.bytes_)[order]

    def width(self, column: Column) -> int:
        """How many bytes the longest text in a column of meta has."""
        return self.names(self.order()).dtype.itemsize if column.name == "response" else self.meta[column.name].width()

    def _column(self, column: Column, order: Order) -> Any:
        if column.item is None:
            return self.meta_column(column, order)
        return answer_column(self.items[column.item], column, order)
