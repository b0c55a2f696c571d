"""Languages: catalogues read from .po files into memory, the language of a request, and what falls back to English."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock

from babel import Locale
from babel.messages.catalog import Catalog
from babel.support import NullTranslations
from flask_babel import get_domain
from markupsafe import Markup, escape

from survey.language_tags import best_locale
from survey.po_files import is_language
from survey.questionnaire.stages import Stage
from survey.resources import TRANSLATIONS
from survey.served import Key, Served, serve_file, sift

_log = logging.getLogger(__name__)

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
    def attributes(self) -> Markup:
        """` lang` and ` dir` of an element that is in it."""
        return Markup(' lang="{}" dir="{}"').format(self.tag, self.direction)

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
    source: str = ""
    """The English that it was translated from; '' where it is no translation."""

    @property
    def english(self) -> str:
        """The same in English."""
        return self.source or self.text

    def __str__(self) -> str:
        return self.text

    @property
    def attributes(self) -> Markup:
        """` lang` and ` dir` for an element that holds nothing else; nothing where they are the page's."""
        return self.language.attributes if self.foreign else Markup()

    def __html__(self) -> str:
        """Escaped; what is not in the page's language says so, for screen readers and for the order of the letters."""
        return Markup("<span{}>{}</span>").format(self.attributes, self.text) if self.foreign else escape(self.text)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The translations of one catalogue into one language; fuzzy ones are not in it."""

    language: Language
    messages: Mapping[Key, str]
    """By context and source; a plural stands here under both its sources, so that one can tell that it is there."""
    stages: Mapping[Key, Stage]
    """How far each string is, those too that are not served."""
    translations: NullTranslations

    @cached_property
    def machine_draft(self) -> bool:
        """Whether something of it was made by a machine and read by nobody."""
        return Stage.MACHINE in self.stages.values()

    def __contains__(self, source: str) -> bool:
        """Whether there is a translation of a source without context."""
        return self.language.is_source or (None, source) in self.messages


@dataclass(frozen=True, eq=False)
class _Shelf:
    """Everything that was read at one time."""

    locales: frozenset[str]
    offered: tuple[Language, ...]
    catalogues: dict[tuple[str, str], Catalogue]
    """By name and locale."""
    unread: Mapping[tuple[str, str], Sequence[Path]]
    """Files of catalogues that are read when somebody asks for them."""
    strings: frozenset[Key]
    complaints: set[str]
    """What is wrong with what was read so far."""


class Languages:
    """The languages there are: English, and every folder with a catalogue of the interface.

    Of several folders the later ones are laid over the earlier, string by string: what is not served in a later one
    stays as it is. What is broken is complained about in the log and left out; nothing is raised. The pages of group
    and staff are read in a language when somebody first comes to them in it: they have the most words and the fewest
    readers.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self._reading = Lock()
        self._shelf = _read_shelf(folders)
        self._complain(self._shelf.complaints)

    @property
    def locales(self) -> frozenset[str]:
        """Those of the languages."""
        return self._shelf.locales

    @property
    def offered(self) -> tuple[Language, ...]:
        """The languages, English first."""
        return self._shelf.offered

    @property
    def strings(self) -> frozenset[Key]:
        """What there is to say around the questions, by the first folder: a later one may have what was said once."""
        return self._shelf.strings

    def read_again(self) -> None:
        """Serve what the files say now: everything at once, while other threads go on reading."""
        with self._reading:
            known = self._shelf.complaints
            self._shelf = _read_shelf(self._folders)
            self._complain(self._shelf.complaints - known)

    def catalogue(self, name: str, locale: str) -> Catalogue:
        """One catalogue in a language that is offered; an empty one where there is none."""
        shelf, key = self._shelf, (name, locale)
        if key in shelf.unread and key not in shelf.catalogues:
            files = [serve_file(path, locale) for path in shelf.unread[key]]
            complaints = {complaint for served in files for complaint in served.complaints}
            self._complain(complaints - shelf.complaints)
            shelf.complaints.update(complaints)
            shelf.catalogues[key] = _laid_over(locale, files)
        return shelf.catalogues.get(key) or _laid_over(locale, [])

    def catalogues(self, name: str) -> tuple[Catalogue, ...]:
        """One catalogue in every language that is offered, and at the end in Easy Read."""
        return tuple(self.catalogue(name, locale) for locale in (*(each.locale for each in self.offered), EASY_READ))

    def read_the_rest(self) -> None:
        """Read what nobody has asked for yet, so that nobody waits for it."""
        for name, locale in self._shelf.unread:
            self.catalogue(name, locale)

    def catalogue_with(self, source: str, locale: str) -> Catalogue:
        """The catalogue that has a string of pages: of those around the questions, else of those of group and staff."""
        around = self.catalogue(INTERFACE, locale)
        return around if source in around else self.catalogue(WORKSPACE, locale)

    def choose(self, wanted: str | None, accepted: Iterable[str], among: Collection[str] | None = None) -> str:
        """The locale to use: the one chosen by the person, else the first of the browser's that is `among` them."""
        among = self.locales if among is None else among
        if wanted is not None and wanted in among:
            return wanted
        return best_locale(accepted, among) or SOURCE_LOCALE

    def _complain(self, complaints: Iterable[str]) -> None:
        for complaint in sorted(complaints):
            _log.warning("%s", complaint)


