"""The waves in a row: taken from what was published, joined where the same was asked, and nowhere else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.areas import Area, Geography, load_geography
from dashboard.publish.analysis_file import AnalysisFile, Item, Option, load_analysis_file
from dashboard.publish.estimates import EstimateRow
from dashboard.publish.folder import write_table
from dashboard.publish.trends import TrendRow, is_same_ground, trend_rows
from dashboard.release import dump_facts, read_facts
from dashboard.tables import TRENDS, forbidden
from tests.dashboard.analysis_files import AREAS as FOLDER
from tests.dashboard.analysis_files import item, write_analysis
from tests.dashboard.releases import write_release

SMALL = {"id": "small", "version": "1", "status": "agreed", "title": "A small survey"}
OTHERS = (Option("some", "Some", ("some",)), Option("none", "None", ("none",)))
AREAS = load_geography(FOLDER)
Figure = int | str


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> AnalysisFile:
    """A wave that asked how much control people have."""
    control = item("control", "choice", "lot", "some", "none", good=["lot", "some"])
    return load_analysis_file(write_analysis(tmp_path_factory.mktemp("asked"), "2026", [], items=[control]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with nothing in it."""
    return write_release(tmp_path_factory.mktemp("template"), has_estimates=False)


@dataclass(frozen=True)
class World:
    """Where releases are, and how waves are made and published."""

    releases: Path
    template: Path
    asked: AnalysisFile

    def wave(self, year: str, *, called: str = "", **changes: Any) -> AnalysisFile:
        """A wave of a year; `changes` are of its question."""
        (control,) = self.asked.items
        return replace(
            self.asked,
            wave=called or year,
            vintage="2026" if year >= "2026" else "2023",
            opened_on=f"{year}-09-01",
            items=(replace(control, **changes),),
        )

    def publish(self, file: AnalysisFile, rows: Sequence[EstimateRow], *, number: int = 1, **changes: Any) -> None:
        """A release of a wave whose estimates are `rows`; `changes` are of its facts."""
        folder = self.releases / file.wave / f"{number:04d}"
        shutil.copytree(self.template, folder)
        usual = {
            "number": number,
            "wave": file.wave,
            "vintage": file.vintage,
            "opened_on": file.opened_on,
            "questionnaire": SMALL,
            "has_estimates": True,
        }
        facts = replace(read_facts(self.template), **{**usual, **changes})
        (folder / "release.json").write_text(dump_facts(facts))
        (folder / "items.json").write_text(json.dumps([entry(each) for each in file.items]))
        with duckdb.connect(":memory:") as connection:
            write_table(connection, folder / "estimates.parquet", rows)

    def trends(self, file: AnalysisFile, rows: Sequence[EstimateRow], geography: Geography = AREAS) -> list[TrendRow]:
        with duckdb.connect(":memory:") as connection:
            return trend_rows(connection, file, geography, rows, self.releases)


@pytest.fixture
def world(tmp_path: Path, template: Path, asked: AnalysisFile) -> World:
    return World(tmp_path, template, asked)


def row(file: AnalysisFile, option: str, figure: Figure, area: str = "england", **changes: Any) -> EstimateRow:
    """A row of the wave alone, of 400 people; `figure` is a status where it is not shown."""
    share = figure if isinstance(figure, int) else None
    people = None if share is None else 400
    found = EstimateRow(
        span="wave",
        vintage=file.vintage,
        level="england" if area == "england" else "region",
        area=area,
        item="control",
        kind="option" if option else "measure",
        option=option,
        status="shown" if share is not None else str(figure),
        base=people,
        effective=people,
        share=share,
        band="",
        low=None if share is None else share - 5,
        high=None if share is None else share + 5,
        nearest_safe=None,
        method="unweighted",
    )
    return found._replace(**changes)


def entry(each: Item) -> dict[str, Any]:
    return {
        "id": each.id,
        "text": each.text,
        "section": each.section,
        "type": each.type,
        "sensitive": each.sensitive,
        "dimension": each.dimension,
        "options": [{"code": option.code, "text": option.text, "codes": option.codes} for option in each.options],
        "measure": {"good": each.good, "text": each.good_text} if each.good else None,
        "equivalent": each.equivalent,
    }


