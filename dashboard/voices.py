"""What people wrote in their own words, as far as it may leave: counts of themes and approved quotes.

The file `voices.json` beside the releases of a wave. Nothing else of what people wrote is read by the dashboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import ConfigDict, TypeAdapter, ValidationError

from dashboard.analysis.agreement import Strength

FILE = "voices.json"


@dataclass(frozen=True)
class Theme:
    """How many of those who wrote something spoke of a theme."""

    code: str
    label: str
    meaning: str
    share: int
    """Per cent of the base, as coarse as a share of so few people must be; the bound where `band` is set."""
    band: str
    """'' | under | over."""
    quotes: tuple[str, ...]
    """Approved by two people, redacted; in no order that says anything."""


@dataclass(frozen=True)
class Agreement:
    """How far two readers of the same answers agree."""

    read_twice: int
    """Answers, to the nearest 5."""
    agreed: int
    """Per cent of all decisions (answer and theme) that were the same, to the nearest 5."""
    kappa: Strength
    """What Cohen's kappa over all themes is called, worked out from `agreed` and the published shares."""


@dataclass(frozen=True)
class Voice:
    """One open question."""

    item: str
    text: str
    """What it asks."""
    base: int
    """People who wrote something that two others have read, to the nearest 5."""
    themes: tuple[Theme, ...]
    agreement: Agreement | None
    """None where too few answers have been read, or the share of a theme is only a bound."""


@dataclass(frozen=True)
class Voices:
    """`voices.json`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    made_on: date
    voices: tuple[Voice, ...]


_ADAPTER = TypeAdapter(Voices)


class VoicesError(Exception):
    """A text is not that of what people said in their own words."""


def parse_voices(text: str) -> Voices:
    """The themes and quotes from the text of the file. Raises VoicesError."""
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        raise VoicesError(f"{error.error_count()} mistakes, the first: {error.errors()[0]['msg']}") from error


def dump_voices(voices: Voices) -> str:
    """The text of the file."""
    return _ADAPTER.dump_json(voices, indent=1).decode()
