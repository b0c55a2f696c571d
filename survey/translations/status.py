"""How far the catalogues of each language are, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from survey.po_files import format_po, forms_of
from survey.questionnaire.pipes import marks_in
from survey.questionnaire.stages import Stage, stage_of
from survey.translations.catalogues import catalogues_to_keep, folder_locales, messages_of, read_or_begin
from survey.translations.merge import merge_catalogue

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|</?[a-z][^>]*>")


@dataclass(frozen=True)
class TranslationProblem:
    """A translation that would break a page or lose something a person needs."""

    context: str | None
    source: str
    message: str


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

    @property
    def total(self) -> int:
        """How many strings there are to translate."""
        return sum(self.counts.values())


def folder_status(folder: Path, templates: Mapping[str, Catalog]) -> list[CatalogueStatus]:
    """The status of every catalogue in every language of a folder. Raises CatalogueError."""
    return [
        catalogue_status(templates[name], read_or_begin(folder, locale, name))
        for locale, name in catalogues_to_keep(folder_locales(folder), templates)
    ]


def catalogue_status(template: Catalog, existing: Catalog) -> CatalogueStatus:
    """Count the strings of a catalogue by how far they are, against what there is to translate now."""
    merged = merge_catalogue(template, existing)
    counts = Counter(stage_of(message.flags, is_whole=all(forms_of(message.string))) for message in messages_of(merged))
    return CatalogueStatus(
        locale=str(merged.locale_identifier),
        name=str(merged.domain),
        counts={stage: counts[stage] for stage in Stage},
        obsolete=len(merged.obsolete),
        out_of_date=format_po(merged) != format_po(existing),
        problems=tuple(problem for message in messages_of(merged) for problem in _problems(message)),
    )


def message_stage(message: Message) -> Stage:
    """How far one string of a catalogue is."""
    return stage_of(message.flags, is_whole=all(forms_of(message.string)))


def _problems(message: Message) -> Iterator[TranslationProblem]:
    """What is wrong with a translation: placeholders, answers put in and mark-up must be those of the source."""
    sources, forms = forms_of(message.id), forms_of(message.string)
    if message.fuzzy or not all(forms):
        return
    for number, form in enumerate(forms):
        is_last = number == len(forms) - 1
        words = [
            *_differences(_placeholders, sources, form, is_last=is_last, required=frozenset()),
            *_differences(marks_in, sources, form, is_last=is_last, required=_in_every(sources)),
        ]
        if words:
            yield TranslationProblem(message.context, sources[0], f"{'; '.join(words)}: {form!r}")
        elif not _can_be_filled(form):
            yield TranslationProblem(message.context, sources[0], f"write %% for a per cent sign: {form!r}")


def _differences(
    find: Callable[[str], frozenset[str]],
    sources: tuple[str, ...],
    form: str,
    *,
    is_last: bool,
    required: frozenset[str],
) -> Iterator[str]:
    known, found = frozenset[str]().union(*map(find, sources)), find(form)
    # "One response" may do without the number; the form for most numbers, the last, may not.
    lost = (known if is_last else required) - found
    if lost:
        yield f"{', '.join(sorted(lost))} is missing"
    if found - known:
        yield f"{', '.join(sorted(found - known))} is not in the source"


def _in_every(sources: tuple[str, ...]) -> frozenset[str]:
    return frozenset.intersection(*map(marks_in, sources))


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(match.group() for match in _PLACEHOLDER.finditer(text))


def _can_be_filled(text: str) -> bool:
    names = [match.group(1) for match in _PLACEHOLDER.finditer(text) if match.group(1)]
    if not names:
        return True  # not filled at all, so a per cent sign is one
    try:
        return bool(text % dict.fromkeys(names, 1))
    except (TypeError, ValueError):
        return False
