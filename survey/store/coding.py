"""What keeps somebody from coding what people wrote, and the rule that two people are behind everything that leaves."""

from __future__ import annotations

from enum import StrEnum

from survey.coproduction.characters import MARKS, is_unseen

READERS = 2
"""So many people read an answer; a third one's reading would count for nothing, so it is refused."""
LONGEST_LABEL, LONGEST_MEANING, LONGEST_QUOTE = 60, 300, 500
"""Characters."""


class Refusal(StrEnum):
    """Why nothing was changed."""

    UNKNOWN_THEME = "unknown_theme"
    """No theme of this question, not agreed yet, or retired since."""
    SAME_LABEL = "same_label"
    NO_LABEL = "no_label"
    TOO_LONG = "too_long"
    OWN_THEME = "own_theme"
    ALREADY_DECIDED = "already_decided"
    READ_BY_TWO = "read_by_two"
    ANSWER_GONE = "answer_gone"
    """Erased, withdrawn, or other words now."""
    NO_WORDS = "no_words"
    NOT_FOUND_THERE = "not_found_there"
    """Whoever proposes a quote must have found its theme in the answer, and so must the other reader."""
    NOT_READ_BY_TWO = "not_read_by_two"
    """A proposed quote shows under which theme its reader has put the answer: to nobody who is still to read it."""
    ALREADY_QUOTED = "already_quoted"
    OWN_QUOTE = "own_quote"
    UNKNOWN_QUOTE = "unknown_quote"


class CodingError(Exception):
    """Nothing was changed; `kind` says why."""

    def __init__(self, kind: Refusal) -> None:
        super().__init__(str(kind))
        self.kind = kind


def plain_words(text: str) -> str:
    """Words as they are kept: one space between, no line ends, nothing invisible but what languages need."""
    words = " ".join("".join(" " if sign.isspace() else sign for sign in text if _is_written(sign)).split())
    return words if set(words) - MARKS - {" "} else ""


def checked_words(text: str, longest: int) -> str:
    """The same; CodingError where more is left than `longest`, or so much was sent that it is not worth looking."""
    words = plain_words(text) if len(text) <= 10 * longest else text
    if len(words) > longest:
        raise CodingError(Refusal.TOO_LONG)
    return words


def _is_written(sign: str) -> bool:
    return sign.isspace() or sign in MARKS or not is_unseen(sign)
