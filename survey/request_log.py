"""The log of the server: what was asked and how it went, without any code, answer or address of a person."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SECRET_PART = re.compile(r"(/c/|/sign-in/)[^\s/?#\]\"']+")
_QUERY = re.compile(r"\?[^\s\]\"']+")

_log = logging.getLogger(__name__)


class RequestLog:
    """Writes one line per request, with the pattern of its address (`/c/<code>`) and never the address itself."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; files that are the same for everybody are not worth a line."""
        began = time.perf_counter()
        status, pattern = "500", None

        def note_status(line: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            nonlocal status, pattern
            status, pattern = line[:3], _pattern(environ)
            return start_response(line, headers, *error)

        try:
            return self._application(environ, note_status)
        finally:
            if pattern is not None:
                took = (time.perf_counter() - began) * 1000
                _log.info("%s %s %s %.0f ms", environ["REQUEST_METHOD"], pattern, status, took)


def set_up_logging() -> None:
    """Log to standard error: everything of ours, of others what is worth a look."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutSecrets("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in ("survey", "dashboard"):
        logging.getLogger(name).setLevel(logging.INFO)


class _WithoutSecrets(logging.Formatter):
    """Takes codes and query strings out of addresses, which others put into their messages."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return _QUERY.sub("?…", _SECRET_PART.sub(r"\1…", text))


def _pattern(environ: WSGIEnvironment) -> str | None:
    """The rule of the address as the application knows it, which it does until the answer has been given.

    None for a file that is the same for everybody: no application was asked.
    """
    request = environ.get("werkzeug.request")
    if request is None:
        return None
    rule = getattr(request, "url_rule", None)
    return f"{environ.get('SCRIPT_NAME', '')}{rule.rule}" if rule is not None else "(no such page)"
