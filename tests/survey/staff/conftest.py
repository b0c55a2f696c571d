"""The survey's application on a real store, with a clock that a test can turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.config import Config, load_config
from survey.store.accounts import Role, SignInLink, add_account, make_link
from survey.store.connect import Store, open_store


@dataclass
class Clock:
    """Now, until a test says otherwise."""

    moment: datetime = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **units: float) -> None:
        self.moment += timedelta(**units)


@dataclass
class Office:
    """Everything a test of the staff pages touches."""

    app: Flask
    config: Config
    store: Store
    clock: Clock
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def add(self, name: str = "Ada", role: Role = Role.STAFF) -> SignInLink:
        """An account, and a link for it."""
        add_account(self.store, name, role, self.clock())
        return self.link(name)

    def link(self, name: str = "Ada") -> SignInLink:
        return make_link(self.store, self.config.code_key, name, self.clock())

    def post(self, path: str, seen_on: str | None = None, **fields: str) -> TestResponse:
        """Send the form of a page as a browser does: get the page, take over its token."""
        page = self.client.get(seen_on or path).get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None, page
        return self.client.post(path, data={**fields, "csrf_token": token[1]})

    def sign_in(self, name: str = "Ada", role: Role = Role.STAFF) -> TestResponse:
        return self.post(f"/staff/sign-in/{self.add(name, role).token}")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    config = load_config({"PHB_DATA": str(tmp_path)})
    store = open_store(config)
    clock = Clock()
    yield Office(create_app(config, store, now=clock), config, store, clock)
    store.close()
