"""Acronyms in a text, and whether what they stand for is said on the same page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.wording.readability import words_of

_ACRONYM = re.compile(
    r"""\b(?:[A-Z]\.?){2,}s?\b  # ICB, I.C.B., ICBs
      | \b[A-Z](?:&[A-Z])+\b  # A&E
      | \b(?!Ma?c[A-Z][a-z])(?:[a-z]{1,2}|[A-Z][a-z]{1,2})[A-Z][A-Za-z]*\b  # DoLS, eHealth, but not McDonald
    """,
    re.VERBOSE,
)
_SMALL = frozenset({"a", "and", "for", "in", "of", "on", "the", "to"})
"""Words that an acronym may leave out."""


def find_acronyms(text: str) -> Iterator[str]:
    """The acronyms of a text in order, without full stops and without the s of several."""
    for match in _ACRONYM.finditer(text):
        found = match[0].replace(".", "")
        yield found[:-1] if found.endswith("s") and found[:-1].isupper() else found


def is_expanded(acronym: str, text: str) -> bool:
    """Whether a text has words with these initials; for only two letters they must stand beside it in brackets.

    `is_expanded("ICB", "your integrated care board (ICB)")`, because the words that begin with I, C and B are there.
    """
    letters = acronym.replace("&", "").lower()
    capitals = "".join(letter for letter in acronym if letter.isupper()).lower()
    if len(letters) == 2:
        sign = re.escape(acronym)
        beside = [
            *re.findall(rf"(?<![\w'’-])((?:[\w'’-]+ ){{2,5}})\({sign}s?\)", text),
            *re.findall(rf"\b{sign}s? \(([^()]+)\)", text),
        ]
        return any(_initials_match(letters, words_of(words)) for words in beside)
    words = words_of(text)
    return _initials_match(letters, words) or (len(capitals) > 1 and _initials_match(capitals, words))


def _initials_match(letters: str, words: list[str]) -> bool:
    initials = [(word[0].lower(), word.lower() in _SMALL) for word in words]
    return any(_match_from(letters, initials[start:]) for start, (_, small) in enumerate(initials) if not small)


def _match_from(letters: str, initials: list[tuple[str, bool]]) -> bool:
    left = letters
    for initial, small in initials:
        if initial == left[0]:
            left = left[1:]
        elif not small or left == letters:
            return False
        if not left:
            return True
    return False
