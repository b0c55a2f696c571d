"""From a list of postcodes (CSV) to the sorted file that areas are found in; or a message, and nothing changed."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from survey.areas import list_vintages
from survey.store.attach import quoted
from survey.store.postcode_layout import Layout, PostcodeListError, read_boards, read_layout
from survey.store.postcodes import AREA, FIFTH, POSTCODE, POSTCODES_FILE

MEMORY_LIMIT = "400MB"
"""What loading may keep in memory; more goes into a temporary folder beside the file."""
ROW_GROUP = 32_768
"""Rows that are read to find one: with fewer the list of groups takes longer than the rows."""

_OUTSIDE_ENGLAND = ("W99999999", "S99999999", "N99999999", "L99999999", "M99999999")
"""What the ONS Postcode Directory writes for the board of a postcode in Wales, Scotland, Northern Ireland, the Channel
Islands and the Isle of Man."""
_MOST_RANKS = {"32844": "2019", "33755": "2025"}
"""Neighbourhoods of England in an Index of Multiple Deprivation, and the year of that index."""

Report = Callable[[str, int, int], None]
"""`report(step, done, of)`."""


@dataclass(frozen=True)
class LoadedPostcodes:
    """What was loaded. `elsewhere` are those outside England; `index` is the year of the ranks, if there were any."""

    postcodes: int
    elsewhere: int
    vintages: tuple[str, ...]
    with_fifths: bool
    index: str | None = None


def load_postcodes(source: Path, data: Path, areas: Path, report: Report) -> LoadedPostcodes:
    """Read `source`, and put it in place of the postcodes of the folder `data`, all or nothing.

    `areas` is the folder of the lists of boards. Raises PostcodeListError or OSError.
    """
    boards = {vintage: read_boards(areas / f"icb_{vintage}.csv") for vintage in list_vintages(areas)}
    layout = read_layout(source, boards)
    with tempfile.TemporaryDirectory(prefix="postcodes-", dir=data) as folder:
        connection = duckdb.connect(str(Path(folder) / "staged.duckdb"), config={"memory_limit": MEMORY_LIMIT})
        try:
            return _load(connection, _List(source, layout, boards), Path(folder), data / POSTCODES_FILE, report)
        except duckdb.Error as error:
            raise PostcodeListError(_in_one_line(source, error)) from error
        finally:
            connection.close()


def remove_postcodes(data: Path) -> bool:
    """Take the postcodes of a data folder away; False where there were none."""
    try:
        (data / POSTCODES_FILE).unlink()
    except FileNotFoundError:
        return False
    return True


@dataclass(frozen=True)
class _List:
    path: Path
    layout: Layout
    boards: Mapping[str, Mapping[str, str]]


def _load(connection: DuckDBPyConnection, source: _List, folder: Path, target: Path, report: Report) -> LoadedPostcodes:
    connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
    _run(connection, _staging(source), "Reading postcodes", report)
    _check_postcodes(connection, source.path)
    vintages = _vintages(connection, source)
    for number, vintage in enumerate(vintages):
        _check_codes(connection, source, number, vintage)
    divisor, index = _fifths(connection, source)
    written = folder / POSTCODES_FILE
    fifth = f"((deprivation::integer * 5 + {divisor} - 1) // {divisor})::tinyint" if divisor else "null::tinyint"
    columns = ", ".join(f"b{number}.ods as {AREA}{vintage}" for number, vintage in enumerate(vintages))
    joins = " ".join(
        f"left join boards b{number} on b{number}.vintage = '{vintage}' and b{number}.code = a{number}"
        for number, vintage in enumerate(vintages)
    )
    first = " or ".join(f"b{number}.ods is not null" for number in range(len(vintages)))
    _run(
        connection,
        f"copy (select postcode as {POSTCODE}, {columns}, case when {first} then {fifth} end as {FIFTH} "
        f"from staged {joins} order by postcode) to '{quoted(str(written))}' "
        f"(format parquet, compression snappy, row_group_size {ROW_GROUP})",
        "Writing postcodes",
        report,
    )
    within = " and ".join(f"{AREA}{vintage} is null" for vintage in vintages)
    rows, elsewhere = connection.execute(
        f"select count(*), count(*) filter (where {within}) from read_parquet('{quoted(str(written))}')"
    ).fetchall()[0]
    if rows == 0:
        raise PostcodeListError(f"{source.path}: there is no postcode in it.")
    _put_in_place(written, target)
    return LoadedPostcodes(rows, elsewhere, vintages, divisor is not None, index)


# --- The list, line by line --------------------------------------------------


def _staging(source: _List) -> str:
    """SQL that reads the list line by line, and the boards."""
    layout = source.layout
    columns = ", ".join(f"'{quoted(name)}': 'varchar'" for name in layout.names)
    areas = ", ".join(
        f"nullif(nullif(trim({_column(name)}), ''), '-') as a{number}"
        for number, name in enumerate(layout.areas.values())
    )
    deprivation = f"nullif(trim({_column(layout.deprivation)}), '')" if layout.deprivation else "null::varchar"
    pairs = [(vintage, code, ods) for vintage, codes in source.boards.items() for code, ods in codes.items()]
    boards = ", ".join(f"('{vintage}', '{quoted(code)}', '{quoted(ods)}')" for vintage, code, ods in pairs)
    return (
        f"create table boards as select * from (values {boards}) as each(vintage, code, ods); "
        f"create table staged as select row_number() over () + 1 as line, "
        f"trim({_column(layout.postcode)}) as typed, "
        f"upper(replace({_column(layout.postcode)}, ' ', '')) as postcode, {areas}, {deprivation} as deprivation "
        f"from read_csv('{quoted(str(source.path))}', auto_detect = false, header = true, parallel = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def _column(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


# --- What it may not hold ---------------------------------------------------------------


def _check_postcodes(connection: DuckDBPyConnection, path: Path) -> None:
    _refuse(
        connection,
        path,
        "not coalesce(regexp_full_match(postcode, '[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0AA'), false)",
        "typed",
        "is no postcode",
    )
    twice = connection.execute(
        "select any_value(typed), min(line), max(line) from staged "
        "group by postcode having count(*) > 1 order by 3 limit 1"
    ).fetchone()
    if twice is not None:
        raise PostcodeListError(f"{path}, line {twice[2]}: '{twice[0]}' stands in line {twice[1]} too. Keep one.")


def _vintages(connection: DuckDBPyConnection, source: _List) -> tuple[str, ...]:
    """The vintage of each column; of a column `icb` the only list that has all of its codes."""
    if "" not in source.layout.areas:
        return tuple(source.layout.areas)
    used = {code for (code,) in connection.execute("select distinct a0 from staged where a0 is not null").fetchall()}
    used -= set(_OUTSIDE_ENGLAND)
    fitting = [vintage for vintage, codes in source.boards.items() if used <= set(codes)]
    if len(fitting) == 1:
        return (fitting[0],)
    if fitting:
        said = " and ".join(fitting)
        raise PostcodeListError(
            f"{source.path}: the codes in 'icb' are in the lists of {said}, so it cannot be told which is meant. "
            f"Call the column '{AREA}{fitting[-1]}' if you know that it is that one."
        )
    newest = list(source.boards)[-1]
    code, line = connection.execute(
        "select a0, line from staged where a0 is not null and a0 not in (select unnest(?)) "
        "and a0 not in (select code from boards where vintage = ?) order by line limit 1",
        [list(_OUTSIDE_ENGLAND), newest],
    ).fetchall()[0]
    raise PostcodeListError(
        f"{source.path}, line {line}: no list of boards has all codes of the column 'icb'; '{code}' is not in that of "
        f"{newest}. Add the list to data/areas, or take another edition of the directory."
    )


def _check_codes(connection: DuckDBPyConnection, source: _List, number: int, vintage: str) -> None:
    elsewhere = ", ".join(f"'{code}'" for code in _OUTSIDE_ENGLAND)
    _refuse(
        connection,
        source.path,
        f"a{number} is not null and a{number} not in ({elsewhere}) "
        f"and a{number} not in (select code from boards where vintage = '{vintage}')",
        f"a{number}",
        f"is no board of the list of {vintage} (data/areas/icb_{vintage}.csv)",
    )


def _fifths(connection: DuckDBPyConnection, source: _List) -> tuple[int | None, str | None]:
    """By what a rank is divided to become a fifth, and of which year the ranks are; None where there are no fifths.

    Of ranks that is sure only where the highest is that of a known index: the same rank is another fifth in another.
    """
    name, path = source.layout.deprivation, source.path
    if name is None:
        return None, None
    _refuse(
        connection,
        path,
        "a0 is not null and deprivation is not null and not regexp_full_match(deprivation, '[0-9]{1,5}')",
        "deprivation",
        f"is no whole number (column '{name}')",
    )
    most = {FIFTH: 5, "imd_decile": 10}.get(name)
    if most is None:
        elsewhere = ", ".join(f"'{code}'" for code in _OUTSIDE_ENGLAND)
        highest = connection.execute(
            f"select max(deprivation::integer) from staged where a0 is not null and a0 not in ({elsewhere})"
        ).fetchall()[0][0]
        index = _MOST_RANKS.get(str(highest))
        if index is None:
            known = " or ".join(f"{ranks} (index of {year})" for ranks, year in _MOST_RANKS.items())
            raise PostcodeListError(
                f"{path}: the highest rank in 'imd' is {highest}, not {known}, so it cannot be told which index it is. "
                "Put a column 'fifth' (1 most deprived to 5) or 'imd_decile' in its place, or leave it out."
            )
        return int(highest), index
    _refuse(
        connection,
        path,
        f"a0 is not null and deprivation::integer not between 1 and {most}",
        "deprivation",
        f"is not from 1 to {most} (column '{name}')",
    )
    return most, None


def _refuse(connection: DuckDBPyConnection, path: Path, wrong: str, value: str, why: str) -> None:
    """Say the first line for which a condition holds."""
    found = connection.execute(f"select line, {value} from staged where {wrong} order by line limit 1").fetchone()
    if found is not None:
        raise PostcodeListError(f"{path}, line {found[0]}: '{found[1] or ''}' {why}.")


# --- Running and writing ------------------------------------------------------------------


def _run(connection: DuckDBPyConnection, sql: str, step: str, report: Report) -> None:
    """Run a statement in a thread, and say meanwhile how far it is."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        job = pool.submit(connection.execute, sql)
        while not wait([job], timeout=0.2).done:
            report(step, max(0, min(99, int(connection.query_progress()))), 100)
        job.result()
    report(step, 100, 100)


def _put_in_place(written: Path, target: Path) -> None:
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.chmod(0o600)
    written.replace(target)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _in_one_line(path: Path, error: duckdb.Error) -> str:
    """What DuckDB says of a list that is no table: the line, and the first sentence."""
    said = str(error)
    line = re.search(r"Line: (\d+)", said)
    reason = next((part for part in said.splitlines() if part and "Line:" not in part), said)
    return f"{path}{f', line {line[1]}' if line else ''}: {reason}"
