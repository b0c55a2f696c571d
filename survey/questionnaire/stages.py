"""How far a translated string is, and how a .po file says so."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

MACHINE_DRAFT = "machine-draft"
"""The flag of a string that no person has checked yet: served, with a notice."""


class Stage(StrEnum):
    """How far one string is in one language, in the order of TRAPD (translation, review, adjudication, pretest)."""

    MISSING = "missing"
    STALE = "stale"
    """The source has changed since: kept with the words it was made for, never served."""
    MACHINE = "machine"
    """Made by a machine, and read by nobody."""
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    ADJUDICATED = "adjudicated"
    PRETESTED = "pretested"

    @property
    def counts(self) -> bool:
        """Whether a wave may offer it without giving a reason."""
        return self in {Stage.ADJUDICATED, Stage.PRETESTED}


FLAGS = {
    Stage.MACHINE: MACHINE_DRAFT,
    Stage.REVIEWED: "reviewed",
    Stage.ADJUDICATED: "adjudicated",
    Stage.PRETESTED: "pretested",
}
"""What a .po file has for a stage beside `fuzzy`; a string that is there without one was drafted by a person."""


def stage_of(flags: Collection[str], *, is_whole: bool) -> Stage:
    """The stage that the flags of a .po file tell. Where there are several, the earliest: better too low than too high.

    `is_whole`: whether every form of the translation is there.
    """
    if not is_whole:
        return Stage.MISSING
    if "fuzzy" in flags:
        return Stage.STALE
    return next((stage for stage, flag in FLAGS.items() if flag in flags), Stage.DRAFTED)
