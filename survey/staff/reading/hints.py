"""What in words to be quoted may show who somebody is: simple patterns, which find some of it and never all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What something looks like."""

    EMAIL = "email"
    POSTCODE = "postcode"
    PHONE = "phone"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True)
class Hint:
    """Words to look at again, and why."""

    words: str
    sign: Sign


_PATTERNS = (
    (Sign.EMAIL, re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    (Sign.POSTCODE, re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)),
    (Sign.PHONE, re.compile(r"(?<!\w)\+?[0-9(][0-9 ()-]{7,}[0-9]")),
    (Sign.NUMBER, re.compile(r"[£$€]?\d[\d.,/:-]*")),
    # A capital letter inside a sentence; the first word of one, and "I" with what hangs on it, begin with one anyway.
    (Sign.NAME, re.compile(r"(?<![.!?:]\s)(?<=\s)(?!I\b)[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)*")),
    (Sign.NAME, re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[^\W\d_]+")),
)


def find_hints(words: str) -> tuple[Hint, ...]:
    """Everything that looks like something, each once, in the order of the words."""
    found: list[tuple[int, Hint]] = []
    taken: list[tuple[int, int]] = []
    for sign, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            start, end = match.span()
            text = match.group().strip()
            if not text or any(start < other_end and other < end for other, other_end in taken):
                continue
            if sign is Sign.NAME and not any(letter.isupper() for letter in text):
                continue
            taken.append((start, end))
            found.append((start, Hint(text, sign)))
    return tuple(dict.fromkeys(hint for _, hint in sorted(found, key=lambda each: each[0])))
