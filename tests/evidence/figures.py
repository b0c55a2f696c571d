"""What was seen, counted: figures by type, state and circumstance, and findings with the gap each belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from survey.respondent.statement import Gap
from tests.evidence.looking import Seen


@dataclass(frozen=True)
class Journey:
    """A whole survey by keyboard alone."""

    survey: str
    locale: str
    scripts: bool
    pages: int
    presses: dict[str, int]
    characters: int


@dataclass
class Results:
    """All that a run found."""

    seen: list[Seen] = field(default_factory=list)
    trees: dict[str, dict[str, str]] = field(default_factory=dict)
    """Snapshots of the accessibility tree, by type and heading."""
    journeys: list[Journey] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """What could not be looked at, or complained."""
    left_out: int = 0
    """Looks for which there was no time."""

    def add(self, other: Results) -> None:
        """Take in what another part of the run found."""
        self.seen += other.seen
        self.journeys += other.journeys
        self.failures += other.failures
        self.left_out += other.left_out
        for kind, trees in other.trees.items():
            self.trees.setdefault(kind, {}).update(trees)


@dataclass(frozen=True)
class Grouped:
    """One rule broken by the same elements, wherever it is."""

    rule: str
    elements: tuple[str, ...]
    where: tuple[str, ...]
    gap: str
    """The gap that names it; '' where none does."""


def group(seen: Iterable[Seen], gaps: Sequence[Gap]) -> list[Grouped]:
    """The findings, each once with all its places. A gap that does not name every place of a finding names none."""
    places: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in seen:
        for finding in one.findings:
            where = f"{one.case.where}, {one.circumstance}"
            places.setdefault((finding.rule, finding.elements), []).append(where)
    return [
        Grouped(rule, elements, tuple(where), _gap_of(rule, where, gaps)) for (rule, elements), where in places.items()
    ]


def _gap_of(rule: str, where: Sequence[str], gaps: Sequence[Gap]) -> str:
    return next((gap.id for gap in gaps if all(gap.names(rule, place) for place in where)), "")


def summarise(results: Results, grouped: Sequence[Grouped], versions: dict[str, str], day: date) -> dict[str, Any]:
    """What `evidence.json` holds."""
    seen = results.seen
    return {
        "date": day.isoformat(),
        "versions": versions,
        "totals": {
            **count(seen),
            "left_out": results.left_out,
            "undecided": sum(one.undecided for one in seen),
            "targets": sum(one.targets for one in seen),
            "targets_under_44_pixels": sum(one.small for one in seen),
        },
        "circumstances": _by(seen, {"name": lambda one: one.circumstance}),
        "javascript": _by(seen, {"name": lambda one: "on" if one.case.scripts else "off"}),
        "languages": _by(seen, {"name": lambda one: one.case.locale}),
        "formats": _by(seen, {"name": lambda one: one.case.format}),
        "figures": _by(
            seen,
            {
                "type": lambda one: one.case.kind,
                "state": lambda one: one.case.state,
                "circumstance": lambda one: one.circumstance,
            },
        ),
        "journeys": [
            {
                "survey": each.survey,
                "language": each.locale,
                "javascript": "on" if each.scripts else "off",
                "pages": each.pages,
                "presses": dict(sorted(each.presses.items())),
                "characters": each.characters,
            }
            for each in results.journeys
        ],
        "snapshots": sum(map(len, results.trees.values())),
        "findings": [
            {"rule": each.rule, "gap": each.gap, "elements": list(each.elements), "where": list(each.where)}
            for each in grouped
        ],
    }


def count(seen: Sequence[Seen]) -> dict[str, int]:
    """Looks, checks and findings. A finding is a rule broken in one look."""
    return {
        "looks": len(seen),
        "checks": sum(one.checks for one in seen),
        "findings": sum(len(one.findings) for one in seen),
    }


def _by(seen: Sequence[Seen], keys: dict[str, Callable[[Seen], str]]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, ...], list[Seen]] = {}
    for one in seen:
        groups.setdefault(tuple(key(one) for key in keys.values()), []).append(one)
    return [{**dict(zip(keys, names, strict=True)), **count(found)} for names, found in groups.items()]


def write(evidence: dict[str, Any], path: Path) -> None:
    """Write the file, one line for each entry of a list."""
    parts = []
    for key, value in evidence.items():
        if isinstance(value, list) and value:
            lines = ",\n".join(f"    {json.dumps(each, ensure_ascii=False)}" for each in value)
            parts.append(f"  {json.dumps(key)}: [\n{lines}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
