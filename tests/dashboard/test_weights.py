"""People are weighted to the benchmarks of those who have a budget, and whoever reads a release is told how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.analysis.estimation.design import raked_design
from dashboard.analysis.estimation.proportions import estimate_proportion
from dashboard.areas import load_geography
from dashboard.publish.analysis_file import AnalysisFile, load_analysis_file
from dashboard.publish.benchmarks import Benchmark, known_areas, load_benchmarks
from dashboard.publish.counts import WaveCounts, count_answers
from dashboard.publish.design_effects import design_effects
from dashboard.publish.method import NOT_WEIGHTED, describe_weighted, describe_weighting
from dashboard.publish.weights import WEIGHT_FILES, Weighting, WeightingError, weight_ratio, write_weights
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, people, response, write_analysis

GEOGRAPHY = load_geography(AREAS)
CODES = GEOGRAPHY.codes("2026")
KNOWN = load_benchmarks(BENCHMARKS, known_areas(GEOGRAPHY), made_up=True)


def wave(folder: Path, rows: Sequence[dict[str, Any]]) -> AnalysisFile:
    named = [{**row, "response": f"r{number}"} for number, row in enumerate(rows)]
    return load_analysis_file(write_analysis(folder, "2026", named))


def counted(file: AnalysisFile, benchmarks: Sequence[Benchmark] = KNOWN, **more: Any) -> WaveCounts:
    with duckdb.connect(":memory:") as connection:
        return count_answers(connection, file, CODES, benchmarks, **more)


def sex(female: float, **changes: str) -> tuple[Benchmark, ...]:
    usual = {"area": "england", "source": "A count", "date": "2026-03", "of": "phb_holders", **changes}
    return tuple(
        Benchmark("sex", code, share=share, **usual) for code, share in (("female", female), ("male", 1 - female))
    )


def groups(**shares: float) -> tuple[Benchmark, ...]:
    about = {"area": "england", "source": "A list", "date": "2026", "of": "phb_holders"}
    return tuple(Benchmark("ethnicity", code, share=share, **about) for code, share in shares.items())


def hundred(folder: Path) -> AnalysisFile:
    """60 women, 30 men, and 10 people who did not say; half of each has a lot of control."""
    groups = [("female", 60), ("male", 30), (None, 10)]
    rows = [
        response("QE1", sex=code, control=("lot", "none")[number % 2])
        for code, size in groups
        for number in range(size)
    ]
    return wave(folder, [*rows, response("QE1", status="withdrawn")])


def shares(counts: WaveCounts, dimension: str) -> list[float]:
    """Weighted shares of the categories of a dimension, not known the last."""
    place = [each.dimension for each in counts.cells.dimensions].index(dimension)
    weights = counts.weighting.weights
    assert weights is not None
    sums = np.bincount(counts.cells.categories[:, place], weights=weights * counts.cells.people)
    return (sums / sums.sum()).tolist()  # type: ignore[no-any-return]


def test_weighted_people_have_the_shares_of_every_benchmark(tmp_path: Path) -> None:
    benchmarks = (*sex(0.4), *groups(white=0.6, asian=0.2, black=0.15, other=0.05))
    counts = counted(wave(tmp_path, people(200, "2026", seed=4)), benchmarks)
    assert shares(counts, "sex") == pytest.approx([0.4, 0.6])
    assert counts.weighting.raked is not None
    white, asian, *few = shares(counts, "ethnicity")
    assert [collapsed.labels for collapsed in counts.weighting.raked.collapsed] == [("Other",)]
    assert (white, asian, sum(few)) == pytest.approx((0.6, 0.2, 0.2))


def test_people_who_did_not_say_keep_their_own_share(tmp_path: Path) -> None:
    counts = counted(hundred(tmp_path), sex(0.5))
    assert shares(counts, "sex") == pytest.approx([0.45, 0.45, 0.1])
    weights = counts.weighting.weights
    assert weights is not None
    assert sorted(weights.tolist()) == pytest.approx([0.75, 1, 1.5])
    assert weight_ratio([counts.weighting]) == 2.0
    assert counts.by_item["sex"].weights.tolist() == counts.by_item["sex"].people.tolist()


@pytest.mark.parametrize(
    "benchmarks",
    [
        (),
        sex(0.5, of="population"),
        sex(0.5, area="QE1"),
        sex(0.5)[:1],
    ],
)
def test_without_a_benchmark_of_budget_holders_nobody_is_weighted(
    tmp_path: Path, benchmarks: tuple[Benchmark, ...]
) -> None:
    counts = counted(hundred(tmp_path), benchmarks)
    assert not counts.weighted
    said = describe_weighting(counts.weighting)
    assert said.startswith(NOT_WEIGHTED)
    assert "no benchmark of the people who have a budget" in said


def test_whoever_wants_no_weights_gets_none_and_readers_are_told(tmp_path: Path) -> None:
    counts = counted(hundred(tmp_path), sex(0.5), weighted=False)
    assert not counts.weighted
    assert "Whoever published them chose so" in describe_weighting(counts.weighting)


def test_readers_are_told_margins_source_merged_groups_limits_and_design_effect(tmp_path: Path) -> None:
    file = wave(tmp_path, people(200, "2026", seed=4))
    weighting = counted(file, (*sex(0.4), *groups(white=0.6, asian=0.2, black=0.15, other=0.05))).weighting
    said = describe_weighting(weighting)
    for words in (
        "those of sex, ethnic group.",
        "count together with the next, of ethnic group.",
        "design effect is 1.",
        "0.2 and 5",
    ):
        assert words in said
    told = describe_weighted(file, [weighting, weighting])
    assert told["benchmark"] == "sex: A count, 2026-03; ethnic group: A list, 2026"
    assert told["capped"] == "0%"
    raked = weighting.raked
    assert raked is not None
    assert 0 <= float(told["weight_ratio"]) - raked.largest / raked.smallest < 0.1


def test_readers_are_told_when_the_limits_keep_a_group_from_its_benchmark(tmp_path: Path) -> None:
    benchmarks = (*sex(0.4), *groups(white=0.6, asian=0.2, black=0.15, other=0.05))
    weighting = counted(wave(tmp_path, people(120, "2026", seed=4)), benchmarks).weighting
    said = describe_weighting(weighting)
    assert "43% of people are at one of them. Because of the limits a group's share may miss its benchmark" in said
    assert "by up to 0.2 points" in said


def test_the_ratio_of_weights_is_that_of_all_years_together(tmp_path: Path) -> None:
    uneven = counted(hundred(tmp_path), sex(0.5)).weighting
    more = counted(hundred(tmp_path), sex(0.2)).weighting
    assert (uneven.raked and more.raked) is not None
    assert weight_ratio([uneven, more]) == pytest.approx(8.0)
    assert weight_ratio([Weighting.none("")]) == 1.0


def test_benchmarks_that_nobody_can_meet_are_named(tmp_path: Path) -> None:
    rows = [response("QE1", sex=code, ethnicity=group) for code, group in (("female", "arab"), ("male", "indian"))]
    file = wave(tmp_path, rows * 20)
    ethnicity = groups(white=0.0, asian=0.9, black=0.0, other=0.1)
    with pytest.raises(WeightingError, match=r"2026 cannot be weighted: .*'sex', 'ethnicity'.*A list, 2026"):
        counted(file, (*sex(0.5), *ethnicity))


def test_what_each_response_weighs_is_written_beside_the_analysis_file(tmp_path: Path) -> None:
    file = hundred(tmp_path)
    counts = counted(file, sex(0.5))
    with duckdb.connect(":memory:") as connection:
        write_weights(connection, file, counts.cells, counts.weighting)
        for name in WEIGHT_FILES:
            found = connection.execute(
                f"select coalesce(sex, ''), count(*), min(weight), max(weight) from '{file.folder / name}'"
                f" join '{file.responses}' using (response) group by 1 order by 1"
            ).fetchall()
            assert [(code, number) for code, number, _, _ in found] == [("", 10), ("female", 60), ("male", 30)]
            assert [low for _, _, low, _ in found] == pytest.approx([1, 0.75, 1.5])
            assert [high for _, _, _, high in found] == pytest.approx([1, 0.75, 1.5])
        assert sorted(path.name for path in file.folder.iterdir()) == sorted(
            [*WEIGHT_FILES, "codebook.json", "responses.parquet"]
        )
        write_weights(connection, file, counts.cells, Weighting.none("No."))
    assert not any((file.folder / name).exists() for name in WEIGHT_FILES)


def test_a_design_effect_is_that_of_the_people_themselves(tmp_path: Path) -> None:
    file = wave(tmp_path, people(120, "2026", seed=4))
    counts = counted(file)
    raked = counts.weighting.raked
    assert raked is not None
    effects = design_effects(counts, file.items)
    assert effects.keys() == {"control", "help", "say", "harder"}
    cells, chosen = [], []
    for cell, (sums, size) in enumerate(zip(counts.cells.by_item["control"], counts.cells.people, strict=True)):
        _, *options, _ = sums.tolist()
        answers = [code for code, number in enumerate(options) for _ in range(number)]
        chosen += [*answers, *[np.nan] * (size - len(answers))]
        cells += [cell] * size
    design, answered = raked_design(raked, np.array(cells)), np.array(chosen)
    found = [estimate_proportion(np.where(np.isnan(answered), np.nan, answered == code), design) for code in range(3)]
    simple = [each.value * (1 - each.value) / (each.base - 1) for each in found]
    expected = sum(each.standard_error**2 for each in found) / sum(simple)
    assert effects["control"] == pytest.approx(expected, rel=1e-9)


def test_weights_never_change_who_is_counted(tmp_path: Path) -> None:
    file = wave(tmp_path, people(120, "2026", seed=4))
    weighted, plain = counted(file), counted(file, weighted=False)
    assert (weighted.weighted, plain.weighted) == (True, False)
    for item, tally in weighted.by_item.items():
        assert tally.people.tolist() == plain.by_item[item].people.tolist()
    assert replace(weighted, weighted=False).responses == plain.responses
