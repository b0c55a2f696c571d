"""Benchmarks are checked line by line, and the invented ones describe the questionnaire's own groups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.areas import load_geography
from dashboard.publish.benchmarks import Benchmark, BenchmarkError, known_areas, load_benchmarks, unused

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "benchmarks"
HEADER = "dimension,category,area,share,source,date,of\n"
AREAS = {"england", "london", "QE1"}
KNOWN = known_areas(load_geography(ROOT / "data" / "areas"))
GOOD = "sex,female,england,0.6,Census,2021-03,population\nsex,male,england,0.4,Census,2021-03,population\n"


def load(folder: Path, text: str, name: str = "real.csv") -> tuple[Benchmark, ...]:
    (folder / name).write_text(text)
    return load_benchmarks(folder, AREAS, made_up=False)


def test_a_benchmark_is_read_with_its_source_and_date(tmp_path: Path) -> None:
    female, _ = load(tmp_path, HEADER + GOOD)
    assert female == Benchmark("sex", "female", "england", 0.6, "Census", "2021-03", "population")


def test_invented_figures_are_for_made_up_waves_and_for_nothing_else(tmp_path: Path) -> None:
    load(tmp_path, HEADER + GOOD)
    (tmp_path / "illustrative.csv").write_text(HEADER + GOOD.replace("Census", "Invented"))
    assert {each.source for each in load_benchmarks(tmp_path, AREAS, made_up=True)} == {"Invented"}
    assert {each.source for each in load_benchmarks(tmp_path, AREAS, made_up=False)} == {"Census"}


def test_the_invented_file_says_so_in_every_line() -> None:
    found = load_benchmarks(FOLDER, KNOWN, made_up=True)
    assert {each.dimension for each in found} == {"age", "sex", "ethnicity", "language", "limits", "area"}
    assert all(each.source.startswith("Invented") for each in found)


def test_the_invented_groups_are_those_of_the_annual_survey() -> None:
    survey = json.loads((ROOT / "questionnaires" / "phb-annual.json").read_text())
    asked: dict[str, set[str]] = {}
    for section in survey["sections"]:
        for item in (item for page in section["pages"] for item in page["items"]):
            if item.get("role", "").startswith("dimension:"):
                groups = {group["code"] for group in item.get("groups", [])}
                codes = {option["code"] for option in item["options"] if not option.get("missing")}
                asked[item["role"].removeprefix("dimension:")] = groups or codes
    known: dict[str, set[str]] = {}
    for benchmark in load_benchmarks(FOLDER, KNOWN, made_up=True):
        known.setdefault(benchmark.dimension, set()).add(benchmark.category)
    assert known.pop("area") == set(load_geography(ROOT / "data" / "areas").codes("2026"))
    assert known == {dimension: asked[dimension] for dimension in known}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("dimension,", "dim,", "exactly the columns"),
        ("0.6", "60", "line 2: '60' is not a share"),
        ("0.6", "most", "line 2: 'most' is not a share"),
        ("0.6", "0.5", "'sex' in 'england' add up to 0.900"),
        ("female,england", "female,wales", "line 2: 'wales' is no area"),
        ("2021-03,population\nsex,male", "March,population\nsex,male", "'March' is not a date"),
        ("population\nsex,male", "people\nsex,male", "'people' says not whom"),
        ("Census,2021-03,population\nsex,male", ",2021-03,population\nsex,male", "line 2: every column needs a value"),
        ("2021-03,population\nsex,male", "2022-03,population\nsex,male", "mixes dates"),
        ("sex,male,england,0.4", "area,wales,england,1", "line 3: 'wales' is no area; the categories of 'area'"),
        ("sex,male", "sex,female", "2 benchmarks for sex / female / england"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = HEADER + GOOD
    assert old in text
    with pytest.raises(BenchmarkError, match=words):
        load(tmp_path, text.replace(old, new, 1))


def test_the_same_group_in_two_files_is_refused(tmp_path: Path) -> None:
    load(tmp_path, HEADER + GOOD)
    with pytest.raises(BenchmarkError, match="There are 2 benchmarks"):
        load(tmp_path, HEADER + GOOD, "other.csv")


def test_every_problem_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    text = HEADER + GOOD.replace("0.6", "60").replace("male,england,0.4", "male,wales,0.4")
    with pytest.raises(BenchmarkError) as told:
        load(tmp_path, text)
    assert [line.partition("line ")[2][:1] for line in str(told.value).splitlines()] == ["2", "3"]


def test_a_file_saved_by_a_spreadsheet_is_read_and_one_in_another_encoding_refused(tmp_path: Path) -> None:
    assert len(load(tmp_path, "\ufeff" + HEADER + GOOD)) == 2
    (tmp_path / "real.csv").write_text(HEADER + GOOD.replace("Census", "Récensement"), encoding="latin-1")
    with pytest.raises(BenchmarkError, match="not UTF-8"):
        load_benchmarks(tmp_path, AREAS, made_up=False)


def test_groups_that_no_question_asks_about_are_named(tmp_path: Path) -> None:
    found = load(tmp_path, HEADER + GOOD)
    assert unused(found, {"sex": {"female", "male"}, "age": {"old"}}) == ()
    assert "no group dimension; there are age" in unused(found, {"age": {"old"}})[0]
    assert "than its question: male, other" in unused(found, {"sex": {"female", "other"}})[0]
