"""A real DuckDB file in a folder of its own, open for one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.config import Config
from survey.store.connect import Store, open_store
from tests.survey.store.builders import config_for


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_for(tmp_path)


@pytest.fixture
def key(config: Config) -> bytes:
    return config.code_key


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    store = open_store(config)
    yield store
    store.close()
