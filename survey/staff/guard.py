"""Whether a request may open the dashboard, which is an application of its own beside the survey's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Request

from survey.staff.parts import staff_parts
from survey.staff.rights import SEES_FIELDWORK
from survey.staff.session import current_account

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def may_open_dashboard(app: Flask, environ: WSGIEnvironment) -> bool:
    """Whether the survey's cookie in this request is of an account that may; `app` is the survey's application."""
    parts = staff_parts(app)
    session = app.session_interface.open_session(app, Request(environ, populate_request=False))
    if session is None:
        return False
    account = current_account(session, parts.store, parts.now())
    return account is not None and account.role in SEES_FIELDWORK
