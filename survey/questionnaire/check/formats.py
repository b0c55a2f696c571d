"""Checks of the files that formats name: each has the ending of its kind, lies in the folder, and is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import EasyReadLabel, GridItem, Item, Questionnaire, options_of
from survey.questionnaire.problems import Finding, Location, Severity, instead_of, shown
from survey.questionnaire.walk import pages_of


class MediaKind(StrEnum):
    """What a file is for."""

    PICTURE = "a picture"
    RECORDING = "a recording"
    FILM = "a film"
    CAPTIONS = "captions"


ENDINGS = {
    MediaKind.PICTURE: ("svg", "png", "jpg", "webp"),
    MediaKind.RECORDING: ("ogg", "opus", "mp3", "m4a"),
    MediaKind.FILM: ("mp4", "webm"),
    MediaKind.CAPTIONS: ("vtt",),
}
"""The endings of files that browsers can show or play."""

MEDIA_NAMES = ("media-missing", "media-unused")
"""The rules of `find_media_problems`, which needs to know the folder."""


class NamedMedia(NamedTuple):
    """A file that a questionnaire names, and where it does."""

    location: Location
    kind: MediaKind
    name: str


def media_of(questionnaire: Questionnaire) -> Iterator[NamedMedia]:
    """Every file that a questionnaire names, in the order of the file; one that is named twice comes twice."""
    yield from _media_of_label((), questionnaire.easyread)
    for place, _, page in pages_of(questionnaire):
        yield from _media_of_label(place, page.easyread)
        for position, item in enumerate(page.items):
            yield from _media_of_item((*place, "items", position), item)


def _media_of_item(location: Location, item: Item) -> Iterator[NamedMedia]:
    place = (*location, "formats")
    if item.formats is not None and item.formats.easyread is not None:
        yield NamedMedia((*place, "easyread", "image"), MediaKind.PICTURE, item.formats.easyread.image)
    if item.formats is not None and item.formats.audio is not None:
        yield NamedMedia((*place, "audio", "file"), MediaKind.RECORDING, item.formats.audio.file)
    if item.formats is not None and item.formats.bsl is not None:
        yield NamedMedia((*place, "bsl", "video"), MediaKind.FILM, item.formats.bsl.video)
        yield NamedMedia((*place, "bsl", "captions"), MediaKind.CAPTIONS, item.formats.bsl.captions)
    rows = item.rows if isinstance(item, GridItem) else ()
    yield from _media_of_labels((*location, "rows"), [row.easyread for row in rows])
    yield from _media_of_labels((*location, "options"), [option.easyread for option in options_of(item)])


def _media_of_labels(location: Location, labels: Sequence[EasyReadLabel | None]) -> Iterator[NamedMedia]:
    for position, label in enumerate(labels):
        yield from _media_of_label((*location, position), label)


def _media_of_label(location: Location, label: EasyReadLabel | None) -> Iterator[NamedMedia]:
    if label is not None and label.image is not None:
        yield NamedMedia((*location, "easyread", "image"), MediaKind.PICTURE, label.image)


def _check_endings(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, kind, name in media_of(questionnaire):
        if name.rpartition(".")[2] not in ENDINGS[kind]:
            message = f"{shown(name)} is to be {kind}, and no browser shows it as that."
            yield Finding(location, "media-type", message, f"Use a file that ends in {', '.join(ENDINGS[kind])}.")


def find_media_problems(questionnaire: Questionnaire, media: Collection[str]) -> Iterator[Finding]:
    """Files that are named and not there, and files that are there and not named.

    `media` are the paths in the questionnaire's folder: `choose.svg`, or `ur/choose.ogg` in the folder of a locale.
    """
    own = {name for name in media if "/" not in name}
    named = set()
    for location, _, name in media_of(questionnaire):
        named.add(name)
        if name not in own:
            message = f"There is no file {shown(name)} in the folder of the questionnaire."
            yield Finding(location, "media-missing", message, instead_of(name, sorted(own), "Put it there."))
    for path in sorted(media):
        if path.rpartition("/")[2] not in named:
            message = f"The file {shown(path)} is in the folder of the questionnaire, and nothing names it."
            yield Finding((), "media-unused", message, "Name it in `formats`, or take it away.", Severity.WARNING)


FORMAT_RULES = (Rule(_check_endings, ("media-type",)),)
