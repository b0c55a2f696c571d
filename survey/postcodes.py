"""Postcodes as people type them, and what is kept of one: the NHS area of each list, and a fifth of deprivation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_BEGINNING = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?([0-9][A-Z]?)?")
_SLIPS = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Letters typed for the digit that begins the second half."""

# Postcode areas that lie wholly outside England. Those that cross the border (SY, CH, TD and others) are not here.
_ELSEWHERE = frozenset(
    "AB BT CF DD EH FK G GY HS IM IV JE KA KW KY ML PA PH SA ZE".split()  # noqa: SIM905 - twenty strings in quotes say less
)


class PostcodeProblem(StrEnum):
    """Why a postcode leads to no area."""

    NOT_A_POSTCODE = "not_a_postcode"
    HALF = "half"
    UNKNOWN = "unknown"
    OUTSIDE_ENGLAND = "outside_england"


class PostcodeError(Exception):
    """A postcode leads to no area. It carries no part of the postcode, so that no log can."""

    def __init__(self, kind: PostcodeProblem) -> None:
        self.kind = kind
        super().__init__(str(kind))


@dataclass(frozen=True)
class PostcodePlace:
    """What is kept of a postcode: codes of boards by vintage (none outside England), and a fifth from 1, the most
    deprived, to 5."""

    areas: Mapping[str, str]
    fifth: int | None


def read_postcode(typed: str) -> str:
    """The postcode in capitals without a space, "LS14AP". Raises PostcodeError (NOT_A_POSTCODE, HALF).

    Spaces, hyphens and full stops do not matter, nor does a letter for the digit it looks like before the last two
    letters: "ls1 oap" is LS1 0AP.
    """
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper())
    mended = letters[:-3] + letters[-3:-2].translate(_SLIPS) + letters[-2:]
    if _WHOLE.fullmatch(mended):
        return mended
    half = _BEGINNING.fullmatch(letters) is not None
    raise PostcodeError(PostcodeProblem.HALF if half else PostcodeProblem.NOT_A_POSTCODE)


def is_elsewhere(postcode: str) -> bool:
    """Whether a postcode lies outside England for certain, whatever lists hold."""
    return re.sub(r"[0-9].*", "", postcode) in _ELSEWHERE
