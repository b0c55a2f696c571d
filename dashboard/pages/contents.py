"""Links to the parts of a long page, at its top."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.parts import aria
from dashboard.words import _


def draw_contents(parts: Sequence[tuple[str, str]]) -> Component:
    """The parts as (id, title): links within the page, of which a browser knows the way back."""
    return html.Nav(
        [
            html.H2(_("On this page"), className="nhsuk-heading-s"),
            html.Ul([html.Li(html.A(title, href=f"#{part}")) for part, title in parts]),
        ],
        className="dash-contents",
        **aria(label=_("Parts of this page")),
    )
