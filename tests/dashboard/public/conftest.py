"""Public pages on releases of which some are not public: their numbers and words are planted, to be looked for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from dashboard.public.app import create_results
from dashboard.public.speech import Tongue, make_tongue
from dashboard.release import Step, dump_facts, read_facts
from survey.i18n import RESULTS, shipped_languages
from tests.dashboard.releases import write_release

TODAY = date(2027, 1, 20)
PLANTED = ("98,765", "98765", "87,650", "87650", "76,545", "76545", "SECRET")
"""What only stands in releases that are not public, or in findings that are not."""

SIGNED: dict[str, Any] = {"step": Step.SIGNED, "signed_by": "Ada Analyst", "signed_at": "2026-11-14T10:00:00+00:00"}
PROVISIONAL: dict[str, Any] = {"step": Step.PROVISIONAL, "signed_by": None, "signed_at": None, "public_on": None}
FINDINGS = [
    {
        "id": 1,
        "item": "talk_matters",
        "found": "Planning was <b>rushed</b>.",
        "promise": "An hour each.",
        "owner": "The ICB",
    },
    {"id": 2, "area": "QYG", "found": "Nobody answered the phone.", "state": "done", "outcome": "A new number."},
    {"id": 3, "found": "SECRET finding", "public": False},
]
NO_FINDING = {"item": "", "area": "", "owner": "", "promise": "", "outcome": "", "state": "promised", "public": True}
DAYS = {"due_on": "2027-01-10", "added_on": "2026-12-01", "changed_on": "2026-12-01"}
WORDING = {
    "machine_draft": True,
    "items": {
        "talk_matters": {
            "text": "کیا کسی نے وقت نکالا؟",
            "options": {"enough": "جی ہاں", "no": "نہیں"},
            "measure": "جی ہاں",
        },
    },
}
EASY = {"machine_draft": True, "items": {"talk_matters": {"text": "Did someone ask what you want?"}}}


@pytest.fixture(scope="session")
def speech() -> Sequence[Tongue]:
    return [make_tongue(catalogue) for catalogue in shipped_languages().catalogues(RESULTS)]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2025 and 2026 are public; a newer 2026, all of 2027 and the trial are not."""
    folder = tmp_path_factory.mktemp("public")
    note, pooled = "Read <i>this</i>.", ("2025", "2026")
    first = write_release(folder, wave="2026", public_on="2027-01-01", sign_note=note, pooled_waves=pooled, **SIGNED)
    copy_release(first, "2025", 1, public_on="2025-12-01", vintage="2023", opened_on="2025-09-07")
    later = {"released_at": "2027-01-10T09:30:00+00:00"}
    copy_release(first, "2026", 2, responses=98765, notes=("SECRET note",), **later, **PROVISIONAL)
    copy_release(first, "2026", 3, responses=87650, public_on="2027-01-21", **later)
    copy_release(first, "2027", 1, responses=76545, sign_note="SECRET", public_on="2028-01-01")
    copy_release(first, "trial", 1, responses=76545)
    findings = [{**NO_FINDING, **DAYS, **finding} for finding in FINDINGS]
    content = {"as_of": "2026-12-01", "findings": findings}
    (folder / "2026" / "findings.json").write_text(json.dumps(content))
    (folder / "2027" / "findings.json").write_text(
        json.dumps({**content, "findings": [{**findings[2], "public": True}]})
    )
    wording = json.dumps({"locales": {"ur": WORDING, "en_GB@easyread": EASY}})
    (folder / "2026" / "wording.json").write_text(wording, encoding="utf-8")
    return folder


def copy_release(release: Path, wave: str, number: int, **changes: Any) -> None:
    """The same figures as another release, which is quicker than writing them again."""
    copy = release.parent.parent / wave / f"{number:04d}"
    shutil.copytree(release, copy)
    facts = replace(read_facts(release), wave=wave, number=number, **changes)
    (copy / "release.json").write_text(dump_facts(facts))


def client_of(folder: Path, speech: Sequence[Tongue], today: date = TODAY) -> Client:
    """Somebody who asks on a day for pages of the releases in a folder."""
    results = create_results(folder, speech=lambda: speech, today=lambda: today)
    return Client(DispatcherMiddleware(lambda environ, start: [], {"/results": results}))


@pytest.fixture(scope="session")
def client(folder: Path, speech: Sequence[Tongue]) -> Client:
    return client_of(folder, speech)
