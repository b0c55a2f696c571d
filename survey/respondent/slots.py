"""Marks in a drawn page where something goes that depends on the person."""

from __future__ import annotations

import re

from markupsafe import Markup

# Characters of the private use area: they mean nothing to anybody, and the loader of questionnaires lets none in
# that a template would not escape. A slot is written inside attributes and text alike.
_OPEN, _CLOSE = "\ue000", "\ue001"
SLOT = re.compile(f"{_OPEN}(text|flag):(.*?){_CLOSE}", re.DOTALL)


def text_slot(name: str) -> Markup:
    """Where a text goes that is known when the page is filled."""
    return Markup(f"{_OPEN}text:{name}{_CLOSE}")  # noqa: S704 - names are ids


def flag_slot(attribute: str, name: str, value: str) -> Markup:
    """Where an attribute such as `checked` goes, if `value` stands in the field `name`."""
    return Markup(f"{_OPEN}flag:{attribute} {name}={value}{_CLOSE}")  # noqa: S704 - names and values are ids
