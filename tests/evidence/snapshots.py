"""What a screen reader is told of each type of question, kept in files and compared."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

from playwright.sync_api import Page

from tests.evidence.cases import Case

KEPT = Path(__file__).parent / "snapshots"
HEADING = "# "


def is_kept(case: Case) -> bool:
    """Whether a case has a snapshot: the gallery in English, in the standard format, with JavaScript."""
    return (case.visit, case.locale, case.format, case.scripts) == ("gallery", "en", "standard", True) and (
        case.kind != "page"
    )


def title(case: Case) -> str:
    """The heading of a case in the file of its type."""
    return f"{case.name}: {case.state}"


def take(page: Page) -> str:
    """The accessibility tree of the main part as it is now, without the panel of languages, which come and go."""
    page.evaluate("document.getElementById('language')?.remove()")
    return page.locator("main").aria_snapshot()


def read(kind: str) -> dict[str, str]:
    """The snapshots kept of a type, by heading."""
    path = KEPT / f"{kind}.yml"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    parts = [part.partition("\n") for part in f"\n{text}".split(f"\n{HEADING}") if part.strip()]
    return {heading: tree.strip("\n") for heading, _, tree in parts}


def write(kind: str, trees: Mapping[str, str]) -> None:
    """Keep the snapshots of a type."""
    text = "\n".join(f"{HEADING}{heading}\n{tree}\n" for heading, tree in trees.items())
    (KEPT / f"{kind}.yml").write_text(text, encoding="utf-8")


def differences(kind: str, taken: Mapping[str, str]) -> list[str]:
    """What differs from what is kept, as a difference that a person can read; one text for each snapshot."""
    kept = read(kind)
    return [
        difference
        for heading, tree in taken.items()
        if (difference := _differ(kept.get(heading, ""), tree, kind, heading))
    ]


def _differ(kept: str, taken: str, kind: str, heading: str) -> str:
    lines: Iterable[str] = difflib.unified_diff(
        kept.splitlines(), taken.splitlines(), f"{kind}.yml, {heading}", "as it is now", lineterm=""
    )
    return "\n".join(lines)
