"""Compression: what is text and long enough, for those who ask for it, with a length that says nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from survey.compressing import MOST_PADDING, Compressed, accepts_gzip

TEXT = "The same words over and over. " * 200
GZIP = {"Accept-Encoding": "br, gzip;q=0.8"}


@pytest.fixture
def client() -> Iterator[Client]:
    """An application of one page, which answers as the address says."""
    app = Flask(__name__)

    @app.get("/text")
    def text() -> Response:
        reply = Response(TEXT, headers={"Vary": "Cookie"})
        reply.set_etag("abc")
        return reply

    @app.get("/short")
    def short() -> str:
        return "ok"

    @app.get("/picture")
    def picture() -> Response:
        return Response(TEXT, mimetype="image/png")

    @app.get("/stream")
    def stream() -> Response:
        return Response(iter([TEXT, TEXT]), mimetype="text/html")

    @app.get("/done")
    def done() -> Response:
        return Response(gzip.compress(TEXT.encode()), headers={"Content-Encoding": "gzip"})

    return Client(Compressed(app))


def test_a_page_is_sent_compressed_to_who_asks_for_it(client: Client) -> None:
    reply = client.get("/text", headers=GZIP)
    assert gzip.decompress(reply.data).decode() == TEXT
    assert reply.headers["Content-Encoding"] == "gzip"
    assert int(reply.headers["Content-Length"]) == len(reply.data) < len(TEXT) / 5
    assert reply.headers["Vary"] == "Cookie, Accept-Encoding"
    assert reply.headers["ETag"] == 'W/"abc"'


@pytest.mark.parametrize("address", ["/short", "/picture", "/stream", "/done"])
def test_what_is_short_or_no_text_or_done_already_is_left_as_it_is(client: Client, address: str) -> None:
    assert client.get(address, headers=GZIP).data == client.get(address).data


def test_who_does_not_ask_gets_the_page_as_it_is(client: Client) -> None:
    for headers in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}):
        reply = client.get("/text", headers=headers)
        assert reply.text == TEXT
        assert "Content-Encoding" not in reply.headers
    assert client.head("/text", headers=GZIP).headers["Content-Length"] == str(len(TEXT))


def test_the_length_says_nothing_about_a_byte_more_or_less(client: Client) -> None:
    lengths = {len(client.get("/text", headers=GZIP).data) for _ in range(50)}
    assert len(lengths) > 20
    assert max(lengths) - min(lengths) <= MOST_PADDING + 1  # a name ends with a byte of its own


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip", True),
        ("gzip; q=0.5", True),
        ("gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("", False),
        ("x" * 10_000 + ", gzip", False),
        ("gzip;;;=", True),
    ],
)
def test_what_a_browser_accepts(header: str, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted
