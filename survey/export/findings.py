"""The file `findings.json` beside the releases of a wave: what was found and promised, for the pages of results."""

from __future__ import annotations

import json
import logging
import os
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from survey.store.connect import Store
from survey.store.findings import Finding, list_findings
from survey.store.waves import list_waves

FILE = "findings.json"
_ENGLAND = ZoneInfo("Europe/London")

_log = logging.getLogger(__name__)
_one_at_a_time = Lock()
"""Held while the store is read and the file written, so that what is written last is what is newest."""


def write_findings(store: Store, releases: Path, wave: str, now: datetime) -> None:
    """Write the file of a wave that has a folder of releases, whole or not at all.

    What goes wrong is logged and raised to nobody: the store has the findings, and the next writing makes it good.
    """
    file = releases / wave / FILE
    with _one_at_a_time:
        try:
            if file.parent.is_dir():
                _put(file, _text(list_findings(store, [wave]), _day(now)))
        except OSError as error:
            _log.warning("%s could not be written and will be with the next change: %s", file, error)


def write_all_findings(store: Store, releases: Path, now: datetime) -> None:
    """Write the files of all waves, where they are not as they should be."""
    for wave in list_waves(store):
        write_findings(store, releases, wave.id, now)


def _text(findings: tuple[Finding, ...], today: date) -> str:
    content = {"as_of": today.isoformat(), "findings": [_entry(finding) for finding in findings]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _entry(finding: Finding) -> dict[str, object]:
    said = finding.content
    return {
        "id": finding.id,
        **vars(said),
        "due_on": said.due_on.isoformat() if said.due_on else None,
        "first_due_on": finding.first_due_on.isoformat() if finding.first_due_on else None,
        "added_on": _day(finding.added_at).isoformat(),
        "changed_on": _day(finding.changed_at).isoformat(),
    }


def _put(file: Path, text: str) -> None:
    if file.exists() and file.read_text(encoding="utf-8", errors="replace") == text:
        return
    beside = file.with_name(f".{FILE}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as target:
            target.write(text)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _day(moment: datetime) -> date:
    return moment.astimezone(_ENGLAND).date()
