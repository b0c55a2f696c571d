"""Pages and code in the language of a request: gettext from memory, and what falls back to English says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, Domain, force_locale, get_locale
from markupsafe import Markup, escape

from survey.dates import write_date
from survey.i18n import INTERFACE, SOURCE_LOCALE, Catalogue, Languages, Phrase, language

_LANG = language(SOURCE_LOCALE).attributes
_ENGLISH = f"<span{_LANG}>"


class Message(str):
    """A string said in code: plain where it is used as a string, and on a page in a span if it fell back to English.

    What is put into it is escaped there, and keeps the language that it says it is in.
    """

    english: str
    _pattern: str
    _variables: Mapping[str, object]
    is_translated: bool

    @classmethod
    def of(cls, pattern: str, source: str, variables: Mapping[str, object], *, is_translated: bool) -> Message:
        """A pattern with its variables filled in; of a plural `source` is the form for the number."""
        message = cls(pattern % variables if variables else pattern)
        message.english = source % variables if variables else source
        message._pattern, message._variables, message.is_translated = pattern, variables, is_translated
        return message

    def __html__(self) -> Markup:
        """Escaped; English on a page in another language says so."""
        pattern = escape(self._pattern)
        whole = pattern if self._variables else pattern.replace("%", "%%")
        return _mark(whole, self._variables, is_translated=self.is_translated)


class InterfaceDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain, with catalogues from memory instead of compiled files."""

    def __init__(self, languages: Languages) -> None:
        super().__init__(domain=INTERFACE)
        self._languages = languages

    def get_translations(self) -> NullTranslations:
        """The translations of the request's language."""
        return self._languages.catalogue(INTERFACE, _locale()).translations

    def _catalogue_with(self, source: str) -> Catalogue:
        return self._languages.catalogue_with(source, _locale())

    def gettext(self, source: str, /, **variables: object) -> Message:
        """For code: the translation, else the English."""
        catalogue = self._catalogue_with(source)
        pattern = str(catalogue.translations.ugettext(source))
        return Message.of(pattern, source, variables, is_translated=source in catalogue)

    def ngettext(self, singular: str, plural: str, number: int, /, **variables: object) -> Message:
        """For code: the right plural form, else the English one."""
        catalogue = self._catalogue_with(singular)
        pattern = str(catalogue.translations.ungettext(singular, plural, number))
        english = singular if number == 1 else plural
        return Message.of(pattern, english, {"num": number, **variables}, is_translated=singular in catalogue)

    def marked_gettext(self, source: str, /, **variables: object) -> Markup:
        """For templates: the translation, or the English in a span that says it is English."""
        catalogue = self._catalogue_with(source)
        return _mark(str(catalogue.translations.ugettext(source)), variables, is_translated=source in catalogue)

    def marked_ngettext(self, singular: str, plural: str, number: int, /, **variables: object) -> Markup:
        """For templates: the right plural form, or the English one in a span that says it is English."""
        catalogue = self._catalogue_with(singular)
        pattern = str(catalogue.translations.ungettext(singular, plural, number))
        return _mark(pattern, {"num": number, **variables}, is_translated=singular in catalogue)


def _locale() -> str:
    return str(get_locale() or SOURCE_LOCALE)


def _mark(html: str, variables: Mapping[str, object], *, is_translated: bool) -> Markup:
    """A pattern with its variables, which are escaped and say in which language they are in one that fell back."""
    pattern = Markup(html)  # noqa: S704 - a catalogue's words are ours
    if is_translated:
        return pattern % variables
    filled = pattern % {name: _among_english(value) for name, value in variables.items()}
    return Markup("<span{}>{}</span>").format(_LANG, filled)


def _among_english(value: object) -> object:
    if isinstance(value, Phrase) and not value.foreign:
        return Markup("<span{}>{}</span>").format(value.language.attributes, value)
    return value


def lang_of(words: object) -> Markup:
    """` lang` and ` dir` of an element that holds one string without its span: nothing where it is the page's."""
    return _LANG if escape(words).startswith(_ENGLISH) else Markup()


@dataclass(frozen=True)
class Replies:
    """Words that one element says in turn, so that they are in one language."""

    attributes: Markup
    """` lang` and ` dir` of the element; nothing where they are the page's."""
    words: tuple[str, ...]


def in_one_language(*messages: str) -> Replies:
    """Strings of code for one element: if one of them fell back to English, all are in English."""
    told = [message for message in messages if isinstance(message, Message)]
    if all(message.is_translated for message in told):
        return Replies(Markup(), tuple(map(str, messages)))
    return Replies(_LANG, tuple(message.english for message in told))


def say_date(day: date, locale: str) -> Phrase:
    """A day in words, for a sentence that may be in another language."""
    return Phrase(write_date(day, locale), language(locale))


def in_title(words: object) -> Markup:
    """Words of the questionnaire for a title: plain, and in English while the whole title is."""
    if isinstance(words, (Phrase, Message)) and str(get_locale()) == SOURCE_LOCALE:
        return escape(words.english)
    return escape(Phrase(words.text, words.language, words.foreign) if isinstance(words, Phrase) else words)


def whole_title(drawn: Markup, draw_again: Callable[[], Markup]) -> Markup:
    """The title of a page. It can have one language only: if a part fell back to English, all of it is in English."""
    if _ENGLISH not in drawn:
        return Markup("<title>{}</title>").format(drawn.striptags())
    with force_locale(SOURCE_LOCALE):
        english = draw_again().striptags()
    return Markup("<title{}>{}</title>").format(_LANG, english)


def init_babel(app: Flask, languages: Languages, select_locale: Callable[[], str]) -> None:
    """Make `_()` in code and templates speak the language that `select_locale` gives for a request."""
    babel = Babel(app, locale_selector=select_locale)
    domain = InterfaceDomain(languages)
    babel.domain_instance = domain
    app.jinja_env.filters.update(in_title=in_title, lang_of=lang_of)
    app.jinja_env.globals.update(whole_title=whole_title)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=domain.marked_gettext, ngettext=domain.marked_ngettext, newstyle=False
    )
