"""The files of a release folder, byte by byte: nothing of hidden rows in order, statistics or words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.areas import load_geography
from dashboard.publish.analysis_file import load_analysis_file
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.counts import count_answers
from dashboard.publish.method import describe_weighted, describe_weighting
from dashboard.publish.wave import publish_wave
from dashboard.release import Status, check_release
from dashboard.tables import TABLES
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, Row, people, response, write_analysis

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
SOME = [item for item in ITEMS if item["id"] in ("control", "sex", "say")]
KEYS = {"span", "vintage", "level", "area", "item", "option", "dimension", "category"}
NUMBERS = ("base", "effective", "share", "low", "high")
SHOWN_TABLES = [name for name, columns in TABLES.items() if "status" in columns]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 200 people everyone who was asked how much say they have has all of it; one only uses the app in Polish."""
    rows: list[Row] = [
        {**row, "say": 3, "say__missing": None} if row.get("say") is not None else row
        for row in people(200, "2026", seed=3)
    ]
    rows.append({**response("QE1", control="lot", sex="male"), "response": "one", "meta_locale": "pl"})
    root = tmp_path_factory.mktemp("files")
    analysis = write_analysis(root / "a", "2026", rows, items=SOME)
    return publish_wave(analysis, root / "r", areas=AREAS, benchmarks=BENCHMARKS, now=NOW)


def read(release: Path, name: str) -> list[Mapping[str, Any]]:
    found = duckdb.connect(":memory:").execute(f"from '{release / name}.parquet'").fetchall()
    return [dict(zip(TABLES[name], row, strict=True)) for row in found]


def rows_of(file: Path, query: str) -> Sequence[tuple[Any, ...]]:
    return duckdb.connect(":memory:").execute(query.format(file=f"'{file}'")).fetchall()


def test_statistics_in_the_files_are_those_of_shown_cells(release: Path) -> None:
    """Parquet keeps the least and the most of each column, and how many are empty."""
    check_release(release)
    for name in SHOWN_TABLES:
        shown = [row for row in read(release, name) if row["status"] == Status.SHOWN]
        kept = rows_of(
            release / f"{name}.parquet",
            "select path_in_schema, stats_min_value, stats_max_value from parquet_metadata({file})",
        )
        for column, least, most in kept:
            values = [row[column] for row in shown if row[column] is not None]
            if column in NUMBERS and least is not None:
                assert (int(least), int(most)) == (min(values), max(values)), (name, column)


def test_a_file_carries_no_words_of_its_own(release: Path) -> None:
    for name in TABLES:
        file = release / f"{name}.parquet"
        assert rows_of(file, "select key from parquet_kv_metadata({file})") == []
        ((by,),) = rows_of(file, "select distinct created_by from parquet_file_metadata({file})")
        assert by.startswith("DuckDB")


def test_the_order_of_rows_is_that_of_the_lists_whatever_people_said(release: Path, tmp_path: Path) -> None:
    """Another wave of the same questions, of other people, has its rows in the same order."""
    analysis = write_analysis(tmp_path / "a", "2026", people(60, "2026", seed=8), items=SOME)
    other = publish_wave(analysis, tmp_path / "r", areas=AREAS, benchmarks=BENCHMARKS, now=NOW)
    for name in ("estimates", "groups", "comparisons", "coverage"):
        keys = [column for column in TABLES[name] if column in KEYS]
        one, two = ([tuple(row[key] for key in keys) for row in read(each, name)] for each in (release, other))
        assert one == two, name


def test_no_way_of_answering_of_fewer_than_ten_is_named_where_people_stop(release: Path) -> None:
    """That a language is listed would say that somebody uses it."""
    named = {(row["dimension"], row["category"]) for row in read(release, "non_response")}
    assert ("language", "pl") not in named
    assert ("language", "en") in named


def test_there_is_no_design_effect_of_what_everyone_said(release: Path) -> None:
    """It would be missing where all are alike, and there where all but one are: so it is of neither."""
    report = json.loads((release / "quality.json").read_text())
    assert {each["item"] for each in report["design_effects"]} == {"control"}
    england = [row for row in read(release, "estimates") if (row["span"], row["area"]) == ("wave", "england")]
    assert {row["band"] for row in england if row["item"] == "say"} <= {"under", "over", ""}


def test_the_words_of_a_release_hold_coarse_numbers_alone(release: Path) -> None:
    """People to the nearest 5, shares and weights to a tenth at most; years, limits and versions are of the survey."""
    facts = json.loads((release / "release.json").read_text())
    report = json.loads((release / "quality.json").read_text())
    words = json.dumps([facts["method"], facts["methods"], facts["notes"], report["weighting"]])
    for number in re.findall(r"\d+\.\d+", words):
        assert len(number.partition(".")[2]) == 1, number
    assert facts["responses"] % 5 == 0
    for rate in (*report["breaks_off"], *report["left_out"]):
        assert rate["base"] % 5 == 0
        assert rate["share"] == int(rate["share"])
    for each in report["design_effects"]:
        assert each["value"] == round(each["value"], 1)


def test_small_groups_that_are_weighted_with_others_are_not_named(tmp_path: Path) -> None:
    """Which groups are of fewer than ten would say which of two hidden ones is the small one: if it were not both, the
    other would be ten at least, and of 16 in both the small one could not be eight.
    """
    file = load_analysis_file(write_analysis(tmp_path / "a", "2026", people(200, "2026", seed=4)))
    of = {"area": "england", "source": "A list", "date": "2026", "of": "phb_holders"}
    shares = {"white": 0.6, "asian": 0.2, "black": 0.15, "other": 0.05}
    known = [Benchmark("ethnicity", code, share=share, **of) for code, share in shares.items()]
    with duckdb.connect(":memory:") as connection:
        weighting = count_answers(connection, file, load_geography(AREAS).codes("2026"), known).weighting
    assert weighting.raked is not None
    assert [label for each in weighting.raked.collapsed for label in each.labels] == ["Other"]
    words = json.dumps([describe_weighting(weighting), describe_weighted(file, [weighting])])
    assert "ethnic group" in words
    assert not {"Other", "Black", "Asian"} & set(re.findall(r"\w+", words))
