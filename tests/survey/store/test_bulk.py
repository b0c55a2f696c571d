"""Many rows at once: columns arrive whole, or not at all, and read like any others."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb
import pandas
import pytest

from survey.store.bulk import append_events, append_responses, append_statuses
from survey.store.connect import Store
from survey.store.responses import Status, load_response
from tests.survey.store.builders import NOON, open_tiny_wave

AT = NOON.replace(tzinfo=None)


def response_columns(count: int) -> dict[str, object]:
    return {
        "response": range(count),
        "return_hash": [f"{number:064x}" for number in range(count)],
        "wave": "2026",
        "version": "v",
        "vintage": "2026",
        "area": ["QWO", None] * (count // 2),
        "invitation": pandas.array([None] * count, dtype="Int64"),
        "started_at": [AT] * count,
    }


def event_columns(count: int) -> dict[str, object]:
    said: dict[str, object] = {name: pandas.Categorical(["x"] * count) for name in ("locale", "format", "mode")}
    moments: list[datetime] = [AT + timedelta(seconds=number) for number in range(count)]
    answers = [f'{{"words":"{number}"}}' for number in range(count)]
    return {"response": range(count), "seq": 1, "page": "words", "answers": answers, "saved_at": moments, **said}


def test_rows_added_at_once_read_like_any_others(store: Store) -> None:
    open_tiny_wave(store)
    append_responses(store, response_columns(10))
    append_events(store, event_columns(10))
    append_statuses(
        store,
        {
            "response": [3],
            "seq": [2],
            "status": ["submitted"],
            "set_at": [AT],
            "locale": "x",
            "format": "x",
            "mode": "x",
        },
    )
    read = load_response(store, 3)
    assert read is not None
    assert (read.status, read.seq, read.area, read.answers) == (Status.SUBMITTED, 2, None, {"words": "3"})
    started = load_response(store, 4)
    assert started is not None
    assert (started.status, started.area, started.area_source) == (Status.STARTED, "QWO", "invitation")


def test_rows_that_do_not_fit_are_refused_together(store: Store) -> None:
    append_responses(store, response_columns(2))
    with pytest.raises(duckdb.ConstraintException):
        append_responses(store, response_columns(4))
    assert store.rows("select count(*) from responses") == [(2,)]
    with pytest.raises(duckdb.BinderException):
        append_events(store, {**event_columns(2), "colour": "blue"})
    assert store.rows("select count(*) from events") == [(0,)]
