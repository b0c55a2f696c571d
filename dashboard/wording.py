"""The questions of a wave in other languages and in Easy Read: the file `wording.json` beside its releases.

It is no part of a release, which speaks English: a translation may be mended after the figures were signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ConfigDict, TypeAdapter, ValidationError

FILE = "wording.json"


@dataclass(frozen=True)
class ItemWording:
    """A question in another language; what has no translation is not there, and stays English."""

    text: str = ""
    section: str = ""
    measure: str = ""
    options: Mapping[str, str] | None = None
    """By code."""


@dataclass(frozen=True)
class Wording:
    """All questions in one language."""

    machine_draft: bool
    """Whether some of it was translated by a machine and checked by nobody yet."""
    items: Mapping[str, ItemWording]


@dataclass(frozen=True)
class Wordings:
    """`wording.json`: by locale, `en_GB@easyread` among them."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    locales: Mapping[str, Wording]


_ADAPTER = TypeAdapter(Wordings)


class WordingError(Exception):
    """A text is not that of the wording of questions."""


def parse_wordings(text: str) -> Wordings:
    """The wording from the text of the file. Raises WordingError."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise WordingError(f"{error.error_count()} mistakes, the first: {error.errors()[0]['msg']}") from error
