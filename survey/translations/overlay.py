"""What was decided on the screens of one installation: its own catalogues, laid over those that ship."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message

from survey.adjudication.drafts import Entry, decided_entry, decided_stage
from survey.po_files import CatalogueError, forms_of, read_po_file, write_po_file
from survey.questionnaire.stages import FLAGS, Stage, stage_of
from survey.served import problems_of
from survey.store.translating.entries import decided_in
from survey.translations.catalogues import catalogue_path, empty_catalogue, key_of, messages_of

if TYPE_CHECKING:
    from survey.store.connect import Store


_log = logging.getLogger(__name__)

_writing = Lock()
"""Who writes reads the store meanwhile, so that of two who decide at once the later file has both."""


def decided_folder(data: Path) -> Path:
    """Where an installation with this folder of live data keeps them."""
    return data / "translations"


def write_decided(store: Store, folder: Path, locale: str, catalogue: str, template: Catalog) -> bool:
    """Write every string that was decided, as adjudicated or pretested, into the folder; True when the file changed.

    Strings of the template come first, in its order and with its notes; then other wordings, which waves that were
    opened before may still ask. Other words that somebody has put into the file stay. Where nothing was decided no file
    is made. Raises CatalogueError for a language nobody knows, and OSError.
    """
    path = catalogue_path(folder, locale, catalogue)
    with _writing:
        decided = decided_in(store, locale, catalogue)
        return bool(decided) and write_po_file(path, _with_decided(path, locale, decided, template))


def _with_decided(
    path: Path, locale: str, decided: Mapping[tuple[str, str], tuple[Entry, ...]], template: Catalog
) -> Catalog:
    known = {key_of(message): message for message in messages_of(template)}
    words = {key_of(message): message for message in messages_of(_read_or_put_aside(path, locale))}
    for (context, source), history in decided.items():
        key = (context or None, source)
        words[key] = _decided_message(known.get(key), history, source, context)
    written = empty_catalogue(path.stem, locale)
    for key in [*(key for key in known if key in words), *(key for key in words if key not in known)]:
        written[words[key].id] = words[key]
    return written


def _read_or_put_aside(path: Path, locale: str) -> Catalog:
    """The file as it is; one that cannot be read gets another name, so that what is decided is served all the same."""
    if not path.is_file():
        return empty_catalogue(path.stem, locale)
    try:
        return read_po_file(path, locale)
    except CatalogueError as error:
        aside = path.with_name(f"{path.name}.broken")
        path.replace(aside)
        _log.warning("%s It is now %s.", error, aside)
        return empty_catalogue(path.stem, locale)


@dataclass(frozen=True)
class Collected:
    """What was brought from an installation into one catalogue that ships."""

    locale: str
    name: str
    taken: int
    """Strings whose words or stage are others now."""
    left: tuple[str, ...]
    """Strings that the catalogue does not have in this wording, or whose words have a problem: not taken."""


def collect_folder(decided: Path, shipped: Path) -> list[Collected]:
    """Bring what an installation has decided into the catalogues that ship.

    Raises CatalogueError, before anything is written.
    """
    found: list[Collected] = []
    changed: dict[Path, Catalog] = {}
    for path in sorted(decided.glob("*/LC_MESSAGES/*.po")):
        locale, name = path.parent.parent.name, path.stem
        target = catalogue_path(shipped, locale, name)
        if not target.is_file():
            raise CatalogueError(f"{target} is not there. Begin it with `phb translations merge {locale}`.")
        changed[target] = read_po_file(target, locale)
        found.append(Collected(locale, name, *take_over(changed[target], read_po_file(path, locale))))
    for target, catalogue in changed.items():
        write_po_file(target, catalogue)
    return found


def take_over(catalogue: Catalog, decided: Catalog) -> tuple[int, tuple[str, ...]]:
    """Put what was decided into a catalogue: how many strings that changed, and the names of those not taken."""
    there = {key_of(message): message for message in messages_of(catalogue)}
    taken = 0
    left: list[str] = []
    for message in messages_of(decided):
        stage = stage_of(message.flags, is_whole=all(forms_of(message.string)))
        if not stage.counts:
            continue
        target = there.get(key_of(message))
        if (
            target is None
            or forms_of(target.id) != forms_of(message.id)
            or any(problem.stops for problem in problems_of(message, catalogue.num_plurals))
        ):
            left.append(message.context or forms_of(message.id)[0])
            continue
        taken += _take(target, message.string, stage)
    return taken, tuple(left)


def _take(target: Message, words: str | tuple[str, ...] | list[str] | None, stage: Stage) -> bool:
    before = (forms_of(target.string), set(target.flags))
    target.string = forms_of(words) if target.pluralizable else forms_of(words)[0]
    target.flags -= {"fuzzy", *FLAGS.values()}
    target.flags.add(FLAGS[stage])
    target.previous_id = []
    return before != (forms_of(target.string), set(target.flags))


def _decided_message(known: Message | None, history: tuple[Entry, ...], source: str, context: str) -> Message:
    decided, stage = decided_entry(history, source), decided_stage(history, source)
    assert decided is not None
    assert stage is not None
    notes = [] if known is None else known.auto_comments
    places = [] if known is None else known.locations
    words = (source, decided.plural) if decided.plural else source
    message = Message(words, context=context or None, auto_comments=notes, locations=places)
    _take(message, decided.forms, stage)
    return message
