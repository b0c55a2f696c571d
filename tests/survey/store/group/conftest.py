"""A group with a round in review, made once and copied for each test of deciding."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.survey.review.deciding.table import Table, lay_table, seated


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
