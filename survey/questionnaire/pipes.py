"""Answers piped into wording, `{uses|what you buy}`: found, filled, and compared with those of a translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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


def marks_in(text: str) -> frozenset[str]:
    """What a translation has to keep: `{uses}`, or `{uses|…}` where other words are translated; and any loose brace."""
    pipes = pipes_in(text)
    marks = {f"{{{pipe.item}}}" if pipe.otherwise is None else f"{{{pipe.item}|…}}" for pipe in pipes}
    return frozenset(marks | (set("{}") & set(_PIPE.sub("", text))))


def keeps_marks(sources: Sequence[str], forms: Sequence[str]) -> bool:
    """Whether a translation, in one form or one for each plural, puts in the same answers as its source.

    What only one form of the source has ("another one", "{number} more") may be missing, except in the last form of
    the translation, which is for most numbers.
    """
    of_sources = [marks_in(source) for source in sources]
    every, always = frozenset.union(*of_sources), frozenset.intersection(*of_sources)
    of_forms = [marks_in(form) for form in forms]
    return all(always <= marks <= every for marks in of_forms) and of_forms[-1] == every
