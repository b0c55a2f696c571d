"""Bringing what there is to translate into the catalogues of each language.

A string of a questionnaire is known by its context (`item.control.text.proxy`), so that a new wording keeps its
translation, marked fuzzy and not served until someone has looked. A string of the interface is known by its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from survey.po_files import forms_of, write_po_file
from survey.translations.catalogues import (
    Key,
    catalogue_path,
    catalogues_to_keep,
    folder_locales,
    is_translated,
    key_of,
    messages_of,
    read_or_begin,
)


def merge_folder(folder: Path, templates: Mapping[str, Catalog], new_locales: Iterable[str] = ()) -> list[Path]:
    """Merge the templates into the catalogues of a folder, and begin those that new languages lack; what changed.

    A language need not have every catalogue: what has none is in English. Raises CatalogueError, before anything is
    written.
    """
    begun = frozenset(new_locales)
    merged = {
        path: merge_catalogue(templates[name], read_or_begin(folder, locale, name))
        for locale, name in catalogues_to_keep({*folder_locales(folder), *begun}, templates)
        if (path := catalogue_path(folder, locale, name)).is_file() or locale in begun
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
    active = {key_of(message): message for message in messages_of(existing)}
    unclaimed = {key_of(message): message for message in existing.obsolete.values()}
    unclaimed = active | {key: message for key, message in unclaimed.items() if key not in active}
    reworded = _reworded(template, unclaimed)
    for new in messages_of(template):
        key = reworded.get(key_of(new), key_of(new))
        old = unclaimed.pop(key, None)
        if old is None:
            merged[new.id] = new.clone()
        else:
            merged[new.id] = _carry_over(old, new, forms=merged.num_plurals, revived=key not in active)
    merged.obsolete = {
        merged._key_for(message.id, message.context): message
        for message in unclaimed.values()
        if is_translated(message)
    }
    return merged


def _reworded(template: Catalog, existing: Mapping[Key, Message]) -> dict[Key, Key]:
    """Which new words stand in whose place: those of a context that is there once, and has a translation."""
    wanted = {key_of(message) for message in messages_of(template)}
    times = Counter(context for context, _ in wanted)
    candidates: dict[str, Key] = {}
    for key, message in existing.items():
        if key[0] is not None and key not in wanted and is_translated(message):
            candidates.setdefault(key[0], key)
    return {
        (context, words): candidates[context]
        for context, words in wanted - existing.keys()
        if context is not None and times[context] == 1 and context in candidates
    }


def _carry_over(old: Message, new: Message, *, forms: int, revived: bool) -> Message:
    """The new message with the old one's translation, notes and flags; fuzzy when the words are others.

    `forms` is how many a plural has in the language.
    """
    message = new.clone()
    message.user_comments = old.user_comments
    if not is_translated(old):
        return message
    message.string = _shaped(forms_of(old.string), forms, like=new)
    message.flags |= {flag for flag in old.flags if not flag.endswith("-format")}
    if old.fuzzy:
        message.previous_id = old.previous_id
    if old.id != new.id:
        message.previous_id = message.previous_id or list(forms_of(old.id))
    if old.id != new.id or revived:
        message.flags.add("fuzzy")
    if message.previous_id == list(forms_of(new.id)):
        message.previous_id = []
    return message


def _shaped(found: tuple[str, ...], wanted: int, *, like: Message) -> str | tuple[str, ...]:
    return (*found, *[""] * (wanted - len(found)))[:wanted] if like.pluralizable else found[0]
