"""The group, one for each test, and one for a whole module whose tests leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.survey.review.conftest import group, made_group
from tests.survey.review.group import Group

__all__ = ["group"]


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """For tests of what is refused: nothing changes, so that each finds the group as it was."""
    with made_group(tmp_path_factory.mktemp("group")) as group:
        yield group
