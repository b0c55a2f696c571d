"""What every answer says to the browser: load nothing from elsewhere, tell nobody, keep no copy of answers."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def install_headers(app: Flask) -> None:
    """Add the headers to every answer of the application."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    # The address of an invitation is a secret: the pages it leads to must not hear of it.
    policy = "no-referrer" if request.path.startswith("/c/") else "same-origin"
    response.headers.setdefault("Referrer-Policy", policy)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
