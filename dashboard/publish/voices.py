"""People's own words on their way out: shares of themes, how far two readers agree, approved quotes.

Only of England, and only once a wave is closed. Figures are made again when at least ten more people are behind them:
of two sets of figures with fewer people between them, the difference would be about those few. Until then they stay,
and quotes can only go.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard.analysis.rounding import COARSENESS, SMALLEST_BASE
from dashboard.publish.folder import only_publisher
from dashboard.publish.voice_figures import make_voice, quotes_of, read_by_two
from dashboard.release import release_folders
from dashboard.voices import FILE, Voice, Voices, VoicesError, dump_voices, parse_voices

MORE_PEOPLE = 10
"""So many more must be behind figures before they are made again."""


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
    ledger: Voices
    """The figures that were made last of every question, whether they are published still or not; no quotes."""


def prepare_voices(coding: Path, releases: Path, *, records: Path, today: date) -> Leaving:
    """What publishing would leave behind, without doing it. Raises NothingLeaves, OSError."""
    coded = json.loads(coding.read_text(encoding="utf-8"))
    if coded["open"]:
        raise NothingLeaves(Why.OPEN)
    if not release_folders(releases, coded["wave"]):
        raise NothingLeaves(Why.NO_RELEASE)
    ledger, published = _read_both(records / coded["wave"] / FILE, releases / coded["wave"] / FILE)
    made = {voice.item: voice for voice in ledger.voices} if ledger else {}
    shown = {voice.item: voice for voice in published}
    voices: list[Voice] = []
    renewed: dict[str, Voice] = {}
    restored = False
    for question in coded["questions"]:
        old, now = made.get(question["item"]), shown.get(question["item"])
        people = len(read_by_two(question))
        if old is not None and people < _enough(old):
            stays = now is not None and _without_quotes(now) == old
            restored |= not stays
            voices.append(_with_quotes_left(now if now is not None and stays else old, question))
        elif question["themes"] and people >= SMALLEST_BASE:
            voices.append(make_voice(question))
            renewed[question["item"]] = _without_quotes(voices[-1])
    gone = len(_quotes_in(published) - _quotes_in(voices))
    if not renewed and not gone and not restored:
        raise NothingLeaves(Why.TOO_EARLY if made else Why.TOO_FEW)
    made_on = today if renewed or ledger is None else ledger.made_on
    kept = Voices(made_on, tuple({**made, **renewed}.values()))
    return Leaving(Voices(made_on, tuple(voices)), frozenset(renewed), gone, kept)


def publish_voices(coding: Path, releases: Path, *, records: Path, today: date) -> Leaving:
    """Put what people said in their own words beside the releases of their wave. Raises NothingLeaves, OSError.

    `records` is the publisher's own folder: what was made is kept in it first, so the rule of ten more people holds
    whatever becomes of the published file.
    """
    with only_publisher(releases):
        leaving = prepare_voices(coding, releases, records=records, today=today)
        wave = json.loads(coding.read_text(encoding="utf-8"))["wave"]
        _keep(records / wave / FILE, dump_voices(leaving.ledger))
        _write(releases / wave / FILE, dump_voices(leaving.voices), mode=0o644)
    return leaving


def let_out(coding: Path, releases: Path, *, records: Path, step: str, today: date) -> dict[str, Any]:
    """`look`, `publish` or `take_back`, for those who know nothing of our classes: plain values, or why not.

    Raises OSError.
    """
    if step == "take_back":
        take_back_quotes(coding, releases, records=records)
        return {}
    steps = {"look": prepare_voices, "publish": publish_voices}
    try:
        leaving = steps[step](coding, releases, records=records, today=today)
    except NothingLeaves as error:
        return {"why": error.why.value}
    return {"voices": asdict(leaving.voices)["voices"], "renewed": sorted(leaving.renewed)}


def take_back_quotes(coding: Path, releases: Path, *, records: Path) -> None:
    """Take those quotes that are approved no more out of what is published; every figure stays. Raises OSError.

    Where what is published cannot be read it goes altogether, as nobody can tell what is in it. If there is no record
    of it either, an empty one says so: nothing is made again as if for the first time.
    """
    coded = json.loads(coding.read_text(encoding="utf-8"))
    file, record = releases / coded["wave"] / FILE, records / coded["wave"] / FILE
    if not file.exists():
        return
    with only_publisher(releases):
        try:
            published = _read(file)
        except VoicesError:
            if not record.exists():
                _keep(record, "")
            file.unlink()
            return
        questions = {question["item"]: question for question in coded["questions"]}
        left = tuple(_with_quotes_left(voice, questions.get(voice.item, _NO_QUOTES)) for voice in published.voices)
        if left != published.voices:
            _write(file, dump_voices(replace(published, voices=left)), mode=0o644)


_NO_QUOTES: Mapping[str, Any] = {"quotes": []}


def _with_quotes_left(voice: Voice, question: Mapping[str, Any]) -> Voice:
    """The same figures, with those quotes that are still approved."""
    themes = []
    for theme in voice.themes:
        approved = quotes_of(question, theme.code)
        themes.append(replace(theme, quotes=tuple(words for words in theme.quotes if words in approved)))
    return replace(voice, themes=tuple(themes))


def _without_quotes(voice: Voice) -> Voice:
    return replace(voice, themes=tuple(replace(theme, quotes=()) for theme in voice.themes))


def _enough(made: Voice) -> int:
    """So many people make sure that ten are new, whatever the published base was rounded from."""
    return made.base + COARSENESS // 2 + MORE_PEOPLE


def _quotes_in(voices: Iterable[Voice]) -> set[tuple[str, str]]:
    return {(voice.item, words) for voice in voices for theme in voice.themes for words in theme.quotes}


def _read_both(record: Path, file: Path) -> tuple[Voices | None, tuple[Voice, ...]]:
    """What was made last, and what is published. Raises NothingLeaves when nobody knows what was made."""
    published: Voices | None = None
    try:
        ledger = _read(record) if record.exists() else None
        with suppress(VoicesError) if ledger else nullcontext():
            published = _read(file) if file.exists() else None
    except VoicesError as error:
        raise NothingLeaves(Why.UNREADABLE) from error
    if ledger is None and published is not None:
        ledger = replace(published, voices=tuple(_without_quotes(voice) for voice in published.voices))
    return ledger, published.voices if published else ()


def _read(file: Path) -> Voices:
    """Raises VoicesError, OSError."""
    try:
        return parse_voices(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise VoicesError(f"{file} is no text") from error


def _keep(record: Path, text: str) -> None:
    """Where only its owner may look."""
    for folder in (record.parent.parent, record.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    _write(record, text, mode=0o600)


def _write(file: Path, text: str, *, mode: int) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{FILE}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as target:
            target.write(text)
            target.flush()
            os.fsync(target.fileno())
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
