"""NHS areas: the integrated care boards of one dated list (a vintage)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_COLUMNS = {"ods_code", "name", "region"}


class AreaError(Exception):
    """A list of areas is missing or cannot be read; the message says which and what there is."""


@dataclass(frozen=True)
class Area:
    """One integrated care board, by its ODS code (three characters, or five since 2026)."""

    code: str
    name: str
    short_name: str
    region: str


@lru_cache(maxsize=8)
def load_areas(folder: Path, vintage: str) -> tuple[Area, ...]:
    """The areas of `folder/icb_<vintage>.csv`, in order of their short names. Raises AreaError."""
    path = folder / f"icb_{vintage}.csv"
    if vintage not in list_vintages(folder):
        known = ", ".join(list_vintages(folder)) or "none"
        raise AreaError(f"There is no list of areas for '{vintage}'. Lists in {folder}: {known}.")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = _COLUMNS - set(reader.fieldnames or ())
        if missing:
            raise AreaError(f"{path} lacks the column {', '.join(sorted(missing))}.")
        areas = [Area(row["ods_code"], row["name"], _short_name(row["name"]), row["region"]) for row in reader]
    return tuple(sorted(areas, key=lambda area: area.short_name))


@lru_cache(maxsize=8)
def place_names(folder: Path, vintage: str) -> Mapping[str, str]:
    """The names of the regions and areas of a list, by the codes that the dashboard has for them. Raises AreaError."""
    areas = load_areas(folder, vintage)
    regions = {region_code(region): region for region in sorted({area.region for area in areas})}
    return {**regions, **{area.code: area.short_name for area in areas}}


def region_code(region: str) -> str:
    """`North East and Yorkshire` is `north-east-and-yorkshire`."""
    return "-".join(region.lower().split())


def list_vintages(folder: Path) -> tuple[str, ...]:
    """The vintages there is a list for, oldest first."""
    return tuple(sorted(path.stem.removeprefix("icb_") for path in folder.glob("icb_[0-9][0-9][0-9][0-9].csv")))


def _short_name(name: str) -> str:
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
