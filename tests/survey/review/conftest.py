"""A group of eight, signed in when a test asks for their browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from survey.app import create_app
from survey.config import load_config
from survey.store.connect import open_store
from tests.survey.review.group import MEMBERS, Clock, Group


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    config = load_config({"PHB_DATA": str(tmp_path)})
    clock = Clock()
    with closing(open_store(config)) as store:
        made = Group(create_app(config, store, now=clock), config, store, clock)
        for name, role in MEMBERS.items():
            made.add(name, role)
        yield made
