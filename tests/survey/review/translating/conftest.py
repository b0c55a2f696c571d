"""A group with four translators beside it, and the string that tests work on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.store.accounts import Role
from tests.survey.review.conftest import made_group
from tests.survey.review.group import Group

TRANSLATORS = ("ali", "bano", "cem", "dua")
ANNUAL = "/review/translate/ur/phb-annual"


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    with made_group(tmp_path) as group:
        for name in TRANSLATORS:
            group.add(name, Role.TRANSLATOR)
        yield group


def address_of(group: Group, words: str, name: str = "ali", sheet: str = ANNUAL) -> str:
    """The address of the first string that a search for its words or context finds."""
    found = re.search(rf'"({sheet}/[0-9a-f]{{12}})', group.text(name, f"{sheet}?q={words}"))
    assert found is not None, words
    return found[1]


def plain(html: str) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
