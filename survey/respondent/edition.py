"""One wave's questionnaire made ready to be answered: its paths, forms and drawn pages, each made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from survey import resources
from survey.areas import Area, load_areas
from survey.i18n import Languages, Phrase
from survey.questionnaire.answers import write_in_key
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    ChoicesItem,
    Contact,
    EndKind,
    LongTextItem,
    Questionnaire,
    ShortTextItem,
    Status,
)
from survey.questionnaire.routing import Path, PlacedPage, Router
from survey.respondent.fields import PREFIX
from survey.respondent.forms import PageForm, build_form
from survey.respondent.shells import Shell
from survey.respondent.wording import Wording
from survey.store.connect import Store
from survey.store.responses import ResponseState
from survey.store.versions import load_version
from survey.store.waves import Wave

MOST_PATHS = 5000
"""Remembered at once; about 1 KB each."""


@dataclass(frozen=True)
class ShellKey:
    """What a drawn page depends on."""

    page: str
    locale: str
    answering: Answering
    is_started: bool


class Edition:
    """What one wave asks. Nothing in it depends on a person; safe in threads."""

    def __init__(self, wave: str, *, made_up: bool, questionnaire: Questionnaire, areas: tuple[Area, ...]) -> None:
        self.wave = wave
        self.made_up = made_up
        self.questionnaire = questionnaire
        self.router = Router(questionnaire)
        self.areas = areas
        self.shells: dict[ShellKey, Shell] = {}
        self._first_path = self.router.path({})
        self._paths: dict[tuple[int, int], Path] = {}
        self.form: Callable[[str, Wording], type[PageForm]] = cache(self._form)
        self._sections = {placed.page.id: placed.section_number for placed in self.router.pages}
        self._area_items = frozenset(item.id for item in self.router.items.values() if item.role == "area")

    @property
    def is_draft(self) -> bool:
        """Whether the group has not agreed these questions yet."""
        return self.questionnaire.status is Status.DRAFT

    @property
    def contact(self) -> Contact:
        """Whom a respondent can ask."""
        return self.questionnaire.contact

    @cached_property
    def area_names(self) -> dict[str, str]:
        """The areas' short names by code."""
        return {area.code: area.short_name for area in self.areas}

    @cached_property
    def text_fields(self) -> frozenset[str]:
        """The names of the fields where people write in their own words."""
        items = self.router.items.values()
        written = {PREFIX + item.id for item in items if isinstance(item, (ShortTextItem, LongTextItem))}
        beside = {
            PREFIX + write_in_key(item.id, option.code)
            for item in items
            if isinstance(item, (ChoiceItem, ChoicesItem))
            for option in item.options
            if option.write_in is not None
        }
        return frozenset(written | beside)

    def page(self, page_id: str) -> PlacedPage:
        """The page of that id, which must be one of this edition."""
        placed = self.router.page(page_id)
        if placed is None:
            raise KeyError(page_id)
        return placed

    def path_of(self, state: ResponseState | None) -> Path:
        """The path of a response as it stands, or of someone who has answered nothing.

        It is asked for by the request that saves a page and again by the one that shows the next, so it is remembered.
        """
        if state is None:
            return self._first_path
        key = (state.response, state.seq)
        path = self._paths.get(key)
        if path is None:
            if len(self._paths) > MOST_PATHS:
                self._paths.clear()
            path = self._paths[key] = self.router.path(state.answers, self.given(state.area))
        return path

    def given(self, area: str | None) -> frozenset[str]:
        """The items that need not be asked because the invitation says them."""
        return self._area_items if area else frozenset()

    def offers_end(self, page_id: str) -> bool:
        """Whether the page offers to send now instead of going on."""
        end = self.page(page_id).page.end
        return end is not None and end.kind is EndKind.OFFER

    def section_place(self, path: Path, page_id: str) -> tuple[int, int]:
        """Which section of how many the page is in, counting those on this person's path and the page's own."""
        numbers = sorted({self._sections[page] for page in (*path.pages, page_id)})
        return numbers.index(self._sections[page_id]) + 1, len(numbers)

    def _form(self, page_id: str, wording: Wording) -> type[PageForm]:
        return build_form(self.page(page_id).page, wording, self.areas)


class Editions:
    """The editions of a store's waves, each made when it is first asked for."""

    def __init__(self, store: Store, languages: Languages) -> None:
        self._store = store
        self._languages = languages
        self._made: dict[tuple[str, str], Edition] = {}
        self.wording: Callable[[str, str, Answering], Wording] = cache(self._wording)

    def of_wave(self, wave: Wave) -> Edition:
        """What a wave asks."""
        return self.of_version(wave, wave.version)

    def of_version(self, wave: Wave, version: str) -> Edition:
        """What a response asks that began with this version."""
        edition = self._made.get((wave.id, version))
        if edition is None:
            edition = Edition(
                wave.id,
                made_up=wave.made_up,
                questionnaire=load_version(self._store, version),
                areas=load_areas(resources.AREAS, wave.vintage),
            )
            self._made[wave.id, version] = edition
        return edition

    def title(self, edition: Edition, locale: str) -> Phrase:
        """The survey's name."""
        wording = self.wording(edition.questionnaire.id, locale, Answering.SELF)
        return wording.say("title", edition.questionnaire.title)

    def _wording(self, questionnaire: str, locale: str, answering: Answering) -> Wording:
        return Wording(self._languages.catalogue(questionnaire, locale), answering)
