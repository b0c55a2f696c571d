"""One language as the public pages speak it: strings, numbers and days, and what is not in it marked as English."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from gettext import NullTranslations
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

EASY_READ = "en_GB@easyread"
"""The English of Easy Read: offered like a language, with a layout of its own."""
_BRITISH = {"en": "en_GB", EASY_READ: "en_GB"}
_IN_LANGUAGE = Markup('<span lang="{}" dir="{}">{}</span>')


class Said(Markup):
    """Words of a page as markup. Those that fell back to English say so, and what of the page's language is in them."""

    fell_back: bool
    _say_in_english: Callable[[], Markup]

    @classmethod
    def of(cls, markup: Markup, say_in_english: Callable[[], Markup], *, fell_back: bool = False) -> Said:
        """Words that are marked already as far as they have to be; the English is made for the few that are asked."""
        said = cls(markup)
        said.fell_back, said._say_in_english = fell_back, say_in_english
        return said

    @property
    def english(self) -> Markup:
        """The same in English, for a title, which can have one language only."""
        return self._say_in_english()


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

    def gettext(self, source: str, /, **values: object) -> Said:
        """The string in this language, else in English and marked so; `values` are escaped."""
        english = partial(_fill_in_english, source, values)
        if self.is_english or source in self.translated:
            return Said.of(_fill(self.translations.gettext(source), values), english)
        filled = _fill(source, {name: self._among_english(value) for name, value in values.items()})
        return Said.of(_IN_LANGUAGE.format("en", "ltr", filled), english, fell_back=True)

    def say(self, text: str, english: str) -> Said:
        """Words that are in this language, though no catalogue has them."""
        return Said.of(escape(text), partial(escape, english))

    def in_english(self, text: str) -> Said:
        """A name or a text that is English in every language."""
        if self.is_english:
            return self.say(text, text)
        return Said.of(_IN_LANGUAGE.format("en", "ltr", text), partial(escape, text), fell_back=True)

    def write_number(self, number: int) -> str:
        """With the language's separators: 1,260."""
        return _format_number(number, self._babel)

    def write_share(self, share: int) -> str:
        """A whole per cent as the language writes it: 67%."""
        return _format_share(share, self._babel)

    def write_date(self, day: date) -> Said:
        """A day in words: 12 November 2026."""
        written = escape(format_date(day, "long", locale=self._babel))
        return Said.of(written, lambda: escape(format_date(day, "long", locale="en_GB")))

    @property
    def _babel(self) -> str:
        return _BRITISH.get(self.locale, self.locale)

    def _among_english(self, value: object) -> object:
        if isinstance(value, Said) and not value.fell_back:
            return _IN_LANGUAGE.format(self.tag, self.direction, value)
        return value


def write_title(parts: Sequence[Said]) -> Markup:
    """The title of a page. It can have one language only: if a part fell back to English, all of it is in English."""
    if any(part.fell_back for part in parts):
        english = " – ".join(part.english.striptags() for part in parts)
        return Markup('<title lang="en" dir="ltr">{}</title>').format(english)
    return Markup("<title>{}</title>").format(" – ".join(part.striptags() for part in parts))


def _fill(pattern: str, values: Mapping[str, object]) -> Markup:
    markup = Markup(pattern)  # noqa: S704 - a catalogue's words are ours; the values are escaped by Markup
    return markup % values if values else markup


def _fill_in_english(source: str, values: Mapping[str, object]) -> Markup:
    return _fill(source, {name: value.english if isinstance(value, Said) else value for name, value in values.items()})


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


@lru_cache(maxsize=64)
def make_tongue(catalogue: SpokenCatalogue) -> Tongue:
    """A language that the pages are offered in, of its catalogue; every page asks for all of them."""
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
