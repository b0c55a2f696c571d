"""Reading what a callback sends: a tree of components as plain text, links and parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dash.development.base_component import Component


def parts(tree: Any) -> Iterator[Any]:
    """Every component of a tree, in the order of the page."""
    if isinstance(tree, Component):
        yield tree
        yield from parts(getattr(tree, "children", None))
    elif isinstance(tree, Sequence) and not isinstance(tree, str):
        for branch in tree:
            yield from parts(branch)


def text(tree: Any) -> str:
    """All words of a tree, with one space between."""
    if isinstance(tree, Component):
        return text(getattr(tree, "children", None))
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return " ".join(" ".join(text(branch) for branch in tree).split())
    return "" if tree is None else str(tree)


def of_type(tree: Any, kind: str) -> list[Any]:
    """The components of one type, such as `Table` or `A`."""
    return [part for part in parts(tree) if type(part).__name__ == kind]


def links(tree: Any) -> dict[str, str]:
    """Addresses by words."""
    return {text(link): link.href for link in of_type(tree, "A")}


def selected(tree: Any) -> dict[str, str]:
    """What each select of the form shows."""
    return {
        select.name: next(option.value for option in of_type(select, "Option") if option.selected)
        for select in of_type(tree, "Select")
    }
