"""The paths of many responses at once: a questionnaire's conditions in one SQL statement, answered by DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas
from numpy.typing import NDArray

from survey.questionnaire.condition_model import Condition
from survey.questionnaire.model import EndKind, GridItem, Item, Questionnaire, row_key
from survey.questionnaire.plan import PlacedPage, place_pages
from survey.questionnaire.walk import variables_of
from survey.store.condition_sql import condition_sql, name_sql

Booleans = NDArray[np.bool_]

UNANSWERED = "null"
"""What stands for no answer among the JSON texts of `Paths.of`."""


@dataclass(frozen=True)
class Walked:
    """Who was on which page: each array has a place for each response."""

    entered: Mapping[str, Booleans]
    """By page: whether its answers count. Sometimes more than see it, for a page that asks an invited person's area."""
    path: Mapping[str, Booleans]
    """By page: whether it is on the path."""
    rows: Mapping[str, Booleans]
    """By `row_key`: whether a row of a grid is for the person; only of rows that have a condition."""


@dataclass(frozen=True)
class _Truth:
    """SQL that is true or false, and the layer of the statement it stands in; -1 where it asks for answers alone."""

    sql: str
    layer: int = -1


_ALWAYS = _Truth("true")
_INVITED = _Truth("invited")


class Paths:
    """The paths through a questionnaire that repeats no section, as `Router.path` gives them one by one.

    What a condition can ask was settled on earlier pages. So the statement is made of layers, each a SELECT from the
    one below that adds truths about pages: a page stands in the layer above those it asks.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        """ValueError for a questionnaire that repeats a section: no fixed columns hold as many rounds as there are."""
        if any(section.repeat is not None for section in questionnaire.sections):
            raise ValueError(f"{questionnaire.id} repeats a section")
        self._items = {item.id: item for item in variables_of(questionnaire)}
        self._layers: list[dict[str, str]] = []
        self._kept: dict[str, _Truth] = {}
        self._sections: dict[str, _Truth] = {}
        self._entered: dict[str, _Truth] = {}
        self._path: dict[str, _Truth] = {}
        self._rows: dict[str, _Truth] = {}
        self._ended: list[_Truth] = []
        self._asked: set[str] = set()
        for placed in place_pages(questionnaire):
            self._place(placed)
        self.asks = frozenset(self._asked)
        """The items whose answers decide about a path; `of` needs no others."""
        self._statement = self._write()

    def of(self, answers: Mapping[str, pandas.Categorical], invited: Booleans) -> Walked:
        """The paths of responses whose answers to the items of `asks` are given as JSON text, or UNANSWERED.

        `invited` says whose area is known from the invitation: they are not asked for it.
        """
        columns = {_INVITED.sql: invited, **{f"answer {item}": answers[item] for item in self.asks}}
        with duckdb.connect() as connection:
            connection.register("given", pandas.DataFrame(columns, copy=False))
            found = connection.execute(self._statement).fetchnumpy()
        truths = {name_sql(name): np.asarray(truth, dtype=np.bool_) for name, truth in found.items()}
        truths[_ALWAYS.sql] = np.ones(len(invited), dtype=np.bool_)

        def about(kind: Mapping[str, _Truth]) -> dict[str, Booleans]:
            return {key: truths[truth.sql] for key, truth in kind.items()}

        return Walked(about(self._entered), about(self._path), about(self._rows))

    # --- Making the statement ---------------------------------------------------------

    def _place(self, placed: PlacedPage) -> None:
        """Say who comes to a page; those before it are placed."""
        page, section = placed.page, placed.section
        if section.id not in self._sections:  # asked once, before its pages
            self._sections[section.id] = self._name(f"section {section.id}", self._condition(section.show_if))
        rows = {
            row_key(item.id, row.code): self._condition(row.show_if)
            for item in page.items
            if isinstance(item, GridItem)
            for row in item.rows
            if row.show_if is not None
        }
        rows = {key: self._name(f"row {key}", truth) for key, truth in rows.items()}
        always = _keys_for_everyone(page.items)
        some = _ALWAYS if always else _any(rows.values())
        goes_on = [_not(ended) for ended in self._ended]
        entered = _all([self._sections[section.id], self._condition(page.show_if), some, *goes_on])
        entered = on_path = self._name(f"page {page.id}", entered)
        if always and always <= {item.id for item in page.items if item.role == "area"}:
            asked = _any([_not(_INVITED), *rows.values()])
            on_path = self._name(f"path {page.id}", _all([entered, asked]))
        self._entered[page.id], self._path[page.id] = entered, on_path
        self._rows |= rows
        self._kept |= dict.fromkeys(always, entered) | {key: _all([entered, row]) for key, row in rows.items()}
        if page.end is not None and page.end.kind is EndKind.REFUSED:
            refused = _all([on_path, self._condition(page.end.when)])
            self._ended.append(self._name(f"refused {page.id}", refused))

    def _condition(self, condition: Condition | None) -> _Truth:
        """A condition as it is to be asked now; no condition is always true."""
        layer = -1

        def kept(item: str) -> str:
            nonlocal layer
            if item not in self._kept:
                return "null::varchar"  # asked later or nowhere, and so not answered by now
            self._asked.add(item)
            layer = max(layer, self._kept[item].layer)
            answer, on_path = name_sql(f"answer {item}"), self._kept[item]
            return answer if on_path == _ALWAYS else f"(case when {on_path.sql} then {answer} end)"

        if condition is None:
            return _ALWAYS
        sql = condition_sql(condition, self._items, kept)
        return _Truth(f"coalesce({sql}, false)", layer)

    def _name(self, name: str, truth: _Truth) -> _Truth:
        """The truth under a name, worked out once; what is always true or has a name already needs none."""
        if truth == _ALWAYS or truth.sql.startswith('"'):
            return truth
        layer = truth.layer + 1
        while len(self._layers) <= layer:
            self._layers.append({})
        self._layers[layer][name] = truth.sql
        return _Truth(name_sql(name), layer)

    def _write(self) -> str:
        answers = [name_sql(f"answer {item}") for item in sorted(self.asks)]
        texts = "".join(f", nullif({answer}::varchar, '{UNANSWERED}') as {answer}" for answer in answers)
        statement = f"select {_INVITED.sql}{texts} from given"
        for layer in self._layers:
            named = "".join(f", {sql} as {name_sql(name)}" for name, sql in layer.items())
            statement = f"select *{named} from ({statement})"
        names = [name_sql(name) for layer in self._layers for name in layer]
        return f"select {', '.join(names) or _INVITED.sql} from ({statement})"


def _keys_for_everyone(items: Iterable[Item]) -> frozenset[str]:
    """Under which keys a page's answers stand, but for rows that are not for everyone."""
    return frozenset(
        key
        for item in items
        for key in (
            [row_key(item.id, row.code) for row in item.rows if row.show_if is None]
            if isinstance(item, GridItem)
            else [item.id]
        )
    )


def _all(truths: Iterable[_Truth]) -> _Truth:
    asked = [truth for truth in truths if truth != _ALWAYS]
    return _joined(" and ", asked) if asked else _ALWAYS


def _any(truths: Iterable[_Truth]) -> _Truth:
    return _joined(" or ", list(truths))


def _joined(word: str, truths: list[_Truth]) -> _Truth:
    if len(truths) == 1:
        return truths[0]
    return _Truth(f"({word.join(truth.sql for truth in truths)})", max(truth.layer for truth in truths))


def _not(truth: _Truth) -> _Truth:
    return _Truth(f"(not {truth.sql})", truth.layer)
