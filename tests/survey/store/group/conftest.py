"""The group of eight on a store alone: pages take most of the time that an application takes to make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from survey.store.connect import open_store
from tests.survey.review.group import MEMBERS, Clock, Group
from tests.survey.store.builders import config_for


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    config = config_for(tmp_path)
    with closing(open_store(config)) as store:
        made = Group(Flask("no pages"), config, store, Clock())
        for name, role in MEMBERS.items():
            made.add(name, role)
        yield made
