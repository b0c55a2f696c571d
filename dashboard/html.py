"""The elements of a page, for Dash to send: the same as `dash.html` has, and made in a tenth of the time.

An element of `dash.html` checks and describes itself anew each time it is made, with four lists of its twenty
properties; a page has a thousand elements.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from dash import html
from dash.development.base_component import Component, ComponentMeta

K = TypeVar("K", bound=type[Component])


def _lighten(kind: K) -> K:
    """A class as `kind`, which still refuses a property that it has not. Raises TypeError when one is made."""
    names = kind()._prop_names
    known = frozenset(names)

    def make(self: Component, children: Any = None, **properties: Any) -> None:
        for name in properties:
            if name not in known and not name.startswith(("aria-", "data-")):
                raise TypeError(f"An element {kind.__name__} has no property {name}.")
        vars(self).update(children=children, **properties)

    # Dash takes classes of "builtins" for what it has loaded itself, and looks for no scripts that belong to them.
    content = {
        "__module__": "builtins",
        "__init__": make,
        "_prop_names": names,
        "_valid_wildcard_attributes": ["data-", "aria-"],
    }
    return cast(K, ComponentMeta(kind.__name__, (kind,), content))  # type: ignore[no-untyped-call]


A = _lighten(html.A)
Blockquote = _lighten(html.Blockquote)
Button = _lighten(html.Button)
Caption = _lighten(html.Caption)
Dd = _lighten(html.Dd)
Details = _lighten(html.Details)
Div = _lighten(html.Div)
Dl = _lighten(html.Dl)
Dt = _lighten(html.Dt)
Figcaption = _lighten(html.Figcaption)
Figure = _lighten(html.Figure)
Form = _lighten(html.Form)
H1 = _lighten(html.H1)
H2 = _lighten(html.H2)
H3 = _lighten(html.H3)
Header = _lighten(html.Header)
Label = _lighten(html.Label)
Li = _lighten(html.Li)
Main = _lighten(html.Main)
Nav = _lighten(html.Nav)
Ol = _lighten(html.Ol)
Optgroup = _lighten(html.Optgroup)
Option = _lighten(html.Option)
P = _lighten(html.P)
Section = _lighten(html.Section)
Select = _lighten(html.Select)
Span = _lighten(html.Span)
Strong = _lighten(html.Strong)
Summary = _lighten(html.Summary)
Table = _lighten(html.Table)
Tbody = _lighten(html.Tbody)
Td = _lighten(html.Td)
Th = _lighten(html.Th)
Thead = _lighten(html.Thead)
Tr = _lighten(html.Tr)
Ul = _lighten(html.Ul)
