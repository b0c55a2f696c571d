"""Translations: what there is to translate, brought into the catalogues of each language, and how far they are.

A string of a questionnaire is known by its context (`item.control.text.proxy`), so that a new wording keeps its
translation, marked fuzzy and not served until someone has looked. A string of the interface is known by its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from survey.i18n import INTERFACE, MACHINE_DRAFT
from survey.po_files import CatalogueError, format_po, read_po_file, write_po_file
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.text import translation_units

KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
NOTE_TAG = "Translators:"
"""A comment that begins so is shown to translators with the string below it."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{\w+\}|</?[a-z][^>]*>")

Key = tuple[str | None, str]
"""Context and words (of a plural message, the singular)."""


# --- What there is to translate ---------------------------------------------------


def extract_all(package: Path, questionnaires: Path) -> dict[str, Catalog]:
    """Every template by name: the interface first, then the questionnaires of a folder.

    Raises QuestionnaireError, and jinja2.TemplateSyntaxError for a page template that cannot be read.
    """
    templates = {INTERFACE: extract_interface(package)}
    for path in sorted(questionnaires.glob("*.json")):
        questionnaire = load_file(path)
        templates[questionnaire.id] = extract_questionnaire(questionnaire)
    return templates


def extract_questionnaire(questionnaire: Questionnaire) -> Catalog:
    """The strings of a questionnaire in the order of the file, each with its context and a note."""
    template = _empty(questionnaire.id)
    for unit in translation_units(questionnaire):
        template.add(unit.source, context=unit.context, auto_comments=[unit.comment])
    return template


def extract_interface(package: Path) -> Catalog:
    """The strings of a package's Python files and page templates, in the order of the files' names."""
    template = _empty(INTERFACE)
    files = [(path, "python") for path in package.rglob("*.py") if "node_modules" not in path.parts]
    files += [(path, "jinja2") for path in (package / "templates").rglob("*.html")]
    # `silent` off: a page template with a mistake would have no strings, and all of them would become obsolete.
    options = {"silent": "false"}
    for path, method in sorted(files):
        place = path.relative_to(package.parent).as_posix()
        found = extract_from_file(method, path, KEYWORDS, (NOTE_TAG,), options, strip_comment_tags=True)
        for line, source, notes, context in found:
            template.add(source, locations=[(place, line)], auto_comments=notes, context=context)
    return template


def write_templates(folder: Path, templates: Mapping[str, Catalog]) -> list[Path]:
    """Write `<name>.pot` files, for those who translate with another program; the files that changed."""
    paths = {folder / f"{name}.pot": template for name, template in templates.items()}
    return [path for path, template in paths.items() if write_po_file(path, template)]


# --- Into the catalogues ----------------------------------------------------------


def merge_folder(folder: Path, templates: Mapping[str, Catalog], new_locales: Iterable[str] = ()) -> list[Path]:
    """Merge every template into every language of a folder, and begin new ones; the files that changed.

    Raises CatalogueError, before anything is written.
    """
    merged = {
        catalogue_path(folder, locale, name): merge_catalogue(template, read_or_begin(folder, locale, name))
        for locale in sorted({*folder_locales(folder), *new_locales})
        for name, template in templates.items()
    }
    return [path for path, catalogue in merged.items() if write_po_file(path, catalogue)]


def merge_catalogue(template: Catalog, existing: Catalog) -> Catalog:
    """Bring a catalogue up to date with its template, in the template's order.

    - The same context and words: as it was.
    - The same context, other words: the translation stays, fuzzy, with the words it was made for.
    - New: empty. One that was obsolete comes back fuzzy, because its flags were not kept.
    - No longer there: obsolete, at the end.

    (Babel's own `Catalog.update` goes by likeness of words and loses a context that was reworded a lot.)
    """
    merged = Catalog(existing.locale_identifier, template.domain, existing.header_comment, fuzzy=False)
    merged.mime_headers = existing.mime_headers
    active = {_key(message): message for message in _messages(existing)}
    unclaimed = {_key(message): message for message in existing.obsolete.values()}
    unclaimed = active | {key: message for key, message in unclaimed.items() if key not in active}
    reworded = _reworded(template, unclaimed)
    for new in _messages(template):
        key = reworded.get(_key(new), _key(new))
        old = unclaimed.pop(key, None)
        merged[new.id] = new.clone() if old is None else _carry_over(old, new, revived=key not in active)
    merged.obsolete = {
        merged._key_for(message.id, message.context): message for message in unclaimed.values() if _translated(message)
    }
    return merged


def _reworded(template: Catalog, existing: Mapping[Key, Message]) -> dict[Key, Key]:
    """Which new words stand in whose place: those of a context that is there once, and has a translation."""
    wanted = {_key(message) for message in _messages(template)}
    times = Counter(context for context, _ in wanted)
    candidates: dict[str, Key] = {}
    for key, message in existing.items():
        if key[0] is not None and key not in wanted and _translated(message):
            candidates.setdefault(key[0], key)
    return {
        (context, words): candidates[context]
        for context, words in wanted - existing.keys()
        if context is not None and times[context] == 1 and context in candidates
    }


