"""What people say about a draft: comments of a kind, at a place; stories, which nobody votes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from survey.coproduction.people import Hat, Way


class Kind(StrEnum):
    """What a comment is about, by the ways in which questions go wrong."""

    READING = "reading"
    """Hard to read, or to read out."""
    INSTRUCTIONS = "instructions"
    CLARITY = "clarity"
    ASSUMPTIONS = "assumptions"
    """It takes something for granted that is not so for everyone."""
    MEMORY = "memory"
    SENSITIVITY = "sensitivity"
    ANSWER_OPTIONS = "answer_options"
    OTHER = "other"


WHOLE = ""
"""As the item of a place: the questionnaire as a whole."""


@dataclass(frozen=True)
class Place:
    """What a comment or a suggestion hangs on; the version is that of the round.

    `field` is `text`, `hint`, `option.<code>`, `row.<code>`, `order` (of the answers, or of the questions where `item`
    is WHOLE), `formats`, or `all`.
    """

    item: str
    field: str = "all"


@dataclass(frozen=True)
class Comment:
    """Something a member said. `author` is an account; others see only what that member lets them."""

    id: int
    round: int
    place: Place
    kind: Kind
    words: str
    author: int
    hat: Hat
    way: Way
    said_at: datetime
    confirmed_at: datetime | None
    """When the member confirmed what somebody else wrote down for them; until then it counts for nothing."""
    hidden_because: str = ""
    """Why a facilitator hid it; '' while everybody sees it. Nothing is deleted."""

    @property
    def counts(self) -> bool:
        """Whether it was said by the member, or written down and confirmed."""
        return self.confirmed_at is not None


class Became(StrEnum):
    """What became of a comment."""

    CHANGED = "changed"
    CANNOT = "cannot"
    DISCUSS = "discuss"
    """It needs discussion: somebody owns it until a day."""


@dataclass(frozen=True)
class Outcome:
    """What became of a comment, said to its author; a later one (`seq`) takes the place of an earlier."""

    comment: int
    seq: int
    became: Became
    words: str
    """What was changed, why it cannot be, or what will be talked about."""
    power: str
    """Who had the power to decide: the group, an office, a law."""
    suggestion: int | None
    """The suggestion that made the change, whose difference is shown."""
    owner: str
    due_on: date | None
    decided_at: datetime


@dataclass(frozen=True)
class Story:
    """Something that happened to a member, told in a space without votes or outcomes."""

    id: int
    round: int
    author: int
    words: str
    told_at: datetime
    way: Way
    confirmed_at: datetime | None
    hidden_because: str = ""
