"""What the account behind a request may see: for the dashboard, which is an application of its own, and for drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Request, current_app, session

from survey.staff.parts import StaffParts, staff_parts
from survey.staff.rights import RIGHTS, STAGES, Right
from survey.staff.session import Session, current_account

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def stages_seen(app: Flask, environ: WSGIEnvironment) -> frozenset[Right] | None:
    """The stages of releases that whoever sent this request sees on the dashboard; None for whom it is not there.

    `app` is the survey's application. What everyone may see is no reason to open the dashboard: /results/ has it.
    """
    parts = staff_parts(app)
    signed_in = app.session_interface.open_session(app, Request(environ, populate_request=False))
    rights = _rights(signed_in, parts) if signed_in is not None else RIGHTS[None]
    seen = rights & STAGES
    return seen if seen > RIGHTS[None] else None


def may_see_fieldwork() -> bool:
    """Whether a request that the survey's application is answering comes from somebody who may."""
    return Right.FIELDWORK in _rights(session, staff_parts(current_app))


def is_signed_in() -> bool:
    """Whether a request that the survey's application is answering comes from somebody who has an account."""
    parts = staff_parts(current_app)
    return current_account(session, parts.store, parts.now()) is not None


def _rights(signed_in: Session, parts: StaffParts) -> frozenset[Right]:
    account = current_account(signed_in, parts.store, parts.now())
    return RIGHTS[account.role if account is not None else None]
