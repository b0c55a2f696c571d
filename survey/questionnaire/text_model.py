"""The format's text: one wording, wordings by who answers, or a wording by how many there are."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from survey.questionnaire.condition_model import Frozen

ItemId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=32)]


class Answering(StrEnum):
    """Who gives the answers, which drives the wording."""

    SELF = "self"
    SUPPORTED = "supported"
    PROXY = "proxy"
    CHILD = "child"


class Variants(Frozen):
    """Wording by who answers; a missing one falls back: supported to self, child to proxy to self."""

    self: str
    supported: str | None = None
    proxy: str | None = None
    child: str | None = None


class Plural(Frozen):
    """Wording by the answer to `count`, a number or `choices` item (how many were picked).

    `one` and `other` are the forms of English; a translation has as many as its language needs.
    """

    count: ItemId
    one: str
    other: str


def _text_kind(data: Any) -> str:
    if isinstance(data, Plural) or (isinstance(data, dict) and "count" in data):
        return "plural"
    return "variants" if isinstance(data, (dict, Variants)) else "plain"


Text = Annotated[
    Annotated[str, Tag("plain")] | Annotated[Variants, Tag("variants")] | Annotated[Plural, Tag("plural")],
    Discriminator(_text_kind),
]
