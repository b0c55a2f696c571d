"""Who sees which release: by the stage it is at, whatever the address asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.access import EVERY_STAGE, FOR_EVERYONE, Stage, stage_of
from dashboard.data import NoRelease, ReleaseGone, Releases
from dashboard.release import Step, read_facts
from tests.dashboard.releases import write_release

TODAY = date(2026, 11, 22)
SIGNED = {"step": Step.SIGNED, "signed_by": "A. Analyst"}
PARTNERS = EVERY_STAGE - {Stage.TRIAL}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """2024 public, with a newer release signed for a later day; 2025 provisional; 2026 open; a trial."""
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, wave="2024", number=1)
    write_release(folder, wave="2024", number=2, public_on="2026-11-22", **SIGNED)
    write_release(
        folder, wave="2024", number=3, released_at="2026-11-22T15:00:00+00:00", public_on="2026-11-23", **SIGNED
    )
    write_release(folder, wave="2025", number=1)
    write_release(folder, wave="2026", number=1, has_estimates=False, closed_on=None)
    write_release(folder, wave="trial")
    return Releases(folder, today=lambda: TODAY)


@pytest.mark.parametrize(
    ("wave", "number", "stage"),
    [
        ("2024", 1, Stage.PROVISIONAL),
        ("2024", 2, Stage.PUBLIC),
        ("2024", 3, Stage.SIGNED),
        ("2026", 1, Stage.COUNTS),
        ("trial", 1, Stage.TRIAL),
    ],
)
def test_a_release_is_at_one_stage(releases: Releases, wave: str, number: int, stage: Stage) -> None:
    assert stage_of(read_facts(releases.folder / wave / f"{number:04d}"), TODAY) is stage


def test_everyone_sees_the_newest_public_release_and_no_other_wave(releases: Releases) -> None:
    public = releases.seen_by(FOR_EVERYONE)
    assert public.waves() == ("2024",)
    assert public.current(None).facts.number == 2
    for wave in ("2025", "2026", "trial"):
        with pytest.raises(NoRelease):
            public.current(wave)


def test_the_group_sees_what_staff_see_but_for_the_trial(releases: Releases) -> None:
    group, staff = releases.seen_by(PARTNERS), releases.seen_by(EVERY_STAGE)
    assert group.waves() == ("2026", "2025", "2024")
    assert staff.waves() == ("2026", "2025", "2024", "trial")
    assert group.current("2024").facts.number == staff.current("2024").facts.number == 3
    with pytest.raises(NoRelease):
        group.current("trial")


def test_who_may_not_see_counts_sees_nothing_of_an_open_wave(releases: Releases) -> None:
    assert "2026" not in releases.seen_by(PARTNERS - {Stage.COUNTS}).waves()


@pytest.mark.parametrize(
    ("put_off", "until"),
    [
        ({"public_on": "2026-12-24", **SIGNED}, date(2026, 12, 24)),
        ({"step": Step.PROVISIONAL}, None),
    ],
    ids=["put off", "being put right"],
)
def test_what_was_put_off_or_put_right_before_its_day_is_not_public_on_it(
    tmp_path: Path, put_off: dict[str, Any], until: date | None
) -> None:
    write_release(tmp_path, number=1, released_at="2026-11-01T09:00:00+00:00", public_on="2026-12-01", **SIGNED)
    write_release(tmp_path, number=2, released_at="2026-11-20T09:00:00+00:00", **put_off)
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 23)):
        assert Releases(tmp_path, today=lambda day=day: day).seen_by(FOR_EVERYONE).waves() == ()  # type: ignore[misc]
    if until is not None:
        public = Releases(tmp_path, today=lambda: until).seen_by(FOR_EVERYONE)
        assert public.current("2026").facts.number == 2


def test_what_is_public_stays_while_its_successor_waits(tmp_path: Path) -> None:
    write_release(tmp_path, number=1, released_at="2026-11-01T09:00:00+00:00", public_on="2026-11-10", **SIGNED)
    write_release(tmp_path, number=2, released_at="2026-11-20T09:00:00+00:00")
    public = Releases(tmp_path, today=lambda: TODAY).seen_by(FOR_EVERYONE)
    assert public.current("2026").facts.number == 1


def test_a_public_release_that_is_broken_is_not_replaced_by_the_one_it_put_right(tmp_path: Path) -> None:
    for number in (1, 2):
        write_release(tmp_path, number=number, public_on="2026-11-12", **SIGNED)
    (tmp_path / "2026" / "0002" / "areas.json").write_text("[")
    with pytest.raises(ReleaseGone):
        Releases(tmp_path, today=lambda: TODAY).seen_by(FOR_EVERYONE).current("2026")


def test_a_release_that_is_broken_is_no_news_for_those_who_may_not_see_everything(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025", public_on="2026-01-01", **SIGNED)
    broken = write_release(tmp_path, wave="2025", number=2)
    (broken / "release.json").write_text("{")
    assert Releases(tmp_path, today=lambda: TODAY).seen_by(FOR_EVERYONE).current("2025").facts.number == 1
    alone = write_release(tmp_path, wave="2026")
    (alone / "release.json").write_text("{")
    assert Releases(tmp_path).seen_by(PARTNERS).waves() == ("2025",)
