"""What staff see of the fieldwork, and who does not."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.resources import QUESTIONNAIRES
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role
from survey.store.responses import start_response, submit_response
from survey.store.waves import close_wave, open_wave
from tests.survey.staff.conftest import Office

SEES_FIELDWORK = roles_with(Right.FIELDWORK)
PARTNERS = roles_with(Right.PROMISE) - SEES_FIELDWORK
TRANSLATORS = roles_with(Right.TRANSLATE) - SEES_FIELDWORK - PARTNERS


@cache
def annual_survey() -> Questionnaire:
    """Read once: to check it takes as long as a test."""
    return load_file(QUESTIONNAIRES / "phb-annual.json")


def open_trial(office: Office, wave: str = "trial", *, made_up: bool = False) -> None:
    open_wave(
        office.store,
        wave=wave,
        questionnaire=annual_survey(),
        vintage="2026",
        open_link=True,
        made_up=made_up,
        now=office.clock(),
    )


def respond(office: Office, count: int, *, sent: bool) -> None:
    about = {"locale": "en", "format": "standard", "mode": "web", "now": office.clock()}
    for _ in range(count):
        state, _code = start_response(
            office.store,
            office.config.code_key,
            wave="trial",
            invitation=None,
            page="taking-part",
            answers={"taking_part": "yes"},
            **about,
        )
        if sent:
            submit_response(office.store, state.response, **about)


def words(office: Office) -> str:
    return " ".join(office.client.get("/staff/").get_data(as_text=True).split())


@pytest.mark.parametrize("role", sorted(SEES_FIELDWORK))
def test_roles_of_the_programme_see_the_fieldwork(office: Office, role: Role) -> None:
    office.sign_in(role=role)
    page = office.client.get("/staff/")
    assert page.status_code == 200
    assert 'href="/dashboard/"' in page.get_data(as_text=True)
    assert 'href="/staff/findings/"' in page.get_data(as_text=True)


@pytest.mark.parametrize("role", sorted(PARTNERS))
def test_partners_find_the_results_and_what_is_done_about_them(office: Office, role: Role) -> None:
    open_trial(office)
    office.sign_in(role=role)
    page = office.client.get("/staff/")
    assert page.status_code == 200
    for address in ("/dashboard/", "/staff/findings/", "/what-changed"):
        assert f'href="{address}"' in page.get_data(as_text=True)
    assert ('href="/review/"' in page.get_data(as_text=True)) is (role in roles_with(Right.GROUP))
    assert "trial" not in page.get_data(as_text=True)


@pytest.mark.parametrize("role", sorted(roles_with(Right.FIELDWORK)))
def test_administrators_find_the_members_of_the_group(office: Office, role: Role) -> None:
    office.sign_in(role=role)
    assert ("/review/members" in words(office)) is (role is Role.ADMIN)


@pytest.mark.parametrize("role", sorted(Role))
def test_whoever_may_translate_finds_the_way_there_and_nobody_else(office: Office, role: Role) -> None:
    office.sign_in(role=role)
    assert ('href="/review/translate/"' in words(office)) is (role in roles_with(Right.TRANSLATE))


@pytest.mark.parametrize("role", sorted(set(Role) - SEES_FIELDWORK - PARTNERS - TRANSLATORS))
def test_other_roles_are_told_that_it_is_not_for_them(office: Office, role: Role) -> None:
    open_trial(office)
    office.sign_in(role=role)
    page = office.client.get("/staff/")
    assert page.status_code == 403
    assert "not for your role" in page.get_data(as_text=True)
    assert "trial" not in page.get_data(as_text=True)
    assert office.post("/staff/sign-out", seen_on="/staff/").status_code == 303


def test_a_change_of_role_counts_at_once(office: Office) -> None:
    office.sign_in(role=Role.STAFF)
    office.store.journal.run(lambda cursor: cursor.execute("update accounts set role = 'clerk'") and None)
    assert office.client.get("/staff/").status_code == 403


def test_without_a_wave_the_page_says_how_to_open_one(office: Office) -> None:
    office.sign_in()
    assert "phb wave open" in words(office)


def test_waves_stand_with_their_state(office: Office) -> None:
    open_trial(office)
    office.sign_in()
    assert "Open since 5 Oct 2026" in words(office)
    office.clock.advance(days=1)
    close_wave(office.store, "trial", office.clock())
    office.sign_in("Grace")
    assert "Closed on 6 Oct 2026" in words(office)


def test_numbers_are_no_finer_than_the_dashboard_gives_them(office: Office) -> None:
    open_trial(office)
    office.sign_in()
    assert words(office).count("<span>none</span>") == 2
    respond(office, 12, sent=False)
    respond(office, 9, sent=True)
    assert "<span>about 20</span>" in words(office)
    assert "<span>fewer than 10</span>" in words(office)


def test_made_up_data_is_marked_on_every_page(office: Office) -> None:
    assert "Made-up data" not in office.client.get("/staff/sign-in").get_data(as_text=True)
    open_trial(office, "2025", made_up=True)
    link = office.add()
    for path in ("/staff/sign-in", f"/staff/sign-in/{link.token}"):
        assert "Made-up data" in office.client.get(path).get_data(as_text=True)
    office.post(f"/staff/sign-in/{link.token}")
    assert "Made-up data" in words(office)


def test_dates_are_of_the_day_they_were_here(office: Office) -> None:
    office.clock.moment = datetime.fromisoformat("2026-07-01T23:30:00+00:00")  # the second of July in England
    open_trial(office)
    office.sign_in()
    assert "Open since 2 Jul 2026" in words(office)
