"""Pages as few bytes: what is text is sent compressed to browsers that ask for it.

A page that is compressed can betray a secret in it to somebody who sees how long it is and can have words put beside
the secret, thousands of times (BREACH). Ours hold one, the token of their form. No other site can fetch our pages with
the cookie that the token belongs to (SameSite=Lax): only a window that keeps opening before somebody's eyes could try.
And its tries would say little, because each answer is made longer by a random number of bytes, as Django does it.
"""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SHORTEST = 1024
"""Bytes; what is shorter fits into one packet anyway."""
LONGEST = 4 * 1024 * 1024
"""Bytes; what is longer is a download, and not worth the processor's time."""
LEVEL = 4
MOST_PADDING = 100
"""Bytes. To tell one byte more or less beneath it takes thousands of tries a letter."""
TEXT = frozenset({"text/html", "text/css", "text/csv", "text/plain", "application/json", "image/svg+xml"})


class Compressed:
    """A WSGI application whose answers are compressed where that is worth it."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, and its answer back in fewer bytes."""
        if not accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) or environ["REQUEST_METHOD"] == "HEAD":
            return self._application(environ, start_response)
        said: list[tuple[str, list[tuple[str, str]], tuple[Any, ...]]] = []

        def note(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            if not is_worth_it(status, headers):
                return start_response(status, headers, *error)
            said.append((status, headers, error))
            return lambda _: None  # nothing that we serve writes this way

        body = self._application(environ, note)
        if not said:
            return body
        try:
            short = squeeze(b"".join(body))
        finally:
            if hasattr(body, "close"):
                body.close()
        status, headers, error = said[-1]
        start_response(status, told(headers, len(short)), *error)
        return [short]


def accepts_gzip(encodings: str) -> bool:
    """Whether a browser takes what is compressed."""
    for each in encodings[:1000].lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "").rstrip("0.") not in {"q=", "q"}
    return False


def is_worth_it(status: str, headers: list[tuple[str, str]]) -> bool:
    """Whether an answer is a whole text of a known length that is neither too short nor too long."""
    said = {name.lower(): value for name, value in headers}
    length = said.get("content-length", "")
    return (
        not status.startswith(("204", "206", "304"))
        and length.isdigit()
        and SHORTEST <= int(length) <= LONGEST
        and said.get("content-type", "").partition(";")[0].strip() in TEXT
        and "content-encoding" not in said
    )


def squeeze(body: bytes) -> bytes:
    """The gzip of a body, with a name of random length inside that nobody reads."""
    short = io.BytesIO()
    name = "x" * secrets.randbelow(MOST_PADDING + 1)
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=short, mtime=0) as file:
        file.write(body)
    return short.getvalue()


def told(headers: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """The headers of the compressed answer: for browsers and those between it is not the plain file."""
    kept = [(name, value) for name, value in headers if name.lower() not in {"content-length", "etag", "vary"}]
    etags = [value if value.startswith("W/") else f"W/{value}" for name, value in headers if name.lower() == "etag"]
    vary = [value for name, value in headers if name.lower() == "vary"]
    return [
        *kept,
        *(("ETag", value) for value in etags),
        ("Vary", ", ".join([*vary, "Accept-Encoding"])),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(length)),
    ]
