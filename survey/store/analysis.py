"""A wave's responses as they stand, read in bulk for the analysis file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from survey.questionnaire.answers import Answers
from survey.store.responses import CLOCK_SLACK, Status

if TYPE_CHECKING:
    from survey.store.connect import Store

RESPONSES_AT_ONCE = 5000
"""A wave is read in portions of this many, so that memory does not grow with it: about 140,000 events each."""

_PORTION = """
with asked as (
    select response, version, vintage, area, started_at::date as started_on
    from responses where wave = ? and response between ? and ?
), latest as (
    select response, page, max_by(answers, seq) as answers, max_by(locale, seq) as locale,
        max_by(format, seq) as format, max_by(mode, seq) as mode, max(seq) as seq
    from events
    where response between ? and ? and saved_at >= ? and response in (select response from asked)
    group by response, page
), answered as (
    select response, string_agg(page, ' ') as pages, max_by(locale, seq) as locale, max_by(format, seq) as format,
        max_by(mode, seq) as mode,
        '{' || string_agg(substr(answers, 2, length(answers) - 2), ',') filter (answers <> '{}') || '}' as answers
    from latest group by response
), reached as (
    select response, max_by(status, seq) as status,
        max(set_at) filter (status = 'submitted')::date as submitted_on
    from statuses where response between ? and ? group by response
)
select response, version, vintage, area, started_on, submitted_on, coalesce(status, 'started'),
    locale, format, mode, pages, answers
from asked left join answered using (response) left join reached using (response)
"""
"""The answers of a page are one JSON object and no item is on two pages, so joining them gives one object."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response with the latest of each page, also of pages that have since left the path. Days are of UTC."""

    response: int
    wave: str
    version: str
    vintage: str
    area: str | None
    started_on: date
    submitted_on: date | None
    status: Status
    locale: str | None
    format: str | None
    mode: str | None
    pages: frozenset[str]
    answers: Answers


@dataclass(frozen=True)
class Change:
    """How far the saving of a wave's answers has come: equal when nothing was saved in between."""

    responses: int
    events: int
    statuses: int


def last_change(store: Store, wave: str) -> Change:
    """How far a wave has come by now."""
    of_wave = "response in (select response from responses where wave = ?)"
    counts = store.rows(
        f"""
        select (select count(*) from responses where wave = ?),
            (select count(*) from events where {of_wave}), (select count(*) from statuses where {of_wave})
        """,
        [wave, wave, wave],
    )
    return Change(*counts[0])


def count_wave(store: Store, wave: str) -> int:
    """How many responses a wave has, unfinished and withdrawn ones too."""
    return int(store.rows("select count(*) from responses where wave = ?", [wave])[0][0])


def read_wave(store: Store, wave: str) -> Iterator[StoredResponse]:
    """Every response of a wave, in no order that means anything."""
    rows = store.rows("select response, started_at from responses where wave = ? order by response", [wave])
    for start in range(0, len(rows), RESPONSES_AT_ONCE):
        portion = rows[start : start + RESPONSES_AT_ONCE]
        first, last = portion[0][0], portion[-1][0]
        oldest = min(started_at for _, started_at in portion) - CLOCK_SLACK
        found = store.rows(_PORTION, [wave, first, last, first, last, oldest, first, last])
        for row in found:
            begun, (status, locale, format, mode, pages, answers) = row[:6], row[6:]
            response, version, vintage, area, started_on, submitted_on = begun
            yield StoredResponse(
                response,
                wave,
                version,
                vintage,
                area,
                started_on,
                submitted_on,
                Status(status),
                locale,
                format,
                mode,
                frozenset(pages.split(" ") if pages else ()),
                _read(answers) if answers else {},
            )


def _read(answers: str) -> Answers:
    """As `answers.from_json`, but no value is looked at again: a wave has millions, each checked when it was saved."""
    return {key: tuple(value) if value.__class__ is list else value for key, value in json.loads(answers).items()}
