"""Whether a request may see what staff see: the dashboard, which is an application of its own, and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Request, current_app, session

from survey.staff.parts import StaffParts, staff_parts
from survey.staff.rights import SEES_FIELDWORK
from survey.staff.session import Session, current_account

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def may_open_dashboard(app: Flask, environ: WSGIEnvironment) -> bool:
    """Whether the survey's cookie in this request is of an account that may; `app` is the survey's application."""
    parts = staff_parts(app)
    signed_in = app.session_interface.open_session(app, Request(environ, populate_request=False))
    return signed_in is not None and _may_see_fieldwork(signed_in, parts)


def may_see_fieldwork() -> bool:
    """The same for a request that the survey's application is answering."""
    return _may_see_fieldwork(session, staff_parts(current_app))


def _may_see_fieldwork(signed_in: Session, parts: StaffParts) -> bool:
    account = current_account(signed_in, parts.store, parts.now())
    return account is not None and account.role in SEES_FIELDWORK
