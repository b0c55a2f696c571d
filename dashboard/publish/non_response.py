"""Where people stop and what they leave out: the rows of `non_response.parquet`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from dashboard.analysis.disclosure.attack import Columns
from dashboard.analysis.disclosure.bands import State, States, primary_states
from dashboard.analysis.disclosure.classes import Table, protect_opinions
from dashboard.analysis.disclosure.equations import Ints
from dashboard.analysis.disclosure.lattice import ENGLAND, Lattice, group_lattice
from dashboard.analysis.inclusion.response import came_that_far
from dashboard.analysis.rounding import SMALLEST_BASE
from dashboard.analysis.tally import Tally
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError
from dashboard.publish.codes import COUNTED
from dashboard.publish.estimates import figure_columns, row_cells

DIMENSIONS = {
    "language": "meta_locale",
    "format": "meta_format",
    "mode": "meta_mode",
    "answering": "meta_answering",
}
"""How people answered, and the column of the analysis file it stands in."""

_CODES = ("not_asked", "not_answered", "dont_know", "refused", None)
"""Reasons why there is no answer, counted from 1; None where there is one, 0 for anything else."""
_KINDS = {"left_out": 2, "dont_know": 3, "refused": 4}
_AT_ONCE = 15
"""Items whose reasons are read together: a byte for each person and item is held in memory."""


@dataclass(frozen=True)
class Subject:
    """A page or an item, and its counts of people by way of answering: (ways, columns), the base first, then kinds."""

    name: str
    kinds: tuple[str, ...]
    counts: Ints


@dataclass(frozen=True)
class Ways:
    """The ways of answering, combinations of all dimensions, that occur; `of_row` is that of each row of the file.

    Rows that do not count have the number after the last.
    """

    of_row: Ints
    dimensions: tuple[str, ...]
    values: tuple[tuple[str | None, ...], ...]
    """Of each way, the category in every dimension."""

    def count(self, codes: Ints, below: int) -> Ints:
        """People by way of answering and code: (ways, below)."""
        counts = np.bincount(self.of_row * below + codes, minlength=(len(self.values) + 1) * below)
        return counts.reshape(-1, below)[:-1]


@dataclass(frozen=True)
class Division:
    """A dimension: its categories, and which way of answering is in which, (categories and none of them, ways)."""

    name: str
    lattice: Lattice
    membership: Ints


def non_response_rows(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> Iterator[tuple[object, ...]]:
    """The rows of `non_response.parquet`, in the order of its columns.

    England in the wave, by the rules of an opinion: everyone first, then each dimension as a table of its own in which
    everyone is out already.
    """
    ways = _read_ways(connection, file)
    subjects = [*_pages(connection, file, ways), *_items(connection, file, ways)]
    everyone = [subject.counts.sum(axis=0, keepdims=True) for subject in subjects]
    published = [primary_states(counts, counts[:, 0] >= SMALLEST_BASE) for counts in everyone]
    divided = [(division, _divided(division, subjects, published)) for division in _divisions(ways)]
    for number, subject in enumerate(subjects):
        yield from _rows(subject, "", "", everyone[number], published[number], 0)
        for division, tables in divided:
            counts, states = tables[number]
            for row, (_, (level, category)) in enumerate(division.lattice.rows):
                if level == "group":
                    yield from _rows(subject, division.name, category, counts, states, row)


def _rows(
    subject: Subject, dimension: str, category: str, counts: Ints, states: States, row: int
) -> Iterator[tuple[object, ...]]:
    cells = row_cells(Tally.unweighted(counts), states, row)
    for kind, (status, figure) in zip(subject.kinds, cells, strict=True):
        yield (kind, subject.name, dimension, category, status.value, *figure_columns(figure).values())


def _divided(division: Division, subjects: Sequence[Subject], everyone: Sequence[States]) -> list[tuple[Ints, States]]:
    """Counts of each subject by a dimension, with England's, and what may be shown of them beside `everyone`."""
    lattice = division.lattice
    england = np.array([unit == ENGLAND for _, unit in lattice.rows])
    groups = np.array([unit[0] == "group" for _, unit in lattice.rows])
    tables = []
    for subject, states in zip(subjects, everyone, strict=True):
        counts = lattice.system.totals(division.membership @ subject.counts)
        published = np.where(england[:, None], states, State.HIDDEN).astype(np.int8)
        tables.append(Table(lattice, Columns(), counts, groups, published))
    return [(table.counts, states) for table, states in zip(tables, protect_opinions(tables), strict=True)]


