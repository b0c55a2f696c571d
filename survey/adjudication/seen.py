"""What people see of a text that staff wrote at the gate."""

from __future__ import annotations

import unicodedata

from survey.coproduction import characters

_BLANKS = frozenset(
    "\N{COMBINING GRAPHEME JOINER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}\N{KHMER VOWEL INHERENT AQ}\N{KHMER VOWEL INHERENT AA}\N{BRAILLE PATTERN BLANK}"
)
"""What Unicode counts among letters, marks and signs, and nobody sees."""
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""What asks for another look of the sign before it."""


def has_hidden_characters(text: str) -> bool:
    """Whether something in a line cannot be seen, or turns the direction of it; what some scripts need is no harm."""
    return any(sign in _BLANKS for sign in text) or characters.has_hidden_characters(text, characters.MARKS)


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in a text that people can see."""
    return any(sign.isalnum() and sign not in _BLANKS for sign in text)


def known_as(name: str) -> str:
    """A name without what two spellings of it can differ in: capitals, spaces, full stops, what nobody sees."""
    signs = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(
        sign for sign in signs if unicodedata.category(sign)[0] in "LMN" and sign not in _BLANKS | _SELECTORS
    )
