"""Answers piped into wording: `{uses|what you buy}` in a text, found and filled; anything else in braces is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

THIS = "this"
"""In a repeat: what the round is about."""

_PIPE = re.compile(r"\{([a-z][a-z0-9]*(?:__?[a-z0-9]+)*)(?:\|([^{}]*))?\}")


class Pipe(NamedTuple):
    """The place in a text where the answer to an item stands, or `otherwise` when there is none."""

    item: str
    """An item's id, a row's key, or THIS."""
    otherwise: str | None
    start: int
    end: int


def pipes_in(text: str) -> tuple[Pipe, ...]:
    """The pipes of a text in order."""
    if "{" not in text:
        return ()
    return tuple(Pipe(match[1], match[2], match.start(), match.end()) for match in _PIPE.finditer(text))


def fill(text: str, lookup: Callable[[str], str | None]) -> str:
    """The text with each pipe replaced by the words for its answer, or by its other words, or by nothing."""
    pieces, end = [], 0
    for pipe in pipes_in(text):
        pieces += [text[end : pipe.start], lookup(pipe.item) or pipe.otherwise or ""]
        end = pipe.end
    return "".join([*pieces, text[end:]])
