"""The steps of a release: signed with a note, public on a day, and what cannot be asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.publish.steps import Again, Signature, StepError, check_steps
from dashboard.publish.wave import PublishError, publish_wave
from dashboard.release import (
    Facts,
    Step,
    is_public,
    read_facts,
)
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, response, write_analysis

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 1)
FEW = [item for item in ITEMS if item["id"] in ("taking_part", "control")]


def publish(folder: Path, **changes: Any) -> Facts:
    settings = {"areas": AREAS, "benchmarks": BENCHMARKS, "now": NOW, **changes}
    return read_facts(publish_wave(folder / "a" / "2026", folder / "r", **settings))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed wave of a dozen people, not published yet."""
    folder = tmp_path_factory.mktemp("steps")
    rows = [response("QE1", control=code) for code in ("lot", "some", "none") for _ in range(4)]
    write_analysis(folder / "a", "2026", rows, items=FEW)
    return folder


def test_a_release_goes_from_provisional_to_signed_to_public(folder: Path) -> None:
    first = publish(folder)
    assert (first.step, first.sign_note, first.public_on) == (Step.PROVISIONAL, "", None)
    signed = publish(folder, signature=Signature("ana", " Few answered in the east. ", DAY))
    assert (signed.step, signed.signed_by, signed.signed_at) == (Step.SIGNED, "ana", NOW.isoformat())
    assert (signed.sign_note, signed.public_on) == ("Few answered in the east.", "2026-12-01")
    later = publish(folder)
    assert (later.number, later.signed_by, later.sign_note, later.public_on) == (
        3,
        "ana",
        signed.sign_note,
        "2026-12-01",
    )
    again = publish(folder, signature=Signature("bo"))
    assert (again.signed_by, again.sign_note, again.public_on) == ("bo", "", "2026-12-01")
    assert not is_public(again, date(2026, 11, 30))
    assert is_public(again, DAY)
    assert not is_public(first, DAY)


@pytest.mark.parametrize(
    ("signature", "again", "words"),
    [
        (Signature("ana", public_on=date(2026, 11, 11)), None, "2026-11-11 is before the signing, on 2026-11-12"),
        (Signature("ana", "x" * 1001), None, "The note has 1001 characters"),
        (None, Again("ana", " "), "Say why"),
        (None, Again("ana", "x" * 1001), "The reason has 1001 characters"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_nothing_is_written(
    tmp_path: Path, signature: Signature | None, again: Again | None, words: str
) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot")], items=FEW)
    with pytest.raises(PublishError, match=words):
        publish(tmp_path, signature=signature, again=again)
    assert not (tmp_path / "r").exists()


def test_it_may_be_public_on_the_day_it_is_signed() -> None:
    check_steps(Signature("ana", public_on=NOW.date()), None, NOW)
    with pytest.raises(StepError):
        check_steps(Signature("ana", public_on=date(2026, 11, 11)), None, NOW)
