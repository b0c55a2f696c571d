"""Values of many responses in little room: equal ones share a number."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

NOTHING = -1

Order = NDArray[np.int64]
"""In which order the responses are written."""


class Coded:
    """A cell is the number of a value, or negative where there is none."""

    def __init__(self, size: int) -> None:
        self.cells = array("i", [NOTHING]) * size
        self.values: dict[Any, int] = {}

    def add_row(self) -> int:
        """Make room for one more; its number."""
        self.cells.append(NOTHING)
        return len(self.cells) - 1

    def number(self, value: Hashable) -> int:
        """The number of a value; a new one for a new value."""
        return self.values.setdefault(value, len(self.values))

    def put(self, row: int, value: Hashable) -> None:
        """Note the value of a response."""
        self.cells[row] = self.number(value)

    def fill(self, rows: slice, numbers: NDArray[np.int32]) -> None:
        """Note the numbers, or negative cells, of many."""
        np.frombuffer(self.cells, dtype=np.int32)[rows] = numbers

    def numbered(self, places: NDArray[np.int32], values: Sequence[Any], none: int = NOTHING) -> NDArray[np.int32]:
        """The cells of those who have the value at a place of `values`; `none` where the place is -1 or holds None.

        A value that nobody has gets no number: it is to leave no trace.
        """
        used = np.zeros(len(values) + 1, dtype=np.bool_)
        used[places] = True
        numbers = np.full(len(values) + 1, none, dtype=np.int32)
        for place in np.flatnonzero(used[:-1]).tolist():
            if values[place] is not None:
                numbers[place] = self.number(values[place])
        return numbers[places]

    def numbered_words(self, words: Any) -> NDArray[np.int32]:
        """The cells of those who have these values, one each; None and NaN are none."""
        places, different = pandas.factorize(pandas.Series(words))
        return self.numbered(places, list(different))

    def table(
        self, of: Callable[[Any], float], kind: Any = np.int32, *, null: float, unseen: Mapping[int, int]
    ) -> NDArray[Any]:
        """`of` each different value, and at the end what stands for negative cells, which count from there."""
        at_end = [unseen.get(cell, null) for cell in (-3, -2, -1)]
        return np.array([*(of(value) for value in self.values), *at_end], dtype=kind)

    def take(self, table: NDArray[Any], order: Order) -> NDArray[Any]:
        """What of a table stands for each response."""
        return table[np.frombuffer(self.cells, dtype=np.int32)[order]]

    def words(self, order: Order) -> pandas.Categorical:
        """Values that are text, null where there is none."""
        known = sorted(self.values)
        places = {value: place for place, value in enumerate(known)}
        # Said to be text, because a column of nulls alone would be written as numbers.
        kinds = pandas.Index(known, dtype=object)
        table = self.table(places.__getitem__, null=-1, unseen={})
        return pandas.Categorical.from_codes(self.take(table, order), categories=kinds)

    def letters(self) -> NDArray[np.bytes_]:
        """Each different value as UTF-8, and at the end nothing, for where there is none: a table for `take`."""
        return np.array([*(str(value).encode() for value in self.values), *[b""] * 3], dtype=np.bytes_)

    def width(self) -> int:
        """How many bytes the longest value has that is text; 1 at least."""
        return self.letters().dtype.itemsize

    def days(self, order: Order) -> NDArray[np.datetime64]:
        """Values that are days, NaT where there is none."""
        table = np.array([*self.values, None], dtype="datetime64[D]")
        return self.take(table, order).astype("datetime64[s]")

    def small_numbers(self, order: Order) -> pandas.arrays.IntegerArray:
        """Values that are small numbers, null where there is none."""
        found = self.take(self.table(int, np.int8, null=-1, unseen={}), order)
        return pandas.arrays.IntegerArray(found, found < 0)
