"""The CSV of a view: exactly the cells of the release, and a reason where there is no number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb
import pytest

from dashboard.address import AddressError, read_download
from dashboard.data import Releases
from dashboard.downloads.csv_file import write_csv
from tests.dashboard.releases import write_release


def download(releases: Releases, query: str) -> list[dict[str, str]]:
    _name, text = write_csv(releases, read_download(query))
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("span", ["wave", "pooled"])
def test_the_numbers_are_exactly_those_of_the_release(releases: Releases, releases_folder: Path, span: str) -> None:
    rows = download(releases, f"page=results&place=areas&question=talk_matters&answer=little&period={span}")
    found = {
        row["area"]: tuple(row[name] for name in ("status", "base", "share", "band", "low", "high")) for row in rows
    }
    file = releases_folder / "2026" / "0002" / "estimates.parquet"
    with duckdb.connect(":memory:") as memory:
        expected = memory.execute(
            "select area, status, base, share, band, low, high from read_parquet(?) where item = 'talk_matters'"
            " and option = 'little' and level = 'area' and vintage = '2026' and span = ?",
            [str(file), span],
        ).fetchall()
    assert found == {row[0]: tuple("" if value is None else str(value) for value in row[1:]) for row in expected}
    assert {row["years"] for row in rows} == {"wave" if span == "wave" else "2024+2025+2026"}


def test_every_row_says_which_release_it_is_from(releases: Releases) -> None:
    for page in ("overview", "results", "missing"):
        for row in download(releases, f"page={page}&wave=2026"):
            assert (row["wave"], row["release"], row["released_on"]) == ("2026", "2", "2026-11-12")
            assert (row["step"], row["made_up"], row["vintage"]) == ("provisional", "yes", "2026")


def test_a_place_gives_a_row_for_each_answer(releases: Releases) -> None:
    rows = download(releases, "page=results&question=talk_matters")
    assert [(row["option"], row["answer"], row["share"]) for row in rows] == [
        ("enough", "Yes, enough time", "64"),
        ("little", "A little", "27"),
        ("no", "No", "9"),
    ]


def test_who_is_missing_and_the_counts_are_had_as_well(releases: Releases) -> None:
    polish = next(row for row in download(releases, "page=missing") if row["category"] == "polish")
    assert (polish["missing"], polish["benchmark_of"], polish["ratio_high"]) == ("15", "phb_holders", "0.6")
    clear = {row["category"]: row["clearly_missing"] for row in download(releases, "page=missing")}
    assert (clear["polish"], clear["male"], clear["urdu"]) == ("yes", "no", "")
    counts = {row["area"]: row for row in download(releases, "page=overview")}
    assert len(counts) == 37
    assert (counts["unknown"]["status"], counts["unknown"]["began"]) == ("shown", "15")
    assert (counts["D7T5G"]["status"], counts["D7T5G"]["began"]) == ("break", "")
    assert ("", "under 10") in {(row["began"], row["band"]) for row in counts.values()}


def test_the_weeks_are_had_beside_those_of_the_wave_before(releases: Releases) -> None:
    _name, text = write_csv(releases, read_download("page=overview"), "weeks")
    weeks = list(csv.DictReader(io.StringIO(text)))
    assert len(weeks) == 8
    assert (weeks[0]["week_beginning"], weeks[0]["began"]) == ("2026-09-07", "35")
    assert (weeks[0]["wave_before"], weeks[0]["began_before"]) == ("2025", "35")
    assert (weeks[4]["began"], weeks[4]["band"], weeks[4]["band_before"]) == ("", "under 10", "under 10")


def test_the_file_is_named_after_what_it_holds(releases: Releases) -> None:
    name, _text = write_csv(releases, read_download("page=results"))
    assert name == "phb-results-2026-release-2-provisional.csv"
    name, _text = write_csv(releases, read_download("page=results&wave=2025"))
    assert name == "phb-results-2025-release-1.csv"


def test_a_table_is_asked_for_by_its_name(releases: Releases) -> None:
    address = read_download("page=missing")
    assert write_csv(releases, address, "groups") == write_csv(releases, address)
    with pytest.raises(AddressError, match="table"):
        write_csv(releases, address, "people")


def test_a_text_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    items = (folder / "items.json").read_text().replace("A little", "=1+1")
    (folder / "items.json").write_text(items)
    rows = download(Releases(tmp_path), "page=results&question=talk_matters")
    assert rows[1]["answer"] == "'=1+1"
