"""A group of eight, signed in when a test asks for their browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from jinja2.bccache import Bucket, BytecodeCache

from survey.app import create_app
from survey.config import load_config
from survey.store.connect import open_store
from tests.survey.review.group import MEMBERS, Clock, Group


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all groups of a run: a page's take half a second."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    with made_group(tmp_path) as group:
        yield group


@contextmanager
def made_group(folder: Path) -> Iterator[Group]:
    """A group that has its records in a folder of its own."""
    config = load_config({"PHB_DATA": str(folder)})
    clock = Clock()
    with closing(open_store(config)) as store:
        made = Group(create_app(config, store, now=clock), config, store, clock)
        made.app.jinja_env.bytecode_cache = TEMPLATES
        for name, role in MEMBERS.items():
            made.add(name, role)
        yield made
