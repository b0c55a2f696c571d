"""The token that shows a form was filled in on our own page; an old one costs nobody what they typed.

Flask-WTF signs a token for every page and checks each that comes back. Here a browser gets the same one again while
we remember it, and one that we remember needs no checking.
"""

from __future__ import annotations

from functools import lru_cache
from hmac import compare_digest

from flask import request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from survey.respondent.preview import is_preview

FIELD = "csrf_token"
PREVIEW = "preview."


def form_token() -> str:
    """The token for a form of this browser. In a preview it is marked: nothing of one may end up in a real answer."""
    secret = session.get(FIELD)
    token = _remembered(secret) if secret else str(generate_csrf())
    return f"{PREVIEW}{token}" if is_preview() else token


def sent_token() -> str | None:
    """The token of the form that was sent; None where it has none."""
    return request.form.get(FIELD)


def is_own_form() -> bool:
    """Whether the form that was sent carries this browser's token."""
    sent = sent_token() or ""
    if sent.startswith(PREVIEW) is not is_preview():
        return False
    sent = sent.removeprefix(PREVIEW)
    secret = session.get(FIELD)
    if secret and sent.isascii() and compare_digest(sent, _remembered(secret)):
        return True
    try:
        validate_csrf(sent)
    except ValidationError:
        return False
    return True


def is_left_from_preview() -> bool:
    """Whether the form that was sent is of a preview that is over: what was tried out is no answer of anyone."""
    return (sent_token() or "").startswith(PREVIEW) and not is_preview()


@lru_cache(maxsize=10_000)
def _remembered(secret: str) -> str:
    """The token signed first for a browser; `secret` is what its cookie keeps to check tokens with."""
    return str(generate_csrf())
