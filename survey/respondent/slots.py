"""Marks in a drawn page where something goes that depends on the person."""

from __future__ import annotations

import re
from secrets import token_hex

from markupsafe import Markup

# Characters of the private use area, which no template escapes: a slot is written inside attributes and text alike.
# A questionnaire or a translation may hold them too; the letters are new in every process, so that none can open one.
_OPEN, _CLOSE = f"\ue000{token_hex(8)}", "\ue001"
SLOT = re.compile(f"{_OPEN}(text|flag|live|plain|source):(.*?){_CLOSE}", re.DOTALL)


def text_slot(name: str) -> Markup:
    """Where a text goes that is known when the page is filled."""
    return _slot("text", name)


def flag_slot(attribute: str, name: str, value: str) -> Markup:
    """Where an attribute such as `checked` goes, if `value` stands in the field `name`."""
    return _slot("flag", f"{attribute} {name}={value}")


def live_slot(name: str) -> Markup:
    """Where a text of the questionnaire goes that names answers, as HTML."""
    return _slot("live", name)


def plain_slot(name: str) -> Markup:
    """The same where no elements may stand: in the title, in an attribute, in an option of a select."""
    return _slot("plain", name)


def source_slot(name: str) -> Markup:
    """The plain text again, in the language of the source: for a title that is all in English."""
    return _slot("source", name)


def _slot(kind: str, name: str) -> Markup:
    return Markup(f"{_OPEN}{kind}:{name}{_CLOSE}")  # noqa: S704 - names and values are ids