@pytest.fixture
def earlier(world: World) -> AnalysisFile:
    """The wave of 2025, on the older list of areas, published: 40% of England, and of London 60%."""
    file = world.wave("2025")
    world.publish(file, [row(file, "lot", 40), row(file, "lot", 60, "london")])
    return file


def test_a_wave_stands_beside_the_one_before_with_the_change_and_its_limits(
    world: World, earlier: AnalysisFile
) -> None:
    file = world.wave("2026")
    old, new, london, new_london = world.trends(
        file,
        [row(file, "lot", 60), row(file, "lot", 62, "london"), row(file, "lot", 10, "QE1", level="area")],
    )
    assert (old.wave, old.release, old.share, old.break_reason, old.difference, old.changed) == (
        "2025",
        1,
        40,
        "",
        *[None] * 2,
    )
    assert (new.wave, new.release, new.share, new.difference, new.p_value, new.changed) == (
        "2026",
        1,
        60,
        20,
        0.0,
        True,
    )
    assert new.difference_low is not None
    assert new.difference_high is not None
    assert 10 < new.difference_low < 20 < new.difference_high < 30
    assert (london.area, new_london.difference, new_london.changed) == ("london", 2, False)


def test_the_newest_release_of_each_earlier_wave_is_taken_in_order_of_time(world: World, earlier: AnalysisFile) -> None:
    world.publish(earlier, [row(earlier, "lot", 45)], number=2)
    oldest = world.wave("2024")
    world.publish(oldest, [row(oldest, "lot", 42)])
    later = world.wave("2027")
    world.publish(later, [row(later, "lot", 99)])
    file = world.wave("2026")
    world.publish(file, [row(file, "lot", 51)])
    found = world.trends(file, [row(file, "lot", 50)])
    assert [(each.wave, each.release, each.share, each.difference) for each in found] == [
        ("2024", 1, 42, None),
        ("2025", 2, 45, 3),
        ("2026", 2, 50, 5),
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"questionnaire": {**SMALL, "id": "another"}},
        {"made_up": False},
        {"has_estimates": False},
        {"wave": "trial"},
    ],
    ids=["another questionnaire", "real people", "counts of fieldwork", "the trial"],
)
def test_only_waves_that_asked_the_same_questionnaire_of_the_same_kind_of_people_are_put_in_a_row(
    world: World, facts: dict[str, Any]
) -> None:
    other = world.wave("2025", called=facts.pop("wave", ""))
    world.publish(other, [row(other, "lot", 40)], **facts)
    file = world.wave("2026")
    assert [each.wave for each in world.trends(file, [row(file, "lot", 60)])] == ["2026"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"text": "How much say?"}, "wording"),
        ({"good": ("lot",)}, "wording"),
        ({"options": (Option("lot", "Lot", ("lot",)), Option("some", "Some", ("some",)))}, "wording"),
        ({"options": (Option("lot", "Lot", ("lot", "a_lot")), *OTHERS)}, "wording"),
        ({"text": "How much say?", "equivalent": ("1",)}, ""),
        ({"good": ("lot",), "equivalent": ("1",)}, "wording"),
    ],
    ids=[
        "the same",
        "other words",
        "other good answers",
        "other options",
        "another roll-up",
        "declared equivalent",
        "not declarable",
    ],
)
def test_a_change_of_wording_is_a_break_unless_it_is_declared_to_be_none(
    world: World, earlier: AnalysisFile, changes: dict[str, Any], reason: str
) -> None:
    file = world.wave("2026", **changes)
    _, new = world.trends(file, [row(file, "lot", 60)])
    assert (new.break_reason, new.difference) == (reason, None if reason else 20)
    assert (new.difference_low, new.difference_high, new.p_value, new.changed).count(None) == (4 if reason else 0)


def test_a_break_is_where_it_was_and_the_line_goes_on_after_it(world: World, earlier: AnalysisFile) -> None:
    middle = world.wave("2026", text="How much say?")
    world.publish(middle, [row(middle, "lot", 50)])
    file = world.wave("2027", text="How much say?")
    found = world.trends(file, [row(file, "lot", 52)])
    assert [(each.wave, each.break_reason, each.difference) for each in found] == [
        ("2025", "", None),
        ("2026", "wording", None),
        ("2027", "", 2),
    ]


