"""A group with a round in review and its pages; the store is made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.app import create_app
from tests.survey.review.deciding.table import Table, seated
from tests.survey.store.group.conftest import laid

__all__ = ["laid"]


@pytest.fixture
def empty_table(laid: Path, tmp_path: Path) -> Iterator[Table]:
    """Nothing is put to the vote yet."""
    shutil.copytree(laid, tmp_path, dirs_exist_ok=True)
    with seated(tmp_path) as group:
        group.app = create_app(group.config, group.store, now=group.clock)
        yield Table(group, 1)