def _read_shelf(folders: tuple[Path, ...]) -> _Shelf:
    files: dict[tuple[str, str], list[Path]] = {}
    strings: set[Key] = set()
    complaints: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            locale = path.parent.parent.name
            if is_language(locale):
                files.setdefault((path.stem, locale), []).append(path)
            else:
                complaints.update(serve_file(path, locale).complaints)
    catalogues = {}
    for (name, locale), paths in files.items():
        if name == WORKSPACE:
            continue
        read = [serve_file(path, locale) for path in paths]
        complaints.update(complaint for served in read for complaint in served.complaints)
        if name == INTERFACE and paths[0].is_relative_to(folders[0]):
            strings |= read[0].stages.keys()
        catalogues[name, locale] = _laid_over(locale, read)
    locales = frozenset({SOURCE_LOCALE, *(locale for name, locale in files if name == INTERFACE)} - {EASY_READ})
    return _Shelf(
        locales,
        tuple(language(locale) for locale in [SOURCE_LOCALE, *sorted(locales - {SOURCE_LOCALE})]),
        catalogues,
        {key: paths for key, paths in files.items() if key not in catalogues},
        frozenset(strings),
        complaints,
    )


def _laid_over(locale: str, files: Sequence[Served]) -> Catalogue:
    """One catalogue of several files, of which the later ones win with every string that they serve."""
    messages: dict[Key, str] = {}
    stages: dict[Key, Stage] = {}
    translations = NullTranslations()
    for served in files:
        stages |= {key: stage for key, stage in served.stages.items() if key in served.messages or key not in stages}
        messages |= served.messages
        link = copy(served.translations)  # each chain has its own: a file can stand in several
        link.add_fallback(translations)
        translations = link
    return Catalogue(language(locale), messages, stages, translations)


@lru_cache(maxsize=1)
def shipped_languages() -> Languages:
    """The languages that come with the program, read once."""
    return Languages(TRANSLATIONS)


@lru_cache(maxsize=64)
def language(locale: str) -> Language:
    """The language of a locale, named in itself with a capital letter where its script has them."""
    known = Locale.parse(locale)
    name = known.languages.get(locale) or known.get_language_name(known) or locale
    return Language(locale, name[:1].title() + name[1:], known.text_direction)  # `upper` has capitals for Georgian too


def read_catalogue(catalog: Catalog, locale: str) -> Catalogue:
    """Take from a parsed .po file what may be served."""
    return _laid_over(locale, [sift(catalog)])


def translate(catalogue: Catalogue, context: str, source: str) -> Phrase:
    """The translation of a questionnaire's string, else the English, marked as such."""
    if catalogue.language.is_source:
        return Phrase(source, catalogue.language)
    found = catalogue.messages.get((context, source))
    if found is None:
        return Phrase(source, language(SOURCE_LOCALE), foreign=True)
    return Phrase(found, catalogue.language, source=source)


def translate_plural(catalogue: Catalogue, context: str, one: str, other: str, count: int) -> Phrase:
    """The same for a string with a wording by number, in the form that the language has for this number."""
    known = (context, one) in catalogue.messages and (context, other) in catalogue.messages
    if known:
        translated = catalogue.translations.unpgettext(context, one, other, count)
        return Phrase(translated, catalogue.language, source=one if count == 1 else other)
    english = one if count == 1 else other
    if catalogue.language.is_source:
        return Phrase(english, catalogue.language)
    return Phrase(english, language(SOURCE_LOCALE), foreign=True)


# --- Flask ----------------------------------------------------------------------


def gettext(source: str, /, **variables: object) -> str:
    """A string of the interface in the language of the request, for code; templates have `_`."""
    text: str = get_domain().gettext(source, **variables)
    return text


def ngettext(singular: str, plural: str, number: int, /, **variables: object) -> str:
    """The same for a string that counts something."""
    text: str = get_domain().ngettext(singular, plural, number, **variables)
    return text
