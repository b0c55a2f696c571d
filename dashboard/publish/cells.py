"""The cells of a wave: people alike in every group dimension that puts each of them into one group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from dashboard.analysis.disclosure.equations import Bools, Ints
from dashboard.analysis.tally import Floats, Tally
from dashboard.publish.analysis_file import Item
from dashboard.publish.codes import Codes, answer_codes, compacted


@dataclass(frozen=True)
class Cells:
    """Cells with at least one person, and the answers of the people in each. Weights and groups are made from them."""

    dimensions: tuple[Item, ...]
    categories: Ints
    """(cells, dimensions): the place of the option, or heading, in its item's list; after the last for not known."""
    people: Ints
    """(cells,)"""
    by_item: Mapping[str, Ints]
    """(cells, columns), the first column the base: of items that are not dimensions themselves."""

    def tallies(self, item: Item, weights: Floats) -> Iterator[tuple[Item, Tally]]:
        """The answers to an item by the categories of each dimension; `weights` (cells,) are those of a person."""
        people = self.by_item[item.id].astype(np.float64)  # whole numbers far below 2**53: their sums are exact
        column = weights[:, None]
        sums = [self._belongs @ each for each in (people, people * column, people * column**2)]
        ends = np.cumsum([len(dimension.options) + 1 for dimension in self.dimensions])
        for dimension, end in zip(self.dimensions, ends, strict=True):
            counted, weighted, squares = (each[end - len(dimension.options) - 1 : end] for each in sums)
            yield dimension, Tally(counted.astype(np.int64), weighted, squares)

    @cached_property
    def _belongs(self) -> csr_array:
        """(categories of all dimensions, cells): 1 where a cell lies in a category."""
        widths = np.array([len(dimension.options) + 1 for dimension in self.dimensions], dtype=np.int64)
        rows = self.categories + (np.cumsum(widths) - widths)
        cells = np.broadcast_to(np.arange(len(rows))[:, None], rows.shape)
        return csr_array((np.ones(rows.size), (rows.ravel(), cells.ravel())), shape=(int(widths.sum()), len(rows)))


def cells_of_rows(dimensions: Sequence[tuple[Item, Codes]], counts: Bools) -> tuple[Ints, Ints]:
    """The cell of each row, and the categories of each cell; rows that do not count are in cells after the last."""
    cell: Ints = np.where(counts, 0, 1).astype(np.int64)
    kept, cell = compacted(cell, 2)
    categories = kept[:, None]
    for item, codes in dimensions:
        width = len(item.options) + 1
        cell *= width
        cell += np.where(counts, _category(item)[codes], 0)
        kept, cell = compacted(cell, len(categories) * width)
        categories = np.column_stack([categories[kept // width], kept % width])
    return cell, categories[categories[:, 0] == 0][:, 1:]


def _category(item: Item) -> Ints:
    """The category of each code, then of no answer."""
    of_code = {code: place for place, option in enumerate(item.options) for code in option.codes}
    return np.array([*(of_code[code] for code in answer_codes(item)), len(item.options)])
