"""What holds for every page: headers, tokens, static files, no script or style inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.analysis.disclosure.cells import SMALLEST_CELL
from dashboard.analysis.rounding import SMALLEST_BASE
from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.store.connect import Store, open_store
from survey.store.waves import open_wave

ADDRESSES = [
    "/",
    "/return",
    "/privacy",
    "/accessibility",
    "/help",
    "/healthz",
    "/nowhere",
    "/survey/taking-part",
    "/staff/sign-in",
]

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(load_config({"PHB_DATA": str(tmp_path)}))
    questionnaire = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
    open_wave(
        store,
        wave="trial",
        questionnaire=questionnaire,
        vintage="2026",
        open_link=True,
        made_up=False,
        now=datetime.now(UTC),
    )
    yield store
    store.close()


@pytest.fixture
def app(tmp_path: Path, store: Store) -> Flask:
    return create_app(load_config({"PHB_DATA": str(tmp_path)}), store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_kept_by_nobody_and_loads_nothing_from_elsewhere(client: FlaskClient, address: str) -> None:
    reply = client.get(address)
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert reply.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


def test_the_address_of_an_invitation_is_told_to_nobody(client: FlaskClient) -> None:
    reply = client.get("/c/ABCD-EFGH-JKMN-PQRT")
    assert reply.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert reply.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_script_or_style_inside(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\s(style|on[a-z]+)=", page)
    assert not re.search(r'(src|href)="(https?:)?//(?!ico\.org\.uk|mcmw\.|www\.equality)', page)


def test_the_cookie_is_for_the_server_alone(client: FlaskClient) -> None:
    cookie = client.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_travels_only_there(tmp_path: Path, store: Store) -> None:
    config = load_config({"PHB_DATA": str(tmp_path), "PHB_URL": "https://survey.example.org"})
    assert "Secure" in create_app(config, store).test_client().get("/").headers["Set-Cookie"]


def test_nothing_changes_without_the_token(app: Flask, client: FlaskClient, store: Store) -> None:
    client.post("/", data={"csrf_token": token(client.get("/").text), "survey": "trial"})
    page = client.get("/survey/taking-part").text
    client.post("/survey/taking-part", data={"csrf_token": token(page), "answer-taking_part": "yes"})
    cookie = client.get_cookie("phb")
    assert cookie is not None
    addresses = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    assert len(addresses) >= 10
    before = store.rows("select count(*) from events")
    for address in addresses:
        filled = re.sub(r"<[^>]+>", "taking-part" if "/survey/" in address else "ABCD", address)
        for action in ("", "leave", "clear", "finish", "send"):
            client.post(filled, data={"action": action, "answer-taking_part": "no", "survey": "trial"})
    assert store.rows("select count(*) from events") == before
    assert store.rows("select count(*) from statuses") == [(0,)]
    assert client.get("/survey/answering").status_code == 200, "the visit is still there"


def test_static_files_are_kept_long_and_sent_compressed(client: FlaskClient) -> None:
    assert (resources.STATIC / "app.css").is_file(), "the front end is not built: pip install -e ."
    link = re.search(r'href="(/static/app\.css\?v=[0-9a-f]+)"', client.get("/").text)
    assert link is not None
    reply = client.get(link[1], headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200
    assert reply.headers["Content-Encoding"] == "gzip"
    assert "max-age=31536000" in reply.headers["Cache-Control"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    reply.close()


def test_a_wrong_method_is_a_page_too(client: FlaskClient) -> None:
    reply = client.post("/privacy")
    assert reply.status_code == 405
    assert "<h1" in reply.text


def test_a_body_beyond_all_measure_is_a_413(client: FlaskClient) -> None:
    reply = client.post("/return", data={"code": "x" * 5_000_000})
    assert reply.status_code == 413
    assert "too much to send" in reply.text


def test_a_body_that_is_too_large_is_read_to_its_end_so_that_its_sender_hears_why(client: FlaskClient) -> None:
    body = BytesIO(b"code=" + b"x" * 5_000_000)
    length = len(body.getvalue())
    reply = client.post("/return", input_stream=body, content_length=length, content_type=FORM)
    assert reply.status_code == 413
    assert body.tell() == length


def test_what_the_privacy_page_promises_is_what_publishing_does(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert f"at least {SMALLEST_BASE} people" in page
    assert f"1 to {SMALLEST_CELL - 1} people" in page


def test_a_mistake_of_ours_is_a_kind_500(app: Flask, client: FlaskClient, store: Store) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a mistake")

    app.testing = False
    reply = client.get("/broken")
    assert reply.status_code == 500
    assert "Something went wrong on our side" in reply.text


def test_a_sign_of_life(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.text) == (200, "ok\n")
