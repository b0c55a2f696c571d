"""A wave's responses as they stand, read in bulk for the analysis file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas
from numpy.typing import NDArray

from survey.questionnaire.answers import Answers
from survey.store.responses import CLOCK_SLACK, Status

if TYPE_CHECKING:
    from survey.store.connect import Store

RESPONSES_AT_ONCE = 50_000
"""A wave is read in portions of this many, so that memory does not grow with it: about 1,500,000 events each."""

_ASKED = "select response, started_at from responses where wave = ? and response >= ? order by response limit ?"

_BEGUN = """
with asked as (
    select response, version, vintage, area, started_at::date as started_on
    from responses where wave = ? and response between ? and ?
), said as (
    select response, max_by(locale, seq) as locale, max_by(format, seq) as format, max_by(mode, seq) as mode
    from events where response between ? and ? and saved_at >= ? group by response
), reached as (
    select response, max_by(status, seq) as status,
        max(set_at) filter (status = 'submitted')::date as submitted_on
    from statuses where response between ? and ? group by response
)
select response, version, vintage, area, started_on, submitted_on, coalesce(status, 'started') as status,
    locale, format, mode
from asked left join said using (response) left join reached using (response)
order by response
"""

_SAID = """
with asked as (
    select response, (row_number() over (order by response) - 1)::integer as place
    from responses where wave = ? and response between ? and ?
)
select page, answers, list((seq::bigint << 32) + place) as given
from events join asked using (response)
where events.response between ? and ? and saved_at >= ?
group by page, answers order by page
"""
"""Most answers to a page are among a few: each different one comes once, with when (`seq`) and by whom it was given."""


_PLACE = 2**32 - 1


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
class SavedPage:
    """What a portion's responses said on a page: different `answers`, and the number of the `latest` of each response.

    -1 is the number of who has not saved the page.
    """

    answers: tuple[Answers, ...]
    latest: NDArray[np.int32]


@dataclass(frozen=True)
class Portion:
    """Some responses of a wave, by column; `begun` has a row for each with the fields of StoredResponse up to `mode`.

    `pages` are those that somebody has saved.
    """

    wave: str
    begun: pandas.DataFrame
    pages: Mapping[str, SavedPage]

    def __len__(self) -> int:
        return len(self.begun)

    @cached_property
    def responses(self) -> list[int]:
        """Their numbers."""
        numbers: list[int] = self.begun["response"].tolist()
        return numbers

    @property
    def last(self) -> int:
        """The highest of their numbers."""
        return self.responses[-1]

    def stored(self, place: int) -> StoredResponse:
        """One of them by itself."""
        row = self.begun.iloc[place]
        saved = {page: said.latest[place] for page, said in self.pages.items() if said.latest[place] >= 0}
        return StoredResponse(
            response=int(row["response"]),
            wave=self.wave,
            version=row["version"],
            vintage=row["vintage"],
            area=_given(row["area"]),
            started_on=row["started_on"].date(),
            submitted_on=None if pandas.isna(row["submitted_on"]) else row["submitted_on"].date(),
            status=Status(row["status"]),
            locale=_given(row["locale"]),
            format=_given(row["format"]),
            mode=_given(row["mode"]),
            pages=frozenset(saved),
            answers={
                key: value for page, number in saved.items() for key, value in self.pages[page].answers[number].items()
            },
        )


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


def read_wave(store: Store, wave: str, size: int) -> Iterator[Portion]:
    """The first `size` responses of a wave, oldest first; each portion is of one moment.

    While one is being looked at the next is read, in a thread of its own.
    """
    with ThreadPoolExecutor(1) as reader:
        left = size
        reading = reader.submit(_read_portion, store, wave, 0, min(left, RESPONSES_AT_ONCE))
        while (portion := reading.result()) is not None:
            left -= len(portion)
            reading = reader.submit(_read_portion, store, wave, portion.last + 1, min(left, RESPONSES_AT_ONCE))
            yield portion


def _read_portion(store: Store, wave: str, first: int, size: int) -> Portion | None:
    """The responses from number `first` on; None where there are no more, or none are wanted."""
    if size == 0:
        return None
    with store.as_of_now() as cursor:
        asked = cursor.execute(_ASKED, [wave, first, size]).fetchall()
        if not asked:
            return None
        span = [asked[0][0], asked[-1][0]]
        since = min(started_at for _, started_at in asked) - CLOCK_SLACK
        begun = cursor.execute(_BEGUN, [wave, *span, *span, since, *span]).df()
        said = cursor.execute(_SAID, [wave, *span, *span, since]).fetchnumpy()
    return Portion(wave, begun, _saved_pages(said, len(begun)))


def _saved_pages(said: Mapping[str, NDArray[Any]], size: int) -> dict[str, SavedPage]:
    """By page the answers and who gave which of them last; the rows of a page stand together."""
    pages, starts = np.unique(np.asarray(said["page"], dtype=object), return_index=True)
    ends = [*starts[1:], len(said["page"])]
    found = {}
    for page, start, end in zip(pages, starts, ends, strict=True):
        given = said["given"][start:end]
        numbers = np.repeat(np.arange(end - start, dtype=np.int32), [len(each) for each in given])
        together = np.concatenate(given)
        in_order = np.argsort(together)
        latest = np.full(size, -1, dtype=np.int32)
        latest[together[in_order] & _PLACE] = numbers[in_order]  # of what is said of one place, the last stays
        found[str(page)] = SavedPage(tuple(map(_read, said["answers"][start:end])), latest)
    return found


def _read(answers: str) -> Answers:
    """As `answers.from_json`, but no value is looked at again: a wave has millions, each checked when it was saved."""
    return {
        key: tuple(value) if value.__class__ is list else value
        for key, value in json.loads(answers).items()
        if value or value == 0  # 0 is a number; "", [] and null are no answer
    }


def _given(value: Any) -> str | None:
    return None if pandas.isna(value) else str(value)
