"""Responses put into the table one at a time, each on the path that the Router gives it.

Only for versions that repeat a section: how many rounds a person has, and what is asked in each, fits into no fixed
columns. All others go together, see `together.py`.
"""

from __future__ import annotations

from typing import Any

from survey.export.item_answers import NOT_ANSWERED
from survey.export.response_table import ResponseTable
from survey.export.version import Version
from survey.questionnaire.answers import (
    AREA_FIFTH,
    HANDOVER_PAGE,
    HANDOVER_TO,
    Answers,
    Value,
    instance_key,
    split_instance,
)
from survey.questionnaire.routing import Path, split_page
from survey.store.analysis import StoredResponse


def add_response(table: ResponseTable, name: str, stored: StoredResponse, version: Version) -> None:
    """Put a response that was not withdrawn into the next row; `name` is what the file calls it."""
    row = table.begin([name]).start
    route = version.router.path(stored.answers, version.area_items if stored.area else frozenset())
    shown = _shown(route, stored)
    has_said_who = any(item.id in route.answers for item in version.who_items)
    _note(
        table,
        row,
        stored,
        meta_area=stored.area or version.answered_area(route.answers),
        meta_answering=route.began_answering.value if has_said_who else None,
        meta_handover_to=route.answers.get(HANDOVER_TO),
        meta_handover_page=route.answers.get(HANDOVER_PAGE),
        **_places(table, route.answers, version),
        meta_last_page=shown[-1] if shown else None,
    )
    _note_answers(table, row, name, route, shown, version)
    _note_texts(table, name, route.answers)


def _note(table: ResponseTable, row: int, stored: StoredResponse, **worked_out: Value | None) -> None:
    area_source = "invitation" if stored.area else "answer" if worked_out.get("meta_area") else None
    values: dict[str, Any] = {
        "meta_wave": stored.wave,
        "meta_version": stored.version,
        "meta_area_source": area_source,
        "meta_vintage": stored.vintage,
        "meta_locale": stored.locale,
        "meta_format": stored.format,
        "meta_mode": stored.mode,
        "meta_status": stored.status.value,
        "meta_started_on": stored.started_on,
        "meta_submitted_on": stored.submitted_on,
        **worked_out,
    }
    for column, value in values.items():
        if value is not None:
            table.meta[column].put(row, value)


def _note_answers(
    table: ResponseTable, row: int, name: str, route: Path, shown: tuple[str, ...], version: Version
) -> None:
    answers = route.answers
    rounds: dict[tuple[str, int], int] = {}
    for page in shown:
        page_id, round_number = split_page(page)
        off = version.hidden_rows(page_id, answers, round_number)
        if round_number is not None:
            _note_round(table, name, page_id, round_number, answers, off, rounds, version)
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
    table: ResponseTable,
    name: str,
    page_id: str,
    round_number: int,
    answers: Answers,
    off: frozenset[str],
    rounds: dict[tuple[str, int], int],
    version: Version,
) -> None:
    section = version.section_of[page_id]
    repeat = table.repeats.get(section)
    if repeat is None:
        return
    row = rounds.get((section, round_number))
    if row is None:
        row = repeat.add(name, round_number, version.router.rounds[section].option(round_number))
        rounds[section, round_number] = row
    for key, _ in version.on_page[page_id]:
        if key in repeat.items and key not in off:
            repeat.note(row, key, answers, instance_key(key, round_number))


def _note_texts(table: ResponseTable, name: str, answers: Answers) -> None:
    written: dict[int | None, dict[str, Value]] = {}
    for key, value in answers.items():
        plain, round_number = split_instance(key)
        if plain in table.text_names:
            written.setdefault(round_number, {})[plain] = value
    for number, texts in written.items():
        table.note_text(name, number, texts)


def _places(table: ResponseTable, answers: Answers, version: Version) -> dict[str, Value | None]:
    """What else a postcode gave: the areas of other vintages, and the deprivation fifth."""
    item = next(iter(version.area_items & answers.keys()), "")
    found = {name: answers.get(f"{item}__{vintage}") for name, vintage in table.vintages.items()}
    return {**found, "meta_fifth": answers.get(f"{item}__{AREA_FIFTH}")}


def _shown(route: Path, stored: StoredResponse) -> tuple[str, ...]:
    """The pages of the path up to the furthest that was saved: what lies beyond it was not asked."""
    for place in range(len(route.pages), 0, -1):
        if route.pages[place - 1] in stored.pages:
            return route.pages[:place]
    return ()