def test_figures_that_are_weighted_and_figures_that_are_not_are_not_joined(world: World, earlier: AnalysisFile) -> None:
    file = world.wave("2026")
    _, new = world.trends(file, [row(file, "lot", 60, method="weighted")])
    assert (new.break_reason, new.difference, new.changed) == ("weighting", None, None)


def test_a_region_of_other_ground_or_of_a_list_nobody_knows_any_more_is_a_break(
    world: World, earlier: AnalysisFile
) -> None:
    lists = {
        "2023": (Area("A", "1", "A", "North"), Area("B", "2", "B", "North"), Area("C", "3", "C", "South")),
        "2026": (Area("A", "1", "A", "North"), Area("C", "3", "C", "South")),
    }
    blocks = {(year, area.code): area.code for year, areas in lists.items() for area in areas}
    geography = Geography(lists, {}, (), blocks)
    assert not is_same_ground(geography, "north", "2023", "2026")
    assert is_same_ground(geography, "south", "2023", "2026")
    assert not is_same_ground(geography, "south", "2022", "2026")
    assert not is_same_ground(geography, "east", "2023", "2026")
    file = world.wave("2026")
    rows = [row(file, "lot", 60), row(file, "lot", 62, "london")]
    found = world.trends(file, rows, geography)
    assert [(each.area, each.break_reason, each.difference) for each in found] == [
        ("england", "", None),
        ("england", "", 20),
        ("london", "", None),
        ("london", "boundaries", None),
    ]


def test_hidden_cells_and_bands_are_in_the_row_without_a_number_and_nothing_is_joined_to_them(
    world: World, earlier: AnalysisFile
) -> None:
    middle = world.wave("2026")
    band = row(middle, "lot", 5, "london", band="under", low=None, high=None)
    world.publish(middle, [row(middle, "lot", "suppressed"), band])
    file = world.wave("2027")
    found = world.trends(file, [row(file, "lot", 50), row(file, "lot", 50, "london")])
    assert [(each.status, each.share, each.band) for each in found] == [
        *(("shown", 40, ""), ("suppressed", None, ""), ("shown", 50, "")),
        *(("shown", 60, ""), ("shown", 5, "under"), ("shown", 50, "")),
    ]
    assert all(each[TrendRow._fields.index("difference") :] == (None,) * 5 for each in found)


def test_all_changes_of_a_release_are_one_family(world: World, earlier: AnalysisFile) -> None:
    """49% after 40% of 400 stands out alone, and not among many places where nothing changed."""
    regions = ("london", "midlands", "north-west", "south-west", "south-east", "east-of-england")
    options = [("lot", 47), ("some", 40), ("none", 20), ("", 80)]
    before = [row(earlier, option, share, area) for area in regions for option, share in options]
    world.publish(earlier, [row(earlier, "lot", 38), *before], number=2)
    file = world.wave("2026")
    _, alone = world.trends(file, [row(file, "lot", 47)])
    now = [row(file, option, share, area) for area in regions for option, share in options]
    among = world.trends(file, [row(file, "lot", 47), *now])[1]
    assert (alone.p_value, alone.changed) == (among.p_value, True)
    assert among.changed is False


def test_one_wave_or_no_estimates_are_a_row_of_one_or_none(world: World) -> None:
    file = world.wave("2026")
    assert world.trends(file, []) == []
    (found,) = world.trends(file, [row(file, "lot", 60)])
    assert (found.wave, found.share, found.difference, found.changed) == ("2026", 60, None, None)


def test_the_table_may_be_read_and_one_with_a_change_across_a_break_may_not(
    world: World, earlier: AnalysisFile
) -> None:
    file = world.wave("2026")
    _, new = world.trends(file, [row(file, "lot", 60)])
    assert TrendRow._fields == tuple(TRENDS)
    assert broken_rules(world.releases, [new]) == []
    assert broken_rules(world.releases, [new._replace(break_reason="wording")]) == ["a change across a break or a band"]
    hidden = new._replace(status="suppressed", base=None, effective=None, share=None, low=None, high=None)
    assert "a number of a hidden cell" in broken_rules(world.releases, [hidden])


def broken_rules(folder: Path, rows: Sequence[TrendRow]) -> list[str]:
    file = folder / "trends.parquet"
    with duckdb.connect(":memory:") as connection:
        write_table(connection, file, rows)
        table = connection.from_parquet(str(file))
        return sorted(words for condition, words in forbidden("trends") if table.filter(condition).fetchone())
