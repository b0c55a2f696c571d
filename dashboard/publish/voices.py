"""People's own words on their way out: shares of themes, how far two readers agree, approved quotes.

Only of England, and only once a wave is closed. Figures are made again when at least ten more people are behind them:
of two sets of figures with fewer people between them, the difference would be about those few. Until then they stay,
and quotes can only go.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from dashboard.analysis.agreement import measure_agreement
from dashboard.analysis.rounding import (
    COARSENESS,
    SMALLEST_BASE,
    band_limit,
    nearest_five,
    rounded_share,
    whole_per_cent,
)
from dashboard.publish.folder import only_publisher
from dashboard.release import release_folders
from dashboard.voices import FILE, Agreement, Theme, Voice, Voices, VoicesError, dump_voices, parse_voices

MORE_PEOPLE = 10
"""So many more must be behind figures before they are made again."""
HIDDEN = 7
"""A theme of 1 to so many people is not told from one of nobody."""
QUOTED_FROM = 10
"""Nobody is quoted on a theme that fewer people speak of."""
SMALLEST_TWICE = 20
"""Answers read twice from which agreement is published."""

Reading = Mapping[str, list[str]]
"""Themes found `first`, by a reader alone, and `now`, once both had seen where they differ."""


class Why(StrEnum):
    """Why nothing leaves."""

    OPEN = "open"
    NO_RELEASE = "no_release"
    TOO_FEW = "too_few"
    TOO_EARLY = "too_early"
    UNREADABLE = "unreadable"


class NothingLeaves(Exception):
    """What is published stays as it is; `why` says the reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True)
class Leaving:
    """What is published, or would be: `renewed` are the questions whose figures are new."""

    voices: Voices
    renewed: frozenset[str]
    quotes_gone: int


def prepare_voices(coding: Path, releases: Path, *, today: date) -> Leaving:
    """What publishing would leave behind, without doing it. Raises NothingLeaves, OSError."""
    coded = json.loads(coding.read_text(encoding="utf-8"))
    if coded["open"]:
        raise NothingLeaves(Why.OPEN)
    if not release_folders(releases, coded["wave"]):
        raise NothingLeaves(Why.NO_RELEASE)
    published = _read_published(releases / coded["wave"] / FILE)
    before = {voice.item: voice for voice in published.voices} if published else {}
    voices: list[Voice] = []
    renewed: set[str] = set()
    for question in coded["questions"]:
        old = before.pop(question["item"], None)
        if old is not None and len(question["readings"]) < _enough(old):
            voices.append(_with_quotes_left(old, question))
        elif question["themes"] and len(question["readings"]) >= SMALLEST_BASE:
            voices.append(make_voice(question))
            renewed.add(question["item"])
    gone = len(_quotes_in(published.voices if published else ()) - _quotes_in(voices))
    if not renewed and not gone:
        raise NothingLeaves(Why.TOO_EARLY if published else Why.TOO_FEW)
    made_on = today if renewed or published is None else published.made_on
    return Leaving(Voices(made_on, tuple(voices)), frozenset(renewed), gone)


def publish_voices(coding: Path, releases: Path, *, today: date) -> Leaving:
    """Put what people said in their own words beside the releases of their wave. Raises NothingLeaves, OSError."""
    with only_publisher(releases):
        leaving = prepare_voices(coding, releases, today=today)
        wave = json.loads(coding.read_text(encoding="utf-8"))["wave"]
        _write(releases / wave / FILE, leaving.voices)
    return leaving


def let_out(coding: Path, releases: Path, *, step: str, today: date) -> dict[str, Any]:
    """`look`, `publish` or `take_back`, for those who know nothing of our classes: plain values, or why not.

    Raises OSError.
    """
    if step == "take_back":
        take_back_quotes(coding, releases)
        return {}
    try:
        leaving = {"look": prepare_voices, "publish": publish_voices}[step](coding, releases, today=today)
    except NothingLeaves as error:
        return {"why": error.why.value}
    return {"voices": asdict(leaving.voices)["voices"], "renewed": sorted(leaving.renewed)}


def take_back_quotes(coding: Path, releases: Path) -> None:
    """Take those quotes that are approved no more out of what is published; every figure stays. Raises OSError.

    Where what is published cannot be read it goes altogether, as nobody can tell what is in it.
    """
    coded = json.loads(coding.read_text(encoding="utf-8"))
    file = releases / coded["wave"] / FILE
    if not file.exists():
        return
    with only_publisher(releases):
        try:
            published = parse_voices(file.read_text(encoding="utf-8"))
        except (VoicesError, ValueError):
            file.unlink()
            return
        questions = {question["item"]: question for question in coded["questions"]}
        left = tuple(_with_quotes_left(voice, questions.get(voice.item, _NO_QUOTES)) for voice in published.voices)
        if left != published.voices:
            _write(file, replace(published, voices=left))


