"""Who may see which release: releases stand at stages, and a reader may see some of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dashboard.release import Facts, is_public

ENGLAND = ZoneInfo("Europe/London")
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


def stood_before(facts: Facts, successor: Facts) -> bool:
    """Whether a release was public already when the next one appeared, so that it stays until that one is public.

    One that was put right, or put off, before its day never becomes public on it.
    """
    appeared = datetime.fromisoformat(successor.released_at).astimezone(ENGLAND).date()
    return facts.public_on is not None and date.fromisoformat(facts.public_on) <= appeared
