"""The files beside releases: read anew when they change, and as if they were not there when they are broken."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from dashboard.data import Releases
from dashboard.findings import Finding, Findings, State, dump_findings
from tests.dashboard.releases import write_release

RAMP = Finding(
    id=1,
    item="talk_matters",
    area="",
    found="Few people were asked what a good life looks like for them.",
    owner="Personalised care team",
    promise="Put the question on the first page of the plan.",
    due_on=date(2026, 11, 1),
    state=State.PROMISED,
    outcome="",
    public=True,
    added_on=date(2026, 10, 1),
    changed_on=date(2026, 10, 1),
)


def write_findings(file: Path, *findings: Finding, age: int) -> None:
    file.write_text(dump_findings(Findings(date(2026, 11, 2), findings)))
    os.utime(file, ns=(age, age))


def test_findings_are_read_anew_when_they_change(tmp_path: Path) -> None:
    release = write_release(tmp_path)
    releases = Releases(tmp_path)
    current = releases.current("2026")
    assert releases.findings(current) == ()
    write_findings(release.parent / "findings.json", RAMP, age=1)
    assert releases.findings(current) == (RAMP,)
    write_findings(release.parent / "findings.json", age=2)
    assert releases.findings(current) == ()


def test_a_promise_is_late_from_the_day_after_and_no_longer_when_it_is_kept() -> None:
    assert not RAMP.is_late(date(2026, 11, 1))
    assert RAMP.is_late(date(2026, 11, 2))
    kept = {**RAMP.__dict__, "state": State.DONE}
    assert not Finding(**kept).is_late(date(2027, 1, 1))


def test_a_promise_that_was_moved_says_from_when() -> None:
    moved = Finding(**{**RAMP.__dict__, "due_on": date(2027, 2, 1), "first_due_on": date(2026, 11, 1)})
    assert moved.moved_from == date(2026, 11, 1)
    assert RAMP.moved_from is None


@pytest.mark.parametrize("content", ["", "[]", "{", json.dumps({"as_of": "2026-11-02", "findings": [{"id": 1}]})])
@pytest.mark.parametrize("name", ["findings.json", "voices.json", "wording.json"])
def test_a_broken_file_costs_only_what_is_in_it(tmp_path: Path, name: str, content: str) -> None:
    release = write_release(tmp_path)
    (release.parent / name).write_text(content)
    releases = Releases(tmp_path)
    current = releases.current("2026")
    assert (releases.findings(current), releases.voices(current), releases.wordings(current)) == ((), None, {})


def test_what_lies_beside_releases_is_no_release(tmp_path: Path) -> None:
    release = write_release(tmp_path)
    write_findings(release.parent / "findings.json", RAMP, age=1)
    assert Releases(tmp_path).waves() == ("2026",)
    assert Releases(tmp_path).current("2026").facts.number == 1