def _carry_over(old: Message, new: Message, *, revived: bool) -> Message:
    """The new message with the old one's translation, notes and flags; fuzzy when the words are others."""
    message = new.clone()
    message.user_comments = old.user_comments
    if not _translated(old):
        return message
    message.string = _shaped(_forms(old.string), like=new)
    message.flags |= {flag for flag in old.flags if not flag.endswith("-format")}
    if old.fuzzy:
        message.previous_id = old.previous_id
    if old.id != new.id:
        message.previous_id = message.previous_id or list(_forms(old.id))
    if old.id != new.id or revived:
        message.flags.add("fuzzy")
    if message.previous_id == list(_forms(new.id)):
        message.previous_id = []
    return message


def _shaped(forms: tuple[str, ...], *, like: Message) -> str | tuple[str, ...]:
    return (*forms, *[""] * (2 - len(forms))) if like.pluralizable else forms[0]


# --- How far they are -------------------------------------------------------------


@dataclass(frozen=True)
class TranslationProblem:
    """A translation that would break a page or lose something a person needs."""

    context: str | None
    source: str
    message: str


@dataclass(frozen=True)
class CatalogueStatus:
    """How far one catalogue is; every string counts in one of translated, machine_draft, fuzzy, missing."""

    locale: str
    name: str
    translated: int
    machine_draft: int
    fuzzy: int
    missing: int
    obsolete: int
    out_of_date: bool
    """`merge` would change what the file says; the figures are those after it."""
    problems: tuple[TranslationProblem, ...]

    @property
    def total(self) -> int:
        """How many strings there are to translate."""
        return self.translated + self.machine_draft + self.fuzzy + self.missing


def folder_status(folder: Path, templates: Mapping[str, Catalog]) -> list[CatalogueStatus]:
    """The status of every catalogue in every language of a folder. Raises CatalogueError."""
    return [
        catalogue_status(template, read_or_begin(folder, locale, name))
        for locale in folder_locales(folder)
        for name, template in templates.items()
    ]


def catalogue_status(template: Catalog, existing: Catalog) -> CatalogueStatus:
    """Count the strings of a catalogue by how far they are, against what there is to translate now."""
    merged = merge_catalogue(template, existing)
    counts = Counter(_stage(message) for message in _messages(merged))
    return CatalogueStatus(
        locale=str(merged.locale_identifier),
        name=str(merged.domain),
        translated=counts["translated"],
        machine_draft=counts[MACHINE_DRAFT],
        fuzzy=counts["fuzzy"],
        missing=counts["missing"],
        obsolete=len(merged.obsolete),
        out_of_date=format_po(merged) != format_po(existing),
        problems=tuple(problem for message in _messages(merged) for problem in _problems(message)),
    )


def _stage(message: Message) -> str:
    if not all(_forms(message.string)):
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    return MACHINE_DRAFT if MACHINE_DRAFT in message.flags else "translated"


def _problems(message: Message) -> Iterator[TranslationProblem]:
    """What is wrong with a translation that is served: placeholders and mark-up must be those of the source."""
    sources, forms = _forms(message.id), _forms(message.string)
    if message.fuzzy or not all(forms):
        return
    known = _placeholders(*sources)
    for number, form in enumerate(forms):
        found = _placeholders(form)
        # "One response" may do without the number; the form for most numbers, the last, may not.
        lost = known - found if number == len(forms) - 1 else set()
        if lost or found - known:
            words = "; ".join(
                [f"{', '.join(sorted(lost))} is missing"] * bool(lost)
                + [f"{', '.join(sorted(found - known))} is not in the source"] * bool(found - known)
            )
            yield TranslationProblem(message.context, sources[0], f"{words}: {form!r}")
        elif not _can_be_filled(form):
            yield TranslationProblem(message.context, sources[0], f"write %% for a per cent sign: {form!r}")


def _placeholders(*texts: str) -> set[str]:
    return {match.group() for text in texts for match in _PLACEHOLDER.finditer(text)}


def _can_be_filled(text: str) -> bool:
    names = [match.group(1) for match in _PLACEHOLDER.finditer(text) if match.group(1)]
    if not names:
        return True  # not filled at all, so a per cent sign is one
    try:
        return bool(text % dict.fromkeys(names, 1))
    except (TypeError, ValueError):
        return False


# --- Files and messages -----------------------------------------------------------


def folder_locales(folder: Path) -> list[str]:
    """The languages that have a folder for catalogues."""
    return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))


def catalogue_path(folder: Path, locale: str, name: str) -> Path:
    """Where a catalogue lives. Raises CatalogueError for a language nobody knows."""
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError) as error:
        raise CatalogueError(f"{locale!r} is not a language. Give a code such as pl, ur or pt_BR.") from error
    return folder / locale / "LC_MESSAGES" / f"{name}.po"


def read_or_begin(folder: Path, locale: str, name: str) -> Catalog:
    """Read a catalogue; an empty one when there is no file yet. Raises CatalogueError."""
    path = catalogue_path(folder, locale, name)
    return read_po_file(path, locale) if path.is_file() else _empty(name, locale)


def _empty(name: str, locale: str | None = None) -> Catalog:
    language = f" in {Locale.parse(locale).english_name}" if locale else ""
    return Catalog(locale, name, f"# The strings of {name}{language}", fuzzy=False)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    return message.context, _forms(message.id)[0]


def _translated(message: Message) -> bool:
    return any(_forms(message.string))


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)
