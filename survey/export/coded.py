"""Values of many responses in little room: equal ones share a number."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
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

    def number(self, value: Hashable) -> int:
        """The number of a value; a new one for a new value."""
        return self.values.setdefault(value, len(self.values))

    def put(self, row: int, value: Hashable) -> None:
        """Note the value of a response."""
        self.cells[row] = self.number(value)

    def fill(self, rows: slice, numbers: NDArray[np.int32]) -> None:
        """Note the numbers, or negative cells, of many."""
        np.frombuffer(self.cells, dtype=np.int32)[rows] = numbers

    def fill_values(self, rows: slice, values: Iterable[Any]) -> None:
        """Note the values of many, of which None and NaN are none."""
        numbers, different = pandas.factorize(pandas.Series(values))
        own = np.array([*(self.number(value) for value in different), NOTHING], dtype=np.int32)
        self.fill(rows, own[numbers])

    def look_up(
        self, order: Order, of: Callable[[Any], float], kind: Any = np.int32, *, null: float, unseen: Mapping[int, int]
    ) -> NDArray[Any]:
        """`of` each response's value, worked out once for each different one; `unseen` and `null` of negative cells.

        A negative cell counts from the end of the table.
        """
        at_end = [unseen.get(cell, null) for cell in (-3, -2, -1)]
        table = np.array([*(of(value) for value in self.values), *at_end], dtype=kind)
        return table[np.frombuffer(self.cells, dtype=np.int32)[order]]

    def words(self, order: Order) -> pandas.Categorical:
        """Values that are text, null where there is none."""
        known = sorted(self.values)
        places = {value: place for place, value in enumerate(known)}
        # Said to be text, because a column of nulls alone would be written as numbers.
        kinds = pandas.Index(known, dtype=object)
        return pandas.Categorical.from_codes(
            self.look_up(order, places.__getitem__, null=-1, unseen={}), categories=kinds
        )

    def width(self) -> int:
        """How many bytes the longest value has that is text; 1 at least."""
        return max((len(str(value).encode()) for value in self.values), default=1)

    def days(self, order: Order) -> NDArray[np.datetime64]:
        """Values that are days, NaT where there is none."""
        table = np.array([*self.values, None], dtype="datetime64[D]")
        return table[np.frombuffer(self.cells, dtype=np.int32)[order]].astype("datetime64[s]")

    def small_numbers(self, order: Order) -> pandas.arrays.IntegerArray:
        """Values that are small numbers, null where there is none."""
        found = self.look_up(order, int, np.int8, null=-1, unseen={})
        return pandas.arrays.IntegerArray(found, found < 0)
