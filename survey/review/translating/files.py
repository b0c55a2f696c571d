"""What there is to translate, and the words for it in the files: those that ship, and over them those decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from babel.messages.catalog import Catalog, Message
from flask import current_app

from survey import resources
from survey.i18n import EASY_READ, INTERFACE, RESULTS, SOURCE_LOCALE, WORKSPACE
from survey.po_files import CatalogueError, forms_of, is_language
from survey.questionnaire.model import Questionnaire
from survey.respondent.site import current_site
from survey.staff.parts import staff_parts
from survey.translations.catalogues import (
    Key,
    catalogue_path,
    catalogues_to_keep,
    empty_catalogue,
    folder_locales,
    is_translated,
    key_of,
    messages_of,
    read_or_begin,
)
from survey.translations.extract import extract_questionnaire
from survey.translations.merge import merge_catalogue
from survey.translations.overlay import decided_folder

OF_PAGES = (INTERFACE, RESULTS, WORKSPACE)
"""The catalogues whose strings stand in page templates and code: those that respondents read first."""

Thing = TypeVar("Thing")
_Stamp = tuple[int, int] | None


def decided_here() -> Path:
    """Where this installation keeps what was decided on its screens."""
    return decided_folder(current_site().config.data)


def locales() -> tuple[str, ...]:
    """The languages that somebody has begun, in the order of their codes; English Easy Read is one."""
    found = {*folder_locales(resources.TRANSLATIONS), *folder_locales(decided_here())} - {SOURCE_LOCALE}
    return tuple(sorted(locale for locale in found if _is_known(locale)))


def catalogue_names(locale: str) -> tuple[str, ...]:
    """The catalogues that a language has, the questionnaires of the folder last."""
    return tuple(name for _, name in catalogues_to_keep([locale], (*OF_PAGES, *_questionnaires())))


def find_questionnaire(name: str) -> Questionnaire | None:
    """The questionnaire of a catalogue; None for one of pages."""
    return None if name in OF_PAGES else _questionnaires().get(name)


def _questionnaires() -> Mapping[str, Questionnaire]:
    """Those of the folder by id; of a file that is broken just now what was in it before, so that work goes on."""
    found = {each.id: each.questionnaire or each.last_good for each in staff_parts(current_app).folder.read()}
    return {id: questionnaire for id, questionnaire in found.items() if questionnaire is not None}


def template_of(name: str) -> Catalog:
    """Every string of a catalogue, without words."""
    questionnaire = find_questionnaire(name)
    if questionnaire is not None:
        return _template_of_questionnaire(Same(questionnaire))
    # Every language that ships has the same strings of pages: looking through the program for them takes seconds.
    paths = sorted(resources.TRANSLATIONS.glob(f"*/LC_MESSAGES/{name}.po"))
    return _template_of_pages(paths[0], _stamp(paths[0])) if paths else empty_catalogue(name)


def merged_catalogue(locale: str, name: str) -> Catalog:
    """A catalogue as it stands now. It is shared: whoever changes it must copy it first."""
    folders = (resources.TRANSLATIONS, decided_here())
    stamps = tuple(_stamp(catalogue_path(folder, locale, name)) for folder in folders)
    return _merge(Same(template_of(name)), locale, folders, stamps)


def shipped_words(locale: str, name: str) -> Mapping[Key, tuple[str, ...]]:
    """The words of a catalogue that come with the program, whatever was decided here instead."""
    shipped = messages_of(_read(resources.TRANSLATIONS, locale, name))
    return {key_of(message): forms_of(message.string) for message in shipped}


class Same(Generic[Thing]):
    """Something that is the same only as itself: the caches below go by it, and compare no words."""

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


@lru_cache(maxsize=200)
def _merge(template: Same[Catalog], locale: str, folders: tuple[Path, ...], stamps: tuple[_Stamp, ...]) -> Catalog:
    wanted = template.thing
    merged = wanted
    for number, folder in enumerate(folders):
        if number and stamps[number] is None:
            continue
        found = merge_catalogue(wanted, _read(folder, locale, str(wanted.domain)))
        if number == 0:
            merged = found
            continue
        for message in messages_of(found):
            there = merged.get(message.id, message.context)
            if there is not None and is_translated(message) and (not message.fuzzy or not is_translated(there)):
                there.string, there.flags, there.previous_id = message.string, message.flags, message.previous_id
    return merged


def _read(folder: Path, locale: str, name: str) -> Catalog:
    try:
        return read_or_begin(folder, locale, name)
    except CatalogueError:
        # Whoever runs the server is told by what serves it; here its words are as good as not there.
        return empty_catalogue(name, locale)


@lru_cache(maxsize=20)
def _template_of_questionnaire(questionnaire: Same[Questionnaire]) -> Catalog:
    return extract_questionnaire(questionnaire.thing)


@lru_cache(maxsize=20)
def _template_of_pages(path: Path, stamp: _Stamp) -> Catalog:
    template = empty_catalogue(path.stem)
    for message in messages_of(read_or_begin(path.parents[2], path.parents[1].name, path.stem)):
        template.add(
            message.id,
            locations=message.locations,
            auto_comments=message.auto_comments,
            flags=set(_formats_of(message)),
            context=message.context,
        )
    return template


def _formats_of(message: Message) -> Iterator[str]:
    return (flag for flag in message.flags if flag.endswith("-format"))


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _is_known(locale: str) -> bool:
    return is_language(locale) and (locale == EASY_READ or "@" not in locale)
