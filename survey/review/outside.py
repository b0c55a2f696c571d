"""What the group reads beside a draft and the survey itself does not know: results, and who is missing in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from markupsafe import Markup


@dataclass(frozen=True)
class Found:
    """What a question found in a wave, of what this reader may see: one sentence, and one small chart as SVG."""

    wave: str
    as_of: str
    """The day of the release, in words."""
    sentence: Markup
    """In the language of the request; that too few answered to show anything is said here, too."""
    chart: Markup
    """Its text alternative is the sentence, by the id `found-<wave>`."""
    is_provisional: bool = False
    """No analyst has signed it."""


@dataclass(frozen=True)
class Missing:
    """One group of people beside its share: of those who answered, and of those who should be heard, in per cent."""

    dimension: str
    category: str
    label: str
    ours: int | None
    theirs: int | None
    sentence: str
    """English, as the dashboard says it."""
    released_on: date | None = None


def _nothing_found(questionnaire: str, item: str) -> Sequence[Found]:
    return ()


def _nobody_missing() -> Sequence[Missing]:
    return ()


@dataclass(frozen=True)
class Outside:
    """Where the group's pages ask for what lies in releases."""

    found: Callable[[str, str], Sequence[Found]] = _nothing_found
    """By questionnaire and item, the newest wave first; empty where nothing can be shown."""
    missing: Callable[[], Sequence[Missing]] = _nobody_missing
    """In the newest release that the group may see, those most missing first; empty where there is none."""


_NAME = "phb-review-outside"


def keep_outside(app: Flask, outside: Outside) -> None:
    """Put it where `current_outside` finds it."""
    app.extensions[_NAME] = outside


def current_outside() -> Outside:
    """What the application of this request was given."""
    found: Outside = current_app.extensions[_NAME]
    return found
