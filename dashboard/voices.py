"""What people wrote in their own words, as far as it may leave: counts of themes and approved quotes.

The file `voices.json` beside the releases of a wave. Nothing else of what people wrote is read by the dashboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import ConfigDict, TypeAdapter, ValidationError

FILE = "voices.json"


@dataclass(frozen=True)
class Theme:
    """How many of those who wrote something spoke of a theme."""

    code: str
    label: str
    meaning: str
    share: int | None
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
    """Per cent of all decisions (answer and theme) that were the same."""
    kappa: float | None
    """Cohen's kappa over all themes, to 0.01; None where it is not defined."""
    kappa_low: float | None
    kappa_high: float | None


@dataclass(frozen=True)
class Voice:
    """One open question."""

    item: str
    text: str
    """What it asks."""
    base: int | None
    """People who wrote something that was read, to the nearest 5; None where there are fewer than ten."""
    themes: tuple[Theme, ...]
    agreement: Agreement | None


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
