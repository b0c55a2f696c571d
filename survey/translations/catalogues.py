"""The catalogues of a folder, and the parts of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message

from survey.i18n import EASY_READ, INTERFACE, RESULTS, WORKSPACE
from survey.po_files import CatalogueError, forms_of, is_language, read_po_file

Key = tuple[str | None, str]
"""Context and words (of a plural message, the singular)."""

_PLURAL_FORMS = {"cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"}
"""Where Babel has fewer forms than the language (Unicode CLDR, plural rules)."""


def folder_locales(folder: Path) -> list[str]:
    """The languages that have a folder for catalogues."""
    return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))


def catalogues_to_keep(locales: Iterable[str], names: Iterable[str]) -> list[tuple[str, str]]:
    """Locale and name of each catalogue that languages have: Easy Read has those of pages, not of questionnaires.

    The Easy Read words of a questionnaire stand in its file, beside the standard ones.
    """
    every = [(locale, name) for locale in sorted(locales) for name in names]
    return [(locale, name) for locale, name in every if locale != EASY_READ or name in (INTERFACE, WORKSPACE, RESULTS)]


def catalogue_path(folder: Path, locale: str, name: str) -> Path:
    """Where a catalogue lives. Raises CatalogueError for a language nobody knows."""
    if not is_language(locale):
        raise CatalogueError(f"{locale!r} is not a language. Give a code such as pl, ur or pt_BR.")
    return folder / locale / "LC_MESSAGES" / f"{name}.po"


def read_or_begin(folder: Path, locale: str, name: str) -> Catalog:
    """Read a catalogue; an empty one when there is no file yet. Raises CatalogueError."""
    path = catalogue_path(folder, locale, name)
    return read_po_file(path, locale) if path.is_file() else empty_catalogue(name, locale)


def empty_catalogue(name: str, locale: str | None = None) -> Catalog:
    """A catalogue without strings; without a locale, a template."""
    language = f" in {Locale.parse(locale).english_name}" if locale else ""
    catalogue = Catalog(locale, name, f"# The strings of {name}{language}", fuzzy=False)
    if locale in _PLURAL_FORMS:
        catalogue.mime_headers = [("Plural-Forms", _PLURAL_FORMS[locale])]
    return catalogue


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """Its messages without the header."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> Key:
    """What a message is known by."""
    return message.context, forms_of(message.id)[0]


def is_translated(message: Message) -> bool:
    """Whether any of its forms has a translation."""
    return any(forms_of(message.string))
