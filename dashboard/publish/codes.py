"""Answers as small whole numbers: how each column of an analysis file is turned into them while it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.disclosure.equations import Ints
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, Item

Codes = NDArray[np.unsignedinteger[Any]]
"""One small whole number for each row of the file, in the order of its rows."""

COUNTED = ("started", "submitted")
"""Answers count from responses that were sent and from those that were begun; withdrawn ones have no answers."""
_BYTES_AT_ONCE = 2**25
_UNSIGNED = (("utinyint", 1), ("usmallint", 2), ("uinteger", 4), ("ubigint", 8))


def read_areas(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, areas: Sequence[str]) -> Codes:
    """The area of each row: its place in the list, then one number for no area, and one for what does not count."""
    place = f"list_position({_listed(areas)}, meta_area::varchar) - 1"
    counted = f"meta_status in ({', '.join(map(_quoted, COUNTED))})"
    return _read(
        connection, file, {"area": (f"case when {counted} then {place} else {len(areas) + 1} end", len(areas) + 2)}
    )["area"]


def read_answers(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, items: Sequence[Item]
) -> Iterator[list[tuple[Item, Codes]]]:
    """The answers to each item, as many items at a time as fit.

    To an item with one answer it is the place of the code in `answer_codes`, from 0, then one number for no answer; to
    one that takes several it is the sum of 2**place over the options picked, then 2**options for no answer. Raises
    AnalysisFileError when the file has a code that its codebook does not know.
    """
    (rows,) = connection.execute("select num_rows from parquet_file_metadata($file)", _named(file)).fetchone() or (0,)
    waiting: list[Item] = []
    width = 0
    for item in items:
        waiting.append(item)
        width += _bytes(_highest(item))
        if width * rows >= _BYTES_AT_ONCE or item is items[-1]:
            found = _read(connection, file, {each.id: (_expression(each), _highest(each)) for each in waiting})
            for each in waiting:
                if found[each.id].max(initial=0) >= _highest(each):
                    raise AnalysisFileError(_unknown(connection, file, each))
            yield [(each, found[each.id]) for each in waiting]
            waiting, width = [], 0


def answer_codes(item: Item) -> tuple[str, ...]:
    """The codes an item with one answer may have, those of one heading after one another."""
    return tuple(code for option in item.options for code in option.codes)


def category_sql(item: Item) -> str:
    """The place of the option, or heading, that an answer belongs to, in SQL; after the last it is no answer."""
    place_of = {code: place for place, option in enumerate(item.options) for code in option.codes}
    places = [*(place_of[code] for code in answer_codes(item)), len(item.options)]
    return f"{places}[1 + {_expression(item)}]"


def compacted(values: Ints, below: int) -> tuple[Ints, Ints]:
    """The different values in order, and for each value its place among them. All are at least 0 and under `below`."""
    if below > max(2**20, 4 * values.size):
        kept, places = np.unique(values, return_inverse=True)
        return kept, places
    present = np.bincount(values, minlength=below) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[values]


def _expression(item: Item) -> str:
    if item.takes_several:
        kind = _kind(_highest(item))
        picked = [f'"{item.id}__{option.code}"::{kind} * {2**place}' for place, option in enumerate(item.options)]
        return f"coalesce({' + '.join(picked)}, {2 ** len(picked)})"
    if item.type == "scale":
        found = f'list_position([{", ".join(answer_codes(item))}, null], "{item.id}"::integer)'
    else:
        found = f'list_position({_listed(answer_codes(item))}, "{item.id}"::varchar)'
    return f"coalesce({found} - 1, {_highest(item)})"


def _highest(item: Item) -> int:
    """One more than the number for no answer, which stands for codes that nobody knows."""
    return (2 ** len(item.options) if item.takes_several else len(answer_codes(item))) + 1


def _read(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, wanted: Mapping[str, tuple[str, int]]
) -> dict[str, Codes]:
    chosen = ", ".join(f'({sql})::{_kind(highest)} as "{name}"' for name, (sql, highest) in wanted.items())
    return connection.execute(f"select {chosen} from read_parquet($file)", _named(file)).fetchnumpy()


def _unknown(connection: duckdb.DuckDBPyConnection, file: AnalysisFile, item: Item) -> str:
    if item.takes_several:
        return f"{file.responses} has other numbers than 0 and 1 for '{item.id}'."
    code = connection.execute(
        f'select min("{item.id}"::varchar) from read_parquet($file) where "{item.id}"::varchar not in $codes',
        {**_named(file), "codes": list(answer_codes(item))},
    ).fetchone()
    return f"{file.responses} has '{code[0] if code else ''}' for '{item.id}', which its codebook does not know."


def _named(file: AnalysisFile) -> dict[str, Any]:
    return {"file": str(file.responses)}


def _kind(highest: int) -> str:
    return next(name for name, size in _UNSIGNED if highest < 2 ** (8 * size))


def _bytes(highest: int) -> int:
    return next(size for _, size in _UNSIGNED if highest < 2 ** (8 * size))


def _listed(codes: Sequence[str]) -> str:
    """A list with a null at its end, which is the place of nulls."""
    return f"[{', '.join([*map(_quoted, codes), 'null'])}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
