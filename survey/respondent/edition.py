"""One wave's questionnaire made ready to be answered: its paths, forms and drawn pages, each made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path as FilePath
from typing import TypeGuard

from survey.areas import Area
from survey.i18n import Catalogue, Languages, Phrase
from survey.offering import Offering, formats_of
from survey.questionnaire.answers import Answers, split_instance, write_in_key
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    ChoicesItem,
    Contact,
    EndKind,
    Format,
    GridItem,
    Item,
    LongTextItem,
    Page,
    Questionnaire,
    ShortTextItem,
    Status,
    row_items,
)
from survey.questionnaire.rounds import split_page
from survey.questionnaire.routing import Path, PlacedPage, Router
from survey.respondent.fields import PREFIX
from survey.respondent.forms import PageForm, build_form
from survey.respondent.media_files import MediaFolder
from survey.respondent.offered import KeptOffering
from survey.respondent.shells import Shell
from survey.respondent.wording import Wording
from survey.store.responses import ResponseState

MOST_PATHS = 5000
"""Remembered at once; about 1 KB each."""


Rows = tuple[tuple[str, str], ...]
"""Of the grids of a page that have rows for some people only: those shown to this person, as (grid, row)."""


@dataclass(frozen=True)
class ShellKey:
    """What a drawn page depends on. All rounds of a repeat share one."""

    page: str
    rows: Rows
    locale: str
    format: Format
    offering: Offering | None
    answering: Answering
    is_started: bool
    by_postcode: bool = False


class Edition:
    """What one wave asks. Nothing in it depends on a person; safe in threads."""

    def __init__(
        self,
        wave: str,
        *,
        made_up: bool,
        questionnaire: Questionnaire,
        areas: tuple[Area, ...],
        vintage: str,
        languages: Languages,
        media: FilePath,
        is_preview: bool = False,
    ) -> None:
        self.wave = wave
        self.made_up = made_up
        self.is_preview = is_preview
        self.questionnaire = questionnaire
        self.router = Router(questionnaire)
        self.areas = areas
        self.vintage = vintage
        self.shells: dict[ShellKey, Shell] = {}
        self.offering: KeptOffering | None = None
        self._languages = languages
        self._media = MediaFolder(media, questionnaire.id)
        self._first_path = self.router.path({})
        self._paths: dict[tuple[int, int], Path] = {}
        self.form: Callable[[str, Wording, Rows], type[PageForm]] = cache(self._form)
        self._wordings: dict[tuple[str, Answering, Format], Wording] = {}
        self._sections = {placed.page.id: placed.section_number for placed in self.router.pages}
        self._area_items = frozenset(item.id for item in self.router.items.values() if item.role == "area")
        self._changing = {
            placed.page.id: grids
            for placed in self.router.pages
            if (grids := tuple(filter(_has_rows_for_some, placed.page.items)))
        }

    @property
    def is_draft(self) -> bool:
        """Whether the group has not agreed these questions yet."""
        return self.questionnaire.status is Status.DRAFT

    @property
    def contact(self) -> Contact:
        """Whom a respondent can ask."""
        return self.questionnaire.contact

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        """The formats that people can choose from."""
        return formats_of(self.questionnaire)

    @cached_property
    def area_names(self) -> dict[str, str]:
        """The areas' short names by code."""
        return {area.code: area.short_name for area in self.areas}

    @cached_property
    def asked(self) -> Mapping[str, Item]:
        """Everything that has an answer of its own, by the name it is kept under: items, and rows of grids."""
        rows = (row for item in self.router.items.values() if isinstance(item, GridItem) for row in row_items(item))
        return {**self.router.items, **{row.id: row for row in rows}}

    @cached_property
    def answering_item(self) -> ChoiceItem | None:
        """The question of who answers, where there is one."""
        items = (item for item in self.router.items.values() if item.role == "answering")
        return next((item for item in items if isinstance(item, ChoiceItem)), None)

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

    def find_page(self, key: str) -> PlacedPage | None:
        """The page of a key; None where no page can have it, whatever the answers are."""
        placed = self.router.page(key)
        if placed is None or (placed.section.repeat is None) is not (split_page(key)[1] is None):
            return None
        return placed

    def page(self, key: str) -> PlacedPage:
        """The page of that key, which must be one of this edition."""
        placed = self.router.page(key)
        if placed is None:
            raise KeyError(key)
        return placed

    def rows(self, key: str, path: Path) -> Rows:
        """Which rows of the page's grids are for this person, where not all are for everyone."""
        page_id, number = split_page(key)
        return tuple(
            (grid.id, row)
            for grid in self._changing.get(page_id, ())
            for row in self.router.shown_rows(grid, path.answers, number)
        )

    def path_of(self, state: ResponseState | None) -> Path:
        """The path of a response as it stands, or of someone who has answered nothing.

        It is asked for by the request that saves a page and again by the one that shows the next, so it is remembered.
        """
        if state is None:
            return self._first_path
        if self.is_preview:
            return self.router.path(state.answers)
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

    def offers_end(self, key: str) -> bool:
        """Whether the page offers to send now instead of going on."""
        end = self.page(key).page.end
        return end is not None and end.kind is EndKind.OFFER

    def asks_area(self, key: str) -> bool:
        """Whether there is a question on the page that an area answers."""
        return any(item.type == "area" for item in self.page(key).page.items)

    def section_place(self, path: Path, key: str) -> tuple[int, int]:
        """Which section of how many the page is in, counting those on this person's path and the page's own."""
        numbers = sorted({self._section(page) for page in (*path.pages, key)})
        return numbers.index(self._section(key)) + 1, len(numbers)

    def wording(self, locale: str, answering: Answering, format: Format) -> Wording:
        """The words for those who read alike; one for all threads, for it knows the texts that it was asked to say."""
        key = (locale, answering, format)
        known = self._wordings.get(key)
        if known is None:
            catalogue = self._languages.catalogue(self.questionnaire.id, locale)
            known = self._wordings.setdefault(key, Wording(catalogue, answering, format, self._media))
        return known

    def wording_from(self, catalogue: Catalogue, answering: Answering, format: Format) -> Wording:
        """The same from a catalogue that is not the served one; nothing of it is kept."""
        return Wording(catalogue, answering, format, self._media)

    def title(self, locale: str) -> Phrase:
        """The survey's name."""
        return self.wording(locale, Answering.SELF, Format.STANDARD).say("title", self.questionnaire.title)

    def _section(self, key: str) -> int:
        number = self._sections.get(key)
        if number is None:  # a round, which is looked up by its page once
            number = self._sections[key] = self._sections[split_page(key)[0]]
        return number

    def _form(self, page_id: str, wording: Wording, rows: Rows) -> type[PageForm]:
        page = self.page(page_id).page
        changing = self._changing.get(page_id)
        return build_form(_with_rows(page, rows) if changing else page, wording, self.areas, self.vintage)


def plain_answers(answers: Answers) -> Answers:
    """The answers of one page under the names of its fields: without the number of the round."""
    return {split_instance(key)[0]: value for key, value in answers.items()}


def _has_rows_for_some(item: Item) -> TypeGuard[GridItem]:
    return isinstance(item, GridItem) and any(row.show_if is not None for row in item.rows)


def _with_rows(page: Page, rows: Rows) -> Page:
    """The page as one person sees it; a grid without a row is not there. Off the path, in a preview, it is whole."""
    items: list[Item] = []
    for item in page.items:
        if _has_rows_for_some(item):
            shown = tuple(row for row in item.rows if (item.id, row.code) in rows)
            if shown:
                items.append(item.model_copy(update={"rows": shown}))
        else:
            items.append(item)
    return page.model_copy(update={"items": tuple(items)}) if items else page
