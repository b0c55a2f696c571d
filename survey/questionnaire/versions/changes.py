"""One difference between two versions, and how wordings and orders are compared."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from survey.questionnaire.in_words import Said
from survey.questionnaire.model import Answering, Plural, Text
from survey.questionnaire.text import choose


class Kind(StrEnum):
    """What sort of difference it is."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    TYPOGRAPHY = "typography"
    """Only spaces, quotation marks or dashes: the words are the same."""
    OPTION_ADDED = "option_added"
    OPTION_REMOVED = "option_removed"
    OPTION_REWORDED = "option_reworded"
    OPTION_CHANGED = "option_changed"
    OPTIONS_REORDERED = "options_reordered"
    ROW_ADDED = "row_added"
    ROW_REMOVED = "row_removed"
    ROW_REWORDED = "row_reworded"
    ROWS_REORDERED = "rows_reordered"
    ROUTING = "routing"
    REPEAT = "repeat"
    END = "end"
    TYPE = "type"
    LIMITS = "limits"
    FORMATS = "formats"
    SOFT = "soft"
    SENSITIVE = "sensitive"
    REQUIRED = "required"
    SWITCHED = "switched"
    ROLE = "role"
    MEASURE = "measure"
    EQUIVALENT = "equivalent"
    GLOSSARY = "glossary"
    DETAILS = "details"


@dataclass(frozen=True)
class Change:
    """One difference: the place by its id, what it is about in words, how it was (None: not there) and how it is."""

    kind: Kind
    where: str
    what: str
    old: str | None
    new: str | None
    readers: tuple[Answering, ...] = ()
    """Those for whom it is different; empty where it is for everyone."""


@dataclass(frozen=True)
class Piece:
    """Part of a wording; `changed` where the other version does not have it."""

    text: str
    changed: bool


def mark_words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings in pieces, with the words that differ marked."""
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        left.extend([Piece(" ".join(before[a:b]), tag != "equal")] if b > a else [])
        right.extend([Piece(" ".join(after[c:d]), tag != "equal")] if d > c else [])
    return tuple(left), tuple(right)


def text_changes(
    where: str, what: str, old: Text | None, new: Text | None, kind: Kind = Kind.REWORDED
) -> Iterator[Change]:
    """The differences of a text, those that several readers share once."""
    if old == new:
        return
    before, after = readings(old), readings(new)
    pairs = [(before[reader] or "", after[reader] or "", reader) for reader in Answering]
    different: dict[tuple[str, str], list[Answering]] = {}
    for earlier, later, reader in pairs:
        if earlier != later:
            different.setdefault((earlier, later), []).append(reader)
    for (earlier, later), readers in different.items():
        typography = bool(earlier) and bool(later) and same_words(earlier, later)
        yield Change(
            Kind.TYPOGRAPHY if typography else kind,
            where,
            what,
            earlier or None,
            later or None,
            () if len(readers) == len(Answering) else tuple(readers),
        )


def readings(text: Text | None) -> dict[Answering, str | None]:
    """What each reader is shown, as it stands in the file; of a plural both forms."""
    if text is None:
        return dict.fromkeys(Answering, None)
    if isinstance(text, Plural):
        return dict.fromkeys(Answering, f"{text.one} / {text.other}")
    return {reader: choose(text, reader)[0] for reader in Answering}


def same_words(old: str, new: str) -> bool:
    """Whether two wordings differ in nothing but spaces, quotation marks and dashes."""
    return _plain(old) == _plain(new)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return re.sub(r"\s+(?=[?!.,:;])", "", re.sub(r"\s+", " ", letters)).strip()


_SIGNS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})


def moved(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The fewest names of those in both that must have changed place for one order to become the other."""
    places = {name: place for place, name in enumerate(old)}
    stay = [places[name] for name in new if name in places]
    # The longest run that is still in order (patience sorting); everything else moved.
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, place in enumerate(stay):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    kept = set()
    at = ends[-1] if ends else None
    while at is not None:
        kept.add(stay[at])
        at = before[at]
    return frozenset(name for name in new if name in places and places[name] not in kept)


def in_lines(said: Said | None) -> str | None:
    """A sentence with its list as plain text."""
    return None if said is None else "\n".join(said.lines())
