"""All responses of a wave held by column, from which every file of the analysis is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas

from survey.export.item_answers import NOT_ANSWERED, WITHDRAWN, ItemAnswers, Order, answer_column
from survey.export.repeat_table import RepeatTable
from survey.questionnaire.answers import (
    AREA_FIFTH,
    HANDOVER_PAGE,
    HANDOVER_TO,
    Answers,
    Value,
    instance_key,
    split_instance,
)
from survey.questionnaire.codebook import asked_in, columns, restricted_columns
from survey.questionnaire.columns import Column
from survey.questionnaire.model import GridItem, Questionnaire, answered_parts, options_of, row_key
from survey.questionnaire.routing import Path, Router, split_page
from survey.store.analysis import StoredResponse
from survey.store.responses import Status

NAME = "response"
"""The column that holds what a response is called."""
ROUND = "meta_round"
VINTAGE = "meta_area_"
"""Before the year of a list of areas other than the wave's."""


class ResponseTable:
    """Rows of one questionnaire version; there is room for `size`, and `rows` says how many there are."""

    def __init__(
        self, questionnaire: Questionnaire, router: Router, size: int, wave_columns: Sequence[Column] = ()
    ) -> None:
        """`wave_columns` are those of the areas of other vintages, see `vintage_columns`."""
        self.size = size
        self.rows = 0
        self.columns = columns(questionnaire, wave_columns)
        once = [section for section in questionnaire.sections if section.repeat is None]
        self.items = {each.item.id: ItemAnswers(each.item, size) for section in once for each in asked_in(section)}
        self.repeats = {
            section.id: RepeatTable(section) for section in questionnaire.sections if section.repeat is not None
        }
        self._versions = {router: _Version(router, self.items)}
        self._vintages = {column.name: column.name.removeprefix(VINTAGE) for column in wave_columns}
        self._meta: dict[str, list[Any]] = {
            column.name: [None] * size for column in self.columns if column.kind == "meta"
        }
        self._text_names = [column.name for column in restricted_columns(questionnaire)]
        self._coded = frozenset(self.items.keys() - set(self._text_names))
        self._texts: list[dict[str, Any]] = []

    def add(self, name: str, stored: StoredResponse, router: Router) -> None:
        """Put a response into the next row; `name` is what the file calls it.

        `router` is that of the version it began with. What that asked and this one does not is in no column.
        """
        row = self.rows
        self.rows += 1
        if stored.status is Status.WITHDRAWN:
            self._note(row, name, stored, meta_area=stored.area)
            for column in self.items.values():
                column.cells[row] = WITHDRAWN
            return
        version = self._versions.get(router)
        if version is None:
            version = self._versions[router] = _Version(router, self.items)
        route = router.path(stored.answers, version.area_items if stored.area else frozenset())
        shown = _shown(route, stored)
        self._note(
            row,
            name,
            stored,
            meta_area=stored.area or version.answered_area(route.answers),
            meta_answering=route.began_answering.value if version.who_items & route.answers.keys() else None,
            meta_handover_to=_text(route.answers.get(HANDOVER_TO)),
            meta_handover_page=_text(route.answers.get(HANDOVER_PAGE)),
            **self._places(route.answers, version),
            meta_last_page=shown[-1] if shown else None,
        )
        self._note_answers(row, name, route, shown, version)
        self._note_texts(name, route.answers)

    def order(self) -> Order:
        """Rows by what the responses are called, which is the order of nothing else."""
        return np.argsort(np.array(self._meta[NAME][: self.rows], dtype=np.str_))

    def frame(self, order: Order) -> pandas.DataFrame:
        """The analysis file: codes as text, 0 and 1, numbers and days."""
        return pandas.DataFrame({column.name: self._column(column, order) for column in self.columns}, copy=False)

    def meta(self, column: Column, order: Order) -> Any:
        """One column of meta: days, or text that may be null."""
        values = self._meta[column.name]
        if column.type == "date":
            return np.array(values, dtype="datetime64[D]")[order].astype("datetime64[s]")
        if column.name == NAME:
            return pandas.array(values, dtype="string")[order]
        if column.type == "integer":
            return pandas.array(values, dtype="Int8")[order]
        known = sorted({value for value in values if value is not None})
        # Said to be text, because a column of nulls alone would be written as numbers.
        return pandas.Categorical(values, categories=pandas.Index(known, dtype=object))[order]

    def texts(self) -> pandas.DataFrame:
        """The restricted file: a row per response that wrote something, a column per box.

        Where there are repeats, what was written in a round has a row of its own, with the number of the round.
        """
        rows = sorted(self._texts, key=lambda row: (str(row[NAME]), row[ROUND] or 0))
        kinds = {NAME: "string", **({ROUND: "Int16"} if self.repeats else {})}
        kinds |= dict.fromkeys(self._text_names, "string")
        values = {name: pandas.array([row.get(name) for row in rows], dtype=kind) for name, kind in kinds.items()}
        return pandas.DataFrame(values, copy=False)

    def _column(self, column: Column, order: Order) -> Any:
        if column.item is None:
            return self.meta(column, order)
        return answer_column(self.items[column.item], column, order)

    def _note(self, row: int, name: str, stored: StoredResponse, **worked_out: Any) -> None:
        area_source = "invitation" if stored.area else "answer" if worked_out.get("meta_area") else None
        meta = self._meta
        meta[NAME][row] = name
        meta["meta_wave"][row] = stored.wave
        meta["meta_version"][row] = stored.version
        meta["meta_area_source"][row] = area_source
        meta["meta_vintage"][row] = stored.vintage
        meta["meta_locale"][row] = stored.locale
        meta["meta_format"][row] = stored.format
        meta["meta_mode"][row] = stored.mode
        meta["meta_status"][row] = stored.status.value
        meta["meta_started_on"][row] = stored.started_on
        meta["meta_submitted_on"][row] = stored.submitted_on
        for column, value in worked_out.items():
            meta[column][row] = value

    def _note_answers(self, row: int, name: str, route: Path, shown: tuple[str, ...], version: _Version) -> None:
        answers = route.answers
        rounds: dict[tuple[str, int], int] = {}
        for page in shown:
            page_id, round_number = split_page(page)
            off = version.hidden_rows(page_id, answers, round_number)
            if round_number is not None:
                self._note_round(name, page_id, round_number, answers, off, rounds, version)
                continue
            for key, column in version.on_page[page_id]:
                if column is None or key in off:
                    continue
                value = answers.get(key)
                if value is None:
                    column.cells[row] = NOT_ANSWERED
                else:
                    column.put(row, value)

    def _note_round(
        self,
        name: str,
        page_id: str,
        round_number: int,
        answers: Answers,
        off: frozenset[str],
        rounds: dict[tuple[str, int], int],
        version: _Version,
    ) -> None:
        section = version.section_of[page_id]
        table = self.repeats.get(section)
        if table is None:
            return
        row = rounds.get((section, round_number))
        if row is None:
            row = table.add(name, round_number, version.router.rounds[section].option(round_number))
            rounds[section, round_number] = row
        for key, _ in version.on_page[page_id]:
            if key in table.items and key not in off:
                table.note(row, key, answers, instance_key(key, round_number))

    def _note_texts(self, name: str, answers: Answers) -> None:
        written: dict[int | None, dict[str, Any]] = {}
        for key in answers.keys() - self._coded:
            plain, round_number = split_instance(key)
            if plain in self._text_names:
                written.setdefault(round_number, {})[plain] = answers[key]
        self._texts.extend({NAME: name, ROUND: number, **texts} for number, texts in written.items())

    def _places(self, answers: Answers, version: _Version) -> dict[str, Any]:
        """What else a postcode gave: the areas of other vintages, and the deprivation fifth."""
        item = next(iter(version.area_items & answers.keys()), "")
        found = {name: answers.get(f"{item}__{vintage}") for name, vintage in self._vintages.items()}
        return {**found, "meta_fifth": answers.get(f"{item}__{AREA_FIFTH}")}


