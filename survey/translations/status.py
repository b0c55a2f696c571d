"""How far the catalogues of each language are, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from survey.po_files import CatalogueError, forms_of, read_po_file
from survey.questionnaire.stages import Stage, stage_of
from survey.served import problems_of
from survey.translations.catalogues import (
    catalogue_path,
    catalogues_to_keep,
    empty_catalogue,
    folder_locales,
    is_translated,
    messages_of,
    read_or_begin,
)
from survey.translations.merge import merge_catalogue
from survey.translations.overlay import take_over


@dataclass(frozen=True)
class TranslationProblem:
    """What is wrong with a translation."""

    context: str | None
    source: str
    message: str
    stops: bool
    """Whether the translation is not served because of it."""


@dataclass(frozen=True)
class CatalogueStatus:
    """How far one catalogue is."""

    locale: str
    name: str
    counts: Mapping[Stage, int]
    """How many strings are at each stage; a stage without any is there with 0."""
    obsolete: int
    out_of_date: bool
    """`merge` would change what the file says; the figures are those after it."""
    problems: tuple[TranslationProblem, ...]
    broken: tuple[str, ...] = ()
    """What is wrong with files that cannot be read; the figures are those without them."""

    @property
    def total(self) -> int:
        """How many strings there are to translate."""
        return sum(self.counts.values())

    @property
    def is_sound(self) -> bool:
        """Whether everything that is translated can be served."""
        return not self.broken and not any(problem.stops for problem in self.problems)


def folder_status(folder: Path, templates: Mapping[str, Catalog], decided: Path | None = None) -> list[CatalogueStatus]:
    """The status of every catalogue in every language of a folder, with what an installation decided laid over it.

    Raises CatalogueError for a folder that is no language.
    """
    return [
        _file_status(folder, decided, locale, templates[name])
        for locale, name in catalogues_to_keep(folder_locales(folder), templates)
    ]


def _file_status(folder: Path, decided: Path | None, locale: str, template: Catalog) -> CatalogueStatus:
    name = str(template.domain)
    broken: list[str] = []
    try:
        existing = read_or_begin(folder, locale, name)
    except CatalogueError as error:
        broken.append(str(error))
        existing = empty_catalogue(name, locale)
    over = None
    if decided is not None and (path := catalogue_path(decided, locale, name)).is_file():
        try:
            over = read_po_file(path, locale)
        except CatalogueError as error:
            broken.append(str(error))
    status = catalogue_status(template, existing, over, tuple(broken))
    has_file = catalogue_path(folder, locale, name).is_file()
    return status if has_file else replace(status, out_of_date=False)  # `merge` begins none that nobody asked for


def catalogue_status(
    template: Catalog, existing: Catalog, decided: Catalog | None = None, broken: tuple[str, ...] = ()
) -> CatalogueStatus:
    """Count the strings of a catalogue by how far they are, against what there is to translate now."""
    merged = merge_catalogue(template, existing)
    out_of_date = not broken and _content(merged) != _content(existing)
    if decided is not None:
        take_over(merged, decided)
    counts = Counter(message_stage(message) for message in messages_of(merged))
    return CatalogueStatus(
        locale=str(merged.locale_identifier),
        name=str(merged.domain),
        counts={stage: counts[stage] for stage in Stage},
        obsolete=len(merged.obsolete),
        out_of_date=out_of_date,
        problems=tuple(problem for message in messages_of(merged) for problem in _problems(message, merged)),
        broken=broken,
    )


def message_stage(message: Message) -> Stage:
    """How far one string of a catalogue is."""
    return stage_of(message.flags, is_whole=all(forms_of(message.string)))


def _content(catalogue: Catalog) -> list[tuple[object, ...]]:
    """What the file says of its strings; to write two such files out to compare them takes seconds."""
    return [
        (
            is_obsolete,
            message.context,
            forms_of(message.id),
            forms_of(message.string) if is_translated(message) else (),
            frozenset(message.flags),
            tuple(forms_of(message.previous_id)) if message.previous_id else (),
            tuple(message.user_comments),
            () if is_obsolete else tuple(message.auto_comments),
            () if is_obsolete else tuple(dict.fromkeys(place for place, _ in message.locations)),
        )
        for is_obsolete, messages in ((False, messages_of(catalogue)), (True, catalogue.obsolete.values()))
        for message in messages
    ]


def _problems(message: Message, catalogue: Catalog) -> Iterator[TranslationProblem]:
    sources, forms = forms_of(message.id), forms_of(message.string)
    for problem in problems_of(message, catalogue.num_plurals):
        told = f"{problem}: {forms[problem.form]!r}"
        yield TranslationProblem(message.context, sources[0], told, problem.stops)
