"""How many bytes pages are over the wire: the first with its styles and scripts, each later one; fonts apart."""

from __future__ import annotations

import gzip
import http.client
import tempfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.bench.client import MainForm
from tests.bench.servers import PHB, free_port, serving

MOST_FIRST = 60_000
"""Bytes of the first page with all that it loads."""
MOST_LATER = 10_000
"""Bytes of each later page, with what it loads that was not loaded before."""
LOADED = {"stylesheet", "modulepreload", "icon", "preload"}


@dataclass(frozen=True)
class Page:
    """A page as it arrived, with the bytes of all that arrived because of it, headers included."""

    address: str
    status: int
    html: str
    size: int


@dataclass
class Reader:
    """A browser with an empty memory in one language: it loads what pages ask for, and each file once."""

    port: int
    language: str
    cookies: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def open(self, address: str, form: dict[str, str] | None = None) -> Page:
        """Open an address, or send a form to it, and follow where it leads; counts the detours too."""
        size = 0
        while True:
            status, where, body, sent = self._fetch(address, form)
            size += sent
            if status not in (302, 303):
                break
            address, form = where, None
        html = body.decode()
        for file in files_of(html):
            parts = urlsplit(file)
            if parts.scheme != "data" and file not in self.known:
                assert not parts.netloc, f"{address} asks another host: {file}"
                self.known.add(file)
                size += self._fetch(file, None)[3]
        return Page(address, status, html, size)

    def go_on(self, page: Page) -> Page:
        """Fill the form of a page with the first answer to everything, and press its button."""
        form = MainForm()
        form.feed(page.html)
        assert form.action is not None, f"{page.address} holds no form"
        return self.open(form.action or page.address, form.fields)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _fetch(self, address: str, form: dict[str, str] | None) -> tuple[int, str, bytes, int]:
        headers = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": self.language}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request("GET" if form is None else "POST", address, urlencode(form) if form else None, headers)
        reply = self._connection.getresponse()
        body, said = reply.read(), reply.getheaders()
        for name, value in said:
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        size = len(f"HTTP/1.1 {reply.status} {reply.reason}\r\n\r\n") + len(body)
        size += sum(len(name) + len(value) + len(": \r\n") for name, value in said)
        if reply.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return reply.status, reply.getheader("Location") or "", body, size


def files_of(html: str) -> list[str]:
    """The addresses of what a browser loads with a page at once."""
    found = _Files()
    found.feed(html)
    return found.files


class _Files(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and LOADED & set(values.get("rel", "").split()):
            self.files.append(values["href"])
        elif tag in {"script", "img", "iframe"} and values.get("src"):
            self.files.append(values["src"])


# --- The bench ---------------------------------------------------------------------


def measure_language(port: int, language: str) -> tuple[Page, list[Page]]:
    """The first page, and every page after it as far as the end."""
    reader = Reader(port, language)
    page = first = reader.open("/")
    later: list[Page] = []
    while not page.address.endswith("/done") and len(later) < 200:
        page = reader.go_on(page)
        later.append(page)
    reader.close()
    return first, later


def run_sizes(languages: list[str]) -> None:
    """Both figures for each language, from a real server."""
    port = free_port()
    print(f"\nBytes over the wire, fonts apart (at most {MOST_FIRST:,} and {MOST_LATER:,})")
    print(f"{'language':<12} {'first page':>10} {'later, mean':>12} {'largest':>8}  which")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PHB_DATA": folder, "PHB_URL": f"http://127.0.0.1:{port}"}
        with serving([PHB, "serve", "--port", str(port)], port, environment, Path(folder) / "server.log"):
            for language in languages:
                first, later = measure_language(port, language)
                largest = max(later, key=lambda page: page.size)
                mean = sum(page.size for page in later) / len(later)
                print(f"{language:<12} {first.size:10,} {mean:12,.0f} {largest.size:8,}  {largest.address}", flush=True)
