"""A tiny questionnaire and the words every saved page needs."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from duckdb import DuckDBPyConnection

from survey.config import Config, load_config
from survey.questionnaire.model import Questionnaire
from survey.store.audit import record
from survey.store.connect import Store, open_store
from survey.store.responses import ResponseState, start_response
from survey.store.schema import ADDED
from survey.store.waves import Wave, open_wave

NOON = datetime(2026, 9, 1, 12, 0, 0, 123456, tzinfo=UTC)


class Said(TypedDict):
    """How and when something was answered."""

    locale: str
    format: str
    mode: str
    now: datetime


def said(now: datetime = NOON) -> Said:
    return Said(locale="en-GB", format="standard", mode="web", now=now)


def tiny_questionnaire(status: str = "agreed", title: str = "Tiny") -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "id": "tiny",
            "version": "1",
            "status": status,
            "language": "en-GB",
            "title": title,
            "purpose": "To try the store.",
            "minutes": 1,
            "contact": {"name": "N", "email": "n@example.org", "phone": "0300 000 0000"},
            "sections": (
                {
                    "id": "one",
                    "title": "One",
                    "pages": ({"id": "words", "items": ({"id": "words", "type": "short_text", "text": "Words?"},)},),
                },
            ),
        },
        strict=False,
    )


def config_for(folder: Path, **settings: str) -> Config:
    return load_config({"PHB_DATA": str(folder), **settings})


def open_tiny_wave(store: Store, wave: str = "2026", *, open_link: bool = True) -> Wave:
    return open_wave(
        store,
        wave=wave,
        questionnaire=tiny_questionnaire(),
        vintage="2026",
        open_link=open_link,
        made_up=False,
        now=NOON,
    )


def begin(store: Store, key: bytes, wave: str = "2026", now: datetime = NOON) -> tuple[ResponseState, str]:
    return start_response(
        store, key, wave=wave, invitation=None, page="consent", answers={"taking_part": "yes"}, **said(now)
    )


def make_older(config: Config, version: str = "1") -> None:
    """A store as an earlier version left it, with a row in it."""
    lacks = re.findall(r"create table (\w+)", ADDED[version])
    with closing(open_store(config)) as store:

        def work(cursor: DuckDBPyConnection) -> None:
            for table in lacks:
                cursor.execute(f"drop table {table}")
            cursor.execute("update about_store set value = ? where name = 'schema_version'", [version])
            record(cursor, actor="somebody", action="add account", subject="sam", now=NOON)

        store.journal.run(work)
