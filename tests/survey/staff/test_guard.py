"""Who may open the dashboard, which asks with nothing but the request."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder

from survey.staff.guard import stages_seen
from survey.staff.rights import STAGES, Right
from survey.store.accounts import Role
from tests.survey.staff.conftest import Office


def seen(office: Office, cookie: str | None) -> frozenset[Right] | None:
    headers = {"Cookie": cookie} if cookie else {}
    environ = EnvironBuilder("/dashboard/_dash-update-component", method="POST", headers=headers).get_environ()
    return stages_seen(office.app, environ)


def cookie_of(office: Office) -> str:
    held = office.client.get_cookie(office.app.config["SESSION_COOKIE_NAME"])
    assert held is not None
    return f"{held.key}={held.value}"


ALL = set(STAGES)


@pytest.mark.parametrize(
    ("role", "stages"),
    [
        (Role.STAFF, ALL),
        (Role.ANALYST, ALL),
        (Role.ADMIN, ALL),
        (Role.ICS_STAFF, ALL - {Right.TRIAL}),
        (Role.LIVED_EXPERIENCE, ALL - {Right.TRIAL}),
        (Role.CARER, ALL - {Right.TRIAL}),
        (Role.GROUP_STAFF, ALL - {Right.TRIAL}),
        (Role.FACILITATOR, ALL - {Right.TRIAL}),
        (Role.TRANSLATOR, None),
        (Role.INTERVIEWER, None),
        (Role.CLERK, None),
    ],
)
def test_the_role_decides(office: Office, role: Role, stages: set[Right] | None) -> None:
    office.sign_in(role=role)
    assert seen(office, cookie_of(office)) == stages


def test_strangers_and_respondents_may_not(office: Office) -> None:
    assert seen(office, None) is None
    with office.client.session_transaction() as session:
        session.update(response=1, seq=3)
    assert seen(office, cookie_of(office)) is None


def test_a_forged_cookie_may_not(office: Office) -> None:
    office.sign_in()
    cookie = cookie_of(office)
    assert seen(office, cookie)
    assert seen(office, cookie[:-9] + ("A" if cookie[-9] != "A" else "B") + cookie[-8:]) is None
    assert seen(office, cookie.replace("=", "=x", 1)) is None


@pytest.mark.parametrize("planted", ["1", None, -1, 1.0, [1]])
def test_a_session_with_anything_but_an_account_may_not(office: Office, planted: object) -> None:
    office.sign_in()
    with office.client.session_transaction() as session:
        session["account"] = planted
    assert seen(office, cookie_of(office)) is None


def test_signing_out_and_twelve_hours_end_it(office: Office) -> None:
    office.sign_in()
    office.clock.advance(hours=12)
    assert seen(office, cookie_of(office)) is None
    office.sign_in("Grace")
    assert seen(office, cookie_of(office))
    office.post("/staff/sign-out", seen_on="/staff/")
    with office.client.session_transaction() as session:
        session["locale"] = "en"
    assert seen(office, cookie_of(office)) is None


def test_a_removed_account_is_out_at_once(office: Office) -> None:
    office.sign_in()
    cookie = cookie_of(office)
    office.store.journal.run(lambda cursor: cursor.execute("delete from accounts") and None)
    assert seen(office, cookie) is None
