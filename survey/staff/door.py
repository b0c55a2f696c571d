"""The door of a page of staff: who comes in has a right, and whoever has not is told."""

from __future__ import annotations

from flask import current_app, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from survey.staff.parts import staff_parts
from survey.staff.rights import Right, may
from survey.staff.session import current_account
from survey.store.accounts import Account

Refusal = Response | tuple[str, int]


def admit(right: Right) -> Account | Refusal:
    """The account behind the request where its role has the right, else the answer to give."""
    parts = staff_parts(current_app)
    account = current_account(session, parts.store, parts.now())
    if account is None:
        return redirect(url_for("staff.ask"), 303)
    if not may(account.role, right):
        return render_template("staff/not_for_role.html", account=account), 403
    return account
