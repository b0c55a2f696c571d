"""Signing in with a link or a code, staying signed in, signing out."""

from __future__ import annotations

import re

import pytest

from survey.cookies import SignedSessions
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role, add_account
from survey.store.audit import list_audit
from tests.survey.staff.conftest import Office


def test_a_stranger_is_shown_how_to_sign_in(office: Office) -> None:
    assert office.client.get("/staff/").location == "/staff/sign-in"
    page = office.client.get("/staff/sign-in")
    assert page.status_code == 200
    assert "phb link" in page.get_data(as_text=True)


@pytest.mark.parametrize("role", sorted(Role))
def test_members_of_the_group_land_on_its_rounds_and_others_on_the_pages_of_staff(office: Office, role: Role) -> None:
    landed = office.sign_in(role=role).location
    assert landed == ("/review/" if role in roles_with(Right.GROUP) else "/staff/")


def test_opening_a_link_does_not_use_it_up(office: Office) -> None:
    link = office.add()
    for _ in range(3):
        assert office.client.get(f"/staff/sign-in/{link.token}").status_code == 200
    assert office.post(f"/staff/sign-in/{link.token}").location == "/staff/"
    assert "Ada" in office.client.get("/staff/").get_data(as_text=True)


def test_a_link_works_once(office: Office) -> None:
    link = office.add()
    assert office.post(f"/staff/sign-in/{link.token}").status_code == 303
    office.client = office.app.test_client()
    replayed = office.post(f"/staff/sign-in/{link.token}")
    assert replayed.status_code == 410
    assert "has been used" in replayed.get_data(as_text=True)
    assert office.client.get("/staff/").location == "/staff/sign-in"


def test_a_link_ends_after_an_hour(office: Office) -> None:
    link = office.add()
    office.clock.advance(minutes=60)
    late = office.post(f"/staff/sign-in/{link.token}")
    assert late.status_code == 410
    assert "60 minutes" in late.get_data(as_text=True)


def test_a_new_link_replaces_the_one_before_it(office: Office) -> None:
    first = office.add()
    second = office.link()
    assert office.post(f"/staff/sign-in/{first.token}").status_code == 410
    assert office.post(f"/staff/sign-in/{second.token}").status_code == 303


@pytest.mark.parametrize("token", ["made-up", "0" * 500, "%00", "ünïcode"])
def test_a_link_that_nobody_made_is_not_found(office: Office, token: str) -> None:
    assert office.post(f"/staff/sign-in/{token}").status_code == 404


def test_a_link_is_not_spent_without_the_token_of_the_form(office: Office) -> None:
    link = office.add()
    assert office.client.post(f"/staff/sign-in/{link.token}").status_code == 400
    assert office.post(f"/staff/sign-in/{link.token}").status_code == 303


def test_a_name_and_its_code_sign_in_however_they_are_spaced(office: Office) -> None:
    code = office.add("Ada Lovelace").code6
    answer = office.post("/staff/sign-in", name=" Ada  Lovelace ", code=f"{code[:3]} {code[3:]}")
    assert answer.location == "/staff/"


def test_a_code_works_once_and_uses_up_its_link(office: Office) -> None:
    link = office.add()
    assert office.post("/staff/sign-in", name="Ada", code=link.code6).status_code == 303
    office.client = office.app.test_client()
    assert office.post("/staff/sign-in", name="Ada", code=link.code6).status_code == 403
    assert office.post(f"/staff/sign-in/{link.token}").status_code == 410


def test_a_wrong_code_an_old_code_and_an_unknown_name_look_the_same(office: Office) -> None:
    code = office.add().code6
    wrong = office.post("/staff/sign-in", name="Ada", code=another(code))
    office.clock.advance(hours=2)
    old = office.post("/staff/sign-in", name="Ada", code=code)
    unknown = office.post("/staff/sign-in", name="Eve", code=code)
    assert {answer.status_code for answer in (wrong, old, unknown)} == {403}
    for answer in (wrong, old, unknown):
        assert "do not go together" in answer.get_data(as_text=True)


def test_five_wrong_codes_end_the_code_and_the_link_lives_on(office: Office) -> None:
    link = office.add()
    for _ in range(5):
        answer = office.post("/staff/sign-in", name="Ada", code=another(link.code6))
    assert answer.status_code == 429
    assert "A sign-in link still does." in answer.get_data(as_text=True)
    assert office.post("/staff/sign-in", name="Ada", code=link.code6).status_code == 429
    assert office.post(f"/staff/sign-in/{link.token}").location == "/staff/"


