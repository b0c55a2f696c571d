"""The file of findings beside releases: the dashboard reads what the store holds, whatever went wrong between."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.findings import Finding, parse_findings
from dashboard.findings import State as Published
from survey.config import Config
from survey.export.findings import FILE, write_all_findings, write_findings
from survey.store.accounts import Role, add_account
from survey.store.connect import open_store
from survey.store.findings import Content, State, add_finding, change_finding
from tests.survey.store.builders import config_for, open_tiny_wave

LATE = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
FOUND = Content("words", "north-west", "Few were asked. “Why?”", True)
PROMISED = replace(FOUND, state=State.PROMISED, owner="Care team", promise="Ask.", due_on=date(2026, 12, 1))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_for(tmp_path)


def test_the_dashboard_reads_what_the_store_holds(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    store = open_store(config)
    releases = config.data / "releases"
    open_tiny_wave(store, "2026")
    open_tiny_wave(store, "2027")
    ada = add_account(store, "Ada", Role.STAFF, LATE)
    added = add_finding(store, "2026", FOUND, by=ada, now=LATE)
    add_finding(store, "2026", replace(FOUND, item="", area="", public=False), by=ada, now=LATE)
    write_findings(store, releases, "2026", LATE)
    assert not releases.exists()

    (releases / "2026").mkdir(parents=True)
    write_all_findings(store, releases, LATE)
    file = releases / "2026" / FILE
    assert [path.name for path in releases.rglob("*")] == ["2026", FILE]
    read = parse_findings(file.read_text(encoding="utf-8"))
    assert read.as_of == date(2026, 10, 31)
    assert [(each.id, each.item, each.area, each.public) for each in read.findings] == [
        (1, "words", "north-west", True),
        (2, "", "", False),
    ]

    change_finding(store, added.id, PROMISED, revision=1, by=ada, now=LATE + timedelta(days=1))
    file.unlink()
    file.mkdir()
    write_findings(store, releases, "2026", LATE)
    assert "could not be written" in caplog.text
    assert [path.name for path in file.parent.iterdir()] == [FILE]
    file.rmdir()
    write_all_findings(store, releases, LATE + timedelta(days=1))
    assert parse_findings(file.read_text(encoding="utf-8")).findings[0] == Finding(
        id=1,
        item="words",
        area="north-west",
        found="Few were asked. “Why?”",
        owner="Care team",
        promise="Ask.",
        due_on=date(2026, 12, 1),
        state=Published.PROMISED,
        outcome="",
        public=True,
        added_on=date(2026, 10, 31),
        changed_on=date(2026, 11, 1),
        first_due_on=date(2026, 12, 1),
    )
    store.close()


def test_both_sides_know_the_same_states() -> None:
    assert [str(state) for state in State] == [str(state) for state in Published]
