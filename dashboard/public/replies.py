"""What every answer of the public pages says to the browser: no script, nothing from elsewhere, keep it for a while."""

from __future__ import annotations

import gzip

import flask

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
}
KEPT = 300
"""Seconds that a page may be kept: a release that is put right is seen soon."""
_WORTH_COMPRESSING = 1024


def finish_reply(response: flask.Response) -> flask.Response:
    """Headers, compression, and a mark by which a page that has not changed is not sent again."""
    response.headers.update(HEADERS)
    response.vary.update(("Accept-Encoding", "Cookie"))  # one cookie says how somebody wants pages to look
    if response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    data = response.get_data()
    if flask.request.accept_encodings["gzip"] > 0 and len(data) >= _WORTH_COMPRESSING:
        response.set_data(gzip.compress(data, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    response.add_etag()
    response.make_conditional(flask.request)
    return response
