"""What can be suggested about a draft: words, answers, questions and their order, as values that are kept as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from survey.coproduction.people import Hat, Way
from survey.questionnaire.condition_model import Frozen
from survey.questionnaire.model import Item


class Reword(Frozen):
    """Other words at a place that has words, or may have (a hint). '' takes away what may be missing.

    `field` is `text`, `hint`, `option.<code>.text`, `row.<code>.text`, `easyread.text` or `easyread.hint`; `variant`
    is who answers (`self`, `supported`, `proxy`, `child`), or '' where there is one wording for all.
    """

    do: Literal["reword"] = "reword"
    item: str
    field: str
    variant: str = ""
    words: str


class AddOption(Frozen):
    """One more answer, before the answer `before` ('' puts it at the end)."""

    do: Literal["add_option"] = "add_option"
    item: str
    code: str
    words: str
    before: str = ""


class DropOption(Frozen):
    """An answer that is no longer offered."""

    do: Literal["drop_option"] = "drop_option"
    item: str
    code: str


class OrderOptions(Frozen):
    """The answers in another order; every code once."""

    do: Literal["order_options"] = "order_options"
    item: str
    codes: tuple[str, ...]


class AddQuestion(Frozen):
    """A new question on a page of its own after the question `after` ('' puts it first)."""

    do: Literal["add_question"] = "add_question"
    question: Item
    after: str


class DropQuestion(Frozen):
    """A question that is no longer asked."""

    do: Literal["drop_question"] = "drop_question"
    item: str


class MoveQuestion(Frozen):
    """A question, with its page, at another place: after the question `after` ('' puts it first)."""

    do: Literal["move_question"] = "move_question"
    item: str
    after: str


Change = Annotated[
    Reword | AddOption | DropOption | OrderOptions | AddQuestion | DropQuestion | MoveQuestion,
    Field(discriminator="do"),
]
CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


class Fate(StrEnum):
    """What became of a suggestion."""

    SUGGESTED = "suggested"
    WITHDRAWN = "withdrawn"
    IN_VOTE = "in_vote"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    NO_DECISION = "no_decision"
    OVERTAKEN = "overtaken"
    """Agreed, but another one that was agreed too is about the same words and has more votes."""


@dataclass(frozen=True)
class Suggestion:
    """One change that a member wants, why, and how far it is."""

    id: int
    round: int
    change: Change
    why: str
    author: int
    comment: int | None
    """The comment it answers, where it answers one."""
    hat: Hat
    way: Way
    suggested_at: datetime
    confirmed_at: datetime | None
    fate: Fate
