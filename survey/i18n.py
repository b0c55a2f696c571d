"""Languages: catalogues read from .po files into memory, the language of a request, and what falls back to English."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, get_domain, get_locale
from markupsafe import Markup, escape

from survey.po_files import forms_of, read_po_file
from survey.questionnaire.pipes import keeps_marks
from survey.questionnaire.stages import Stage, stage_of
from survey.resources import TRANSLATIONS

ENGLAND = ZoneInfo("Europe/London")
SOURCE_LOCALE = "en"
"""What the source is written in; every language falls back to it, string by string."""
INTERFACE = "interface"
"""The catalogue of what is around the questions; each questionnaire has one of its own, named by its id."""
WORKSPACE = "workspace"
"""The catalogue of the group's and the staff's pages, where they have words that no respondent sees."""
RESULTS = "results"
"""The catalogue of the public pages of results."""
EASY_READ = "en_GB@easyread"
"""The English of Easy Read: short sentences. It is no language to choose, but the interface of a format."""


@dataclass(frozen=True)
class Language:
    """A language as the page offers it: its own name, and which way it is written."""

    locale: str
    name: str
    direction: str

    @property
    def tag(self) -> str:
        """As in the `lang` attribute."""
        return self.locale.replace("_", "-").replace("@", "-x-")

    @property
    def is_source(self) -> bool:
        """Whether it is English, of whatever kind: what has no translation into it is in it all the same."""
        return self.locale in {SOURCE_LOCALE, EASY_READ}


@dataclass(frozen=True)
class Phrase:
    """A string of a page in the language it is really in; `foreign` when that is not the language of the page."""

    text: str
    language: Language
    foreign: bool = False

    def __str__(self) -> str:
        return self.text

    @property
    def attributes(self) -> Markup:
        """` lang` and ` dir` for an element that holds nothing else; nothing where they are the page's."""
        if not self.foreign:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(self.language.tag, self.language.direction)

    def __html__(self) -> str:
        """Escaped; what is not in the page's language says so, for screen readers and for the order of the letters."""
        return Markup("<span{}>{}</span>").format(self.attributes, self.text) if self.foreign else escape(self.text)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The translations of one catalogue into one language; fuzzy ones are not in it."""

    language: Language
    messages: Mapping[tuple[str | None, str], str]
    """By context and source; a plural stands here under both its sources, so that one can tell that it is there."""
    stages: Mapping[tuple[str | None, str], Stage]
    """How far each string is, those too that are not served."""
    translations: NullTranslations

    @cached_property
    def machine_draft(self) -> bool:
        """Whether something of it was made by a machine and read by nobody."""
        return Stage.MACHINE in self.stages.values()

    def __contains__(self, source: str) -> bool:
        """Whether there is a translation of a source without context."""
        return self.language.is_source or (None, source) in self.messages


class Languages:
    """The languages there are: English, and every folder with a catalogue of the interface."""

    def __init__(self, folder: Path) -> None:
        """Read every catalogue of `folder`. Raises CatalogueError for one that is broken."""
        found = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{INTERFACE}.po")}
        self.locales = frozenset({SOURCE_LOCALE, *found} - {EASY_READ})
        self.offered = tuple(language(locale) for locale in [SOURCE_LOCALE, *sorted(self.locales - {SOURCE_LOCALE})])
        self._catalogues = {
            (path.stem, locale): read_catalogue(read_po_file(path, locale), locale)
            for locale in found
            for path in sorted((folder / locale / "LC_MESSAGES").glob("*.po"))
        }
        everything = (*self.offered, language(EASY_READ))
        self._empty = {each.locale: Catalogue(each, {}, {}, NullTranslations()) for each in everything}
        self._around = {each.locale: self._words_around(each.locale) for each in everything}

    def catalogue(self, name: str, locale: str) -> Catalogue:
        """One catalogue in a language that is offered; an empty one where there is none."""
        return self._find(name, locale)

    def catalogues(self, name: str) -> tuple[Catalogue, ...]:
        """One catalogue in every language that is offered, and at the end in Easy Read."""
        return tuple(self.catalogue(name, locale) for locale in (*(each.locale for each in self.offered), EASY_READ))

    def around(self, locale: str) -> Catalogue:
        """What stands around the questions and on the pages of group and staff, as one catalogue."""
        return self._around[locale]

    def _find(self, name: str, locale: str) -> Catalogue:
        return self._catalogues.get((name, locale), self._empty[locale])

    def _words_around(self, locale: str) -> Catalogue:
        interface, workspace = self._find(INTERFACE, locale), self._find(WORKSPACE, locale)
        if isinstance(interface.translations, Translations) and isinstance(workspace.translations, Translations):
            interface.translations.add_fallback(workspace.translations)
        return Catalogue(
            interface.language,
            {**workspace.messages, **interface.messages},
            {**workspace.stages, **interface.stages},
            interface.translations,
        )

    def choose(self, wanted: str | None, accepted: list[str]) -> str:
        """The locale to use: the one chosen by the person, else the first of the browser's that there is."""
        if wanted in self.locales:
            return str(wanted)
        for tag in accepted:
            locale = tag.replace("-", "_")
            if locale in self.locales:
                return locale
            if locale.partition("_")[0] in self.locales:
                return locale.partition("_")[0]
        return SOURCE_LOCALE


