"""Sums over the rows of an analysis file, portion by portion: people, weights and squares by place and answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dashboard.analysis.disclosure.equations import Ints
from dashboard.analysis.tally import Floats, Tally
from dashboard.publish.analysis_file import Item
from dashboard.publish.codes import Codes, answer_codes

PORTION = 2**19
"""Rows that are added up at a time: their sums stay small and near."""


@dataclass(frozen=True)
class Portion:
    """Some rows of the file: where each belongs, in every way of dividing people, and what it weighs."""

    places: tuple[Ints, ...]
    weights: Floats | None

    @cached_property
    def squares(self) -> Floats | None:
        """The squares of the weights."""
        return None if self.weights is None else self.weights**2


@dataclass(frozen=True)
class Division:
    """A way of dividing people: the number of places, and whether weights are added up in it."""

    places: int
    weighted: bool


Sums = tuple[Ints, Floats, Floats]
"""People, weights and squares, each (places, columns)."""


class ItemSums:
    """The sums of one item in every division, added up portion by portion."""

    def __init__(self, item: Item, divisions: Sequence[Division]) -> None:
        """With sums of nobody; `divisions` may be fewer than the ways a portion is divided, the first of them."""
        self._item = item
        self._divisions = divisions
        width = len(item.column_options) + 1 if item.takes_several else len(answer_codes(item)) + 1
        self._sums = [_nothing(division.places, width) for division in divisions]

    def add(self, portion: Portion, codes: Codes) -> None:
        """Add the rows of a portion, whose answers are `codes`."""
        answers = codes.astype(np.int64)
        picks = self._picks(answers) if self._item.takes_several else None
        for division, places, sums in zip(self._divisions, portion.places, self._sums, strict=False):
            weights = (None, portion.weights, portion.squares) if division.weighted else (None,)
            if picks is None:
                width = sums[0].shape[1]
                joint = places * width + answers
                for total, weight in zip(sums, weights, strict=False):
                    total += np.bincount(joint, weight, minlength=total.size).reshape(total.shape)
                continue
            for column, rows in enumerate(picks):
                chosen = places[rows]
                for total, weight in zip(sums, weights, strict=False):
                    some = None if weight is None else weight[rows]
                    total[:, column] += np.bincount(chosen, some, minlength=len(total))

    def tally(self, division: int) -> Tally:
        """The sums of a division: (places, columns)."""
        people, weights, squares = (self._columns(sums) for sums in self._sums[division])
        if not self._divisions[division].weighted:
            return Tally.unweighted(people.astype(np.int64))
        return Tally(people.astype(np.int64), weights.astype(np.float64), squares.astype(np.float64))

    def _picks(self, answers: Ints) -> list[Ints]:
        """The rows in each column: base, options, measure."""
        options = self._item.options
        answered = np.flatnonzero(answers < 2 ** len(options))
        of_answered = answers[answered]
        found = [answered, *(answered[of_answered >> place & 1 == 1] for place in range(len(options)))]
        if self._item.good:
            good = sum(2**place for place, option in enumerate(options) if option.code in self._item.good)
            found.append(answered[of_answered & good > 0])
        return found

    def _columns(self, sums: Floats | Ints) -> Floats | Ints:
        """From a column for each code, and one for no answer, to base, options and measure."""
        if self._item.takes_several:
            return sums
        made_of = [set(answer_codes(self._item)), *(set(option.codes) for option in self._item.options)]
        if self._item.good:
            good = [option.codes for option in self._item.options if option.code in self._item.good]
            made_of.append({code for codes in good for code in codes})
        belongs = [[code in codes for codes in made_of] for code in answer_codes(self._item)]
        return sums[:, :-1] @ np.array(belongs, dtype=np.int64).reshape(-1, len(made_of))


def _nothing(places: int, columns: int) -> Sums:
    shape = (places, columns)
    return np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape)
