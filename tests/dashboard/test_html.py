"""Elements that are quickly made, and pages quickly written, are the same to the browser as Dash's own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import dash.html
import pytest
from dash._utils import to_json
from dash.development.base_component import ComponentRegistry

from dashboard import html
from dashboard.address import Address, Page
from dashboard.callbacks import draw_address, write_tree
from dashboard.data import Releases

KINDS = [name for name, kind in vars(html).items() if isinstance(kind, type) and hasattr(dash.html, name)]


def sent(tree: Any) -> Any:
    """What Dash sends, without properties that are nothing."""
    return json.loads(to_json(tree))


@pytest.mark.parametrize("name", KINDS)
def test_an_element_is_sent_as_dash_sends_its_own(name: str) -> None:
    chosen: dict[str, Any] = {"className": "wide", "id": "one", "aria-label": "One", "data-title": "1", "hidden": True}
    ours = getattr(html, name)([html.Span("inside"), "text"], **chosen)
    theirs = getattr(dash.html, name)([dash.html.Span("inside"), "text"], **chosen)
    assert sent(ours) == sent(theirs) == write_tree(ours) == write_tree(theirs)
    assert isinstance(ours, getattr(dash.html, name))


def test_a_property_that_an_element_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="Span has no property href"):
        html.Span("word", href="/")


def test_dash_looks_for_no_scripts_of_ours() -> None:
    assert "dashboard" not in ComponentRegistry.registry


@pytest.mark.parametrize("page", Page)
def test_a_page_is_written_as_dash_would_write_it(releases: Releases, page: Page) -> None:
    drawn = draw_address(releases, "/", Address(page).href("/"), "")
    assert json.loads(json.dumps(write_tree(drawn))) == sent(drawn)


def test_pages_are_made_of_these_elements_alone() -> None:
    pages = Path(html.__file__).parent.rglob("*.py")
    using = [page.name for page in pages if re.search(r"^from dash import .*\bhtml\b", page.read_text(), re.MULTILINE)]
    assert using == ["html.py"]
