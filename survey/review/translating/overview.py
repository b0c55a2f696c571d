"""How far every language is, catalogue by catalogue, and what waits there for the person who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from survey.i18n import Language, language
from survey.questionnaire.stages import Stage
from survey.respondent.site import current_site
from survey.review.translating.doing import NextStep, count_next_steps
from survey.review.translating.files import catalogue_names, find_questionnaire, locales
from survey.review.translating.strings import open_sheet, stages_in_files
from survey.review.translating.words import catalogue_title
from survey.store.translating.entries import histories


@dataclass(frozen=True)
class CatalogueRow:
    """One catalogue of a language: how many strings are at each stage, and how many wait for this person."""

    name: str
    title: object
    is_questionnaire: bool
    counts: Mapping[Stage, int]
    next_step: Mapping[NextStep, int]

    @property
    def total(self) -> int:
        """How many strings there are."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class LanguageRow:
    """One language with all its catalogues."""

    language: Language
    catalogues: tuple[CatalogueRow, ...]

    @property
    def total(self) -> int:
        """How many strings there are to translate."""
        return sum(row.total for row in self.catalogues)

    @property
    def agreed(self) -> int:
        """How many were decided."""
        return sum(number for row in self.catalogues for stage, number in row.counts.items() if stage.counts)


def every_language(by: int) -> tuple[LanguageRow, ...]:
    """All languages that somebody has begun, as one person finds them."""
    return tuple(one_language(locale, by) for locale in locales())


def one_language(locale: str, by: int) -> LanguageRow:
    """One of them."""
    return LanguageRow(language(locale), tuple(_row(locale, name, by) for name in catalogue_names(locale)))


def _row(locale: str, name: str, by: int) -> CatalogueRow:
    questionnaire = find_questionnaire(name)
    if histories(current_site().store, locale, name):
        strings = open_sheet(locale, name).strings
        counts, next_step = Counter(string.stage for string in strings), count_next_steps(strings, by)
    else:  # nobody has begun: the files say it all, and they seldom change
        counts = stages_in_files(locale, name)
        waiting = sum(number for stage, number in counts.items() if not stage.counts)
        next_step = Counter({NextStep.FIRST: waiting} if waiting else {})
    title = catalogue_title(name, questionnaire)
    return CatalogueRow(name, title, questionnaire is not None, {stage: counts[stage] for stage in Stage}, next_step)
