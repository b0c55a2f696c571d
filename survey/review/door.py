"""The door of the group's pages: who comes in has the right, and is known with seat, offices and the way they came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from survey.coproduction.people import Person, Way
from survey.staff.parts import staff_parts
from survey.staff.rights import RIGHTS, Right, may
from survey.staff.session import THROUGH_A_SUPPORTER, current_account
from survey.store.accounts import Account
from survey.store.group.acting import Deed, note_refusal
from survey.store.group.people import find_person

Refusal = Response | tuple[str, int]
Answer = str | Response | tuple[str, int]

_KEPT = "review_guest"
"""Where a request keeps who sent it."""


@dataclass(frozen=True)
class Guest:
    """Who sent this request."""

    account: Account
    person: Person


def admit(right: Right = Right.GROUP, *, if_: Callable[[Person], bool] = lambda person: True) -> Guest | Refusal:
    """The person behind the request where their role has the right and `if_` holds, else the answer to give.

    Who is signed in and tries to send something that is not theirs to do leaves an audit row.
    """
    guest = current_guest()
    if guest is None:
        return _ask_to_sign_in()
    account, person = guest.account, guest.person
    # A helper's link is not for keeping others' records.
    in_person = right is not Right.RUN_GROUP or person.way is Way.SELF
    if not may(account.role, right) or not in_person or not if_(person):
        if request.method == "POST":
            parts = staff_parts(current_app)
            note_refusal(parts.store, Deed(account, "send", request.path, parts.now()), f"no right: {right}")
        has_first_page = RIGHTS[account.role] > RIGHTS[None]
        return render_template("staff/not_for_role.html", account=account, has_first_page=has_first_page), 403
    return guest


def current_guest() -> Guest | None:
    """Who sent this request, looked up once for the page and the frame round it; None where nobody is signed in."""
    if _KEPT not in g:
        parts = staff_parts(current_app)
        account = current_account(session, parts.store, parts.now())
        way = Way.SUPPORTER if session.get(THROUGH_A_SUPPORTER) else Way.SELF
        setattr(g, _KEPT, account and Guest(account, find_person(parts.store, account, way)))
    found: Guest | None = g.get(_KEPT)
    return found


def deed(guest: Guest, action: str, subject: str, **details: str) -> Deed:
    """What a guest does now, for the audit."""
    return Deed(guest.account, action, subject, staff_parts(current_app).now(), details)


def typed_texts() -> list[str]:
    """What somebody wrote into the form that was sent, to be given back to them."""
    kept: list[str] = []
    for name, text in request.form.items(multi=True):
        if name != "csrf_token" and len(text.strip()) > 1:
            kept.append(text.strip())
    return kept


def _ask_to_sign_in() -> Refusal:
    if request.method == "POST" and (typed := typed_texts()):
        return render_template("review/kept.html", typed=typed, signed_out=True), 403
    return redirect(url_for("staff.ask"), 303)
