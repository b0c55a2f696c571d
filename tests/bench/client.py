"""A light load generator: learns one journey by filling forms, then replays it for many respondents at once."""

from __future__ import annotations

import re
import socket
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(rb'name="csrf_token"[^>]*?value="([^"]*)"')
COOKIE = re.compile(rb"(?i)\r\nset-cookie: ([^=]+)=([^;\r]*)")
LOCATION = re.compile(rb"(?i)\r\nlocation: ([^\r]*)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")
STATUS = re.compile(rb"HTTP/1.1 (\d+)")


@dataclass
class Reply:
    """What came back: status, header bytes, body bytes."""

    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        """Path and query of the redirect, or the empty string."""
        found = LOCATION.search(self.head)
        if not found:
            return ""
        parts = urlsplit(found[1].decode())
        return parts.path + (f"?{parts.query}" if parts.query else "")


class Visitor:
    """One keep-alive connection with its own cookies."""

    def __init__(self, port: int) -> None:
        self.address = ("127.0.0.1", port)
        self.cookies: dict[bytes, bytes] = {}
        self.connection = self._connect()

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(self.address, timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def get(self, path: str) -> Reply:
        """GET a path."""
        return self._send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.address[1]}\r\n".encode(), b"")

    def post(self, path: str, body: bytes) -> Reply:
        """POST a form."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.address[1]}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        )
        return self._send(head.encode(), body)

    def _send(self, head: bytes, body: bytes) -> Reply:
        if self.cookies:
            head += b"Cookie: " + b"; ".join(name + b"=" + value for name, value in self.cookies.items()) + b"\r\n"
        self.connection.sendall(head + b"\r\n" + body)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._receive()
        head, body = received[: end + 2], received[end + 4 :]
        length = LENGTH.search(head)
        if length is None:
            raise ConnectionError("the reply has no Content-Length")
        chunks, missing = [body], int(length[1]) - len(body)
        while missing > 0:
            chunks.append(self._receive())
            missing -= len(chunks[-1])
        for name, value in COOKIE.findall(head):
            self.cookies[name] = value
        status = STATUS.match(head)
        assert status is not None
        return Reply(int(status[1]), head, b"".join(chunks))

    def _receive(self) -> bytes:
        received = self.connection.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


# --- Learning a journey -----------------------------------------------------------


class MainForm(HTMLParser):
    """The one form inside <main>, filled with the first possible answer to everything."""

    def __init__(self) -> None:
        super().__init__()
        self.depth_main = 0
        self.inside = False
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the fields as a browser would send them."""
        values = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.depth_main += 1
        if not self.depth_main:
            return
        if tag == "form" and self.action is None and values.get("method", "get").lower() == "post":
            self.inside, self.action = True, values.get("action", "")
        elif self.inside and tag == "input":
            self._input(values)
        elif self.inside and tag == "textarea":
            self.fields[values["name"]] = "It works well for us. سب ٹھیک ہے"
        elif self.inside and tag == "select":
            self._select = values["name"]
        elif self.inside and tag == "option" and self._select and values.get("value"):
            self.fields.setdefault(self._select, values["value"])

    def _input(self, values: dict[str, str]) -> None:
        kind, name = values.get("type", "text"), values.get("name", "")
        if kind == "hidden":
            self.fields[name] = values.get("value", "")
        elif kind in ("radio", "checkbox"):
            self.fields.setdefault(name, values.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        """Leave the form or the main part."""
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = None
        elif tag == "main":
            self.depth_main -= 1


@dataclass(frozen=True)
class Step:
    """One submission: where it is posted, its fields but for the token, and the size of the page before it."""

    path: str
    body: bytes
    page_bytes: int


def learn_journey(port: int, start: str = "/", at_most: int = 100) -> list[Step]:
    """Walk from `start` to the page `…/done`, taking the first answer everywhere."""
    visitor, path, steps = Visitor(port), start, []
    for _ in range(at_most):
        page = visitor.get(path)
        while page.status in (302, 303):
            path = page.location
            page = visitor.get(path)
        if page.status != 200:
            raise RuntimeError(f"{path} answered {page.status}")
        if path.endswith("/done"):
            visitor.close()
            return steps
        reply = page
        while reply.status == 200:  # the page, and once more when it asks whether an odd answer is right
            form = MainForm()
            form.feed(reply.body.decode())
            if form.action is None:
                raise RuntimeError(f"{path} holds no form to fill")
            token = form.fields.pop("csrf_token", None) or ""
            body = urlencode(form.fields).encode()
            step = Step(form.action or path, body, len(page.body))
            reply = visitor.post(step.path, body + (b"&" if body else b"") + urlencode({"csrf_token": token}).encode())
        steps.append(step)
        if reply.status not in (302, 303):
            raise RuntimeError(f"POST {step.path} answered {reply.status}: {reply.body[:2000]!r}")
        path = reply.location
    raise RuntimeError(f"no end after {at_most} pages")


# --- Replaying it ------------------------------------------------------------------


@dataclass
class Tally:
    """Seconds of each submission (POST, commit, redirect, GET) and how many whole journeys were made."""

    seconds: list[float] = field(default_factory=list)
    journeys: int = 0
    errors: list[str] = field(default_factory=list)


def replay(port: int, steps: list[Step], start: str, until: float, tally: Tally) -> None:
    """Journey after journey until the clock says `until` (perf_counter seconds)."""
    while time.perf_counter() < until and len(tally.errors) < 5:
        visitor = Visitor(port)
        try:
            page = visitor.get(start)
            for step in steps:
                token = TOKEN.search(page.body)
                body = step.body + (b"&csrf_token=" + token[1] if token else b"")
                began = time.perf_counter()
                reply = visitor.post(step.path, body)
                if reply.status not in (302, 303):
                    tally.errors.append(f"POST {step.path} answered {reply.status}")
                    break
                page = visitor.get(reply.location)
                tally.seconds.append(time.perf_counter() - began)
                if page.status != 200:
                    tally.errors.append(f"GET {reply.location} answered {page.status}")
                    break
                if time.perf_counter() > until:
                    break
            else:
                tally.journeys += 1
        except OSError as problem:
            tally.errors.append(repr(problem))
        finally:
            visitor.close()


def drive(port: int, steps: list[Step], *, start: str, respondents: int, seconds: float) -> Tally:
    """`respondents` at once for `seconds`; returns all their submissions together."""
    tallies = [Tally() for _ in range(respondents)]
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=replay, args=(port, steps, start, until, tally)) for tally in tallies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Tally(
        seconds=[second for tally in tallies for second in tally.seconds],
        journeys=sum(tally.journeys for tally in tallies),
        errors=[error for tally in tallies for error in tally.errors],
    )
