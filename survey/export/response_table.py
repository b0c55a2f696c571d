"""All responses of a wave held by column, from which every file of the analysis is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.export.coded import Coded, Order
from survey.export.item_answers import ItemAnswers, answer_column
from survey.export.repeat_table import RepeatTable
from survey.questionnaire.answers import Value
from survey.questionnaire.codebook import asked_in, columns, restricted_columns
from survey.questionnaire.columns import Column
from survey.questionnaire.model import Questionnaire

NAME = "response"
"""The column that holds what a response is called."""
NAME_LENGTH = 32
"""How much of the keyed hash, in hexadecimal, a response is called by."""
ROUND = "meta_round"
VINTAGE = "meta_area_"
"""Before the year of a list of areas other than the wave's."""


class ResponseTable:
    """Rows of one questionnaire version; there is room for `size`, and `rows` says how many there are."""

    def __init__(self, questionnaire: Questionnaire, size: int, wave_columns: Sequence[Column] = ()) -> None:
        """`wave_columns` are those of the areas of other vintages, see `vintage_columns`."""
        self.size = size
        self.rows = 0
        self.columns = columns(questionnaire, wave_columns)
        once = [section for section in questionnaire.sections if section.repeat is None]
        self.items = {each.item.id: ItemAnswers(each.item, size) for section in once for each in asked_in(section)}
        self.repeats = {
            section.id: RepeatTable(section) for section in questionnaire.sections if section.repeat is not None
        }
        self.vintages = {column.name: column.name.removeprefix(VINTAGE) for column in wave_columns}
        """Of columns for the areas of other vintages: which."""
        self.meta = {
            column.name: Coded(size) for column in self.columns if column.kind == "meta" and column.name != NAME
        }
        self.text_names = frozenset(column.name for column in restricted_columns(questionnaire))
        self._text_columns = [column.name for column in restricted_columns(questionnaire)]
        self._names = np.zeros(size, dtype=f"S{NAME_LENGTH}")
        self._texts: list[dict[str, Any]] = []

    def begin(self, names: Sequence[str]) -> slice:
        """Take the next rows, for the responses that the file calls so."""
        rows = slice(self.rows, self.rows + len(names))
        self._names[rows] = names
        self.rows = rows.stop
        return rows

    def note_text(self, name: str, round_number: int | None, texts: Mapping[str, Value]) -> None:
        """Put what a response has written into the restricted file."""
        self._texts.append({NAME: name, ROUND: round_number, **texts})

    def order(self) -> Order:
        """Rows by what the responses are called, which is the order of nothing else."""
        return np.argsort(self._names[: self.rows])

    def frame(self, order: Order) -> pandas.DataFrame:
        """The analysis file: codes as text, 0 and 1, numbers and days."""
        return pandas.DataFrame({column.name: self._column(column, order) for column in self.columns}, copy=False)

    def meta_column(self, column: Column, order: Order) -> Any:
        """One column of meta: days, small numbers, or text that may be null."""
        if column.name == NAME:
            return pandas.array(self.names(order).astype(str).astype(object), dtype="string")
        values = self.meta[column.name]
        if column.type == "date":
            return values.days(order)
        return values.small_numbers(order) if column.type == "integer" else values.words(order)

    def names(self, order: Order) -> NDArray[np.bytes_]:
        """What the responses are called."""
        return self._names[order]

    def width(self, column: Column) -> int:
        """How many bytes the longest text in a column of meta has."""
        return NAME_LENGTH if column.name == NAME else self.meta[column.name].width()

    def texts(self) -> pandas.DataFrame:
        """The restricted file: a row per response that wrote something, a column per box.

        Where there are repeats, what was written in a round has a row of its own, with the number of the round.
        """
        rows = sorted(self._texts, key=lambda row: (str(row[NAME]), row[ROUND] or 0))
        kinds = {NAME: "string", **({ROUND: "Int16"} if self.repeats else {})}
        kinds |= dict.fromkeys(self._text_columns, "string")
        values = {name: pandas.array([row.get(name) for row in rows], dtype=kind) for name, kind in kinds.items()}
        return pandas.DataFrame(values, copy=False)

    def _column(self, column: Column, order: Order) -> Any:
        if column.item is None:
            return self.meta_column(column, order)
        return answer_column(self.items[column.item], column, order)


def vintage_columns(vintages: Sequence[str]) -> tuple[Column, ...]:
    """A column for the area by each of these lists, known where a postcode was given."""
    return tuple(
        Column(f"{VINTAGE}{vintage}", f"NHS area on the list of {vintage}, from a postcode", "string", "meta")
        for vintage in vintages
    )
