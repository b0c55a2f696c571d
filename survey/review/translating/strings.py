"""The strings of one catalogue in one language as they stand: the words in the files, and what people did with each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from babel.messages.catalog import Catalog, Message
from flask import abort

from survey.adjudication.drafts import Entry, Key, current_turn, decided_stage, stage_after
from survey.i18n import Catalogue, Language, language
from survey.po_files import forms_of
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.stages import Stage
from survey.respondent.site import current_site
from survey.review.translating.files import (
    Same,
    catalogue_names,
    find_questionnaire,
    locales,
    merged_catalogue,
    template_of,
)
from survey.review.translating.places import Places
from survey.store.translating.entries import histories
from survey.translations.catalogues import messages_of
from survey.translations.status import message_stage


@dataclass(frozen=True)
class String:
    """One string. `forms` are the words in the files, those too that are stale; empty where there are none."""

    id: str
    key: Key
    plural: str
    forms: tuple[str, ...]
    in_files: Stage
    previous: tuple[str, ...]
    """The words that it was made for, where these were others."""
    notes: tuple[str, ...]
    files: tuple[str, ...]
    """Where a string of pages stands."""
    history: tuple[Entry, ...]
    """Of a string of a questionnaire what was done with earlier words of its place, too."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The words to translate: one, or those for one and for many."""
        return (self.key.source, self.plural) if self.plural else (self.key.source,)

    @cached_property
    def turn(self) -> tuple[Entry, ...]:
        """What was done with the present words since they were last decided."""
        return current_turn(self.history, self.key.source) if self.history else ()

    @cached_property
    def stage(self) -> Stage:
        """How far it is: what was decided stays decided while somebody drafts it anew."""
        if not self.turn:
            return self.in_files
        return decided_stage(self.history, self.key.source) or stage_after(self.history, self.key.source)

    @property
    def working_stage(self) -> Stage:
        """How far the newest words are, whatever was decided before them."""
        return stage_after(self.turn, self.key.source) if self.turn else self.in_files

    @property
    def served(self) -> tuple[str, ...]:
        """The words that people read now; none where they read the source."""
        return self.forms if self.in_files not in (Stage.MISSING, Stage.STALE) else ()

    @property
    def served_id(self) -> str:
        """A short name for the words that people read now: a form says by it which words were seen."""
        return string_id(self.key.locale, "\0".join(self.served))

    @cached_property
    def newest(self) -> tuple[str, ...]:
        """The newest words that somebody wrote for the present source, else those in the files."""
        return self.turn[-1].forms if self.turn else self.forms


@dataclass(frozen=True)
class Sheet:
    """One catalogue in one language, opened."""

    locale: str
    name: str
    questionnaire: Questionnaire | None
    strings: tuple[String, ...]
    forms: int
    """How many forms a plural has."""

    @property
    def language(self) -> Language:
        """The language that is translated into."""
        return language(self.locale)

    @cached_property
    def places(self) -> Places | None:
        """Where the strings of a questionnaire stand; None for a catalogue of pages."""
        return None if self.questionnaire is None else Places(self.questionnaire)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each string by its id."""
        return {string.id: place for place, string in enumerate(self.strings)}

    def find(self, id: str) -> String | None:
        """The string of an id."""
        place = self.position.get(id)
        return None if place is None else self.strings[place]

    def forms_wanted(self, string: String) -> int:
        """How many forms the translation of a string has."""
        return self.forms if string.plural else 1


def string_id(context: str, source: str) -> str:
    """A short name for an address, the same as long as the words and their place are."""
    return hashlib.sha256(f"{context}\0{source}".encode()).hexdigest()[:12]


def check_address(locale: str, name: str = "") -> None:
    """404 for a language that nobody has begun, and for a catalogue that it does not have."""
    if locale not in locales() or (name and name not in catalogue_names(locale)):
        abort(404)


def open_sheet(locale: str, name: str) -> Sheet:
    """A catalogue in a language; 404 where there is none."""
    check_address(locale, name)
    places = _by_place(histories(current_site().store, locale, name))
    catalogue = merged_catalogue(locale, name)
    served = current_site().languages.catalogue(name, locale).messages
    strings = tuple(_string(locale, name, message, places, served) for message in messages_of(catalogue))
    return Sheet(locale, name, find_questionnaire(name), strings, catalogue.num_plurals)


def _by_place(done: Mapping[tuple[str, str], tuple[Entry, ...]]) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    """What was done by context, whatever the words were; of strings of pages, which have none, by words."""
    found: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for (context, source), entries in done.items():
        place = (context, "" if context else source)
        found[place] = (*found.get(place, ()), *entries)
    return {place: tuple(sorted(entries, key=lambda entry: entry.made_at)) for place, entries in found.items()}


def _string(
    locale: str,
    name: str,
    message: Message,
    done: Mapping[tuple[str, str], tuple[Entry, ...]],
    served: Container[tuple[str | None, str]],
) -> String:
    context, sources, forms = message.context or "", forms_of(message.id), forms_of(message.string)
    history = done.get((context, "" if context else sources[0]), ())
    return String(
        id=string_id(context, sources[0]),
        key=Key(locale, name, context, sources[0]),
        plural=sources[1] if len(sources) > 1 else "",
        forms=forms if any(forms) else (),
        in_files=_stage_in_files(message, served),
        previous=tuple(message.previous_id) or _previous(history, sources[0]),
        notes=tuple(message.auto_comments),
        files=tuple(dict.fromkeys(place for place, _ in message.locations)),
        history=history,
    )


def stages_in_files(locale: str, name: str) -> Counter[Stage]:
    """How many strings of a catalogue are how far, by its files alone: those that the program has read already."""
    return _count_stages(Same(template_of(name)), Same(current_site().languages.catalogue(name, locale)))


@lru_cache(maxsize=200)
def _count_stages(template: Same[Catalog], known: Same[Catalogue]) -> Counter[Stage]:
    catalogue, counts = known.thing, Counter[Stage]()
    contexts = {context for context, _ in catalogue.stages if context}
    for message in messages_of(template.thing):
        key = (message.context, forms_of(message.id)[0])
        stage = catalogue.stages.get(key, Stage.STALE if message.context in contexts else Stage.MISSING)
        counts[stage if stage is Stage.STALE or key in catalogue.messages else Stage.MISSING] += 1
    return counts


def _stage_in_files(message: Message, served: Container[tuple[str | None, str]]) -> Stage:
    """What is there and not served has something wrong with it: as if it were missing."""
    stage = message_stage(message)
    is_served = (message.context, forms_of(message.id)[0]) in served
    return stage if stage is Stage.STALE or is_served else Stage.MISSING


def _previous(history: tuple[Entry, ...], source: str) -> tuple[str, ...]:
    """The words that somebody last worked on, where they were others and nobody has worked on these yet."""
    if not history or history[-1].source == source:
        return ()
    last = history[-1]
    return (last.source, last.plural) if last.plural else (last.source,)
