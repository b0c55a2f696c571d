"""The publisher: what is behind gets a release, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from dashboard.findings import parse_findings
from dashboard.release import newest_release
from survey import resources
from survey.commands import Services
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.refresh import Refresher
from survey.store.accounts import Role, add_account
from survey.store.connect import open_store
from survey.store.findings import Content, add_finding
from survey.store.responses import save_page, start_response
from survey.store.waves import close_wave, open_wave
from survey.together.services import has_results, make_services

NOW = datetime(2026, 10, 5, tzinfo=UTC)
HOW = {"locale": "en", "format": "standard", "mode": "web"}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A store with an open wave."""
    config = load_config({"PHB_DATA": str(tmp_path / "live")})
    store = open_store(config)
    annual = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
    open_wave(store, wave="trial", questionnaire=annual, vintage="2026", open_link=True, made_up=False, now=NOW)
    yield make_services(config, store)
    store.close()


def begin(services: Services) -> int:
    state, _ = start_response(
        services.store,
        services.config.code_key,
        wave="trial",
        invitation=None,
        page="taking-part",
        answers={"taking_part": "yes"},
        now=NOW,
        **HOW,
    )
    return state.response


def newest(services: Services) -> int:
    """The number of the newest release, 0 where there is none."""
    folder = newest_release(services.releases, "trial")
    return int(folder.name) if folder else 0


def test_an_open_wave_is_published_when_something_came_in_and_not_else(services: Services) -> None:
    refresher = Refresher(services, has_results)
    refresher.refresh()
    assert newest(services) == 0
    response = begin(services)
    refresher.refresh()
    refresher.refresh()
    assert newest(services) == 1
    assert not has_results(services.releases, "trial")
    save_page(services.store, response, page="answering", answers={"answering": "self"}, now=NOW, **HOW)
    refresher.refresh()
    assert newest(services) == 2


def test_a_closed_wave_without_results_gets_them_once(services: Services) -> None:
    begin(services)
    close_wave(services.store, "trial", NOW)
    refresher = Refresher(services, has_results)
    refresher.refresh()
    refresher.refresh()
    assert newest(services) == 1
    assert has_results(services.releases, "trial")


def test_the_publisher_goes_on_after_something_went_wrong(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    begin(services)
    services.analysis.write_text("in the way")
    refresher = Refresher(services, has_results)
    refresher.refresh()
    assert "could not be brought up to date" in caplog.text
    services.analysis.unlink()
    refresher.refresh()
    assert newest(services) == 1


def test_findings_that_could_not_be_written_are_made_good(services: Services) -> None:
    ada = add_account(services.store, "Ada", Role.STAFF, NOW)
    add_finding(services.store, "trial", Content("", "", "It is hard to reach anybody.", True), by=ada, now=NOW)
    (services.releases / "trial").mkdir(parents=True)
    Refresher(services, has_results).refresh()
    (read,) = parse_findings((services.releases / "trial" / "findings.json").read_text(encoding="utf-8")).findings
    assert read.found == "It is hard to reach anybody."


def test_the_thread_looks_at_once_and_ends_when_closed(services: Services) -> None:
    begin(services)
    looked = Event()

    def note_and_answer(releases: Path, wave: str) -> bool:
        looked.set()
        return True

    close_wave(services.store, "trial", NOW)
    refresher = Refresher(services, note_and_answer)
    refresher.start()
    assert looked.wait(timeout=30)
    refresher.close()
