"""A `.sav` file of any length: what variables there are is written by pyreadstat, the rows by numpy, some at a time.

pyreadstat wants all rows in memory at once and looks at each cell by itself. A row of a `.sav` is nothing but eight
bytes for each number or eight letters, and "compressed" one byte for those that are small whole numbers.
Format: GNU PSPP developers, "PSPP Developers Guide", appendix "System File Format" (compression 1, bias 100).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pyreadstat
from numpy.typing import NDArray

EIGHT = 8
"""Bytes of an element: a number, or letters of a text."""
BIAS = 100
LEAST, MOST = 1 - BIAS, 251 - BIAS
"""Whole numbers between these are one byte."""
AS_IT_IS, SPACES, NO_NUMBER = 253, 254, 255
"""Bytes for: eight bytes follow as they are; eight spaces; a number that is missing."""

COMPRESSION_AT, CASES_AT = 72, 80
LONG_CASES = struct.pack("<4iq", 7, 16, 8, 2, 1)
"""What stands before the number of rows in the record that has 64 bits for it."""

FIRST_DAY = np.datetime64("1582-10-14")
SECONDS_A_DAY = 86400


@dataclass(frozen=True)
class Variable:
    """A column of the file; `width` is how many bytes its longest text has, 0 for numbers."""

    name: str
    label: str
    width: int = 0
    format: str = "F8.0"
    labels: dict[int | float, str] = field(default_factory=dict)
    missing: tuple[float, float] | None = None
    """The least and the most of the numbers that stand for no answer."""
    measure: str = "unknown"

    @property
    def elements(self) -> int:
        """How many eights of bytes it takes in a row."""
        return max(1, -(-self.width // EIGHT))


Values = NDArray[Any]
"""Of a variable: numbers, NaN for none; or text as bytes."""


def write_sav(path: Path, variables: Sequence[Variable], rows: int, parts: Iterable[Sequence[Values]]) -> None:
    """Write the file; `parts` give, one after the other, the values of each variable for some of the `rows`."""
    left = np.empty((0, sum(variable.elements for variable in variables)), dtype=np.uint64)
    beginning = _beginning(path, variables, rows)
    with path.open("wb") as file:
        file.write(beginning)
        for values in parts:
            # A file is made of groups of eight elements that know nothing of rows: eight rows are whole groups.
            ready = np.vstack([left, _elements(variables, values)])
            whole = len(ready) // EIGHT * EIGHT
            left = ready[whole:]
            file.write(_compressed(variables, ready[:whole]))
        file.write(_compressed(variables, left))


def days_as_seconds(days: NDArray[np.datetime64]) -> Values:
    """Days as SPSS counts time, NaN for none."""
    since = (days.astype("datetime64[D]") - FIRST_DAY).astype(np.float64)
    return np.where(np.isnat(days), np.nan, since * SECONDS_A_DAY)


def _beginning(path: Path, variables: Sequence[Variable], rows: int) -> bytes:
    """All that stands before the rows, by writing one row without compression and taking it away again."""
    one = {each.name: ["x" * each.width] if each.width else [0.0] for each in variables}
    pyreadstat.write_sav(
        pandas.DataFrame(one),
        str(path),
        column_labels=[each.label for each in variables],
        variable_value_labels={each.name: each.labels for each in variables if each.labels},
        missing_ranges={
            each.name: [{"lo": each.missing[0], "hi": each.missing[1]}] for each in variables if each.missing
        },
        variable_measure={each.name: each.measure for each in variables},
        variable_format={each.name: each.format for each in variables if not each.width},
    )
    begun = bytearray(path.read_bytes())
    del begun[len(begun) - EIGHT * sum(each.elements for each in variables) :]
    begun[COMPRESSION_AT : COMPRESSION_AT + 4] = struct.pack("<i", 1)
    begun[CASES_AT : CASES_AT + 4] = struct.pack("<i", rows)
    long_cases = begun.index(LONG_CASES) + len(LONG_CASES)
    begun[long_cases : long_cases + 8] = struct.pack("<q", rows)
    return bytes(begun)


def _elements(variables: Sequence[Variable], values: Sequence[Values]) -> NDArray[np.uint64]:
    """Rows of elements, each as its eight bytes."""
    columns = []
    for variable, each in zip(variables, values, strict=True):
        if variable.width:
            letters = each.astype(f"S{variable.elements * EIGHT}")[:, None].view(np.uint8)
            columns.append(np.where(letters == 0, np.uint8(ord(" ")), letters).view(np.uint64))
        else:
            columns.append(np.asarray(each, dtype=np.float64)[:, None].view(np.uint64))
    return np.hstack(columns)


def _compressed(variables: Sequence[Variable], elements: NDArray[np.uint64]) -> bytes:
    """Groups of a byte for each of eight elements, and after it those of the eight that stay as they are."""
    codes = np.full(elements.shape, AS_IT_IS, dtype=np.uint8)
    text = np.repeat([bool(each.width) for each in variables], [each.elements for each in variables])
    letters, numbers = elements[:, text], np.ascontiguousarray(elements[:, ~text]).view(np.float64)
    codes[:, text] = np.where(letters == np.frombuffer(b" " * EIGHT, np.uint64)[0], SPACES, AS_IT_IS)
    small = (numbers >= LEAST) & (numbers <= MOST) & (numbers == np.rint(numbers))
    of_small = np.where(small, numbers, 0).astype(np.int16) + BIAS
    codes[:, ~text] = np.where(small, of_small, np.where(np.isnan(numbers), NO_NUMBER, AS_IT_IS))
    flat = np.zeros(-(-codes.size // EIGHT) * EIGHT, dtype=np.uint8)  # a byte of 0 stands for nothing
    flat[: codes.size] = codes.ravel()
    as_it_is = np.flatnonzero(flat == AS_IT_IS)
    groups = np.arange(len(flat) // EIGHT)
    before = np.searchsorted(as_it_is, groups * EIGHT)
    written = np.empty(len(groups) + len(as_it_is), dtype=np.uint64)
    written[groups + before] = flat.view(np.uint64)
    written[as_it_is // EIGHT + 1 + np.arange(len(as_it_is))] = elements.ravel()[as_it_is]
    return written.tobytes()
