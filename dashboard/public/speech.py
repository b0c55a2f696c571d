"""One language as the public pages speak it: strings, numbers and days, and what is not in it marked as English."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

EASY_READ = "en_GB@easyread"
"""The English of Easy Read: offered like a language, with a layout of its own."""
_BRITISH = {"en": "en_GB", EASY_READ: "en_GB"}


@dataclass(frozen=True, eq=False)
class Tongue:
    """A language that the pages are offered in, with its catalogue."""

    locale: str
    tag: str
    """In addresses, and in the `lang` attribute."""
    name: str
    """In itself."""
    direction: str
    translations: NullTranslations
    translated: Collection[str]
    """The sources there is a translation of; of English all are."""
    machine_draft: bool
    """Whether some of the catalogue was translated by a machine and checked by nobody yet."""

    @property
    def is_english(self) -> bool:
        """Whether what has no translation is in this language all the same."""
        return self.locale in _BRITISH

    @property
    def is_easy_read(self) -> bool:
        """Whether it is the English of Easy Read."""
        return self.locale == EASY_READ

    @property
    def is_right_to_left(self) -> bool:
        """Whether pages and charts are mirrored."""
        return self.direction == "rtl"

    def gettext(self, source: str, /, **values: object) -> Markup:
        """The string in this language, else in English and marked so; `values` are escaped."""
        known = self.is_english or source in self.translated
        return self._fill(self.translations.gettext(source), known, values)

    def in_english(self, text: str) -> Markup:
        """A name or a text that is English in every language."""
        return escape(text) if self.is_english else Markup('<span lang="en" dir="ltr">{}</span>').format(text)

    def write_number(self, number: int) -> str:
        """With the language's separators: 1,260."""
        return _format_number(number, self._babel)

    def write_share(self, share: int) -> str:
        """A whole per cent as the language writes it: 67%."""
        return _format_share(share, self._babel)

    def write_date(self, day: date) -> str:
        """A day in words: 12 November 2026."""
        return format_date(day, "long", locale=self._babel)

    @property
    def _babel(self) -> str:
        return _BRITISH.get(self.locale, self.locale)

    def _fill(self, text: str, known: bool, values: dict[str, object]) -> Markup:
        source = Markup(text)  # noqa: S704 - a catalogue's words are ours; the values are escaped by Markup
        filled = source % values if values else source
        return filled if known else Markup('<span lang="en" dir="ltr">{}</span>').format(filled)


@lru_cache(maxsize=4096)
def _format_number(number: int, locale: str) -> str:
    """Kept, because a page writes the same few numbers a hundred times."""
    return format_decimal(number, locale=locale)


@lru_cache(maxsize=4096)
def _format_share(share: int, locale: str) -> str:
    return format_percent(share / 100, locale=locale)


class _Language(Protocol):
    @property
    def locale(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def direction(self) -> str: ...


class SpokenCatalogue(Protocol):
    """What whoever keeps the translations hands over: a catalogue, and the language it is in."""

    @property
    def language(self) -> _Language:
        """With its name in itself."""

    @property
    def messages(self) -> Mapping[tuple[str | None, str], str]:
        """The translations that may be served, by context and source."""

    @property
    def machine_draft(self) -> bool:
        """Whether some of it was translated by a machine and checked by nobody yet."""

    @property
    def translations(self) -> NullTranslations:
        """The same, compiled."""


def make_tongue(catalogue: SpokenCatalogue) -> Tongue:
    """A language that the pages are offered in, of its catalogue."""
    language = catalogue.language
    return Tongue(
        locale=language.locale,
        tag=language.tag,
        name="Easy Read" if language.locale == EASY_READ else language.name,
        direction=language.direction,
        translations=catalogue.translations,
        translated=frozenset(source for _, source in catalogue.messages),
        machine_draft=catalogue.machine_draft,
    )


def choose_tongue(speech: Sequence[Tongue], accepted: Sequence[str]) -> Tongue:
    """The first of the browser's languages that is offered, else the first offered. Easy Read is only ever chosen."""
    offered = {tongue.tag.lower(): tongue for tongue in speech if not tongue.is_easy_read}
    for tag in accepted:
        found = offered.get(tag.lower()) or offered.get(tag.lower().partition("-")[0])
        if found is not None:
            return found
    return next(iter(offered.values()))


def find_tongue(speech: Sequence[Tongue], tag: str) -> Tongue | None:
    """The language of an address."""
    return next((tongue for tongue in speech if tongue.tag == tag), None)
