"""The steps of a release as commands ask for them: signed by whom, public when, estimates made again and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Steps:
    """What a release is to be besides the next one; without anything it is as the last one was."""

    signed_by: str | None = None
    note: str = ""
    """Of whoever signs, for readers."""
    public_on: date | None = None
    again_by: str | None = None
    """Who makes estimates again."""
    because: str = ""
    weighted: bool = True


NO_STEPS = Steps()
