"""What a version of the questionnaire asks and where, looked up once for all who began with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from survey.export.item_answers import ItemAnswers
from survey.questionnaire.answers import Answers, Value, write_in_key
from survey.questionnaire.model import GridItem, Questionnaire, answered_parts, options_of, row_key
from survey.questionnaire.routing import Router
from survey.store.routing_sql import Paths


class Version:
    """A version beside the columns that its answers go to; what it asks and these do not is in no column."""

    def __init__(self, questionnaire: Questionnaire, columns: Mapping[str, ItemAnswers]) -> None:
        self.router = Router(questionnaire)
        self.repeats = any(section.repeat is not None for section in questionnaire.sections)
        self.on_page = {
            placed.page.id: [
                (each.id, columns.get(each.id)) for item in placed.page.items for each in answered_parts(item)
            ]
            for placed in self.router.pages
        }
        self.page_of = {key: page for page, keys in self.on_page.items() for key, _ in keys}
        self.section_of = {placed.page.id: placed.section.id for placed in self.router.pages}
        self.area_items = frozenset(item.id for item in self.router.items.values() if item.role == "area")
        self.who_items = tuple(item for item in self.router.items.values() if item.role == "answering")
        self.written_under = {
            write_in_key(item.id, option.code): (item.id, option.code)
            for item in self.router.items.values()
            if not isinstance(item, GridItem)
            for option in options_of(item)
            if option.write_in is not None
        }
        """Of the text of a write-in: the item and the option it stands beside."""
        self._questionnaire = questionnaire
        self._grids = {
            placed.page.id: [item for item in placed.page.items if isinstance(item, GridItem)]
            for placed in self.router.pages
        }

    @cached_property
    def paths(self) -> Paths:
        """The paths of all at once; ValueError for a version that repeats a section."""
        return Paths(self._questionnaire)

    def hidden_rows(self, page_id: str, answers: Answers, round_number: int | None) -> frozenset[str]:
        """The rows of the page's grids that are not for this person."""
        grids = self._grids[page_id]
        if not grids:
            return frozenset()
        return frozenset(
            row_key(grid.id, row.code)
            for grid in grids
            for row in grid.rows
            if row.code not in self.router.shown_rows(grid, answers, round_number)
        )

    def answered_area(self, answers: Answers) -> str | None:
        """The code of the area that was answered."""
        return next((code for item in self.area_items if (code := self.area_code(item, answers.get(item)))), None)

    def area_code(self, item: str, answer: Value | None) -> str | None:
        """The area that an answer to an area item names; None where it says that the person does not know."""
        missing = {option.code for option in options_of(self.router.items[item])}
        return None if answer is None or answer in missing else str(answer)