class _Version:
    """What a version of the questionnaire asks and where, looked up once for all who began with it."""

    def __init__(self, router: Router, columns: Mapping[str, ItemAnswers]) -> None:
        self.router = router
        self.on_page = {
            placed.page.id: [
                (each.id, columns.get(each.id)) for item in placed.page.items for each in answered_parts(item)
            ]
            for placed in router.pages
        }
        self.section_of = {placed.page.id: placed.section.id for placed in router.pages}
        self.area_items = frozenset(item.id for item in router.items.values() if item.role == "area")
        self.who_items = frozenset(item.id for item in router.items.values() if item.role == "answering")
        self._grids = {
            placed.page.id: [item for item in placed.page.items if isinstance(item, GridItem)]
            for placed in router.pages
        }

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
        for item in self.area_items & answers.keys():
            code = str(answers[item])
            if all(option.code != code for option in options_of(self.router.items[item])):
                return code
        return None


def _shown(route: Path, stored: StoredResponse) -> tuple[str, ...]:
    """The pages of the path up to the furthest that was saved: what lies beyond it was not asked."""
    for place in range(len(route.pages), 0, -1):
        if route.pages[place - 1] in stored.pages:
            return route.pages[:place]
    return ()


def vintage_columns(vintages: Sequence[str]) -> tuple[Column, ...]:
    """A column for the area by each of these lists, known where a postcode was given."""
    return tuple(
        Column(f"{VINTAGE}{vintage}", f"NHS area on the list of {vintage}, from a postcode", "string", "meta")
        for vintage in vintages
    )


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)
