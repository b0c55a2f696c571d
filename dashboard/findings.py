"""The findings of a wave and what is promised about them: the file `findings.json` beside its releases.

It is written by those who keep the store, anew after each change, and it is no part of any release: a finding may be
given an owner, a promise, a day and a state long after the figures were signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import ConfigDict, TypeAdapter, ValidationError

FILE = "findings.json"


class State(StrEnum):
    """How far a finding has come."""

    OPEN = "open"
    """Found, and nobody has promised anything yet."""
    PROMISED = "promised"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANNOT = "cannot"
    """It cannot be done; `outcome` says why."""


@dataclass(frozen=True)
class Finding:
    """Something the results say, who does what about it, and until when."""

    id: int
    item: str
    """The question it is about; '' for none."""
    area: str
    """The code of a region or area; '' for England."""
    found: str
    """What was found, in plain words."""
    owner: str
    """Who promises: an office, not a person; '' while nobody does."""
    promise: str
    due_on: date | None
    state: State
    outcome: str
    """What was done, or why it cannot be; '' until then."""
    public: bool
    """Whether everyone may read it once the results are public."""
    added_on: date
    changed_on: date
    first_due_on: date | None = None
    """The day that was promised first: moving it does not make a promise less late."""

    @property
    def moved_from(self) -> date | None:
        """The day that was promised first, where a later one has taken its place."""
        first, now = self.first_due_on, self.due_on
        return first if first is not None and now is not None and first < now else None

    def is_late(self, today: date) -> bool:
        """Whether the promised day has passed and it is not done."""
        return self.state in (State.PROMISED, State.UNDER_WAY) and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Findings:
    """`findings.json`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    as_of: date
    findings: tuple[Finding, ...]


_ADAPTER = TypeAdapter(Findings)


class FindingsError(Exception):
    """A text is not that of a list of findings."""


def parse_findings(text: str) -> Findings:
    """The findings from the text of the file. Raises FindingsError."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise FindingsError(f"{error.error_count()} mistakes, the first: {error.errors()[0]['msg']}") from error


def dump_findings(findings: Findings) -> str:
    """The text of the file."""
    return _ADAPTER.dump_json(findings, indent=1).decode()
