"""One group for all tests of this package, put back to its first day before each; every test has rounds of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from survey.app import create_app
from survey.config import load_config
from survey.store.connect import open_store
from tests.survey.review.group import BEGIN, MEMBERS, Clock, Group

EMPTIED = (
    "offices",
    "rounds",
    "asked",
    "comments",
    "outcomes",
    "reflections",
    "reopenings",
    "suggestions",
    "sponsor_answers",
    "letters",
    "audit",
)


@pytest.fixture(scope="package")
def same_group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("circle"))})
    clock = Clock()
    with closing(open_store(config)) as store:
        made = Group(create_app(config, store, now=clock), config, store, clock)
        for name, role in MEMBERS.items():
            made.add(name, role)
        yield made


@pytest.fixture
def group(same_group: Group) -> Group:
    if same_group.clock.moment != BEGIN:
        same_group.clock.moment = BEGIN
        same_group.sign_out()
    for table in EMPTIED:
        same_group.store.journal.run(lambda cursor, table=table: cursor.execute(f"delete from {table}"))
    return same_group
