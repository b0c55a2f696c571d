"""What a finding of a wave can be about: the questions that the wave asks, and the areas of its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from survey.areas import load_areas, region_code
from survey.questionnaire.codebook import asked_in
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Questionnaire
from survey.resources import AREAS
from survey.store.connect import Store
from survey.store.versions import load_version
from survey.store.waves import Wave

Choices = Mapping[str, Mapping[str, str]]
"""Under a heading ('' for none) the words for each code."""


@dataclass(frozen=True)
class Subjects:
    """Of one wave. Questions and names of areas are in the language of the questionnaire."""

    language: str
    questions: Choices
    places: Choices
    """The regions under '', the areas under their region."""

    def question(self, item: str) -> str:
        """The question of a finding; '' for none, and for one that is not asked."""
        return next((words[item] for words in self.questions.values() if item in words), "")

    def place(self, area: str) -> str:
        """The name of a region or an area; '' for England."""
        return next((names[area] for names in self.places.values() if area in names), "")


def subjects_of(store: Store, wave: Wave) -> Subjects:
    """What findings of a wave can be about."""
    questionnaire = load_version(store, wave.version)
    return Subjects(str(questionnaire.language), _questions(questionnaire), _places(wave.vintage))


def _questions(questionnaire: Questionnaire) -> Choices:
    return {
        wording(section.title): {asked.item.id: asked.label for asked in asked_in(section)}
        for section in questionnaire.sections
    }


@lru_cache(maxsize=8)
def _places(vintage: str) -> Choices:
    in_order = sorted(load_areas(AREAS, vintage), key=lambda area: (area.region, area.short_name))
    members = {
        region: {area.code: area.short_name for area in areas}
        for region, areas in groupby(in_order, key=lambda area: area.region)
    }
    return {"": {region_code(region): region for region in members}, **members}
