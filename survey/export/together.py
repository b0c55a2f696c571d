"""Responses put into the table together: their paths from one SQL statement, their answers by column.

For versions that repeat no section; the others go one by one, see `one_by_one.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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
Words = NDArray[Any]
"""An object for each response, None where there is none."""


def add_withdrawn(table: ResponseTable, names: Sequence[str], portion: Portion, places: Places) -> None:
    """Put the responses at these places of a portion, which were withdrawn, into the next rows."""
    rows = table.begin(names)
    _note_begun(table, rows, portion, places, np.full(len(places), None, dtype=object))
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
        _note_begun(self.table, self.rows, self.portion, self.places, self._answered_area())
        worked_out = {
            "meta_last_page": np.array([None, *pages], dtype=object)[furthest],
            "meta_answering": self._who(),
            **self._handed_over(),
            **self._found_by_postcode(),
        }
        for column, words in worked_out.items():
            self.table.meta[column].fill_values(self.rows, words)
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
                column.fill_asked(self.rows, asked if row is None else asked & row, said, said.latest)

    def _words(self, page: str, key: str) -> Words:
        """What each response has under a key of a page, None where it has nothing that counts."""
        said = self._said(page)
        words = np.array([*(each.get(key) for each in said.answers), None], dtype=object)[said.latest]
        return _only(self.walked.entered[page], words) if page in self.walked.entered else words

    # --- Meta -------------------------------------------------------------------------

    def _answered_area(self) -> Words:
        found: Words = np.full(len(self.places), None, dtype=object)
        for item in self.version.area_items:
            words = self._words(self.version.page_of[item], item)
            known = self._names_area(item, words)
            found[known] = words[known]
        return found

    def _names_area(self, item: str, words: Words) -> NDArray[np.bool_]:
        named = [code for code in pandas.unique(words) if self.version.area_code(item, code)]
        return np.isin(words, named)

    def _who(self) -> Words:
        """Who gave the answers at first: the person, where what was said says nothing else."""
        found: Words = np.full(len(self.places), None, dtype=object)
        for item in self.version.who_items:
            words = self._words(self.version.page_of[item.id], item.id)
            found[pandas.notna(words)] = Answering.SELF.value
            for option in options_of(item):
                if option.answering is not None:
                    found[words == option.code] = option.answering.value
        return found

    def _handed_over(self) -> dict[str, Words]:
        who = self._words(HANDOVER, HANDOVER_TO)
        known = np.isin(who, [each.value for each in Answering])
        page = self._words(HANDOVER, HANDOVER_PAGE)
        return {"meta_handover_to": _only(known, who), "meta_handover_page": _only(known, page)}

    def _found_by_postcode(self) -> dict[str, Words]:
        """What else a postcode gave: the areas of other vintages, and the deprivation fifth."""
        found = {}
        for item in self.version.area_items:
            page = self.version.page_of[item]
            known = self._names_area(item, self._words(page, item))
            for column, end in {**self.table.vintages, "meta_fifth": AREA_FIFTH}.items():
                found[column] = _only(known, self._words(page, f"{item}__{end}"))
        return found

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


def _only(where: NDArray[np.bool_], words: Words) -> Words:
    """The words of some, and None for the others."""
    chosen = words.copy()
    chosen[~where] = None
    return chosen


def _note_begun(table: ResponseTable, rows: slice, portion: Portion, places: Places, answered_area: Words) -> None:
    """What is known of responses beside their answers."""
    for name in ("version", "vintage", "locale", "format", "mode", "status"):
        table.meta[f"meta_{name}"].fill_values(rows, portion.begun[name].to_numpy()[places])
    for name in ("started_on", "submitted_on"):
        days = portion.begun[name].to_numpy()[places].astype("datetime64[D]")
        table.meta[f"meta_{name}"].fill_values(rows, days.astype(object))
    table.meta["meta_wave"].fill_values(rows, np.full(len(places), portion.wave, dtype=object))
    area, source = answered_area.copy(), np.full(len(places), None, dtype=object)
    source[pandas.notna(area)] = "answer"
    invited = portion.begun["area"].notna().to_numpy()[places]
    source[invited] = "invitation"
    area[invited] = portion.begun["area"].to_numpy()[places][invited]
    table.meta["meta_area"].fill_values(rows, area)
    table.meta["meta_area_source"].fill_values(rows, source)
