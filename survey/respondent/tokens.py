"""The token that shows a form was filled in on our own page; an old one costs nobody what they typed."""

from __future__ import annotations

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError


def is_own_form() -> bool:
    """Whether the form that was sent carries this browser's token."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True
