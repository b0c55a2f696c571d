"""The staff's list of questionnaire files: what stands there, and what happens when a file breaks while we run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from survey.app import create_app
from survey.checking import check_file
from survey.config import load_config
from survey.resources import QUESTIONNAIRES
from survey.staff.rights import Right, roles_with
from survey.store.accounts import Role
from survey.store.connect import open_store
from tests.browser import axe_findings, dom_findings, served
from tests.survey.respondent.forms import PageReader
from tests.survey.staff.conftest import Clock, Office
from tests.survey.staff.test_landing import open_trial

SEES_FIELDWORK = roles_with(Right.FIELDWORK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "questionnaires"
    copied.mkdir()
    shutil.copy(QUESTIONNAIRES / "phb-annual.json", copied)
    shutil.copytree(QUESTIONNAIRES / "phb-annual", copied / "phb-annual")
    return copied


@pytest.fixture
def office(tmp_path: Path, folder: Path) -> Iterator[Office]:
    config = load_config({"PHB_DATA": str(tmp_path / "live"), "PHB_QUESTIONNAIRES": str(folder)})
    store = open_store(config)
    clock = Clock()
    yield Office(create_app(config, store, now=clock), config, store, clock)
    store.close()


def words(office: Office, path: str = "/staff/questionnaires/") -> str:
    return " ".join(office.client.get(path).get_data(as_text=True).split())


def is_asked(somebody: FlaskClient) -> bool:
    """Whether someone who comes now can begin to answer."""
    read = PageReader(somebody.get("/").get_data(as_text=True))
    form = read.form
    first = somebody.post(form.action or "/", data=form.sent(), follow_redirects=True)
    return PageReader(first.get_data(as_text=True)).form.answers == {} and first.request.path.startswith("/survey/")


def break_file(folder: Path) -> None:
    path = folder / "phb-annual.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"version"', '"versoin"', 1))


def test_a_file_stands_with_its_state_its_translations_and_where_it_is_asked(office: Office) -> None:
    open_trial(office)
    office.sign_in()
    page = words(office)
    assert "Draft: the group has not agreed it yet" in page
    assert "2026.1" in page
    assert "Polski" in page
    assert ">trial</bdi> asks version" in page
    assert 'href="/staff/questionnaires/phb-annual/map"' in page
    assert 'href="/preview/phb-annual"' in page
    assert 'href="/staff/questionnaires/"' in words(office, "/staff/")


def test_a_file_changed_since_its_wave_was_opened_is_said_to_be(office: Office, folder: Path) -> None:
    open_trial(office)
    office.sign_in()
    path = folder / "phb-annual.json"
    changed = json.loads(path.read_text(encoding="utf-8")) | {"version": "2027.1"}
    path.write_text(json.dumps(changed), encoding="utf-8")
    page = words(office)
    assert "2027.1" in page
    assert "The file has changed since it was opened." in page


def test_a_file_that_breaks_is_said_to_and_the_survey_goes_on(office: Office, folder: Path) -> None:
    open_trial(office)
    office.sign_in()
    assert "cannot be used" not in words(office)
    whole = (folder / "phb-annual.json").read_bytes()
    break_file(folder)
    for path in ("/staff/", "/staff/questionnaires/"):
        page = words(office, path)
        assert 'The file <bdi dir="ltr">phb-annual.json</bdi> cannot be used' in page
        assert 'goes on with version <bdi dir="ltr">2026.1</bdi>' in page
    assert "<code>$.versoin</code>" in words(office)
    assert is_asked(office.app.test_client())
    assert office.client.get("/staff/questionnaires/phb-annual/map").status_code == 404
    (folder / "phb-annual.json").write_bytes(whole)
    assert "cannot be used" not in words(office) + words(office, "/staff/")


def test_a_broken_file_that_nobody_is_asked_names_its_last_good_version(office: Office, folder: Path) -> None:
    office.sign_in()
    words(office)
    break_file(folder)
    assert 'It was last right as version <bdi dir="ltr">2026.1</bdi>. No open wave asks it.' in words(office)


def test_of_two_files_with_one_id_neither_can_be_used(office: Office, folder: Path) -> None:
    office.sign_in()
    shutil.copy(folder / "phb-annual.json", folder / "phb-copy.json")
    page = words(office)
    assert page.count("cannot be used</h2>") == 2
    assert "have the same id" in page


def test_files_are_read_again_only_when_they_changed(office: Office, folder: Path) -> None:
    office.sign_in()
    words(office)
    parts = office.app.extensions["phb-staff"]
    first = parts.folder.read()
    words(office)
    assert parts.folder.read() is first
    (folder / "phb-annual.json").touch()
    assert parts.folder.read() is not first


def test_as_much_is_worth_a_look_as_the_check_lists(office: Office, folder: Path) -> None:
    office.sign_in()
    assert 'Worth a look</dt> <dd class="nhsuk-summary-list__value">Nothing' in words(office)
    path = folder / "phb-annual.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"accepted": []}), encoding="utf-8")
    found = len(check_file(path).problems)
    assert found > 20
    assert f"{found} things. The command “phb check” lists them." in words(office)
    (folder / "phb-annual" / "unused.svg").write_text("<svg/>")
    assert f"{found + 1} things. " in words(office)


def test_the_map_is_a_page_of_its_own_with_its_own_policy(office: Office) -> None:
    office.sign_in()
    answer = office.client.get("/staff/questionnaires/phb-annual/map")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<h1>Map of: Personal health budget survey</h1>" in answer.get_data(as_text=True)
    assert office.client.get("/staff/questionnaires/nothing/map").status_code == 404


@pytest.mark.parametrize("path", ["/staff/questionnaires/", "/staff/questionnaires/phb-annual/map"])
def test_only_the_programme_s_staff_see_them(office: Office, path: str) -> None:
    assert office.client.get(path).location == "/staff/sign-in"
    office.sign_in(role=next(iter(set(Role) - SEES_FIELDWORK)))
    assert office.client.get(path).status_code == 403


@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_and_the_map_are_accessible(office: Office, folder: Path, page: Page, width: int) -> None:
    open_trial(office)
    (folder / "broken.json").write_text("{}")
    link = office.add()
    page.set_viewport_size({"width": width, "height": 900})
    with served(office.app) as address:
        page.goto(f"{address}/staff/sign-in/{link.token}")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Questionnaires: drafts, maps and previews").click()
        assert axe_findings(page) + dom_findings(page) == []
        page.get_by_role("link", name="Map of Personal health budget survey").click()
        assert page.title() == "Map of: Personal health budget survey"
        assert page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor") == "rgb(0, 94, 184)"
        assert axe_findings(page) + dom_findings(page) == []
        assert page.locator("figure svg:visible").count() == 10
        drawn = page.locator("figure svg:visible").first
        assert drawn.evaluate("svg => parseFloat(getComputedStyle(svg).fontSize) * svg.getScreenCTM().a") > 11
