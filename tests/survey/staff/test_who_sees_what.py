"""Every role at every door of the dashboard, over the real survey application: what is told follows the one table."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from dashboard.access import Stage
from dashboard.app import create_dashboard
from dashboard.release import Step, dump_facts, read_facts
from survey.app import create_app
from survey.config import load_config
from survey.staff.rights import RIGHTS, STAGES, Right
from survey.store.accounts import Role
from survey.store.connect import open_store
from survey.together.application import read_stages
from tests.dashboard.releases import write_release
from tests.survey.staff.conftest import Clock, Office
from tests.survey.staff.who_sees_what import PAGE, draw_page

WAVES = {
    Stage.PUBLIC: "2031",
    Stage.SIGNED: "2032",
    Stage.PROVISIONAL: "2033",
    Stage.COUNTS: "2034",
    Stage.TRIAL: "trial",
}
SIGNED: dict[str, Any] = {"step": Step.SIGNED, "signed_by": "A. Analyst"}


@dataclass
class House:
    """Survey and dashboard as `phb serve` puts them together, and somebody at the door."""

    office: Office
    client: Client
    releases: Path
    cookies: dict[Role | None, str]

    def come_in(self, role: Role | None) -> Visitor:
        if role not in self.cookies:
            self.office.client = self.office.app.test_client()
            if role is not None:
                self.office.sign_in(f"Ada the {role.value}", role)
            held = self.office.client.get_cookie(self.office.app.config["SESSION_COOKIE_NAME"])
            self.cookies[role] = f"{held.key}={held.value}" if held else ""
        return Visitor(self.client, self.cookies[role])


@dataclass
class Visitor:
    """Who asks the dashboard with the cookie of one role."""

    client: Client
    cookie: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/dashboard{path}", headers={"Cookie": self.cookie})

    def ask(self, path: str, query: str = "") -> TestResponse:
        """What the page's own script asks, or somebody by hand."""
        body = {
            "output": "page.children",
            "outputs": {"id": "page", "property": "children"},
            "inputs": [
                {"id": "address", "property": "pathname", "value": f"/dashboard{path}"},
                {"id": "address", "property": "search", "value": query},
            ],
            "changedPropIds": ["address.pathname"],
        }
        return self.client.post("/dashboard/_dash-update-component", json=body, headers={"Cookie": self.cookie})


