"""How many answered in each place, beside those invited and those who have a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.areas import load_geography
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, load_analysis_file
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.coverage import (
    CHANGED_GROUND,
    FEW_ANSWERED,
    FEW_INVITED_ANSWERED,
    MORE_THAN_INVITED,
    NO_BENCHMARK,
    NOBODY_INVITED,
    OTHER_GROUND,
    Located,
    add_up_to_places,
    count_located,
    coverage_rows,
)
from dashboard.release import Level
from dashboard.tables import COVERAGE
from tests.dashboard.analysis_files import AREAS, response
from tests.dashboard.crowds import write_crowd

GEOGRAPHY = load_geography(AREAS)
CODES = GEOGRAPHY.codes("2026")
LONDON = [area.code for area in GEOGRAPHY.lists["2026"] if area.region == "London"]
FIRST, SECOND, *OTHERS = LONDON
Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> AnalysisFile:
    """A wave on the list of 2026, with an open link alone."""
    return load_analysis_file(write_crowd(tmp_path_factory.mktemp("wave"), [response(FIRST)]))


@pytest.fixture
def invited(file: AnalysisFile) -> AnalysisFile:
    """A wave with invitations to two areas of London."""
    return replace(file, invited={FIRST: 203, SECOND: 40})


def located(answered: Mapping[str, int], by_invitation: Mapping[str, int] | None = None) -> Located:
    return Located(answered, answered if by_invitation is None else by_invitation, 0)


def rows_of(file: AnalysisFile, people: Located, benchmarks: Sequence[Benchmark] = ()) -> dict[tuple[str, str], Row]:
    """The rows by list and code."""
    rows = [dict(zip(COVERAGE, row, strict=True)) for row in coverage_rows(GEOGRAPHY, file, people, benchmarks)]
    found: dict[tuple[str, str], Row] = {(str(row["vintage"]), str(row["area"])): row for row in rows}
    assert len(found) == len(rows)
    return found


def shares(of_area: Mapping[str, float], of: str = "phb_holders") -> list[Benchmark]:
    return [
        Benchmark("area", code, "england", share, f"Source of {code}", "2026-03", of) for code, share in of_area.items()
    ]


def test_every_region_and_area_of_every_list_has_a_row(file: AnalysisFile) -> None:
    found = rows_of(file, located({FIRST: 30}))
    assert sum(row["level"] == "region" for row in found.values()) == 7 * len(GEOGRAPHY.lists)
    assert {code for vintage, code in found if vintage == "2023"} >= set(GEOGRAPHY.codes("2023"))
    assert "england" not in {row["level"] for row in found.values()}


def test_counts_are_rounded_or_in_a_band(file: AnalysisFile) -> None:
    found = rows_of(file, located({FIRST: 23, SECOND: 9}))
    assert (found["2026", FIRST]["count"], found["2026", FIRST]["band"]) == (25, "")
    assert (found["2026", SECOND]["count"], found["2026", SECOND]["band"]) == (None, "under 10")
    assert found["2026", "london"]["count"] == found["2023", "london"]["count"] == 30


def test_areas_of_another_list_have_what_adds_up_to_them_and_no_more(file: AnalysisFile) -> None:
    exact = {code: GEOGRAPHY.is_exact("2023", code) for code in GEOGRAPHY.codes("2023")}
    found = rows_of(file, located(dict.fromkeys(CODES, 20)))
    for code, is_exact in exact.items():
        parts = GEOGRAPHY.members("2026", GEOGRAPHY.block_of["2023", code])
        row = found["2023", code]
        assert row["count"] == (20 * len(parts) if is_exact else None)
        assert (CHANGED_GROUND in row["reason"]) is not is_exact
    assert not all(exact.values())


def test_with_an_open_link_alone_there_is_no_response_rate(file: AnalysisFile) -> None:
    row = rows_of(file, located({FIRST: 30}, {}))["2026", FIRST]
    assert (row["invited"], row["response_rate"]) == (None, None)
    assert row["reason"] == f"{NOBODY_INVITED} {NO_BENCHMARK}"


def test_the_response_rate_is_of_rounded_numbers_and_of_people_who_were_invited(invited: AnalysisFile) -> None:
    found = rows_of(invited, located({FIRST: 63, SECOND: 40}, {FIRST: 42, SECOND: 9}))
    first, second, london = found["2026", FIRST], found["2026", SECOND], found["2026", "london"]
    assert (first["count"], first["invited"], first["response_rate"]) == (65, 205, 20)
    assert (second["invited"], second["response_rate"]) == (40, None)
    assert FEW_INVITED_ANSWERED in second["reason"]
    assert (london["invited"], london["response_rate"]) == (245, 20)


@pytest.mark.parametrize(
    ("people", "rate", "reason"), [(40, 100, ""), (0, None, FEW_INVITED_ANSWERED), (60, None, MORE_THAN_INVITED)]
)
def test_everyone_nobody_or_too_many_answered(
    invited: AnalysisFile, people: int, rate: int | None, reason: str
) -> None:
    row = rows_of(invited, located({SECOND: people}))["2026", SECOND]
    assert row["response_rate"] == rate
    assert reason in row["reason"]


def test_places_are_compared_with_their_share_of_budget_holders(file: AnalysisFile) -> None:
    benchmarks = shares({FIRST: 0.25, SECOND: 0.15, CODES[0]: 0.6})
    found = rows_of(file, located({FIRST: 40, SECOND: 41, CODES[0]: 120}), benchmarks)
    first, london = found["2026", FIRST], found["2026", "london"]
    assert (first["benchmark_share"], first["benchmark_of"]) == (25.0, "phb_holders")
    assert (first["benchmark_source"], first["benchmark_date"]) == (f"Source of {FIRST}", "2026-03")
    assert first["ratio"] == pytest.approx(40 / 200 / 0.25, abs=0.05)
    assert first["ratio_low"] < first["ratio"] < first["ratio_high"]
    assert first["missing"] == 10
    assert (london["benchmark_share"], london["ratio"], london["missing"]) == (40.0, 1.0, 0)
    assert found["2026", SECOND]["missing"] == 0


def test_without_ten_people_or_a_benchmark_of_the_place_it_says_why(file: AnalysisFile) -> None:
    found = rows_of(file, located({FIRST: 9, SECOND: 30}), shares({FIRST: 1.0}))
    assert (found["2026", FIRST]["ratio"], found["2026", FIRST]["benchmark_share"]) == (None, 100.0)
    assert FEW_ANSWERED in found["2026", FIRST]["reason"]
    assert OTHER_GROUND in found["2026", SECOND]["reason"]


def test_a_benchmark_by_another_list_holds_for_what_it_adds_up_to(file: AnalysisFile) -> None:
    old = GEOGRAPHY.codes("2023")
    found = rows_of(file, located(dict.fromkeys(CODES, 20)), shares({code: 1 / len(old) for code in old}))
    for code in CODES:
        row, exact = found["2026", code], GEOGRAPHY.is_exact("2026", code)
        parts = GEOGRAPHY.members("2023", GEOGRAPHY.block_of["2026", code])
        assert row["benchmark_share"] == (round(100 * len(parts) / len(old), 1) if exact else None)
        assert (OTHER_GROUND in row["reason"]) is not exact


def test_a_benchmark_by_region_holds_for_regions(file: AnalysisFile) -> None:
    found = rows_of(file, located({FIRST: 50, CODES[0]: 50}), shares({"london": 0.3, "midlands": 0.7}))
    assert (found["2026", "london"]["benchmark_share"], found["2023", "london"]["benchmark_share"]) == (30.0, 30.0)
    assert OTHER_GROUND in found["2026", FIRST]["reason"]


def test_nobody_at_all_is_no_ratio(file: AnalysisFile) -> None:
    found = rows_of(file, located({}), shares({FIRST: 1.0}))
    assert {row["ratio"] for row in found.values()} == {row["count"] for row in found.values()} == {None}


@pytest.mark.parametrize("wrong", [{"QQQ": 10}, {FIRST: -1}])
def test_invitations_to_nowhere_are_an_error(file: AnalysisFile, wrong: Mapping[str, int]) -> None:
    with pytest.raises(AnalysisFileError, match="invitations"):
        rows_of(replace(file, invited=wrong), located({FIRST: 20}))


def test_people_are_counted_by_area_and_by_how_it_is_known(tmp_path: Path) -> None:
    invitation = {"meta_area_source": "invitation"}
    rows = [{**response(FIRST), **invitation}] * 12 + [{**response(FIRST), "meta_area_source": "answer"}] * 3
    rows += [{**response(SECOND, status="started"), **invitation}] * 2
    rows += [{**response(FIRST, status="withdrawn"), **invitation}] * 9 + [response(None)] * 4
    with duckdb.connect(":memory:") as connection:
        found = count_located(connection, load_analysis_file(write_crowd(tmp_path, rows)))
        older = load_analysis_file(write_crowd(tmp_path / "older", rows, without={"meta_area_source"}))
        assert count_located(connection, older).by_invitation == {FIRST: 0, SECOND: 0}
    assert found == Located({FIRST: 15, SECOND: 2}, {FIRST: 12, SECOND: 2}, 4)


def test_regions_add_up_to_everyone_on_every_list() -> None:
    places = add_up_to_places(GEOGRAPHY, "2026", dict.fromkeys(CODES, 1))
    for vintage in GEOGRAPHY.lists:
        regions = [places[key] or 0 for key in places if key[:2] == (vintage, Level.REGION)]
        assert sum(regions) == len(CODES)
