"""Which column of a list of postcodes holds what: our own names, or those of the ONS Postcode Directory."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.store.postcodes import AREA, FIFTH, POSTCODE


class PostcodeListError(Exception):
    """A list of postcodes cannot be loaded; one line that says where, why and what to do."""


@dataclass(frozen=True)
class Layout:
    """Which column of the list holds what."""

    names: tuple[str, ...]
    postcode: str
    areas: Mapping[str, str]
    """Columns by vintage; "" for a column `icb`, whose codes say what vintage it is."""
    deprivation: str | None


def read_layout(source: Path, boards: Mapping[str, Mapping[str, str]]) -> Layout:
    """The columns of a list, by its first line; `boards` has the known vintages. Raises PostcodeListError."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            names = tuple(name.strip().lower() for name in next(csv.reader(lines), []))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PostcodeListError(f"{source}: this is no CSV file in UTF-8. Save the list as one.") from error
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise PostcodeListError(f"{source}, line 1: two columns are called '{twice}'. Take one of them out.")
    postcode = _one_of(source, names, (POSTCODE, "pcds"), "postcodes")
    if postcode is None:
        raise PostcodeListError(f"{source}, line 1: there is no column 'postcode' (or 'pcds').")
    areas = {name.removeprefix(AREA): name for name in names if name.startswith(AREA)}
    unknown = next((vintage for vintage in areas if vintage not in boards), None)
    if unknown is not None:
        known = ", ".join(f"{AREA}{vintage}" for vintage in boards)
        raise PostcodeListError(f"{source}, line 1: no list of boards is called '{unknown}'. Columns can be: {known}.")
    if "icb" in names:
        areas[""] = "icb"
    if not areas or ("" in areas and len(areas) > 1):
        said = ", ".join(f"'{AREA}{vintage}'" for vintage in boards)
        raise PostcodeListError(f"{source}, line 1: name the columns of boards {said}, or one 'icb' and none of these.")
    return Layout(names, postcode, areas, _one_of(source, names, (FIFTH, "imd_decile", "imd"), "deprivation"))


def _one_of(source: Path, names: Sequence[str], known: Sequence[str], what: str) -> str | None:
    found = [name for name in known if name in names]
    if len(found) > 1:
        raise PostcodeListError(f"{source}, line 1: {' and '.join(found)} both say {what}. Take one of them out.")
    return found[0] if found else None


def read_boards(path: Path) -> Mapping[str, str]:
    """The ODS code of each board by both codes it has, ODS and ONS."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row[column]: row["ods_code"] for row in rows for column in ("ods_code", "ons_code")}
