"""The questionnaire format: frozen models that a JSON file is read into. Its items and texts are at home next door."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from survey.questionnaire.condition_model import Condition, Frozen
from survey.questionnaire.format_model import EasyRead, EasyReadLabel, Format, Formats, Recording, SignedFilm
from survey.questionnaire.item_model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    DatePart,
    Equivalence,
    GridItem,
    GridRow,
    Item,
    ItemBase,
    LongTextItem,
    Measure,
    Missing,
    NumberItem,
    Option,
    OptionGroup,
    RankItem,
    Role,
    ScaleItem,
    ScaleLabel,
    ShortTextItem,
    SoftCheck,
    StatementItem,
    answered_parts,
    options_of,
    row_items,
    row_key,
)
from survey.questionnaire.text_model import Answering, Code, ItemId, Plural, Text, Variants

__all__ = [
    "Accepted",
    "Answering",
    "AreaItem",
    "ChoiceItem",
    "ChoicesItem",
    "Code",
    "Contact",
    "DateItem",
    "DatePart",
    "EasyRead",
    "EasyReadLabel",
    "End",
    "EndKind",
    "Equivalence",
    "Format",
    "Formats",
    "GridItem",
    "GridRow",
    "Item",
    "ItemBase",
    "ItemId",
    "LongTextItem",
    "Measure",
    "Missing",
    "NumberItem",
    "Option",
    "OptionGroup",
    "Page",
    "PageId",
    "Plural",
    "Questionnaire",
    "RankItem",
    "Recording",
    "Repeat",
    "Role",
    "ScaleItem",
    "ScaleLabel",
    "Section",
    "ShortTextItem",
    "SignedFilm",
    "SoftCheck",
    "StatementItem",
    "Status",
    "Term",
    "Text",
    "Variants",
    "answered_parts",
    "options_of",
    "row_items",
    "row_key",
]

PageId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]


class EndKind(StrEnum):
    """How a page can end the journey."""

    REFUSED = "refused"
    """The person does not want to take part: nothing is stored."""
    OFFER = "offer"
    """The page offers to send now instead of going on."""


class End(Frozen):
    """A way out of the journey at a page; `refused` needs the condition under which it is one."""

    kind: EndKind
    when: Condition | None = None


class Page(Frozen):
    """What is shown at once: usually one item."""

    id: PageId
    show_if: Condition | None = None
    intro: Text | None = None
    easyread: EasyReadLabel | None = None
    """What stands above the question in Easy Read."""
    items: tuple[Item, ...] = Field(min_length=1)
    end: End | None = None


class Repeat(Frozen):
    """Asks a section's pages again: for each one picked of a `choices` item, or as often as a number item says.

    Nothing outside the section may refer into it. `at_most` keeps a slip of the finger from making 500 pages.
    """

    source: ItemId = Field(alias="from")
    at_most: int = Field(ge=1, le=50)


class Section(Frozen):
    """Pages about one subject, under one title."""

    id: PageId
    title: Text
    show_if: Condition | None = None
    repeat: Repeat | None = None
    pages: tuple[Page, ...] = Field(min_length=1)


class Term(Frozen):
    """An acronym or a word of the trade that the questions use, and what it means."""

    code: Code
    term: str
    meaning: str


class Accepted(Frozen):
    """A finding of the check that stays, and the reason that was given for it.

    `at` is the start of the place as the check names it (`item.control.text`); left out, the whole questionnaire.
    """

    rule: str
    at: str | None = None
    reason: str


class Contact(Frozen):
    """Whom a respondent can ask."""

    name: str
    email: str
    phone: str


class Status(StrEnum):
    """How far the group has come with a questionnaire."""

    DRAFT = "draft"
    AGREED = "agreed"


class Questionnaire(Frozen):
    """A whole questionnaire, as one JSON file."""

    id: PageId
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,31}$")]
    status: Status
    language: str
    title: str
    purpose: str
    easyread: EasyReadLabel | None = None
    """What the survey is for, in Easy Read."""
    minutes: int = Field(ge=1, le=120)
    core_minutes: int | None = Field(default=None, ge=1, le=120)
    contact: Contact
    sections: tuple[Section, ...] = Field(min_length=1)
    glossary: tuple[Term, ...] = ()
    accepted: tuple[Accepted, ...] = ()
