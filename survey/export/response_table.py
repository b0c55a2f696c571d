"""All responses of a wave held by column, from which every file of the analysis is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas

from survey.export.item_answers import NOT_ANSWERED, WITHDRAWN, ItemAnswers, Order
from survey.questionnaire.answers import Answers
from survey.questionnaire.codebook import Column, columns, restricted_columns
from survey.questionnaire.model import AreaItem, Questionnaire
from survey.questionnaire.routing import Path, Router
from survey.store.analysis import StoredResponse
from survey.store.responses import Status

NAME = "response"
"""The column that holds what a response is called."""


class ResponseTable:
    """Rows of one questionnaire version; there is room for `size`, and `rows` says how many there are."""

    def __init__(self, questionnaire: Questionnaire, router: Router, size: int) -> None:
        self.size = size
        self.rows = 0
        self.columns = columns(questionnaire)
        asked = dict.fromkeys(column.item for column in self.columns if column.item is not None)
        self.items = {item: ItemAnswers(router.items[item], size) for item in asked}
        self._on_page = {
            placed.page.id: [(item.id, self.items[item.id]) for item in placed.page.items if item.id in self.items]
            for placed in router.pages
        }
        self._meta: dict[str, list[Any]] = {
            column.name: [None] * size for column in self.columns if column.kind == "meta"
        }
        self._text_names = [column.name for column in restricted_columns(questionnaire)]
        self._texts: list[dict[str, Any]] = []
        self._area_items = frozenset(item.id for item in router.items.values() if isinstance(item, AreaItem))
        self._who_items = frozenset(item.id for item in router.items.values() if item.role == "answering")

    def add(self, name: str, stored: StoredResponse, router: Router) -> None:
        """Put a response into the next row; `name` is what the file calls it."""
        row = self.rows
        self.rows += 1
        if stored.status is Status.WITHDRAWN:
            self._note(row, name, stored, meta_area=stored.area)
            for column in self.items.values():
                column.cells[row] = WITHDRAWN
            return
        route = router.path(stored.answers, self._area_items if stored.area else frozenset())
        shown = _shown(route, stored)
        self._note(
            row,
            name,
            stored,
            meta_area=stored.area or self._answered_area(route.answers),
            meta_answering=route.answering.value if self._who_items & route.answers.keys() else None,
            meta_last_page=shown[-1] if shown else None,
        )
        self._note_answers(row, route.answers, shown)
        texts = {key: route.answers[key] for key in self._text_names if key in route.answers}
        if texts:
            self._texts.append({NAME: name, **texts})

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
        known = sorted({value for value in values if value is not None})
        # Said to be text, because a column of nulls alone would be written as numbers.
        return pandas.Categorical(values, categories=pandas.Index(known, dtype=object))[order]

    def texts(self) -> pandas.DataFrame:
        """The restricted file: a row per response that wrote something, a column per box."""
        rows = sorted(self._texts, key=lambda row: str(row[NAME]))
        names = (NAME, *self._text_names)
        return pandas.DataFrame(
            {name: pandas.array([row.get(name) for row in rows], dtype="string") for name in names}, copy=False
        )

    def _column(self, column: Column, order: Order) -> Any:
        if column.item is None:
            return self.meta(column, order)
        answers = self.items[column.item]
        if column.kind == "missing":
            return answers.reasons(order)
        if column.option is not None:
            return answers.picked(column.option, order)
        return answers.numbers(order) if column.type == "integer" else answers.codes(order)

    def _note(self, row: int, name: str, stored: StoredResponse, **worked_out: str | None) -> None:
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

    def _note_answers(self, row: int, answers: Answers, shown: tuple[str, ...]) -> None:
        for page in shown:
            for item, column in self._on_page[page]:
                value = answers.get(item)
                if value is None:
                    column.cells[row] = NOT_ANSWERED
                else:
                    column.put(row, value)

    def _answered_area(self, answers: Answers) -> str | None:
        for item in self._area_items & answers.keys():
            if self.items[item].is_value(answers[item]):
                return str(answers[item])
        return None


def _shown(route: Path, stored: StoredResponse) -> tuple[str, ...]:
    """The pages of the path up to the furthest that was saved: what lies beyond it was not asked."""
    for place in range(len(route.pages), 0, -1):
        if route.pages[place - 1] in stored.pages:
            return route.pages[:place]
    return ()
