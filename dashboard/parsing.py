"""From the files of a release to its values: whatever is hidden loses its numbers here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dashboard.model import Item, Option, Place, Release
from dashboard.release import Level, Span, Status, read_facts
from dashboard.tables import TABLES

_NUMBERS = frozenset(name for columns in TABLES.values() for name, kind in columns.items() if kind != "VARCHAR") - {
    "benchmark_share",
    "release",
}
"""Columns that hold nothing in a hidden row."""


def load_release(folder: Path, age: int) -> Release:
    """A release without its cells; `age` tells it from another in its place. Raises what a broken file raises."""
    return Release(
        folder=folder,
        facts=read_facts(folder),
        items=tuple(_item(entry) for entry in _load_json(folder / "items.json")),
        areas={
            vintage: tuple(_place(entry) for entry in places)
            for vintage, places in _load_json(folder / "areas.json").items()
        },
    )


def _item(entry: Mapping[str, Any]) -> Item:
    return Item(
        id=entry["id"],
        text=entry["text"],
        section=entry["section"],
        type=entry["type"],
        sensitive=entry["sensitive"],
        dimension=entry["dimension"],
        options=tuple(Option(option["code"], option["text"]) for option in entry["options"]),
        measure=entry["measure"]["text"] if entry["measure"] else None,
        good=tuple(entry["measure"]["good"]) if entry["measure"] else (),
    )


def _place(entry: Mapping[str, Any]) -> Place:
    tile = entry["hex"]
    return Place(
        code=entry["code"],
        name=entry["name"],
        short_name=entry["short_name"],
        level=Level(entry["level"]),
        region=entry["region"] or "",
        hex=(tile[0], tile[1]) if tile else None,
    )


def shown_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it may leave: no number of a hidden cell (a release has none there, and were there one it would stay).

    Nor a count that has a band instead. Texts that are not there are empty.
    """
    hidden = row.get("status", Status.SHOWN) != Status.SHOWN
    few = "status" not in row and row.get("band", "") != ""
    return {name: _value(name, value, hidden or (few and name == "count")) for name, value in row.items()}


def _value(name: str, value: Any, hidden: bool) -> Any:
    if name in _NUMBERS:
        return None if hidden else value
    if name in _KINDS:
        return _KINDS[name](value)
    return value if value is not None or name in _MAY_BE_MISSING else ""


_KINDS: Mapping[str, Callable[[str], object]] = {"status": Status, "level": Level, "span": Span}
_MAY_BE_MISSING = frozenset({"nearest_safe", "benchmark_share", "release"})


def _load_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