def make_voice(question: Mapping[str, Any]) -> Voice:
    """The figures of a question whose answers ten people or more have given and somebody has read."""
    readings: list[Sequence[Reading]] = question["readings"]
    people = len(readings)
    themes = []
    for theme in question["themes"]:
        count = sum(all(theme["code"] in reading["now"] for reading in answer) for answer in readings)
        share, band = share_of_theme(count, people)
        quotes = _quotes_of(question, theme["code"]) if count >= QUOTED_FROM else ()
        themes.append(Theme(theme["code"], theme["label"], theme["meaning"], share, band, quotes))
    codes = [theme["code"] for theme in question["themes"]]
    return Voice(question["item"], question["text"], nearest_five(people), tuple(themes), _agreement(readings, codes))


def share_of_theme(count: int, people: int) -> tuple[int, str]:
    """Per cent with '', or the bound of a band with `under` or `over`.

    Up to HIDDEN people fall into one band with nobody; its bound depends on the rounded base alone. Of about 40 people
    (38 to 42) 7 are at most 18.4%, so it is under 20%; 8 of 40 are 20%, and 39 of 40 over 95%.
    """
    exact, base = 100 * count / people, nearest_five(people)
    limit = hidden_limit(base)
    if count <= HIDDEN or exact < limit:
        return limit, "under"
    if exact > 100 - band_limit(base):
        return 100 - band_limit(base), "over"
    return rounded_share(count / people, people), ""


def hidden_limit(base: int) -> int:
    """The least multiple of 5 per cent that HIDDEN people of any number that is rounded to `base` stay under."""
    fewest = max(SMALLEST_BASE, base - COARSENESS // 2)
    return max(band_limit(base), COARSENESS * (100 * HIDDEN // (COARSENESS * fewest) + 1))


def _agreement(readings: Sequence[Sequence[Reading]], codes: Sequence[str]) -> Agreement | None:
    """Of what both found before they saw each other's: a decision is whether a theme is in an answer."""
    twice = [answer for answer in readings if len(answer) == 2]
    if len(twice) < SMALLEST_TWICE:
        return None
    table = [[0, 0], [0, 0]]
    for one, other in twice:
        for code in codes:
            table[code in one["first"]][code in other["first"]] += 1
    found = measure_agreement(table)
    low, high = found.limits or (None, None)
    return Agreement(
        read_twice=nearest_five(len(twice)),
        agreed=whole_per_cent(found.agreed),
        kappa=None if found.kappa is None else round(found.kappa, 2),
        kappa_low=None if low is None else round(low, 2),
        kappa_high=None if high is None else round(high, 2),
    )


_NO_QUOTES: Mapping[str, Any] = {"quotes": []}


def _quotes_of(question: Mapping[str, Any], theme: str) -> tuple[str, ...]:
    """In an order that comes from the words alone."""
    words = {quote["words"] for quote in question["quotes"] if quote["theme"] == theme}
    return tuple(sorted(words, key=lambda each: sha256(each.encode()).digest()))


def _with_quotes_left(voice: Voice, question: Mapping[str, Any]) -> Voice:
    """The same figures, with those quotes that are still approved."""
    themes = []
    for theme in voice.themes:
        approved = _quotes_of(question, theme.code)
        themes.append(replace(theme, quotes=tuple(words for words in theme.quotes if words in approved)))
    return replace(voice, themes=tuple(themes))


def _enough(published: Voice) -> int:
    """So many people make sure that ten are new, whatever the published base was rounded from."""
    most = COARSENESS // 2 + (published.base if published.base is not None else SMALLEST_BASE - 3)
    return most + MORE_PEOPLE


def _quotes_in(voices: Iterable[Voice]) -> set[tuple[str, str]]:
    return {(voice.item, words) for voice in voices for theme in voice.themes for words in theme.quotes}


def _read_published(file: Path) -> Voices | None:
    if not file.exists():
        return None
    try:
        return parse_voices(file.read_text(encoding="utf-8"))
    except (VoicesError, ValueError) as error:
        raise NothingLeaves(Why.UNREADABLE) from error


def _write(file: Path, voices: Voices) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{FILE}-{secrets.token_hex(4)}")
    try:
        with beside.open("w", encoding="utf-8") as target:
            target.write(dump_voices(voices))
            target.flush()
            os.fsync(target.fileno())
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
