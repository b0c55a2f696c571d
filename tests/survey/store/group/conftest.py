"""The group of eight on a store alone, as pages take most of the time that an application takes to make; and a group
with a round in review, made once and copied for each test of deciding."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask

from survey.store.connect import open_store
from tests.survey.review.deciding.table import Table, lay_table, seated
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


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laid")
    with seated(folder) as group:
        lay_table(group)
    return folder


@pytest.fixture
def bare_table(laid: Path, tmp_path: Path) -> Iterator[Table]:
    """Nothing is put to the vote yet."""
    shutil.copytree(laid, tmp_path, dirs_exist_ok=True)
    with seated(tmp_path) as group:
        yield Table(group, 1)