def _divisions(ways: Ways) -> list[Division]:
    """Categories of ten people or more: that another is listed would say that somebody is in it."""
    people = np.bincount(ways.of_row, minlength=len(ways.values))[: len(ways.values)]
    found = []
    for number, dimension in enumerate(ways.dimensions):
        of_way = [values[number] for values in ways.values]
        size: Counter[str | None] = Counter()
        for category, count in zip(of_way, people.tolist(), strict=True):
            size[category] += count
        categories = sorted(each for each, count in size.items() if each is not None and count >= SMALLEST_BASE)
        listed = np.array([[each == category for each in of_way] for category in categories], dtype=np.int64)
        member = listed.reshape(len(categories), len(of_way))
        member = np.vstack([member, 1 - member.sum(axis=0)])
        found.append(Division(dimension, group_lattice(1, categories), member))
    return found


# --- Counts -------------------------------------------------------------------------


def _read_ways(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> Ways:
    known = {dimension: column for dimension, column in DIMENSIONS.items() if column in file.columns}
    lists = ", ".join(f"list(distinct {column}::varchar order by {column}::varchar)" for column in known.values())
    row = connection.execute(f"select {lists} from read_parquet($file)", {"file": str(file.responses)}).fetchone()
    categories = [[*(values or []), None] for values in row or ()]
    places = [
        f"(list_position($list{number}, {column}::varchar) - 1)::usmallint as c{number}"
        for number, column in enumerate(known.values())
    ]
    found = connection.execute(
        f"select {', '.join(places)}, meta_status in $counted as counted from read_parquet($file)",
        {
            **{f"list{number}": values for number, values in enumerate(categories)},
            "counted": list(COUNTED),
            "file": str(file.responses),
        },
    ).fetchnumpy()
    way = np.where(found["counted"], 0, 1).astype(np.int32)
    size = 2
    for number, values in enumerate(categories):
        way = way * len(values) + found[f"c{number}"]
        size *= len(values)
    present = np.bincount(way, minlength=size) > 0
    of_row = (np.cumsum(present, dtype=np.int32) - 1)[way]
    kept = np.flatnonzero(present[: size // 2])
    places_of = np.unravel_index(kept, [len(values) for values in categories])
    of_way = [
        tuple(values[place] for values, place in zip(categories, places, strict=True))
        for places in np.column_stack(places_of).tolist()
    ]
    return Ways(np.minimum(of_row, len(kept)), tuple(known), tuple(of_way))


def _pages(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, ways: Ways) -> Iterator[Subject]:
    """Break-off: people whose last page it was and who did not send, of those who came that far or further.

    The rounds of a page that is asked again are one page.
    """
    size = len(file.pages)
    code = "coalesce(list_position($pages, split_part(meta_last_page, '/', 1)) - 1, $size)"
    found = connection.execute(
        f"select (case meta_status when 'submitted' then $size + 1 else {code} end)::usmallint as code"
        " from read_parquet($file)",
        {"pages": list(file.pages), "size": size, "file": str(file.responses)},
    ).fetchnumpy()
    people = ways.count(found["code"], size + 2).T
    reached = came_that_far(people[:size], people[size + 1])
    for number, page in enumerate(file.pages):
        yield Subject(page, ("break_off",), np.column_stack([reached[number], people[number]]))


def _items(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, ways: Ways) -> Iterator[Subject]:
    """What people who were asked an item left out, did not know or would not say. Raises AnalysisFileError."""
    items = [item for item in file.items if f"{item.id}__missing" in file.columns]
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        codes = [
            f'coalesce(list_position($codes, "{item.id}__missing"::varchar), 0)::utinyint as "{item.id}"'
            for item in some
        ]
        found = connection.execute(
            f"select {', '.join(codes)} from read_parquet($file)", {"codes": list(_CODES), "file": str(file.responses)}
        ).fetchnumpy()
        for item in some:
            people = ways.count(found[item.id], len(_CODES) + 1)
            if people[:, 0].any():
                raise AnalysisFileError(f"{file.responses} has a reason in '{item.id}__missing' that is none.")
            kinds = tuple(kind for kind in _KINDS if kind == "left_out" or kind in item.reasons)
            asked = people[:, 2:].sum(axis=1)
            yield Subject(item.id, kinds, np.column_stack([asked, *(people[:, _KINDS[kind]] for kind in kinds)]))
