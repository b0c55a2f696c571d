"""Who may open the dashboard, which asks with nothing but the request."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder

from survey.staff.guard import may_open_dashboard
from survey.store.accounts import Role
from tests.survey.staff.conftest import Office


def allowed(office: Office, cookie: str | None) -> bool:
    headers = {"Cookie": cookie} if cookie else {}
    environ = EnvironBuilder("/dashboard/_dash-update-component", method="POST", headers=headers).get_environ()
    return may_open_dashboard(office.app, environ)


def cookie_of(office: Office) -> str:
    held = office.client.get_cookie(office.app.config["SESSION_COOKIE_NAME"])
    assert held is not None
    return f"{held.key}={held.value}"


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.STAFF, True),
        (Role.ANALYST, True),
        (Role.ADMIN, True),
        (Role.ICS_STAFF, False),
        (Role.LIVED_EXPERIENCE, False),
        (Role.CARER, False),
        (Role.GROUP_STAFF, False),
        (Role.FACILITATOR, False),
        (Role.TRANSLATOR, False),
        (Role.INTERVIEWER, False),
        (Role.CLERK, False),
    ],
)
def test_the_role_decides(office: Office, role: Role, may: bool) -> None:
    office.sign_in(role=role)
    assert allowed(office, cookie_of(office)) is may


def test_strangers_and_respondents_may_not(office: Office) -> None:
    assert not allowed(office, None)
    with office.client.session_transaction() as session:
        session.update(response=1, seq=3)
    assert not allowed(office, cookie_of(office))


def test_a_forged_cookie_may_not(office: Office) -> None:
    office.sign_in()
    cookie = cookie_of(office)
    assert allowed(office, cookie)
    assert not allowed(office, cookie[:-9] + ("A" if cookie[-9] != "A" else "B") + cookie[-8:])
    assert not allowed(office, cookie.replace("=", "=x", 1))


@pytest.mark.parametrize("planted", ["1", None, -1, 1.0, [1]])
def test_a_session_with_anything_but_an_account_may_not(office: Office, planted: object) -> None:
    office.sign_in()
    with office.client.session_transaction() as session:
        session["account"] = planted
    assert not allowed(office, cookie_of(office))


def test_signing_out_and_twelve_hours_end_it(office: Office) -> None:
    office.sign_in()
    office.clock.advance(hours=12)
    assert not allowed(office, cookie_of(office))
    office.sign_in("Grace")
    assert allowed(office, cookie_of(office))
    office.post("/staff/sign-out", seen_on="/staff/")
    with office.client.session_transaction() as session:
        session["locale"] = "en"
    assert not allowed(office, cookie_of(office))


def test_a_removed_account_is_out_at_once(office: Office) -> None:
    office.sign_in()
    cookie = cookie_of(office)
    office.store.journal.run(lambda cursor: cursor.execute("delete from accounts") and None)
    assert not allowed(office, cookie)
