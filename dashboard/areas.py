"""Dated lists of NHS areas, what became of each area, and which areas of two lists are the same ground."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

Tile = tuple[int, int]
_CODE = re.compile(r"[A-Z0-9]{3,5}")
_LIST_NAME = re.compile(r"icb_(\d{4})\.csv")


class AreaError(Exception):
    """A file of areas is missing, cannot be read, or contradicts another; the message says which and how."""


class SuccessionKind(StrEnum):
    """How an area ended: it went into another whole, or in parts."""

    MERGER = "merger"
    SPLIT = "split"


@dataclass(frozen=True)
class Area:
    """An integrated care board of one list, by its ODS code (three characters, or five since 2026)."""

    code: str
    ons_code: str
    name: str
    region: str

    @property
    def short_name(self) -> str:
        """The name without the words that all boards share."""
        return self.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")

    @property
    def region_code(self) -> str:
        """The region as a word for addresses: `North West` is `north-west`."""
        return region_code(self.region)


@dataclass(frozen=True)
class Succession:
    """All or a part of `predecessor` became all or a part of `successor`."""

    predecessor: str
    successor: str
    on: date
    kind: SuccessionKind


@dataclass(frozen=True)
class Geography:
    """Every list of areas (a vintage), oldest first, with tiles for a map and the successions between lists.

    `block_of` gives for (vintage, code) the smallest piece of ground that both lists can be added up to: an unchanged
    board alone, boards that merged whole with what they became, and all boards that a split ties together.
    """

    lists: Mapping[str, tuple[Area, ...]]
    tiles: Mapping[str, Mapping[str, Tile]]
    successions: tuple[Succession, ...]
    block_of: Mapping[tuple[str, str], str]

    def codes(self, vintage: str) -> tuple[str, ...]:
        """Codes of the areas of one list, in its order."""
        return tuple(area.code for area in self.lists[vintage])

    def members(self, vintage: str, block: str) -> tuple[str, ...]:
        """Codes of the areas of `vintage` that make up a block."""
        return tuple(code for code in self.codes(vintage) if self.block_of[vintage, code] == block)

    def is_exact(self, vintage: str, code: str) -> bool:
        """Whether answers of every other list can be added up to this area: it is a block by itself."""
        return len(self.members(vintage, self.block_of[vintage, code])) == 1

    def predecessors(self, vintage: str, code: str) -> tuple[str, ...]:
        """Areas of the list before that went into this one; empty for an unchanged area and on the oldest list."""
        return tuple(step.predecessor for step in self._steps_to(vintage) if step.successor == code)

    def successors(self, vintage: str, code: str) -> tuple[str, ...]:
        """Areas of the next list that this one went into; empty for an unchanged area and on the newest list."""
        later = [name for name in self.lists if name > vintage]
        return tuple(step.successor for step in self._steps_to(later[0]) if step.predecessor == code) if later else ()

    def _steps_to(self, vintage: str) -> Iterator[Succession]:
        return (step for step in self.successions if f"{step.on:%Y}" == vintage)


def region_code(region: str) -> str:
    """`North East and Yorkshire` is `north-east-and-yorkshire`."""
    return "-".join(region.lower().split())


def load_geography(folder: Path) -> Geography:
    """Everything under `folder`: `icb_<year>.csv`, `hex_<year>.csv` and `succession_<year>.csv`.

    Raises AreaError with every problem there is, a line for each.
    """
    years = sorted(found[1] for path in folder.glob("icb_*.csv") if (found := _LIST_NAME.fullmatch(path.name)))
    if not years:
        raise AreaError(f"There is no list of areas in {folder}: it should hold files named icb_<year>.csv.")
    problems: list[str] = []
    lists = {year: _load_list(folder / f"icb_{year}.csv", problems) for year in years}
    tiles = {year: _load_tiles(folder / f"hex_{year}.csv", lists[year], problems) for year in years}
    successions = tuple(
        step
        for before, after in pairwise(years)
        for step in _load_successions(folder / f"succession_{after}.csv", lists[before], lists[after], problems)
    )
    if problems:
        raise AreaError("\n".join(problems))
    return Geography(lists, tiles, successions, _find_blocks(lists, successions))


def describe_changes(geography: Geography) -> tuple[str, ...]:
    """What became of the areas from each list to the next, in sentences; the first says how many there are."""
    found = [
        f"{year}: {len(areas)} areas in {len({area.region for area in areas})} regions"
        for year, areas in geography.lists.items()
    ]
    for year in list(geography.lists)[1:]:
        for area in geography.lists[year]:
            before = geography.predecessors(year, area.code)
            if before:
                kind = "is exactly" if geography.is_exact(year, area.code) else "starts a new line: it has parts of"
                found.append(f"{year}: {area.short_name} ({area.code}) {kind} {' + '.join(before)}")
    return tuple(found)


def _rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file with their line numbers, without those that lack a value."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            absent = [column for column in columns if column not in (reader.fieldnames or ())]
            if absent:
                problems.append(f"{path} lacks the column {', '.join(absent)}.")
                return []
            rows = list(enumerate(reader, start=2))
    except FileNotFoundError:
        problems.append(f"{path} is missing.")
        return []
    except UnicodeDecodeError:
        problems.append(f"{path} is not UTF-8: save it as 'CSV UTF-8'.")
        return []
    whole = [(number, row) for number, row in rows if all(row[column] for column in columns)]
    for number in {number for number, _ in rows} - {number for number, _ in whole}:
        problems.append(f"{path}, line {number}: every one of {', '.join(columns)} needs a value.")
    return whole


def _load_list(path: Path, problems: list[str]) -> tuple[Area, ...]:
    areas: dict[str, Area] = {}
    for number, row in _rows(path, ("ods_code", "ons_code", "name", "region"), problems):
        area = Area(row["ods_code"], row["ons_code"], row["name"], row["region"])
        if not _CODE.fullmatch(area.code):
            problems.append(
                f"{path}, line {number}: '{area.code}' is not an ODS code (three to five capitals and digits)."
            )
        elif area.code in areas:
            problems.append(f"{path}, line {number}: the ODS code {area.code} stands there twice.")
        else:
            areas[area.code] = area
    return tuple(areas.values())


def _load_tiles(path: Path, areas: tuple[Area, ...], problems: list[str]) -> dict[str, Tile]:
    tiles: dict[str, Tile] = {}
    for number, row in _rows(path, ("ods_code", "q", "r"), problems):
        try:
            tile = int(row["q"]), int(row["r"])
        except ValueError:
            problems.append(f"{path}, line {number}: q and r are whole numbers.")
            continue
        if tile in tiles.values():
            problems.append(f"{path}, line {number}: two areas share the tile {tile[0]}, {tile[1]}.")
        tiles[row["ods_code"]] = tile
    if tiles and (different := sorted(tiles.keys() ^ {area.code for area in areas})):
        problems.append(f"{path} does not have one tile for each area of its list: look at {', '.join(different)}.")
    return tiles


def _load_successions(
    path: Path, before: tuple[Area, ...], after: tuple[Area, ...], problems: list[str]
) -> tuple[Succession, ...]:
    old, new = {area.code for area in before}, {area.code for area in after}
    steps: list[Succession] = []
    for number, row in _rows(path, ("predecessor_ods", "successor_ods", "date", "type"), problems):
        try:
            day, kind = date.fromisoformat(row["date"]), SuccessionKind(row["type"])
        except ValueError as error:
            problems.append(f"{path}, line {number}: {error}. Dates are YYYY-MM-DD, types merger or split.")
            continue
        step = Succession(row["predecessor_ods"], row["successor_ods"], day, kind)
        if not path.stem.endswith(f"{day:%Y}"):
            problems.append(f"{path}, line {number}: {day} is not in the year of this file.")
        if step.predecessor not in old or step.successor not in new:
            way = f"{step.predecessor} to {step.successor}"
            problems.append(f"{path}, line {number}: {way} does not lead from one list to the next.")
        steps.append(step)
    whole = {step.predecessor for step in steps if step.kind is SuccessionKind.MERGER}
    for code, parts in Counter(step.predecessor for step in steps).items():
        if (code in whole) != (parts == 1):
            problems.append(f"{path}: {code} goes to {parts}; a merger goes whole to one board, a split to several.")
    lost = sorted(old - new - {step.predecessor for step in steps})
    risen = sorted(new - old - {step.successor for step in steps})
    if steps and lost + risen:
        problems.append(f"{path} does not say what became of, or came before: {', '.join(lost + risen)}.")
    return tuple(steps)


def _find_blocks(
    lists: Mapping[str, tuple[Area, ...]], successions: tuple[Succession, ...]
) -> dict[tuple[str, str], str]:
    block = {(year, area.code): area.code for year, areas in lists.items() for area in areas}
    links = tuple(_links(lists, successions))
    joined: dict[tuple[str, str], str] = {}
    while joined != block:
        joined = dict(block)
        for one, other in links:
            block[one] = block[other] = min(block[one], block[other])
    regions: dict[str, str] = {}
    for year, areas in lists.items():
        for area in areas:
            if regions.setdefault(block[year, area.code], area.region) != area.region:
                raise AreaError(f"{area.name} ({area.code}) ties two regions together; results add up to regions.")
    return block


def _links(
    lists: Mapping[str, tuple[Area, ...]], successions: tuple[Succession, ...]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Areas of neighbouring lists that share ground: successions, and boards that kept their code."""
    years = sorted(lists)
    for before, after in pairwise(years):
        kept = {area.code for area in lists[before]} & {area.code for area in lists[after]}
        yield from (((before, code), (after, code)) for code in kept)
        steps = (step for step in successions if f"{step.on:%Y}" == after)
        yield from (((before, step.predecessor), (after, step.successor)) for step in steps)
