"""Responses put into the table together: their paths from one SQL statement, their answers by column.

For versions that repeat no section; the others go one by one, see `one_by_one.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.export.item_answers import WITHDRAWN
from survey.export.response_table import ResponseTable
from survey.export.version import Version
from survey.questionnaire.answers import (
    AREA_FIFTH,
    HANDOVER,
    HANDOVER_PAGE,
    HANDOVER_TO,
    Answers,
    Value,
)
from survey.questionnaire.conditions import picked_codes
from survey.questionnaire.model import Answering, options_of
from survey.store.analysis import Portion, SavedPage
from survey.store.routing_sql import UNANSWERED, Walked

Places = NDArray[np.int64]


def add_withdrawn(table: ResponseTable, names: Sequence[str], portion: Portion, places: Places) -> None:
    """Put the responses at these places of a portion, which were withdrawn, into the next rows."""
    rows = table.begin(names)
    _note_begun(table, rows, portion, places)
    for column in table.items.values():
        column.fill(rows, np.full(len(places), WITHDRAWN, dtype=np.int32))


def add_responses(
    table: ResponseTable, names: Sequence[str], portion: Portion, places: Places, version: Version
) -> None:
    """Put the responses at these places of a portion, which all began with `version`, into the next rows."""
    Added(table, names, portion, places, version).note()


class Added:
    """Some responses of one version on their way into the table."""

    def __init__(
        self, table: ResponseTable, names: Sequence[str], portion: Portion, places: Places, version: Version
    ) -> None:
        self.table, self.names, self.portion, self.places, self.version = table, names, portion, places, version
        self.rows = table.begin(names)
        self.invited = portion.begun["area"].notna().to_numpy()[places]
        self.said = {
            page: SavedPage(saved.answers, saved.latest[places])
            for page, saved in portion.pages.items()
            if page in version.on_page or page == HANDOVER
        }
        self.never_saved = SavedPage((), np.full(len(places), -1, dtype=np.int32))
        asked = {item: self._as_text(item) for item in version.paths.asks}
        self.walked: Walked = version.paths.of(asked, self.invited)

    def note(self) -> None:
        """Put everything in."""
        pages = list(self.version.on_page)
        path = np.array([self.walked.path[page] for page in pages])
        saved = np.array([self._said(page).latest >= 0 for page in pages])
        reached = path & saved
        # Counted from 1, 0 for none: what lies beyond the furthest page that was saved was not asked.
        furthest = np.where(reached.any(axis=0), len(pages) - np.argmax(reached[::-1], axis=0), 0)
        for number, page in enumerate(pages):
            self._note_page(page, path[number] & (number < furthest))
        _note_begun(self.table, self.rows, self.portion, self.places)
        self.table.meta["meta_last_page"].fill(
            self.rows, self.table.meta["meta_last_page"].numbered((furthest - 1).astype(np.int32), pages)
        )
        self._note_area()
        self._note_who()
        self._note_texts()

    def _said(self, page: str) -> SavedPage:
        return self.said.get(page, self.never_saved)

    def _as_text(self, item: str) -> pandas.Categorical:
        """The answers to an item as conditions in SQL ask them."""
        said = self._said(self.version.page_of[item])
        texts = [json.dumps(each[item], ensure_ascii=False) if item in each else UNANSWERED for each in said.answers]
        numbers, different = pandas.factorize(np.array([*texts, UNANSWERED], dtype=object))
        return pandas.Categorical.from_codes(numbers[said.latest], categories=different)

    def _note_page(self, page: str, asked: NDArray[np.bool_]) -> None:
        said = self._said(page)
        for key, column in self.version.on_page[page]:
            if column is not None:
                row = self.walked.rows.get(key)
                column.fill_asked(self.rows, asked if row is None else asked & row, said)

    # --- Meta -------------------------------------------------------------------------

    def _cells(self, column: str, page: str, of: Callable[[Answers], Value | None]) -> NDArray[np.int32]:
        """The cells of a column of meta by what counts of a page's answers."""
        said = self._said(page)
        entered = self.walked.entered.get(page)
        latest = said.latest if entered is None else np.where(entered, said.latest, np.int32(-1))
        return self.table.meta[column].numbered(latest, [of(answers) for answers in said.answers])

    def _add_cells(self, column: str, page: str, of: Callable[[Answers], Value | None]) -> None:
        """Put them in where nothing is yet."""
        cells = self.table.meta[column]
        there = np.frombuffer(cells.cells, dtype=np.int32)[self.rows]
        cells.fill(self.rows, np.where(there < 0, self._cells(column, page, of), there))

    def _note_area(self) -> None:
        """The area that was answered, where the invitation does not say it, and what else a postcode gave."""
        for item in self.version.area_items:
            page = self.version.page_of[item]

            def answered(answers: Answers, item: str = item) -> str | None:
                return self.version.area_code(item, answers.get(item))

            def beside(answers: Answers, end: str, item: str = item) -> Value | None:
                return answers.get(f"{item}__{end}") if self.version.area_code(item, answers.get(item)) else None

            self._add_cells("meta_area", page, answered)
            self._add_cells("meta_area_source", page, lambda answers: "answer" if answered(answers) else None)
            for column, end in {**self.table.vintages, "meta_fifth": AREA_FIFTH}.items():
                self._add_cells(column, page, partial(beside, end=end))

    def _note_who(self) -> None:
        """Who gave the answers at first, the person where what was said says nothing else; and who went on."""
        for item in self.version.who_items:
            known = {option.code: option.answering for option in options_of(item)}

            def who(answers: Answers, item: str = item.id, known: Any = known) -> Value | None:
                return (known.get(answers[item]) or Answering.SELF).value if item in answers else None

            self._add_cells("meta_answering", self.version.page_of[item.id], who)
        for column, key in (("meta_handover_to", HANDOVER_TO), ("meta_handover_page", HANDOVER_PAGE)):
            self._add_cells(column, HANDOVER, partial(_handed_over, key=key))

    # --- Free text ----------------------------------------------------------------------

    def _note_texts(self) -> None:
        written: dict[int, dict[str, Value]] = {}
        for page in self.version.on_page:
            said, entered = self._said(page), self.walked.entered[page]
            texts = [self._texts(page, answers) for answers in said.answers]
            has_text = np.array([*map(bool, texts), False])
            for place in np.flatnonzero(entered & has_text[said.latest]).tolist():
                written.setdefault(place, {}).update(texts[said.latest[place]])
        for place, found in written.items():
            self.table.note_text(self.names[place], None, found)

    def _texts(self, page: str, answers: Answers) -> dict[str, Value]:
        """What of the answers of a page is free text; that of a write-in only with its option picked."""
        found = {}
        for key in answers.keys() & self.table.text_names:
            item, code = self.version.written_under.get(key, (key, None))
            if self.version.page_of.get(item) == page and (code is None or code in picked_codes(answers.get(item, ()))):
                found[key] = answers[key]
        return found


def _handed_over(answers: Answers, key: str) -> Value | None:
    return answers.get(key) if answers.get(HANDOVER_TO) in set(Answering) else None


def _note_begun(table: ResponseTable, rows: slice, portion: Portion, places: Places) -> None:
    """What is known of responses beside their answers."""
    for name in ("version", "vintage", "area", "locale", "format", "mode", "status"):
        meta = table.meta[f"meta_{name}"]
        meta.fill(rows, meta.numbered_words(portion.begun[name].to_numpy()[places]))
    for name in ("started_on", "submitted_on"):
        meta = table.meta[f"meta_{name}"]
        days = portion.begun[name].to_numpy()[places].astype("datetime64[D]")
        meta.fill(rows, meta.numbered_words(days.astype(object)))
    everyone = np.zeros(len(places), dtype=np.int32)
    wave, source = table.meta["meta_wave"], table.meta["meta_area_source"]
    wave.fill(rows, wave.numbered(everyone, [portion.wave]))
    invited = portion.begun["area"].notna().to_numpy()[places]
    source.fill(rows, source.numbered(np.where(invited, 0, -1).astype(np.int32), ["invitation"]))
