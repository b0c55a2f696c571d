"""What stands above a question for someone who listens or watches: its recording, the browser's voice, or its film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.i18n import Phrase
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    Format,
    GridItem,
    Item,
    ScaleItem,
    SignedFilm,
    Text,
    Variants,
    options_of,
)
from survey.questionnaire.text import choose
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class Spoken:
    """A question to listen to. Without a recording the browser reads it out, where it has a voice."""

    recording: str | None


@dataclass(frozen=True)
class Signed:
    """A question to watch: the addresses of the film and its captions, and what is signed in words."""

    film: str
    captions: str | None
    transcript: Phrase


def alongside(item: Item, wording: Wording) -> Spoken | Signed | None:
    """What stands above the question in this format; nothing where the words alone do."""
    if wording.format is Format.AUDIO:
        return Spoken(_recording(item, wording))
    if wording.format is Format.BSL and item.formats is not None and item.formats.bsl is not None:
        return _film(item, item.formats.bsl, wording)
    return None


def _recording(item: Item, wording: Wording) -> str | None:
    """The recording in the person's language, if it says the very words that they read."""
    if item.formats is None or item.formats.audio is None or wording.media is None or not _is_as_said(item, wording):
        return None
    language = wording.catalogue.language
    return wording.media.address(item.formats.audio.file, None if language.is_source else language.locale)


def _film(item: Item, film: SignedFilm, wording: Wording) -> Signed | None:
    address = wording.media.address(film.video) if wording.media is not None else None
    if wording.media is None or address is None or not _is_as_said(item, wording):
        return None
    transcript = wording.say(f"item.{item.id}.bsl.transcript", film.transcript)
    return Signed(address, wording.media.address(film.captions), transcript)


def _is_as_said(item: Item, wording: Wording) -> bool:
    """Whether someone who answers for themselves would read the same, all of it: that is what was recorded."""
    if isinstance(item, GridItem) and any(row.show_if is not None for row in item.rows):
        return False
    return all(_is_for_self(text, wording.answering) for text in _texts(item))


def _is_for_self(text: Text, answering: Answering) -> bool:
    """Texts that name answers or count things are another for each person, and cannot be recorded."""
    if not isinstance(text, str | Variants):
        return False
    words, variant = choose(text, answering)
    return variant in {"", Answering.SELF} and "{" not in words


def _texts(item: Item) -> Iterator[Text]:
    """What is read aloud of an item."""
    yield item.text
    if item.hint is not None:
        yield item.hint
    if isinstance(item, ScaleItem):
        yield from (text for _, _, text in item.in_words)
    if isinstance(item, ChoiceItem):
        yield from (group.text for group in item.groups)
    if isinstance(item, GridItem):
        yield from (row.text for row in item.rows)
    for option in options_of(item):
        yield option.text
        if option.hint is not None:
            yield option.hint
