"""The auditor of whole releases: it reads files alone, and a hole that is planted in one is found."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from dashboard.areas import load_geography
from dashboard.publish.audit import Leak, audit_release
from dashboard.publish.wave import publish_wave
from dashboard.release import ReleaseError, read_facts
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, VINTAGE, response, write_analysis

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 40 people 33 are women; men are 7, so that neither is shown."""
    root = tmp_path_factory.mktemp("planted")
    area = load_geography(AREAS).codes("2026")[0]
    rows = [response(area, control=("lot", "some")[at % 2], sex="male" if at < 7 else "female") for at in range(40)]
    analysis = write_analysis(root / "analysis", "2026", rows)
    return publish_wave(analysis, root / "releases", areas=AREAS, benchmarks=BENCHMARKS, now=NOW)


def leaks(folder: Path, releases: Path) -> tuple[Leak, ...]:
    with duckdb.connect(":memory:") as connection:
        return audit_release(
            connection, folder, read_facts(folder), releases, load_geography(AREAS), {**VINTAGE, "2027": "2026"}
        )


def plant(folder: Path, change: str, condition: str, table: str = "estimates") -> None:
    file, other = folder / f"{table}.parquet", folder / "other.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table t as from '{file}'")
        connection.execute(f"update t set {change} where {condition}")
        connection.execute(f"copy t to '{other}' (format parquet)")
    other.replace(file)


def test_a_release_as_it_was_published_gives_nothing_away(release: Path) -> None:
    assert leaks(release, release.parents[1]) == ()


def test_a_share_that_gives_its_rest_away_is_found_in_the_files(release: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(release, tmp_path / "0001"))
    england = "item = 'sex' and level = 'england' and option = 'female' and span = 'wave'"
    plant(folder, "status = 'shown', base = 40, effective = 40, share = 85, low = 71, high = 93, band = ''", england)
    found = leaks(folder, tmp_path)
    assert {leak.item for leak in found} == {"sex"}
    assert any("5 to 7 people" in leak.words for leak in found)
    assert all(cell.option == "female" for leak in found for cell in leak.cells)


def as_another(folder: Path, wave: str, number: int, pooled: str) -> None:
    text = (folder / "release.json").read_text(encoding="utf-8")
    facts = json.loads(text) | {
        "wave": wave,
        "number": number,
        "estimates_from": number,
        "pooled_waves": pooled.split(),
    }
    (folder / "release.json").write_text(json.dumps(facts), encoding="utf-8")


def test_a_figure_that_changed_for_fewer_than_ten_people_is_found(release: Path, tmp_path: Path) -> None:
    """The same wave made again: one more response, and one share a point higher."""
    folder = Path(shutil.copytree(release, tmp_path / "0002"))
    as_another(folder, "2026", 2, "2026")
    assert leaks(folder, release.parents[1]) == ()
    plant(folder, "share = share + 1", "item = 'control' and status = 'shown' and band = '' and span = 'wave'")
    assert any("fewer than ten people are new" in leak.words for leak in leaks(folder, release.parents[1]))


def test_what_came_to_a_wave_is_found_between_its_two_makings(release: Path, tmp_path: Path) -> None:
    """49 to 51 of 100 people said "lot"; made again, with 100 more, it is 49 of 200 at most: no new one said it."""
    old = Path(shutil.copytree(release, tmp_path / "2026" / "0001"))
    new = Path(shutil.copytree(release, tmp_path / "2026" / "0002"))
    as_another(new, "2026", 2, "2026")
    for folder, people, lot in ((old, 100, 50), (new, 200, 24)):
        plant(folder, f"base = {people}, method = 'unweighted'", "item = 'control' and status = 'shown'")
        for option, share in (("lot", lot), ("some", 100 - lot)):
            plant(folder, f"share = {share}", f"item = 'control' and status = 'shown' and option = '{option}'")
        plant(folder, f"count = {people}", "dimension = 'area' and count > 0", "fieldwork")
    assert any("'control'" in leak.words and "nobody" in leak.words for leak in leaks(new, tmp_path))
    for option, share in (("lot", 40), ("some", 60)):
        plant(new, f"share = {share}", f"item = 'control' and status = 'shown' and option = '{option}'")
    assert leaks(new, tmp_path) == ()


def test_a_release_that_contradicts_another_is_held_against_the_rest_and_it_is_said(
    release: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """40 people of two waves together, and 40 in each of them."""
    shutil.copytree(release, tmp_path / "2026" / "0001")
    folder = Path(shutil.copytree(release, tmp_path / "2027" / "0001"))
    as_another(folder, "2027", 1, "2026 2027")
    with caplog.at_level(logging.WARNING, logger="dashboard.publish.audit"):
        found = leaks(folder, tmp_path)
    assert found == ()
    assert any("'control' in release 2026 number 1 contradicts" in record.getMessage() for record in caplog.records)


def test_a_release_that_contradicts_itself_is_refused(release: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(release, tmp_path / "0001"))
    plant(folder, "base = 90", "item = 'control' and level = 'region' and status = 'shown'")
    with pytest.raises(ReleaseError, match="'control' contradicts itself"):
        leaks(folder, tmp_path)
