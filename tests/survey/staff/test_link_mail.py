"""Asking for a link by mail: it goes to its owner and to nobody else, and the page gives no name away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey.app import create_app
from survey.config import load_config
from survey.staff.link_mail import MOST_A_NAME
from survey.store.accounts import Role, add_account
from survey.store.clock import to_stored
from survey.store.connect import Store, open_store
from tests.survey.postbox import Postbox, postbox

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@dataclass
class House:
    """A site that sends mail; lee has an address, tom has none."""

    app: Flask
    store: Store
    box: Postbox

    def ask(self, name: str) -> TestResponse:
        client = self.app.test_client()
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/staff/sign-in").get_data(as_text=True))
        assert token is not None
        return client.post("/staff/mail-link", data={"mail_name": name, "csrf_token": token[1]}, follow_redirects=True)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    config = load_config({"PHB_DATA": str(tmp_path), "PHB_URL": "https://survey.example.org"})
    with postbox() as box, closing(open_store(config)) as store:
        lee = add_account(store, "lee", Role.LIVED_EXPERIENCE, NOW).id
        add_account(store, "tom", Role.LIVED_EXPERIENCE, NOW)
        store.journal.run(
            lambda cursor: cursor.execute(
                "insert into members by name select ? as account, '' as display_name, 'real' as naming,"
                " false as lives_it, 'self' as way, '' as supporter, 'lee@example.org' as email, '[]' as needs,"
                " '' as needs_words, 60 as minutes_a_month, false as wants_pay, '{}' as about, 1 as revision,"
                " ?::timestamp as changed_at",
                [lee, to_stored(NOW)],
            )
        )
        yield House(create_app(replace(config, mail=box.server), store, now=lambda: NOW), store, box)


def test_every_name_gets_the_same_answer_and_only_an_owner_with_an_address_a_link(house: House) -> None:
    answers = {house.ask(name).get_data(as_text=True) for name in ("nobody", "tom", "lee\r\nBcc: x@y.org", "", "lee")}
    assert len(answers) == 1
    letter = house.box.take()
    assert letter["To"] == "lee@example.org"
    link = re.search(r"https://survey\.example\.org(/staff/sign-in/\S+)", letter.get_content())
    assert link is not None
    client = house.app.test_client()
    page = client.get(link[1]).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    assert client.post(link[1], data={"csrf_token": token[1]}).location == "/review/"
    assert house.box.is_empty
    stored = str(house.store.rows("select * from sign_in_links")) + str(house.store.rows("select * from letters"))
    assert link[1].rpartition("/")[2] not in stored


def test_nobody_gets_more_than_a_few_links_an_hour(house: House) -> None:
    for _ in range(MOST_A_NAME + 3):
        assert house.ask("lee").status_code == 200
    for _ in range(MOST_A_NAME):
        assert house.box.take()["To"] == "lee@example.org"
    assert house.store.rows("select count(*) from sign_in_links") == [(MOST_A_NAME,)]
    assert house.box.is_empty


def test_where_no_mail_is_set_up_nothing_offers_it(tmp_path: Path) -> None:
    config = load_config({"PHB_DATA": str(tmp_path)})
    with closing(open_store(config)) as store:
        client = create_app(config, store, now=lambda: NOW).test_client()
        page = client.get("/staff/sign-in").get_data(as_text=True)
        assert "Send me a link" not in page
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        assert client.post("/staff/mail-link", data={"mail_name": "lee", "csrf_token": token[1]}).status_code == 404
