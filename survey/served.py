"""What of a .po file may be served, and a complaint about everything else in it that somebody can mend."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from survey.adjudication.problems import Problem, find_problems
from survey.po_files import CatalogueError, forms_of, read_po_file
from survey.questionnaire.stages import Stage, stage_of

Key = tuple[str | None, str]
"""Context and words."""


@dataclass(frozen=True, eq=False)
class Served:
    """What is served of one file."""

    messages: Mapping[Key, str]
    """By context and source; a plural stands here under both its sources, so that one can tell that it is there."""
    stages: Mapping[Key, Stage]
    """How far each string is, those too that are not served."""
    translations: NullTranslations
    complaints: tuple[str, ...] = ()
    """What is wrong, in English: with the file, the string and what to do."""


def serve_file(path: Path, locale: str) -> Served:
    """Read a file, or take what is known of it since it changed last. One that is broken is a complaint alone."""
    try:
        found = path.stat()
    except OSError:
        return _read(path, locale, None)
    return _read(path, locale, (found.st_mtime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=512)
def _read(path: Path, locale: str, _stamp: object) -> Served:
    try:
        return sift(read_po_file(path, locale), str(path))
    except CatalogueError as error:
        return Served({}, {}, NullTranslations(), (f"{error} Until then nothing of it is served.",))


def sift(catalog: Catalog, place: str = "") -> Served:
    """Take from a parsed file what may be served. What may not is marked fuzzy in `catalog`."""
    messages: dict[Key, str] = {}
    stages: dict[Key, Stage] = {}
    complaints: list[str] = []
    for message in catalog:
        sources, forms = forms_of(message.id), forms_of(message.string)
        if not sources[0]:
            continue
        problems = [problem for problem in problems_of(message, catalog.num_plurals) if problem.stops]
        stages[message.context, sources[0]] = stage_of(message.flags, is_whole=all(forms) and not problems)
        complaints += complaints_about(message, problems, place)
        if problems or not all(forms):
            message.flags.add("fuzzy")  # so that it is not compiled either
        if not message.fuzzy:
            messages[message.context, sources[0]] = forms[0]
            messages.setdefault((message.context, sources[-1]), forms[-1])
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Served(messages, stages, Translations(compiled), tuple(complaints))


def problems_of(message: Message, plural_forms: int) -> tuple[Problem, ...]:
    """What is wrong with a translation that is meant to be served; nothing where there is none yet.

    `plural_forms` is how many the file has for a string that counts.
    """
    forms = forms_of(message.string)
    if message.fuzzy or not any(forms):
        return ()
    wanted = plural_forms if message.pluralizable else 1
    return find_problems(forms_of(message.id), forms, wanted, is_questionnaire=message.context is not None)


def complaints_about(message: Message, problems: Iterable[Problem], place: str) -> Iterator[str]:
    """The problems of a string for those who mend files."""
    name = message.context or forms_of(message.id)[0]
    for problem in problems:
        form = forms_of(message.string)[problem.form]
        yield f"{place}: {name!r}: {problem}: {form!r}. The source is served until it is mended."
