"""From the words of a sheet to a tagged PDF: typst sets the type, and refuses what breaks PDF/UA."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

_TEMPLATES = Path(__file__).parent
_KEPT = 32
_ALPHABETS = ((0x20, 0x250), (0x1E00, 0x1F00), (0x2010, 0x2028), (0x20A0, 0x20C1))
"""Latin letters, punctuation and currencies: what the fonts that come with typst can draw without exception."""


def typeset(template: str, sheet: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of `<template>.typ` with the words of `sheet`.

    The words are handed over as JSON and never become markup. A letter that cannot be drawn becomes a box: PDF/UA
    refuses a page with a letter that is missing. What was typeset is kept by its words, so it is never out of date.
    """
    return _compile(template, json.dumps(_printable(sheet), sort_keys=True), int(made_at.timestamp()))


@lru_cache(_KEPT)
def _compile(template: str, sheet: str, made_at: int) -> bytes:
    return typst.compile(
        str(_TEMPLATES / f"{template}.typ"),
        root=str(_TEMPLATES),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"sheet": sheet},
        pdf_standards=["ua-1"],
        timestamp=made_at,
    )


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(letter if _can_be_drawn(letter) else "□" for letter in " ".join(value.split()))
    if isinstance(value, Mapping):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value


def _can_be_drawn(letter: str) -> bool:
    return letter.isprintable() and any(first <= ord(letter) < end for first, end in _ALPHABETS)