def test_every_name_is_answered_alike_however_often_it_is_tried(office: Office) -> None:
    """With a link, without one, with one that is too old, and no account at all."""
    office.add("Old")
    office.clock.advance(hours=2)
    code = another(office.add("Ada").code6)
    add_account(office.store, "Without", Role.STAFF, office.clock())

    def tried(name: str) -> list[tuple[int, str]]:
        answers = [office.post("/staff/sign-in", name=name, code=code) for _ in range(7)]
        return [(each.status_code, without_what_varies(each.get_data(as_text=True), name)) for each in answers]

    known = tried("Ada")
    assert [status for status, _ in known] == [403] * 4 + [429] * 3
    assert tried("Without") == tried("Old") == tried("Nobody") == known


def test_a_newer_link_does_not_show_that_a_name_has_an_account(office: Office) -> None:
    code = another(office.add().code6)
    for _ in range(5):
        office.post("/staff/sign-in", name="Ada", code=code)
    office.link()
    assert office.post("/staff/sign-in", name="Ada", code=code).status_code == 429


def test_after_an_hour_codes_are_taken_again(office: Office) -> None:
    code = another(office.add().code6)
    for _ in range(5):
        office.post("/staff/sign-in", name="Ada", code=code)
    office.clock.advance(minutes=59)
    fresh = office.link()
    assert office.post("/staff/sign-in", name="Ada", code=fresh.code6).status_code == 429
    office.clock.advance(minutes=1)
    assert office.post("/staff/sign-in", name="Ada", code=fresh.code6).location == "/staff/"


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("", "123456", "Enter your name"),
        ("Ada", "", "Enter your six-digit code"),
        ("Ada", "12345", "must be six digits"),
        ("Ada", "12345x", "must be six digits"),
        ("Ada", "١٢٣٤٥٦", "must be six digits"),
        ("A" * 101, "123456", "too long"),
    ],
)
def test_what_is_missing_in_the_form_is_said_and_no_try_is_counted(
    office: Office, name: str, code: str, message: str
) -> None:
    office.add()
    answer = office.post("/staff/sign-in", name=name, code=code)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert message in page
    assert "<title>Error: Sign in" in page
    assert office.store.rows("select sum(wrong_tries) from sign_in_links") == [(0,)]


def test_what_was_typed_as_a_name_stays_and_is_escaped(office: Office) -> None:
    page = office.post("/staff/sign-in", name='"><script>', code="1").get_data(as_text=True)
    assert "<script>" not in page.replace("<script type=", "")
    assert "&#34;&gt;&lt;script&gt;" in page


def test_signing_in_begins_a_session_of_its_own(office: Office) -> None:
    with office.client.session_transaction() as session:
        session.update(response=1, return_code="ABCD", locale="ur", anything="planted")
    office.sign_in()
    with office.client.session_transaction() as session:
        assert session["locale"] == "ur"
        assert {"response", "return_code", "anything"}.isdisjoint(session)


def test_signing_out_ends_it(office: Office) -> None:
    office.sign_in()
    assert office.post("/staff/sign-out", seen_on="/staff/").location == "/staff/sign-in"
    assert office.client.get("/staff/").location == "/staff/sign-in"


def test_a_session_ends_after_twelve_hours(office: Office) -> None:
    office.sign_in()
    office.clock.advance(hours=11.9)
    assert office.client.get("/staff/").status_code == 200
    office.clock.advance(hours=0.1)
    assert office.client.get("/staff/").location == "/staff/sign-in"


def test_an_account_that_was_removed_is_out_at_once(office: Office) -> None:
    office.sign_in()
    office.store.journal.run(lambda cursor: cursor.execute("delete from accounts") and None)
    assert office.client.get("/staff/").location == "/staff/sign-in"


def test_a_cookie_signed_with_another_secret_counts_for_nothing(office: Office) -> None:
    office.sign_in()
    office.app.session_interface = SignedSessions("another secret, as after a change of PHB_SECRET")
    assert office.client.get("/staff/").location == "/staff/sign-in"


def test_links_sent_to_a_browser_are_kept_from_caches_and_other_sites(office: Office) -> None:
    page = office.client.get(f"/staff/sign-in/{office.add().token}")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_who_signed_in_is_in_the_audit(office: Office) -> None:
    office.sign_in("Grace", Role.ADMIN)
    latest = list_audit(office.store)[0]
    assert (latest.actor, latest.action) == ("Grace", "sign in")


def another(code: str) -> str:
    """Six digits that are not these."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def without_what_varies(page: str, name: str) -> str:
    """A page without the token of its form, the nonce of its scripts and the name that was typed."""
    page = re.sub(r'name="csrf_token" value="[^"]+"', "", page)
    return re.sub(r'nonce="[^"]+"', "", page).replace(f'value="{name}"', "")
