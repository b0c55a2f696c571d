"""Releases before and after a few more responses, a withdrawal, a changed answer: nothing of the few follows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.publish.steps import Again
from dashboard.publish.wave import publish_wave
from dashboard.tables import TABLES
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, Row, people, response, write_analysis

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LATE = Again("ana", "Answers on paper came in late.")
PLACE = "QE1"
SOME = [item for item in ITEMS if item["id"] in ("taking_part", "control", "sex")]
COUNTED_ANYWAY = {"fieldwork", "coverage"}
"""Counts of responses, to the nearest 5, of every release: who took part, and nothing that was said."""


Story = Mapping[str, Path]
"""Releases of one wave: the `first`, and what was made again after it."""


def newcomer(number: int, **answers: Any) -> Row:
    usual = {"control": ("none", "some", "lot")[number % 3], "sex": "male"}
    return {**response(PLACE, **{**usual, **answers}), "response": f"new-{number}"}


def nine_men() -> list[Row]:
    """150 people; nine men, so that one more makes a group that people can be weighted by."""
    found: list[Row] = []
    for at, row in enumerate(people(150, "2026", seed=11)):
        answered = {key: value for key, value in row.items() if key != "sex__missing"}
        found.append({**answered, "sex": "male" if at < 9 else "female"})
    return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("story")
    first = nine_men()
    made = {"first": publish(folder, first)}
    for what, rows in {
        "one more man": [*first, newcomer(0)],
        "a man who withdrew, and a changed answer": [
            {**first[0], "control": "none" if first[0].get("control") != "none" else "lot"},
            *first[1:],
        ],
        "five more": [*first, *(newcomer(number) for number in range(5))],
    }.items():
        copied = Path(shutil.copytree(folder, tmp_path_factory.mktemp("again") / "copy"))
        made[what] = publish(copied, rows, again=LATE)
    ten = [*first, *(newcomer(number) for number in range(10))]
    return {**made, "five and five more": publish(made["five more"].parents[2], ten, again=LATE)}


def publish(folder: Path, rows: Sequence[Row], again: Again | None = None) -> Path:
    analysis = write_analysis(folder / "a", "2026", rows, items=SOME)
    return publish_wave(analysis, folder / "r", areas=AREAS, benchmarks=BENCHMARKS, again=again, now=NOW)


def contents(release: Path) -> dict[str, Any]:
    """Everything a release says but who took part, when and why it was made, and its number."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        tables = {
            name: connection.execute(f"select {', '.join(columns)} from '{release / name}.parquet'").fetchall()
            for name in TABLES.keys() - COUNTED_ANYWAY
            for columns in [[column for column in TABLES[name] if column != "release"]]
        }
    facts, report = (json.loads((release / name).read_text()) for name in ("release.json", "quality.json"))
    kept = {key: facts[key] for key in ("method", "methods", "pooled_waves", "vintage")}
    return {**tables, **kept, **{key: value for key, value in report.items() if key != "changes"}}


@pytest.mark.parametrize("what", ["one more man", "a man who withdrew, and a changed answer", "five more"])
def test_a_release_says_the_same_as_the_one_before_where_fewer_than_ten_came(story: Story, what: str) -> None:
    """With the tenth man people could be weighted by sex: that they are not yet keeps him to himself."""
    before, after = contents(story["first"]), contents(story[what])
    assert {name for name in before if before[name] != after[name]} == set()


def test_five_and_then_five_more_are_ten_and_only_then_figures_and_weights_change(story: Story) -> None:
    before, after = contents(story["five more"]), contents(story["five and five more"])
    assert {name for name in before if before[name] != after[name]} >= {"estimates", "method", "weighting"}
    assert "not weighted" in before["method"]["weighting"]
    assert "Figures are weighted" in after["method"]["weighting"]


def test_figures_that_changed_are_of_places_with_all_ten(story: Story) -> None:
    columns = list(TABLES["estimates"])
    before, after = (
        {row[:7]: dict(zip(columns, row, strict=True)) for row in contents(story[what])["estimates"]}
        for what in ("five more", "five and five more")
    )
    changed = {key for key in after if {**after[key], "nearest_safe": 0} != {**before[key], "nearest_safe": 0}}
    assert {key[3] for key in changed if key[2] == "area"} <= {PLACE}
    assert len({key[3] for key in changed if key[2] == "region"}) <= 1
    assert "control" in {key[4] for key in changed}
