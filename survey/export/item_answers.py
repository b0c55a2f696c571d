"""Answers of many responses as columns: one compact array per item, turned into codes, numbers and reasons."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.questionnaire.answers import Value
from survey.questionnaire.codebook import WHY_MISSING
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    LongTextItem,
    Option,
    ScaleItem,
    ShortTextItem,
)

REASONS = tuple(str(value.code) for value in WHY_MISSING)
SPSS_REASONS = {"not_asked": -1, "not_answered": -2, "dont_know": -8, "refused": -9}
"""What stands for each reason in a `.sav` file, which has no second column for it."""

NOT_ASKED, NOT_ANSWERED, WITHDRAWN = -1, -2, -3
SOME_TEXT = ""
_NULL = -(2**15)

Order = NDArray[np.int64]
"""In which order the responses are written."""


class ItemAnswers:
    """The answers of every response to one item.

    A cell is the number of an answer, where equal answers share one, or one of the three negative constants above.
    """

    def __init__(self, item: Item, size: int) -> None:
        self.item = item
        self.cells = array("i", [NOT_ASKED]) * size
        self.is_text = isinstance(item, (ShortTextItem, LongTextItem))
        self._values: dict[Value, int] = {}
        self._options = {option.code: option for option in options_of(item)}
        self._codes = tuple(code for code, option in self._options.items() if option.missing is None)

    def put(self, row: int, value: Value) -> None:
        """Note the answer of a response; of text only that there is some, for it is kept elsewhere."""
        if self.is_text:
            value = SOME_TEXT
        number = self._values.get(value)
        if number is None:
            number = self._values[value] = len(self._values)
        self.cells[row] = number

    def value_codes(self) -> tuple[str, ...]:
        """The codes there can be, in the order of the options; of an area those that were answered."""
        if isinstance(self.item, AreaItem):
            return tuple(sorted(str(value) for value in self._values if self.is_value(value)))
        return self._codes

    def is_value(self, value: Value) -> bool:
        """Whether an answer says something, and not that the person does not know or would rather not say."""
        return self._missing(value) is None

    def reasons(self, order: Order) -> pandas.Categorical:
        """Why there is no answer; null where there is one, and for a withdrawn response."""

        def place(value: Value) -> int:
            missing = self._missing(value)
            return _NULL if missing is None else REASONS.index(missing)

        unseen = {NOT_ASKED: REASONS.index("not_asked"), NOT_ANSWERED: REASONS.index("not_answered")}
        return _categories(self._look_up(order, place, unseen), REASONS)

    def codes(self, order: Order) -> pandas.Categorical:
        """The code picked of a choice, or the area; null where there is none."""
        codes = self.value_codes()
        places = {code: place for place, code in enumerate(codes)}
        return _categories(self._look_up(order, lambda value: places.get(str(value), _NULL)), codes)

    def numbers(self, order: Order) -> pandas.arrays.IntegerArray:
        """The number on a scale; null where there is none."""
        return _integers(self._look_up(order, lambda value: value if isinstance(value, int) else _NULL), np.int16)

    def picked(self, code: str, order: Order) -> pandas.arrays.IntegerArray:
        """1 where an option was among those picked, 0 where only others were; null where there is no answer."""

        def of(value: Value) -> int:
            return int(code in _several(value)) if self.is_value(value) else _NULL

        return _integers(self._look_up(order, of), np.int8)

    def spss(self, order: Order, option: str | None = None) -> pandas.arrays.IntegerArray:
        """A choice as its place among `value_codes` from 1, a scale as it is, text as 1; reasons as negative codes.

        `option` asks for one 0/1 column of a `choices` item. Null for withdrawn responses only.
        """

        codes = self.value_codes()

        def of(value: Value) -> int:
            missing = self._missing(value)
            if missing is not None:
                return SPSS_REASONS[missing]
            if option is not None:
                return int(option in _several(value))
            if isinstance(value, int):
                return value
            if self.is_text:
                return 1
            return codes.index(str(value)) + 1

        unseen = {NOT_ASKED: SPSS_REASONS["not_asked"], NOT_ANSWERED: SPSS_REASONS["not_answered"]}
        return _integers(self._look_up(order, of, unseen), np.int16)

    def _missing(self, value: Value) -> str | None:
        """Why an answer that was given is no value: it is one option only, and that one says so."""
        picked = _several(value)
        option = self._options.get(str(picked[0])) if len(picked) == 1 else None
        return option.missing.value if option is not None and option.missing is not None else None

    def _look_up(
        self, order: Order, of: Callable[[Value], int], unseen: Mapping[int, int] | None = None
    ) -> NDArray[np.int32]:
        """`of` the answer of each response, worked out once for each different answer.

        A cell without an answer is negative and so counts from the end of the table.
        """
        at_end = [_NULL, *((unseen or {}).get(cell, _NULL) for cell in (NOT_ANSWERED, NOT_ASKED))]
        table = np.array([*(of(value) for value in self._values), *at_end], dtype=np.int32)
        return table[np.frombuffer(self.cells, dtype=np.int32)[order]]


def options_of(item: Item) -> tuple[Option, ...]:
    """The options of an item that has any."""
    return item.options if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem, AreaItem)) else ()


def _several(value: Value) -> tuple[str | int, ...]:
    return value if isinstance(value, tuple) else (value,)


def _categories(numbers: NDArray[np.int32], codes: Sequence[str]) -> pandas.Categorical:
    return pandas.Categorical.from_codes(np.maximum(numbers, -1), categories=list(codes))


def _integers(numbers: NDArray[np.int32], kind: Any) -> pandas.arrays.IntegerArray:
    null = numbers == _NULL
    return pandas.arrays.IntegerArray(np.where(null, 0, numbers).astype(kind), null)
