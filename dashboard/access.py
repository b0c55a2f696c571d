"""Who may see which release: releases stand at stages, and a reader may see some of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from dashboard.release import Facts, is_public

TRIAL = "trial"
"""The wave that is there for trying things out: never the one to begin with, and compared with none."""


class Stage(StrEnum):
    """How far a release has come on its way to everyone. Each is a right of its own: none includes another."""

    TRIAL = "trial"
    """Of the wave that is for trying things out."""
    COUNTS = "counts"
    """Fieldwork counts of a wave that is open."""
    PROVISIONAL = "provisional"
    """Results that no analyst has signed."""
    SIGNED = "signed"
    """Signed, and the day from which it is public has not come."""
    PUBLIC = "public"


Stages = Collection[Stage]
EVERY_STAGE: frozenset[Stage] = frozenset(Stage)
FOR_EVERYONE: frozenset[Stage] = frozenset({Stage.PUBLIC})


def stage_of(facts: Facts, today: date) -> Stage:
    """The stage of a release on a day."""
    if facts.wave == TRIAL:
        return Stage.TRIAL
    if not facts.has_estimates:
        return Stage.COUNTS
    if is_public(facts, today):
        return Stage.PUBLIC
    return Stage.PROVISIONAL if facts.signed_by is None else Stage.SIGNED