def add_release(written: Path, releases: Path, wave: str, *, number: int = 1, **changes: Any) -> None:
    """The release that was written, as one of another wave and stage."""
    copy = shutil.copytree(written, releases / wave / f"{number:04d}")
    facts = replace(read_facts(written), wave=wave, number=number, **changes)
    (copy / "release.json").write_text(dump_facts(facts))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A release at each stage; a superseded provisional one behind the public one."""
    folder = tmp_path_factory.mktemp("house")
    releases = folder / "releases"
    written = write_release(folder / "first")
    add_release(written, releases, WAVES[Stage.PUBLIC], responses=390)
    add_release(written, releases, WAVES[Stage.PUBLIC], number=2, public_on="2020-01-01", **SIGNED)
    add_release(written, releases, WAVES[Stage.SIGNED], public_on="2999-01-01", **SIGNED)
    add_release(written, releases, WAVES[Stage.PROVISIONAL])
    add_release(written, releases, WAVES[Stage.COUNTS], has_estimates=False, estimates_from=0, closed_on=None)
    add_release(written, releases, WAVES[Stage.TRIAL])
    config = load_config({"PHB_DATA": str(folder / "live")})
    store = open_store(config)
    clock = Clock()
    survey = create_app(config, store, now=clock)
    dashboard = create_dashboard(releases, sees=lambda request: read_stages(survey, request.environ))
    client = Client(DispatcherMiddleware(survey, {"/dashboard": dashboard}), use_cookies=False)
    yield House(Office(survey, config, store, clock), client, releases, {})
    store.close()


def test_the_page_about_it_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw_page()


def test_the_stages_of_the_dashboard_are_rights_by_the_same_names() -> None:
    assert {Stage(right.value) for right in STAGES} == set(Stage)


@pytest.mark.parametrize("role", [role for role, rights in RIGHTS.items() if rights & STAGES <= {Right.PUBLIC}])
def test_who_may_see_no_more_than_everyone_has_no_dashboard(house: House, role: Role | None) -> None:
    visitor = house.come_in(role)
    for wave in WAVES.values():
        assert visitor.get(f"/?wave={wave}").status_code == 303
        for path in (f"/download.csv?page=overview&wave={wave}", f"/profile.pdf?place=QYG&wave={wave}"):
            assert visitor.get(path).status_code == 403
        assert visitor.ask("/", f"?wave={wave}").status_code == 403


@pytest.mark.parametrize("role", [role for role, rights in RIGHTS.items() if rights & STAGES > {Right.PUBLIC}])
def test_a_release_is_there_for_those_who_may_see_its_stage_and_for_nobody_else(house: House, role: Role) -> None:
    visitor = house.come_in(role)
    hidden = {wave for stage, wave in WAVES.items() if Right(stage.value) not in RIGHTS[role]}
    never = visitor.ask("/", "?wave=1066").text
    for wave in WAVES.values():
        drawn = visitor.ask("/", f"?wave={wave}")
        file = visitor.get(f"/download.csv?page=overview&wave={wave}")
        assert visitor.get(f"/?wave={wave}").status_code == drawn.status_code == 200
        if wave in hidden:
            # The same answer as for a survey that never was.
            assert drawn.text == never.replace("1066", wave)
            assert visitor.ask("/results", f"?wave={wave}&release=1&place=areas").text == drawn.text
            for path in ("download.csv?page=results", "download.xlsx?page=overview", "download.ods?page=method"):
                assert visitor.get(f"/{path}&wave={wave}").status_code == 404
            assert visitor.get(f"/profile.pdf?place=QYG&wave={wave}").status_code == file.status_code == 404
        else:
            assert file.status_code == 200
            assert file.text.splitlines()[1].startswith(f"{wave},")
            assert f"No results of a survey called “{wave}”" not in drawn.text
            assert not [other for other in hidden if f'"{other}"' in drawn.text]


def test_a_superseded_release_is_never_shown_again(house: House) -> None:
    visitor = house.come_in(Role.ADMIN)
    wave = WAVES[Stage.PUBLIC]
    asked = visitor.ask("/results", f"?wave={wave}&release=1")
    assert f"Release 1 of {wave} has been replaced. You see release 2, the newest." in asked.text
    row = visitor.get(f"/download.csv?page=results&wave={wave}&release=1").text.splitlines()[1]
    assert row.startswith(f"{wave},2,")


def test_a_release_that_comes_and_goes_is_there_and_gone_for_whoever_looks(house: House, tmp_path: Path) -> None:
    visitor = house.come_in(Role.CARER)
    home = house.releases / WAVES[Stage.PROVISIONAL]
    shutil.move(home, tmp_path / "away")
    gone = visitor.ask("/results", f"?wave={home.name}")
    assert gone.text == visitor.ask("/results", "?wave=1066").text.replace("1066", home.name)
    shutil.move(tmp_path / "away", home)
    assert visitor.get(f"/download.csv?page=results&wave={home.name}").status_code == 200


def test_with_no_release_at_all_every_page_says_so(house: House, tmp_path: Path) -> None:
    visitor = house.come_in(Role.STAFF)
    shutil.move(house.releases, tmp_path / "away")
    try:
        for path in ("/", "/results", "/missing", "/method"):
            assert "No results yet" in visitor.ask(path).text
        assert visitor.get("/download.xlsx?page=results").status_code == 404
    finally:
        shutil.move(tmp_path / "away", house.releases)
