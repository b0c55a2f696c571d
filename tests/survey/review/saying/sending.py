"""Sending forms of this part without drawing each form's page first: the token is that of the session."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.survey.review.group import Group

CHEAP = "/review/waiting"
"""A page that is drawn quickly."""


def send(group: Group, name: str, path: str, **fields: str) -> TestResponse:
    """Send a form as somebody."""
    return group.post(name, path, seen_on=CHEAP, **fields)