@lru_cache(maxsize=1)
def shipped_languages() -> Languages:
    """The languages that come with the program, read once."""
    return Languages(TRANSLATIONS)


@lru_cache(maxsize=64)
def language(locale: str) -> Language:
    """The language of a locale, named in itself with a capital letter where its script has them."""
    known = Locale.parse(locale)
    name = known.get_language_name(known) or locale
    return Language(locale, name[:1].upper() + name[1:], known.text_direction)


def read_catalogue(catalog: Catalog, locale: str) -> Catalogue:
    """Take from a parsed .po file what may be served."""
    served: dict[tuple[str | None, str], str] = {}
    stages: dict[tuple[str | None, str], Stage] = {}
    for message in catalog:
        sources, forms = forms_of(message.id), forms_of(message.string)
        if not sources[0]:
            continue
        whole = _is_whole(message, catalog)
        stages[message.context, sources[0]] = stage_of(message.flags, is_whole=whole)
        if not whole:
            message.flags.add("fuzzy")  # so that it is not compiled either
        if not message.fuzzy:
            served[message.context, sources[0]] = forms[0]
            served.setdefault((message.context, sources[-1]), forms[-1])
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Catalogue(language(locale), served, stages, Translations(compiled))


def _is_whole(message: Message, catalog: Catalog) -> bool:
    """Whether every form is there and, in a questionnaire's string, no answer is lost that belongs into the words."""
    sources, forms = forms_of(message.id), forms_of(message.string)
    wanted = catalog.num_plurals if message.pluralizable else 1
    return len(forms) == wanted and all(forms) and (message.context is None or keeps_marks(sources, forms))


def translate(catalogue: Catalogue, context: str, source: str) -> Phrase:
    """The translation of a questionnaire's string, else the English, marked as such."""
    if catalogue.language.is_source:
        return Phrase(source, catalogue.language)
    found = catalogue.messages.get((context, source))
    if found is None:
        return Phrase(source, language(SOURCE_LOCALE), foreign=True)
    return Phrase(found, catalogue.language)


def translate_plural(catalogue: Catalogue, context: str, one: str, other: str, count: int) -> Phrase:
    """The same for a string with a wording by number, in the form that the language has for this number."""
    known = (context, one) in catalogue.messages and (context, other) in catalogue.messages
    if known:
        return Phrase(catalogue.translations.unpgettext(context, one, other, count), catalogue.language)
    english = one if count == 1 else other
    if catalogue.language.is_source:
        return Phrase(english, catalogue.language)
    return Phrase(english, language(SOURCE_LOCALE), foreign=True)


def write_day(moment: datetime, locale: str) -> str:
    """The day it was in England at that moment, in words: "5 October 2026"."""
    return write_date(moment.astimezone(ENGLAND).date(), locale)


def write_date(day: date, locale: str) -> str:
    """A day in words."""
    british = "en_GB" if locale == SOURCE_LOCALE else locale
    return format_date(day, "long", locale=british)


# --- Flask ----------------------------------------------------------------------


def gettext(source: str, **variables: object) -> str:
    """A string of the interface in the language of the request, for code; templates have `_`."""
    text: str = get_domain().gettext(source, **variables)
    return text


def ngettext(singular: str, plural: str, number: int, **variables: object) -> str:
    """The same for a string that counts something."""
    text: str = get_domain().ngettext(singular, plural, number, **variables)
    return text


class InterfaceDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain, with catalogues from memory instead of compiled files."""

    def __init__(self, languages: Languages) -> None:
        super().__init__(domain=INTERFACE)
        self._languages = languages

    def get_translations(self) -> NullTranslations:
        """The translations of the request's language."""
        return self._catalogue().translations

    def _catalogue(self) -> Catalogue:
        return self._languages.around(str(get_locale() or SOURCE_LOCALE))

    def marked_gettext(self, source: str) -> str:
        """For templates: the translation, or the English in a span that says it is English."""
        catalogue = self._catalogue()
        if source in catalogue:
            return str(catalogue.translations.ugettext(source))
        return _in_english(source)

    def marked_ngettext(self, singular: str, plural: str, number: int) -> str:
        """For templates: the right plural form, or the English one in a span that says it is English."""
        catalogue = self._catalogue()
        text = str(catalogue.translations.ungettext(singular, plural, number))
        return text if singular in catalogue else _in_english(text)


def _in_english(html: str) -> str:
    return f'<span lang="{SOURCE_LOCALE}" dir="ltr">{html}</span>'


def init_babel(app: Flask, languages: Languages, select_locale: Callable[[], str]) -> None:
    """Make `_()` in code and templates speak the language that `select_locale` gives for a request."""
    babel = Babel(app, locale_selector=select_locale)
    domain = InterfaceDomain(languages)
    babel.domain_instance = domain
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=domain.marked_gettext, ngettext=domain.marked_ngettext, newstyle=True
    )
