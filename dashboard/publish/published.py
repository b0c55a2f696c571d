"""A release as anyone can read it, cell by cell, and the releases of the same survey beside it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path
from typing import NamedTuple

import duckdb

from dashboard.analysis.disclosure.audit_item import Answers
from dashboard.release import Facts, read_facts, release_folders, released_waves

Row = tuple[str, str, str, str]
"""Span, list of areas, level, area."""


class Cell(NamedTuple):
    """A shown row of `estimates.parquet`."""

    span: str
    vintage: str
    level: str
    area: str
    option: str
    base: int
    share: int
    band: str
    method: str

    @property
    def row(self) -> Row:
        """Where it stands."""
        return self[:4]

    @property
    def figure(self) -> tuple[int, int, str]:
        """What it says."""
        return self.base, self.share, self.band

    def describe(self) -> str:
        """In words."""
        figure = f"{self.band} {self.share}%".strip()
        return f"{self.span} {self.area} (areas of {self.vintage}) '{self.option or 'measure'}' {figure} of {self.base}"


@dataclass(frozen=True)
class Entry:
    """An item: its columns by option."""

    columns: Answers
    column: Mapping[str, int]
    dimension: str
    """Of which it is the question, if of any."""


@dataclass(frozen=True, eq=False)
class Published:
    """A release that made estimates."""

    folder: Path
    facts: Facts
    items: Mapping[str, Entry]
    cells: Mapping[str, Sequence[Cell]]
    """By item, what is shown."""
    hidden: Mapping[str, Sequence[tuple[Row, bool]]]
    """By item, rows in which something is hidden, and whether there are too few people in it."""
    responses: Sequence[tuple[str, str, int | None]]
    """Vintage, area and rounded responses, None for under ten."""

    def ratio(self, method: str) -> float:
        """The largest weight over the smallest, of a number made by `method`: unlimited where it is not stated."""
        return 1.0 if method == "unweighted" else self._ratio

    def before(self, others: Sequence[Published]) -> Published | None:
        """The release that made estimates of the same wave last before this one."""
        own = [each for each in others if each.facts.wave == self.facts.wave and each.facts.number < self.facts.number]
        return max(own, key=lambda each: each.facts.number, default=None)

    def kept_rows(self, item: str, before: Published | None) -> set[Row]:
        """Rows that say what they said `before`: they are about the people of then."""
        if before is None:
            return set()
        old = before.said(item)
        return {row for row, said in self.said(item).items() if old.get(row) == said}

    def said(self, item: str) -> Mapping[Row, set[object]]:
        """All that is said in each row."""
        found: dict[Row, set[object]] = defaultdict(set)
        for cell in self.cells.get(item, ()):
            found[cell.row].add((cell.option, cell.figure))
        for row, too_few in self.hidden.get(item, ()):
            found[row].add(too_few)
        return found

    @cached_property
    def _ratio(self) -> float:
        stated = self.facts.methods.get("weighted", {}).get("weight_ratio", "")
        return float(stated) if stated else inf


def read_published(connection: duckdb.DuckDBPyConnection, folder: Path, facts: Facts) -> Published:
    """The release in `folder`."""
    file = {"file": str(folder / "estimates.parquet")}
    row = "item, span, vintage, level, area"
    cells: dict[str, list[Cell]] = defaultdict(list)
    shown = f"select {row}, option, base, share, band, method from read_parquet($file) where status = 'shown'"
    for item, *values in connection.execute(shown, file).fetchall():
        cells[item].append(Cell(*values))
    hidden: dict[str, list[tuple[Row, bool]]] = defaultdict(list)
    others = f"select distinct {row}, status from read_parquet($file) where status in ('too_few', 'suppressed')"
    for item, *where, status in connection.execute(others, file).fetchall():
        span, vintage, level, area = where
        hidden[item].append(((span, vintage, level, area), status == "too_few"))
    responses = connection.execute(
        "select vintage, category, count from read_parquet($file) where dimension = 'area' and category <> 'unknown'",
        {"file": str(folder / "fieldwork.parquet")},
    ).fetchall()
    items = {item["id"]: _entry(item) for item in json.loads((folder / "items.json").read_text(encoding="utf-8"))}
    return Published(folder, facts, items, cells, hidden, responses)


def _entry(item: Mapping[str, object]) -> Entry:
    options = [option["code"] for option in item["options"]]  # type: ignore[attr-defined]
    column = {code: number for number, code in enumerate(options, start=1)}
    measure = item["measure"]
    good = tuple(column[code] for code in measure["good"]) if isinstance(measure, dict) else ()
    strict = bool(item["sensitive"]) or item["dimension"] is not None
    if good:
        column[""] = len(options) + 1
    return Entry(Answers(len(options), good, strict, item["type"] == "choices"), column, str(item["dimension"] or ""))


def same_survey(connection: duckdb.DuckDBPyConnection, releases: Path, facts: Facts) -> list[Published]:
    """Every release that made estimates of the same survey from waves in `facts`, or from waves in such a release.

    Superseded ones too, for whoever kept them has them. Releases that only took estimates over are left out.
    """
    found = []
    for wave in released_waves(releases):
        for folder in release_folders(releases, wave):
            each = read_facts(folder)
            same = (each.questionnaire["id"], each.made_up) == (facts.questionnaire["id"], facts.made_up)
            same = same and (each.wave, each.number) != (facts.wave, facts.number)
            if same and each.has_estimates and each.estimates_from == each.number:
                found.append((folder, each))
    waves = set(facts.pooled_waves)
    touching: list[tuple[Path, Facts]] = []
    while more := [pair for pair in found if pair not in touching and waves & set(pair[1].pooled_waves)]:
        touching += more
        waves |= {wave for _, each in more for wave in each.pooled_waves}
    return [read_published(connection, folder, each) for folder, each in touching]
