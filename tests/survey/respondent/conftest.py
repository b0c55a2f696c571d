"""A site on a real store, and respondents who walk through it by filling forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from survey import resources
from survey.app import create_app
from survey.config import Config, load_config
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.store.connect import Store, open_store
from survey.store.waves import Wave, open_wave
from tests.survey.respondent.forms import PageReader


@dataclass
class Clock:
    """Now, until a test says otherwise."""

    moment: datetime = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


@dataclass
class Site:
    """A running application and its store."""

    app: Flask
    config: Config
    store: Store
    clock: Clock

    def open(
        self, questionnaire: Questionnaire, wave: str = "trial", *, open_link: bool = True, made_up: bool = False
    ) -> Wave:
        """Open a wave of a questionnaire."""
        return open_wave(
            self.store,
            wave=wave,
            questionnaire=questionnaire,
            vintage="2026",
            open_link=open_link,
            made_up=made_up,
            now=self.clock(),
        )

    def visitor(self, language: str | None = None) -> Visitor:
        """Someone with a browser of their own."""
        headers = {"Accept-Language": language} if language else {}
        return Visitor(self.app.test_client(), headers)

    def count(self, table: str) -> int:
        """How many rows a table of the store has."""
        return int(self.store.rows(f"select count(*) from {table}")[0][0])


@dataclass
class Visitor:
    """Walks as a browser without JavaScript does: reads the form of the page, fills it, presses a button."""

    client: FlaskClient
    headers: Mapping[str, str] = field(default_factory=dict)
    reply: TestResponse = field(init=False)
    address: str = field(init=False)

    @property
    def page(self) -> PageReader:
        """The page as it is shown."""
        return PageReader(self.reply.text)

    @property
    def status(self) -> int:
        return self.reply.status_code

    def open(self, address: str) -> Visitor:
        """Go to an address, and where it leads."""
        return self._arrive(self.client.get(address, headers=self.headers), address)

    def press(self, button: tuple[str, str] = ("", ""), **answers: str | list[str] | None) -> Visitor:
        """Fill fields of questions (by item id; None empties one) and press a button."""
        form = self.page.form
        assert button in form.buttons, f"no button {button} among {form.buttons}"
        sent = form.sent()
        for item, value in answers.items():
            sent[f"answer-{item}"] = [value] if isinstance(value, str) else value or []
        if button != ("", ""):
            sent[button[0]] = [button[1]]
        return self.send(form.action or self.address, sent)

    def type_code(self, code: str) -> Visitor:
        """Fill the field for a code and press the button."""
        return self.send(self.page.form.action or self.address, {**self.page.form.sent(), "code": [code]})

    def send(self, address: str, fields: Mapping[str, list[str]]) -> Visitor:
        """Send a form as it is."""
        pairs = [(name, value) for name, values in fields.items() for value in values]
        return self._arrive(self.client.post(address, data=MultiDict(pairs), headers=self.headers), address)

    def start(self, consent: bool = True) -> Visitor:
        """From the start page to the first question after the return code."""
        self.open("/").press()
        if consent:
            self.press(taking_part="yes")
            assert self.address == "/survey/return-code", self.address
            self.press()
        return self

    @property
    def return_code(self) -> str:
        """The code in this browser's cookie."""
        with self.client.session_transaction() as session:
            return str(session["visit"]["return_code"])

    def _arrive(self, reply: TestResponse, address: str) -> Visitor:
        while reply.status_code in {301, 302, 303, 307, 308}:
            address = reply.headers["Location"]
            reply = self.client.get(address, headers=self.headers)
        self.reply, self.address = reply, address
        return self


@pytest.fixture(scope="session")
def annual() -> Questionnaire:
    """The annual survey as it is in the repository."""
    return load_file(resources.QUESTIONNAIRES / "phb-annual.json")


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates compiled once for all applications of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def empty_site(tmp_path: Path, compiled_templates: BytecodeCache) -> Iterator[Site]:
    """A site where no wave was opened."""
    config = load_config({"PHB_DATA": str(tmp_path)})
    store = open_store(config)
    clock = Clock()
    app = create_app(config, store, now=clock)
    app.jinja_env.bytecode_cache = compiled_templates
    yield Site(app, config, store, clock)
    store.close()


@pytest.fixture
def site(empty_site: Site, annual: Questionnaire) -> Site:
    """A site where the annual survey is open to everyone."""
    empty_site.open(annual)
    return empty_site


@pytest.fixture
def visitor(site: Site) -> Visitor:
    """Somebody who reads English."""
    return site.visitor()
