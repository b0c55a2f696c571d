"""Regions and areas beside the rest of England: from published rows alone, and never a number of a hidden cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.analysis.comparisons.families import stands_out
from dashboard.analysis.intervals import wilson
from dashboard.areas import load_geography
from dashboard.publish.comparisons import ComparisonRow, comparison_rows, regions_of
from dashboard.publish.estimates import EstimateRow
from dashboard.publish.folder import write_table
from dashboard.tables import COMPARISONS, forbidden
from tests.dashboard.analysis_files import AREAS

REGIONS = {("2026", f"A{number}"): ("north" if number < 5 else "south") for number in range(10)}


@dataclass(frozen=True)
class Shown:
    share: int
    base: int
    effective: int | None = None
    band: str = ""


def row(
    area: str, figure: Shown | str, *, span: str = "wave", item: str = "control", kind: str = "measure"
) -> EstimateRow:
    """A row of the estimates; `figure` is a status where it is not shown."""
    level = "england" if area == "england" else "area" if area.startswith("A") else "region"
    shown = figure if isinstance(figure, Shown) else None
    low, high = wilson(shown.share / 100, shown.base) if shown and not shown.band else (0, 0)
    return EstimateRow(
        span="wave",
        vintage="2026",
        level=level,
        area=area,
        item=item,
        kind="measure",
        option="",
        status="shown" if shown else str(figure),
        base=shown.base if shown else None,
        effective=(shown.effective or shown.base) if shown else None,
        share=shown.share if shown else None,
        band=shown.band if shown else "",
        low=round(low * 100) if shown and not shown.band else None,
        high=round(high * 100) if shown and not shown.band else None,
        nearest_safe=None,
        method="unweighted",
    )


def compared(rows: Sequence[EstimateRow]) -> dict[str, ComparisonRow]:
    return {each.area: each for each in comparison_rows(rows, REGIONS)}


@pytest.fixture
def estimates() -> list[EstimateRow]:
    """England, two regions, six areas shown, one of them far below, one as a band, three hidden."""
    places: dict[str, Shown | str] = {
        "england": Shown(70, 420),
        "north": Shown(64, 200),
        "south": Shown(76, 200),
        "A0": Shown(20, 50),
        "A1": Shown(71, 35),
        "A2": Shown(74, 40),
        "A3": "too_few",
        "A4": "suppressed",
        "A5": Shown(77, 45),
        "A6": Shown(73, 40),
        "A7": Shown(5, 40, band="under"),
        "A8": Shown(80, 20),
        "A9": "break",
    }
    return [row(area, figure) for area, figure in places.items()]


def test_an_area_is_compared_with_the_rest_of_england_not_with_an_england_that_contains_it(
    estimates: list[EstimateRow],
) -> None:
    found = compared(estimates)["A0"]
    assert (found.share, found.rest, found.difference) == (20, 77, -57)  # (420 × 70% - 50 × 20%) / 370
    assert found.low is not None
    assert found.high is not None
    assert found.low < -57 < found.high < -35
    assert (found.p_value, found.worth_a_look, found.reason) == (0.0, True, "")


def test_an_area_like_the_rest_is_not_worth_a_look(estimates: list[EstimateRow]) -> None:
    found = compared(estimates)["A1"]
    assert (found.rest, found.difference, found.p_value, found.worth_a_look) == (70, 1, 1.0, False)


def test_the_funnel_is_around_england_and_inflated_by_the_design_effect() -> None:
    places = [row("england", Shown(70, 420)), row("A0", Shown(60, 100)), row("A1", Shown(60, 145, effective=100))]
    found = compared(places)
    for area in ("A0", "A1"):  # 70 ± 1.96 × √(70 × 30 / 100) and ± 3.09
        assert (found[area].funnel_low, found[area].funnel_high) == (61, 79)
        assert (found[area].funnel_low_998, found[area].funnel_high_998) == (56, 84)


def test_the_shrunk_figure_lies_between_the_raw_one_and_that_of_the_region(estimates: list[EstimateRow]) -> None:
    found, around = compared(estimates), {"north": 64, "south": 76}
    for (_, area), region in REGIONS.items():
        each = found[area]
        if each.share is not None:
            assert each.shrunk is not None
            assert min(each.share, around[region]) <= each.shrunk <= max(each.share, around[region])
            assert each.shrunk_low is not None
            assert each.shrunk_high is not None
            assert each.shrunk_low <= each.shrunk <= each.shrunk_high
    assert (found["A0"].shrunk or 0) > 20


def test_areas_of_a_region_that_is_not_shown_are_not_drawn_toward_anything(estimates: list[EstimateRow]) -> None:
    hidden = [row("north", "suppressed") if each.area == "north" else each for each in estimates]
    found = compared(hidden)["A0"]
    assert (found.difference, found.shrunk, found.shrunk_low, found.shrunk_high) == (-57, None, None, None)


def test_hidden_cells_and_bands_have_a_status_and_no_number(estimates: list[EstimateRow]) -> None:
    found = compared(estimates)
    for area, status, reason in (
        *(("A3", "too_few", ""), ("A4", "suppressed", ""), ("A9", "break", "")),
        ("A7", "shown", "band"),
    ):
        empty = ComparisonRow("wave", "2026", "area", area, "control", status, reason=reason)
        assert found[area] == empty


def test_where_england_is_a_band_there_is_no_rest_and_it_says_so(estimates: list[EstimateRow]) -> None:
    found = compared([row("england", Shown(95, 420, band="over")), *estimates[1:]])["A0"]
    assert (found.share, found.reason) == (20, "england")
    assert (found.rest, found.difference, found.p_value, found.worth_a_look, found.funnel_low) == (None,) * 5
    assert found.shrunk is not None


def test_where_nearly_everyone_lives_in_one_place_the_rest_is_not_told_and_it_says_so() -> None:
    found = compared([row("england", Shown(70, 420)), row("north", Shown(71, 400))])["north"]
    assert (found.share, found.rest, found.difference, found.worth_a_look) == (71, None, None, None)
    assert found.reason == "rest"


def test_all_comparisons_of_a_span_are_one_family_whatever_the_item() -> None:
    """A difference that stands out alone does not among a hundred that show nothing; nor does the other span help."""
    alone = [row("england", Shown(70, 420)), row("A0", Shown(52, 50))]
    assert compared(alone)["A0"].worth_a_look is True
    others = [
        row(area, figure, item=f"item{number}")
        for number in range(100)
        for area, figure in (("england", Shown(70, 420)), ("A0", Shown(70, 50)))
    ]
    (found,) = [each for each in comparison_rows([*alone, *others], REGIONS) if each.item == "control"]
    assert found.worth_a_look is False
    pooled = [each._replace(span="pooled") for each in others]
    (found,) = [each for each in comparison_rows([*alone, *pooled], REGIONS) if each.item == "control"]
    assert found.worth_a_look is True


def test_what_is_worth_a_look_is_what_stands_out_among_the_p_values() -> None:
    random = np.random.default_rng(4)
    rows = [row("england", Shown(60, 900), item=f"item{number}") for number in range(20)]
    rows += [
        row(f"A{area}", Shown(5 * int(random.integers(6, 19)), 60), item=f"item{number}")
        for number in range(20)
        for area in range(10)
    ]
    found = list(comparison_rows(rows, REGIONS))
    clear = [each.worth_a_look for each in found]
    assert 20 < sum(map(bool, clear)) < 180
    largest = max(each.p_value or 0 for each in found if each.worth_a_look)
    assert all(each.worth_a_look or (each.p_value or 0) >= largest for each in found)
    assert stands_out(np.array([each.p_value for each in found])).tolist() == clear


def test_the_same_rows_in_any_order_give_the_same_comparisons_and_options_play_no_part(
    estimates: list[EstimateRow],
) -> None:
    options = [each._replace(kind="option", option="lot", share=1) for each in estimates if each.share is not None]
    assert compared([*options, *estimates[::-1]]) == compared(estimates)


@pytest.mark.parametrize("rows", [[], [row("england", "suppressed"), row("A0", "too_few"), row("north", "break")]])
def test_no_estimates_or_none_shown_are_no_comparisons(rows: list[EstimateRow]) -> None:
    found = list(comparison_rows(rows, REGIONS))
    assert len(found) == sum(each.area != "england" for each in rows)
    assert all(value is None for each in found for value in each[6:-1])


def test_the_table_may_be_read_and_one_with_a_number_of_a_hidden_cell_may_not(
    estimates: list[EstimateRow], tmp_path: Path
) -> None:
    found = list(comparison_rows(estimates, REGIONS))
    assert ComparisonRow._fields == tuple(COMPARISONS)
    hidden = next(each for each in found if each.status == "suppressed")
    shown = next(each for each in found if each.area == "A0")
    assert broken_rules(tmp_path, found) == []
    assert broken_rules(tmp_path, [hidden._replace(shrunk=40)]) == [
        "a comparison of a share that is no number",
        "a number of a hidden cell",
    ]
    assert "a number of a hidden cell" in broken_rules(tmp_path, [hidden._replace(worth_a_look=False)])
    assert broken_rules(tmp_path, [shown._replace(share=None)]) == ["a comparison of a share that is no number"]
    assert broken_rules(tmp_path, [shown._replace(reason="rest")]) == [
        "a difference beside the reason why there is none"
    ]
    assert broken_rules(tmp_path, [shown._replace(difference=None, worth_a_look=None, p_value=None)]) == [
        "a comparison left out without a reason"
    ]


def test_every_area_of_every_list_has_a_region() -> None:
    geography = load_geography(AREAS)
    found = regions_of(geography)
    assert len(found) == sum(map(len, geography.lists.values()))
    assert (found["2026", "QE1"], found["2023", "QE1"]) == ("north-west", "north-west")


def broken_rules(folder: Path, rows: Sequence[tuple[Any, ...]]) -> list[str]:
    file = folder / "comparisons.parquet"
    with duckdb.connect(":memory:") as connection:
        write_table(connection, file, rows)
        table = connection.from_parquet(str(file))
        return sorted(words for condition, words in forbidden("comparisons") if table.filter(condition).fetchone())
