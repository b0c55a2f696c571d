"""Ids and codes of what is suggested anew: made from its words by a rule, and never one that is taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 32
MOST_WORDS = 4


def name_from(words: str, taken: Collection[str], otherwise: str) -> str:
    """A name from the first words, in the letters that names have; `otherwise` where the words have none of them.

    >>> name_from("How much help did you get?", {"how_much_help_did"}, "question")
    'how_much_help_did_2'
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:MOST_WORDS]
    stem = re.sub(r"^[0-9_]+", "", "_".join(parts))[: LONGEST - 3].rstrip("_") or otherwise
    number = 1
    name = stem
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
