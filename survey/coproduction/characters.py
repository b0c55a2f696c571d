"""What nobody sees in a text: characters that hide, or that turn the direction in which lines are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode's categories of what nobody sees, or nobody has agreed how to draw."""
LINE_ENDS = frozenset("\n\r\t")
JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
"""What Urdu, Persian and Sinhala are written with."""
MARKS = JOINERS | frozenset("\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
"""These, and what mixed directions are written with. Marks that turn whole lines are not there."""


def is_unseen(sign: str) -> bool:
    """Whether a character is one that nobody sees, be it needed or not."""
    return unicodedata.category(sign) in _UNSEEN


def has_hidden_characters(text: str, needed: Collection[str] = MARKS | LINE_ENDS) -> bool:
    """Whether there is something in a text that nobody sees and that it does not need."""
    return any(sign not in needed and is_unseen(sign) for sign in set(text))
