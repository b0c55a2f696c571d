"""Counts of an analysis file are those that a slow count of its rows gives, whatever the file holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.analysis.tally import Tally
from dashboard.areas import load_geography
from dashboard.publish import rows
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, Item, load_analysis_file
from dashboard.publish.benchmarks import known_areas, load_benchmarks
from dashboard.publish.codes import compacted
from dashboard.publish.counts import WaveCounts, count_answers, weighted_alike
from dashboard.publish.design_effects import design_effects
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, Row, item, people, response, write_analysis

GEOGRAPHY = load_geography(AREAS)
CODES = GEOGRAPHY.codes("2026")
KNOWN = load_benchmarks(BENCHMARKS, known_areas(GEOGRAPHY), made_up=True)
OVERLAPPING = item("difficulty", "choices", "seeing", "hearing", "none", dimension="difficulty", sensitive=True)


def asked() -> list[dict[str, Any]]:
    """The usual items and a dimension whose groups overlap."""
    return [*ITEMS, OVERLAPPING]


def answers(number: int, seed: int = 3) -> list[dict[str, Any]]:
    """Made-up answers, some of them withdrawn without having been emptied."""
    random = np.random.default_rng(seed)
    found = []
    for row in people(number, "2026", seed=seed):
        if random.random() < 0.9:
            row |= {f"difficulty__{code}": int(random.random() < 0.4) for code in ("seeing", "hearing", "none")}
        found.append({**row, "meta_status": "withdrawn"} if random.random() < 0.05 else row)
    return found


def counted(file: AnalysisFile, **more: Any) -> WaveCounts:
    with duckdb.connect(":memory:") as connection:
        return count_answers(connection, file, CODES, KNOWN, **more)


def picked(row: Row, item: Item) -> set[str] | None:
    """The options, as results show them, that a row has for an item; None without an answer."""
    if item.takes_several:
        values = {option.code: row.get(f"{item.id}__{option.code}") for option in item.options}
        return None if None in values.values() else {code for code, value in values.items() if value == 1}
    answer = row.get(item.id)
    return None if answer is None else {option.code for option in item.options if str(answer) in option.codes}


def slowly(chosen: Sequence[tuple[Row, float]], item: Item) -> Iterator[tuple[int, float, float]]:
    """People, weights and squares of the base, the options and the measure."""
    tests: list[Callable[[set[str]], bool]] = [lambda codes: True]
    tests += [lambda codes, code=option.code: code in codes for option in item.options]  # type: ignore[misc]
    if item.good:
        tests.append(lambda codes: bool(codes & set(item.good)))
    for test in tests:
        found = [weight for row, weight in chosen if (codes := picked(row, item)) is not None and test(codes)]
        yield len(found), sum(found), sum(weight**2 for weight in found)


def check(tally: Tally, number: int, chosen: Sequence[tuple[Row, float]], item: Item) -> None:
    people, weights, squares = zip(*slowly(chosen, item), strict=True)
    assert tuple(tally.people[number]) == people
    assert tally.weights[number] == pytest.approx(weights, rel=1e-12)
    assert tally.squares[number] == pytest.approx(squares, rel=1e-12)


def weights_of(file: AnalysisFile, counts: WaveCounts, everyone: Sequence[Row]) -> list[float]:
    """The weight of each row, from the cell it is in."""
    if counts.weighting.weights is None:
        return [1.0] * len(everyone)
    cells = {
        tuple(cell): weight
        for cell, weight in zip(counts.cells.categories.tolist(), counts.weighting.weights.tolist(), strict=True)
    }
    found = []
    for row in everyone:
        codes = [picked(row, dimension) for dimension in counts.cells.dimensions]
        places = [[option.code for option in each.options] for each in counts.cells.dimensions]
        cell = tuple(len(of) if code is None else of.index(*code) for code, of in zip(codes, places, strict=True))
        found.append(cells[cell])
    return found


@pytest.mark.parametrize("weighted", [True, False])
def test_counts_are_those_of_a_slow_count_by_area_and_by_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weighted: bool
) -> None:
    monkeypatch.setattr(rows, "PORTION", 41)
    everyone = answers(150)
    file = load_analysis_file(write_analysis(tmp_path, "2026", everyone, items=asked()))
    counts = counted(file, weighted=weighted)
    assert counts.weighted == weighted
    still = [row for row in everyone if row["meta_status"] != "withdrawn"]
    weights = weights_of(file, counts, still)
    assert (len(set(weights)) > 1) == weighted
    opinions = [each for each in file.items if each.dimension is None]
    dimensions = [each for each in file.items if each.dimension is not None]
    for each in file.items:
        own = [1.0] * len(still) if each.dimension else weights
        assert counts.by_item[each.id].people.shape == (len(CODES) + 1, len(each.column_options) + 1)
        for number, area in enumerate([*CODES, None]):
            chosen = [(row, weight) for row, weight in zip(still, own, strict=True) if row["meta_area"] == area]
            check(counts.by_item[each.id], number, chosen, each)
    assert counts.groups.keys() == {(each.id, group.dimension) for each in opinions for group in dimensions}
    for group in dimensions:
        in_group = [(row, weight, picked(row, group) or set()) for row, weight in zip(still, weights, strict=True)]
        for number, code in enumerate([*(option.code for option in group.options), None]):
            chosen = [(row, weight) for row, weight, codes in in_group if (code in codes if code else not codes)]
            for each in opinions:
                check(counts.groups[each.id, group.dimension or ""], number, chosen, each)


def test_a_file_without_answers_counts_nobody_in_every_base(tmp_path: Path) -> None:
    file = load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1"), response(None)]))
    counts = counted(file)
    assert (counts.responses, counts.weighted) == (2, False)
    assert "Too few people" in counts.weighting.reason
    assert not any(tally.people.any() for tally in [*counts.by_item.values(), *counts.groups.values()])


def test_one_response_is_counted_and_not_weighted(tmp_path: Path) -> None:
    file = load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1", control="lot", sex="female")]))
    counts = counted(file)
    assert counts.by_item["control"].people[CODES.index("QE1")].tolist() == [1, 1, 0, 0, 1]
    assert not counts.weighted
    assert design_effects(counts, file.items) == {}


def test_no_response_is_said_to_be_nothing_to_publish(tmp_path: Path) -> None:
    file = load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1", status="withdrawn")]))
    with pytest.raises(AnalysisFileError, match="holds no response: there is nothing to publish of 2026"):
        counted(file)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"control": "plenty"}, "has 'plenty' for 'control', which its codebook does not know"),
        ({"say": 7}, "has '7' for 'say', which its codebook does not know"),
    ],
)
def test_codes_of_an_older_questionnaire_are_named(tmp_path: Path, answers: Mapping[str, Any], words: str) -> None:
    file = load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1", **answers), response("QE1")]))
    with pytest.raises(AnalysisFileError, match=words):
        counted(file)


def test_a_number_that_is_neither_0_nor_1_is_refused(tmp_path: Path) -> None:
    row = {**response("QE1", help=("peer",)), "help__nothing": 3}
    file = load_analysis_file(write_analysis(tmp_path, "2026", [row]))
    with pytest.raises(AnalysisFileError, match="other numbers than 0 and 1 for 'help'"):
        counted(file)


def test_columns_of_an_older_questionnaire_are_missed(tmp_path: Path) -> None:
    file = load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1")], leave_out="say"))
    with pytest.raises(AnalysisFileError, match=r"lacks 1 columns .*: say. Export the wave again"):
        counted(file)


def test_invitations_and_pages_are_read_from_the_codebook(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path, "2026", [response("QE1")])
    assert (load_analysis_file(folder).invited, load_analysis_file(folder).pages) == ({}, ())
    book = json.loads((folder / "codebook.json").read_text())
    book["wave"]["invited"] = {"QE1": 12}
    book["pages"] = [{"id": "first", "text": "One"}, {"id": "second", "text": "Two"}]
    (folder / "codebook.json").write_text(json.dumps(book))
    file = load_analysis_file(folder)
    assert (file.invited, file.pages) == ({"QE1": 12}, ("first", "second"))


def test_years_that_are_added_up_are_weighted_all_or_none(tmp_path: Path) -> None:
    many = counted(load_analysis_file(write_analysis(tmp_path, "2025", answers(120), items=asked(), vintage="2026")))
    few = counted(load_analysis_file(write_analysis(tmp_path, "2026", [response("QE1", control="lot")])))
    assert weighted_alike([many, many, few], {0, 1}) == (many, many, few)
    alike = weighted_alike([many, few], {0, 1})
    assert [each.weighted for each in alike] == [False, False]
    assert "could not be weighted" in alike[0].weighting.reason
    tally = alike[0].by_item["control"]
    assert tally.weights.tolist() == tally.squares.tolist() == tally.people.tolist()


@pytest.mark.parametrize("below", [8, 2**40])
def test_values_are_numbered_in_their_order(below: int) -> None:
    kept, places = compacted(np.array([7, 2, 2, 5]), below)
    assert (kept.tolist(), places.tolist()) == ([2, 5, 7], [2, 0, 0, 1])
