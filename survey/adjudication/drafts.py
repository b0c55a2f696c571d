"""What translators do with one string, in order: two drafts, a review, an adjudication, a pretest (TRAPD)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey.questionnaire.stages import Stage

DRAFTS_WANTED = 2


@dataclass(frozen=True)
class Key:
    """One string to translate, in one language."""

    locale: str
    catalogue: str
    context: str
    """'' for a string of the interface, which is known by its words."""
    source: str
    """Of a string with a wording by number the first form."""


class Step(StrEnum):
    """What somebody did with a string."""

    DRAFT = "draft"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    PRETEST = "pretest"


class Origin(StrEnum):
    """Where the words come from."""

    OWN = "own"
    MACHINE = "machine"
    """A machine's, taken over as they were."""
    MEMORY = "memory"
    """Of a string like it."""


_AFTER = {
    Step.DRAFT: Stage.DRAFTED,
    Step.REVIEW: Stage.REVIEWED,
    Step.ADJUDICATE: Stage.ADJUDICATED,
    Step.PRETEST: Stage.PRETESTED,
}


@dataclass(frozen=True)
class Entry:
    """One step that somebody did, with the words as they were then."""

    step: Step
    forms: tuple[str, ...]
    origin: Origin
    account: int
    note: str
    made_at: datetime
    source: str
    """The words that it is a translation of: those of a context can have changed since."""
    plural: str = ""


def current_turn(history: Sequence[Entry], source: str) -> tuple[Entry, ...]:
    """What was done with this wording since it was last decided: a draft after that begins another turn.

    A wording that was decided and that nobody has drafted anew is in the turn in which it was decided.
    """
    turn: list[Entry] = []
    for entry in history:
        if entry.source != source:
            continue
        if entry.step is Step.DRAFT and any(_decides(earlier) for earlier in turn):
            turn = []
        turn.append(entry)
    return tuple(turn)


def drafts_of(turn: Sequence[Entry]) -> dict[int, Entry]:
    """The latest draft of each person who wrote one."""
    return {entry.account: entry for entry in turn if entry.step is Step.DRAFT}


def decided_entry(history: Sequence[Entry], source: str) -> Entry | None:
    """The adjudication whose words are served; None where nothing was decided about this wording."""
    return next((entry for entry in reversed(history) if entry.source == source and _decides(entry)), None)


def decided_stage(history: Sequence[Entry], source: str) -> Stage | None:
    """How far the words are that are served: adjudicated, or pretested since; None where nothing was decided."""
    steps = [
        entry.step for entry in history if entry.source == source and entry.step in (Step.ADJUDICATE, Step.PRETEST)
    ]
    return _AFTER[steps[-1]] if steps else None


def stage_after(history: Sequence[Entry], source: str) -> Stage:
    """How far a string is by what was done in the store: of its present wording, in its present turn.

    A context whose words were others is stale until somebody drafts the new ones.
    """
    turn = current_turn(history, source)
    if turn:
        return _AFTER[turn[-1].step]
    return Stage.STALE if history else Stage.MISSING


def _decides(entry: Entry) -> bool:
    return entry.step is Step.ADJUDICATE
