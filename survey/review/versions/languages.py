"""How far a version is in each language: translated, and translated from words that are no longer asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from survey.i18n import SOURCE_LOCALE, Language, Languages
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.versions.diff import find_stale
from survey.staff.folder import count_translated


@dataclass(frozen=True)
class InLanguage:
    """How many strings of a version are in one language, and how many were, until their English changed."""

    language: Language
    done: int
    of: int
    stale: int
    machine_draft: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.done == self.of


def languages_of(languages: Languages, old: Questionnaire, new: Questionnaire) -> tuple[InLanguage, ...]:
    """The languages that are offered, of a version that was made from another."""
    catalogues = [
        (language, languages.catalogue(new.id, language.locale))
        for language in languages.offered
        if language.locale != SOURCE_LOCALE
    ]
    translated = {language.locale: _english_of(catalogue.messages) for language, catalogue in catalogues}
    stale = {each.locale: len(each.contexts) for each in find_stale(old, new, translated)}
    return tuple(
        InLanguage(
            language,
            *count_translated(new, catalogue.messages),
            stale.get(language.locale, 0),
            catalogue.machine_draft,
        )
        for language, catalogue in catalogues
    )


def _english_of(messages: Mapping[tuple[str | None, str], str]) -> dict[str, str]:
    """By context the English that is translated; of a plural both forms, as versions are compared."""
    sources: Mapping[str, list[str]] = defaultdict(list)
    for context, source in messages:
        if context is not None:
            sources[context].append(source)
    return {context: " / ".join(dict.fromkeys(forms)) for context, forms in sources.items()}
