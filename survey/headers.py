"""What every answer says to the browser: load nothing from elsewhere, tell nobody, keep no copy of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "same-origin"),
)
OWN_FRAME = {
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'").replace(
        "form-action 'self'", "form-action 'none'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
"""What a page says instead that our own pages may show in a frame; nothing can be sent from it."""
INVITATIONS = "/c/"
"""The address of an invitation is a secret: the pages it leads to must not hear of it."""


class SecureHeaders:
    """A WSGI application whose answers carry the headers, where it has not set them itself.

    Around the application and not in Flask's `after_request`, which took as long as drawing the page.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, and its answer back with the headers."""
        private = environ.get("PATH_INFO", "").startswith(INVITATIONS)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            said = {name.lower() for name, _ in headers}
            if private:
                headers = [*headers, ("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex")]
                said.add("referrer-policy")
            headers += [header for header in HEADERS if header[0].lower() not in said]
            return start_response(status, headers, *rest)

        return self._application(environ, start)
