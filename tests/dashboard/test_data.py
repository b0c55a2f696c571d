"""Reading releases: the newest of a wave, exactly its cells, and clear errors when one is not there or broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.data import NoRelease, ReleaseGone, ReleaseOutdated, Releases
from dashboard.release import Level, Span, Status, Step
from tests.dashboard.releases import write_release


def test_the_newest_release_of_a_wave_is_served(releases: Releases) -> None:
    release = releases.current("2026")
    assert (release.facts.wave, release.facts.number) == ("2026", 2)
    assert release.facts.step is Step.PROVISIONAL


def test_without_a_wave_the_one_that_opened_last_is_served(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2024", opened_on="2026-02-01")
    releases = Releases(tmp_path)
    assert releases.waves() == ("2024", "2025")
    assert releases.current(None).facts.wave == "2024"


def test_the_trial_is_never_the_one_to_begin_with_nor_one_to_compare_with(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="trial", opened_on="2026-09-01")
    releases = Releases(tmp_path)
    assert releases.waves() == ("2025", "trial")
    assert releases.before(releases.current("2025")) is None
    assert releases.before(releases.current("trial")) is None


def test_results_are_of_the_latest_wave_that_has_more_than_counts(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    assert releases.latest_with_estimates() is None
    write_release(tmp_path, wave="2025")
    write_release(tmp_path, wave="2026", has_estimates=False)
    assert releases.latest_with_estimates() == "2025"


def test_the_tenth_release_follows_the_ninth(tmp_path: Path) -> None:
    write_release(tmp_path, number=9)
    write_release(tmp_path, number=10)
    assert Releases(tmp_path).current("2026").facts.number == 10


@pytest.mark.parametrize("wave", ["2030", "..", "", "2026/0001"])
def test_a_wave_without_a_release_is_no_release(releases: Releases, wave: str) -> None:
    with pytest.raises(NoRelease) as caught:
        releases.current(wave)
    assert caught.value.wave == wave


def test_no_folder_yet_is_no_release(tmp_path: Path) -> None:
    releases = Releases(tmp_path / "not made yet")
    assert releases.waves() == ()
    with pytest.raises(NoRelease):
        releases.current(None)


def test_a_release_that_is_still_being_written_is_not_seen(tmp_path: Path) -> None:
    write_release(tmp_path, number=1)
    (tmp_path / "2026" / "0002").mkdir()
    (tmp_path / "2026" / ".0002.writing").mkdir()
    assert Releases(tmp_path).current("2026").facts.number == 1


def test_a_release_that_appears_is_served_at_once(tmp_path: Path) -> None:
    write_release(tmp_path, number=1)
    releases = Releases(tmp_path)
    assert releases.current("2026").facts.number == 1
    write_release(tmp_path, number=2)
    assert releases.current("2026").facts.number == 2


def test_a_release_that_vanishes_while_it_is_read_is_gone(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    releases = Releases(tmp_path)
    release = releases.current("2026")
    shutil.rmtree(folder)
    with pytest.raises(ReleaseGone):
        releases.cells(release, item="talk_matters", span=Span.WAVE, vintage="2026")


@pytest.mark.parametrize("name", ["release.json", "items.json", "areas.json"])
def test_a_broken_file_is_gone_and_not_a_stack_trace(tmp_path: Path, name: str) -> None:
    folder = write_release(tmp_path)
    (folder / name).write_text('{"number": 1')
    with pytest.raises(ReleaseGone):
        Releases(tmp_path).current("2026")


def test_a_broken_table_is_gone_and_not_a_stack_trace(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    (folder / "fieldwork.parquet").write_bytes(b"PAR1")
    releases = Releases(tmp_path)
    with pytest.raises(ReleaseGone):
        releases.fieldwork(releases.current("2026"), "area", vintage="2026")


def test_another_release_in_the_same_place_is_read_anew(tmp_path: Path) -> None:
    folder = write_release(tmp_path, responses=100)
    releases = Releases(tmp_path)
    assert releases.current("2026").facts.responses == 100
    shutil.rmtree(folder)
    write_release(tmp_path, responses=200)
    assert releases.current("2026").facts.responses == 200


def test_the_wave_before_is_of_the_same_questionnaire_and_as_real(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2023")
    write_release(tmp_path, wave="2024", made_up=False)
    write_release(tmp_path, wave="2025", questionnaire={"id": "other", "version": "1", "status": "draft", "title": ""})
    write_release(tmp_path, wave="2026")
    releases = Releases(tmp_path)
    before = releases.before(releases.current("2026"))
    assert before is not None
    assert before.facts.wave == "2023"
    assert releases.before(before) is None


def test_cells_are_those_of_the_file_with_its_span_and_list_of_areas(releases: Releases) -> None:
    release = releases.current("2026")
    cells = releases.cells(release, item="talk_matters", span=Span.WAVE, vintage="2026")
    by_key = {(cell.area, cell.option): cell for cell in cells}
    assert len(by_key) == len(cells) == (1 + 7 + 36) * 4
    england = by_key["england", "enough"]
    assert (england.status, england.base, england.share, england.low, england.high) == (Status.SHOWN, 420, 64, 62, 66)
    assert england.level is Level.ENGLAND
    band = by_key["S0E4D", "no"]
    assert (band.status, band.base, band.share, band.nearest_safe) == (
        Status.BREAK,
        None,
        None,
        "pooled:region:south-east",
    )
    assert {cell.status for cell in cells} == {Status.SHOWN, Status.TOO_FEW, Status.SUPPRESSED, Status.BREAK}
    pooled = releases.cells(release, item="talk_matters", span=Span.POOLED, vintage="2023")
    assert {cell.base for cell in pooled if cell.area == "england"} == {1260}
    assert len(pooled) == (1 + 7 + 42) * 4


def test_areas_come_by_region_and_name(releases: Releases) -> None:
    places = releases.current("2026").places("2026", Level.AREA)
    assert len(places) == 36
    assert [place.region for place in places] == sorted(place.region for place in places)
    assert places[0].short_name == "Central East"


def test_areas_with_something_to_show_are_counted(releases: Releases) -> None:
    release = releases.current("2026")
    shown = releases.areas_shown(release, span=Span.WAVE, vintage="2026")
    assert 0 < len(shown) < 36
    assert "S1Y5D" not in shown


def test_groups_and_counts_are_those_of_the_file(releases: Releases) -> None:
    release = releases.current("2026")
    polish = next(group for group in releases.groups(release) if group.category == "polish")
    assert (polish.dimension_label, polish.missing, polish.benchmark_of) == ("Main language", 15, "phb_holders")
    weeks = releases.fieldwork(release, "day_week")
    assert [(week.category, week.count, week.band) for week in weeks][3:5] == [
        ("2026-09-28", 60, ""),
        ("2026-10-05", None, "under 10"),
    ]


@pytest.mark.parametrize("name", ["release.json", "items.json"])
def test_when_the_newest_release_is_broken_the_superseded_one_is_not_served_in_its_place(
    tmp_path: Path, name: str
) -> None:
    write_release(tmp_path, number=1)
    (write_release(tmp_path, number=2) / name).write_text("[")
    with pytest.raises(ReleaseGone):
        Releases(tmp_path).current("2026")


def test_a_release_of_another_format_alone_has_to_be_made_again(tmp_path: Path) -> None:
    facts = write_release(tmp_path) / "release.json"
    facts.write_text(facts.read_text().replace('"format": 2', '"format": 1'))
    with pytest.raises(ReleaseOutdated, match="has format 1"):
        Releases(tmp_path).current("2026")
