"""Translation memory: strings like the one that somebody translates, with what was made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

LEAST_LIKENESS = 0.6


@dataclass(frozen=True)
class Similar:
    """A string that was translated, and how like it is, from LEAST_LIKENESS to 1."""

    source: str
    words: str
    likeness: float


def find_similar(source: str, known: Mapping[str, str], at_most: int = 3) -> tuple[Similar, ...]:
    """The strings of `known` (translation by source) that are most like a source, the likest first.

    Likeness is 2m / (a + b): m letters of both stand in the same order in matching runs, a and b are the lengths
    (Ratcliff and Obershelp, as in difflib). "Do you like tea?" (16) and "Do you like milk?" (17) share
    "Do you like " and "?": 13 letters, so 2 * 13 / 33 = 0.788. Capitals are as small letters.
    """
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(source.casefold())
    found = []
    for other, words in known.items():
        matcher.set_seq1(other.casefold())
        if matcher.real_quick_ratio() < LEAST_LIKENESS or matcher.quick_ratio() < LEAST_LIKENESS:
            continue
        likeness = matcher.ratio()
        if likeness >= LEAST_LIKENESS:
            found.append(Similar(other, words, likeness))
    return tuple(sorted(found, key=lambda similar: (-similar.likeness, similar.source))[:at_most])
