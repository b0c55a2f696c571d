"""The place of a finding by its ids, `item.control.text`, as translators and recorded reasons name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from survey.questionnaire.problems import Finding, Location

_FRESH = {"sections": "section", "pages": "page", "items": "item", "glossary": "glossary"}
"""Lists whose elements are named without what they stand in."""

_INSIDE = {"options": "option", "rows": "row", "groups": "group"}
"""Lists whose elements are named within their item."""

_LONGEST_ID = 64


def placed(findings: Iterable[Finding], root: Any) -> Iterator[Finding]:
    """The findings, each with its place by ids. `root` is the questionnaire, or the document it was to be read from."""
    for finding in findings:
        yield replace(finding, at=place_at(root, finding.location))


def place_at(root: Any, location: Location) -> str:
    """Name a location by ids: `item.control.option.a_lot.text`, `page.how-much-control.show_if`, `section.you.title`.

    What has no usable id is named by its number. The whole file has the empty name.
    """
    place: list[str] = []
    here, listed = root, ""
    for depth, step in enumerate(location):
        here = _part(here, step)
        if isinstance(step, int):
            name = _name(here, step)
            if listed in _FRESH:
                place = [_FRESH[listed], name]
            else:
                place += [_INSIDE[listed], name] if listed in _INSIDE else [name]
        elif step != "formats" and not (step in _FRESH | _INSIDE and depth + 1 < len(location)):
            place.append(step)
        listed = step if isinstance(step, str) else ""
    return ".".join(place)


def _part(here: Any, step: str | int) -> Any:
    if isinstance(here, dict):
        return here.get(str(step))
    if isinstance(here, (list, tuple)):
        return here[step] if isinstance(step, int) and step < len(here) else None
    return getattr(here, str(step), None)


def _name(part: Any, number: int) -> str:
    for key in ("id", "code"):
        name = _part(part, key)
        if isinstance(name, str) and 0 < len(name) <= _LONGEST_ID:
            return name
    return str(number)
