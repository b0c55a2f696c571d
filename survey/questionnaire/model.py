"""The questionnaire format: frozen models that a JSON file is read into."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from survey.questionnaire.condition_model import Condition, Frozen

ItemId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]
Role = Annotated[str, Field(pattern=r"^(consent|answering|area|dimension:[a-z][a-z0-9_]{0,31})$")]
PageId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]


class Answering(StrEnum):
    """Who gives the answers, which drives the wording."""

    SELF = "self"
    SUPPORTED = "supported"
    PROXY = "proxy"
    CHILD = "child"


class Missing(StrEnum):
    """Why an answer that was given is not a value."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"


# --- Text -----------------------------------------------------------------------


class Variants(Frozen):
    """Wording by who answers; a missing one falls back: supported to self, child to proxy to self."""

    self: str
    supported: str | None = None
    proxy: str | None = None
    child: str | None = None


def _text_kind(data: Any) -> str:
    return "variants" if isinstance(data, (dict, Variants)) else "plain"


Text = Annotated[
    Annotated[str, Tag("plain")] | Annotated[Variants, Tag("variants")],
    Discriminator(_text_kind),
]


# --- Items ----------------------------------------------------------------------


class Option(Frozen):
    """One answer a person can pick."""

    code: Code
    text: Text
    hint: Text | None = None
    missing: Missing | None = None
    exclusive: bool = False
    group: Code | None = None
    write_in: Text | None = None
    """Label of a text box that opens when the option is picked; its text is restricted, like all free text."""
    answering: Answering | None = None
    """On the item with role `answering`: which wording the option leads to."""


class OptionGroup(Frozen):
    """A heading over some options; results are rolled up to it."""

    code: Code
    text: Text


class Measure(Frozen):
    """The codes that count as good when an item is shown as one share."""

    good: tuple[str | int, ...] = Field(min_length=1)


class ItemBase(Frozen):
    """What every item has."""

    id: ItemId
    text: Text
    hint: Text | None = None
    role: Role | None = None
    sensitive: bool = False
    required: bool = False
    off: bool = False
    """Switched off by default; a wave may switch it on by name."""


class ChoiceItem(ItemBase):
    """Pick one."""

    type: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=2)
    groups: tuple[OptionGroup, ...] = ()
    measure: Measure | None = None


class ChoicesItem(ItemBase):
    """Pick any number; an `exclusive` option stands alone."""

    type: Literal["choices"]
    options: tuple[Option, ...] = Field(min_length=2)
    measure: Measure | None = None


class ScaleItem(ItemBase):
    """A whole number from `min` to `max` with both ends in words; `options` hold only missing codes."""

    type: Literal["scale"]
    min: int = 0
    max: int = 10
    min_text: Text
    max_text: Text
    options: tuple[Option, ...] = ()
    measure: Measure | None = None


class AreaItem(ItemBase):
    """An NHS area of the wave's list; `options` hold only missing codes."""

    type: Literal["area"]
    options: tuple[Option, ...] = ()


class ShortTextItem(ItemBase):
    """One line of free text."""

    type: Literal["short_text"]
    max_length: int = Field(default=200, ge=1, le=1000)


class LongTextItem(ItemBase):
    """Several lines of free text."""

    type: Literal["long_text"]
    max_length: int = Field(default=4000, ge=1, le=20000)


class StatementItem(ItemBase):
    """Words to read; nothing to answer."""

    type: Literal["statement"]


Item = Annotated[
    ChoiceItem | ChoicesItem | ScaleItem | AreaItem | ShortTextItem | LongTextItem | StatementItem,
    Discriminator("type"),
]


# --- The file -------------------------------------------------------------------


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
    items: tuple[Item, ...] = Field(min_length=1)
    end: End | None = None


class Section(Frozen):
    """Pages about one subject, under one title."""

    id: PageId
    title: Text
    show_if: Condition | None = None
    pages: tuple[Page, ...] = Field(min_length=1)


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
    minutes: int = Field(ge=1, le=120)
    core_minutes: int | None = Field(default=None, ge=1, le=120)
    contact: Contact
    sections: tuple[Section, ...] = Field(min_length=1)
