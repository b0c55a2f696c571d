"""Answers of many responses as columns: one compact array per item, turned into codes, numbers and reasons."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.export.coded import Coded, Order
from survey.questionnaire.answers import Value
from survey.questionnaire.columns import WHY_MISSING, Column
from survey.questionnaire.model import (
    AreaItem,
    DateItem,
    Item,
    LongTextItem,
    NumberItem,
    ScaleItem,
    ShortTextItem,
    options_of,
)
from survey.store.analysis import SavedPage

REASONS = tuple(str(value.code) for value in WHY_MISSING)
SPSS_REASONS = {"not_asked": -1, "not_answered": -2, "dont_know": -8, "refused": -9}
"""What stands for each reason in a `.sav` file, which has no second column for it."""

NOT_ASKED, NOT_ANSWERED, WITHDRAWN = -1, -2, -3
"""What a negative cell says."""
SOME_TEXT = ""
_NULL = -(2**31)


class ItemAnswers(Coded):
    """The answers of every response to one item.

    A cell is the number of an answer or one of the three negative constants above.
    """

    def __init__(self, item: Item, size: int) -> None:
        super().__init__(size)
        self.item = item
        self.is_text = isinstance(item, (ShortTextItem, LongTextItem))
        self._options = {option.code: option for option in options_of(item)}
        self._codes = tuple(code for code, option in self._options.items() if option.missing is None)

    def number(self, value: Hashable) -> int:
        """The number of an answer; of text only that there is some, for it is kept elsewhere."""
        return super().number(SOME_TEXT if self.is_text else value)

    def fill_asked(self, rows: slice, asked: NDArray[np.bool_], said: SavedPage) -> None:
        """Note what those who were asked said of the item on its page, the others as not asked."""
        values = [answers.get(self.item.id) for answers in said.answers]
        cells = self.numbered(np.where(asked, said.latest, np.int32(-1)), values, NOT_ANSWERED)
        self.fill(rows, np.where(asked, cells, np.int32(NOT_ASKED)))

    def value_codes(self) -> tuple[str, ...]:
        """The codes there can be, in the order of the options; of an area or a date those that were answered."""
        if isinstance(self.item, (AreaItem, DateItem)):
            return tuple(sorted(str(value) for value in self.values if self.is_value(value)))
        return self._codes

    def is_value(self, value: Value) -> bool:
        """Whether an answer says something, and not that the person does not know or would rather not say."""
        return self._missing(value) is None

    def reasons(self, order: Order) -> pandas.Categorical:
        """Why there is no answer; null where there is one, and for a withdrawn response."""

        def reason(value: Value) -> int:
            missing = self._missing(value)
            return _NULL if missing is None else REASONS.index(missing)

        unseen = {NOT_ASKED: REASONS.index("not_asked"), NOT_ANSWERED: REASONS.index("not_answered")}
        return _categories(self._look_up(order, reason, unseen=unseen), REASONS)

    def codes(self, order: Order) -> pandas.Categorical:
        """The code picked of a choice, the area, or the date as far as it is known; null where there is none.

        A code that only an older version has is null too.
        """
        codes = self.value_codes()
        places = {code: place for place, code in enumerate(codes)}
        return _categories(self._look_up(order, lambda value: places.get(str(value), _NULL)), codes)

    def numbers(self, order: Order) -> pandas.arrays.IntegerArray:
        """The whole number; null where there is none."""
        return _integers(self._look_up(order, lambda value: value if isinstance(value, int) else _NULL), np.int32)

    def decimals(self, order: Order) -> pandas.arrays.FloatingArray:
        """The number with its decimals; null where there is none."""
        found = self._look_up(order, lambda value: _NULL if isinstance(value, (str, tuple)) else value, np.float64)
        null = found == _NULL
        return pandas.arrays.FloatingArray(np.where(null, 0.0, found), null)

    def place(self, code: str, order: Order) -> pandas.arrays.IntegerArray:
        """The place an option was put in, from 1, and 0 where only others were chosen; null without an answer."""

        def of(value: Value) -> int:
            return _place(code, value) if self.is_value(value) else _NULL

        return _integers(self._look_up(order, of), np.int8)

    def picked(self, code: str, order: Order) -> pandas.arrays.IntegerArray:
        """1 where an option was among those picked, 0 where only others were; null where there is no answer."""

        def of(value: Value) -> int:
            return int(code in _several(value)) if self.is_value(value) else _NULL

        return _integers(self._look_up(order, of), np.int8)

    def spss(self, option: str | None = None) -> NDArray[np.float64]:
        """What each different answer is in SPSS, a table for `take`.

        A choice as its place among `value_codes` from 1, a number as it is, text and dates as 1; or a reason.
        `option` asks for one column of a `choices` or `rank` item. NaN for withdrawn responses, and for a code that
        only an older version has.
        """
        reasons = self.spss_reasons()
        places = {code: place for place, code in enumerate(self.value_codes(), start=1)}

        def of(value: Value) -> float:
            missing = self._missing(value)
            if missing is not None:
                return reasons[missing]
            if option is not None:
                return _place(option, value) if self.item.type == "rank" else int(option in _several(value))
            if isinstance(value, (int, float)):
                return value
            if self.is_text or isinstance(self.item, DateItem):
                return 1
            return places.get(str(value), _NULL)

        unseen = {NOT_ASKED: reasons["not_asked"], NOT_ANSWERED: reasons["not_answered"]}
        found = self.table(of, np.float64, null=_NULL, unseen=unseen)
        return np.where(found == _NULL, np.nan, found)

    def day_letters(self) -> NDArray[np.bytes_]:
        """Each different date as UTF-8, nothing for a reason: a table for `take`."""
        return np.where([*map(self.is_value, self.values), False, False, False], self.letters(), b"")

    def spss_reasons(self) -> dict[str, int]:
        """What stands for each reason; lower where the item's own numbers go below nought."""
        lowest = self.item.min if isinstance(self.item, (NumberItem, ScaleItem)) else 0
        shift = 10 ** len(str(int(-lowest))) if lowest < 0 else 0
        return {reason: code - shift for reason, code in SPSS_REASONS.items()}

    def _missing(self, value: Value) -> str | None:
        """Why an answer that was given is no value: it is one option only, and that one says so."""
        picked = _several(value)
        option = self._options.get(str(picked[0])) if len(picked) == 1 else None
        return option.missing.value if option is not None and option.missing is not None else None

    def _look_up(
        self,
        order: Order,
        of: Callable[[Value], float],
        kind: Any = np.int32,
        unseen: Mapping[int, int] | None = None,
    ) -> NDArray[Any]:
        return self.take(self.table(of, kind, null=_NULL, unseen=unseen or {}), order)


def answer_column(answers: ItemAnswers, column: Column, order: Order) -> Any:
    """The values of a column of answers, as the codebook describes it."""
    if column.kind == "missing":
        return answers.reasons(order)
    if column.option is not None:
        return (answers.place if answers.item.type == "rank" else answers.picked)(column.option, order)
    if column.type == "number":
        return answers.decimals(order)
    return answers.numbers(order) if column.type == "integer" else answers.codes(order)


def _several(value: Value) -> tuple[str | int | float, ...]:
    return value if isinstance(value, tuple) else (value,)


def _categories(numbers: NDArray[np.int32], codes: Sequence[str]) -> pandas.Categorical:
    return pandas.Categorical.from_codes(np.maximum(numbers, -1), categories=list(codes))


def _integers(numbers: NDArray[np.int32], kind: Any) -> pandas.arrays.IntegerArray:
    null = numbers == _NULL
    return pandas.arrays.IntegerArray(np.where(null, 0, numbers).astype(kind), null)


def _place(code: str, value: Value) -> int:
    ranked = _several(value)
    return ranked.index(code) + 1 if code in ranked else 0
