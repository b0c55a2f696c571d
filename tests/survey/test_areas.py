"""Lists of areas: by vintage, with short names, and a clear word when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.areas import Area, AreaError, list_vintages, load_areas
from survey.resources import AREAS


@pytest.mark.parametrize(("vintage", "count"), [("2023", 42), ("2026", 36)])
def test_the_committed_lists_are_whole(vintage: str, count: int) -> None:
    areas = load_areas(AREAS, vintage)
    assert len({area.code for area in areas}) == len(areas) == count
    assert len({area.region for area in areas}) == 7
    assert [area.short_name for area in areas] == sorted(area.short_name for area in areas)


def test_a_short_name_is_what_people_call_the_area() -> None:
    found = {area.code: area for area in load_areas(AREAS, "2026")}
    assert found["QWO"] == Area(
        code="QWO",
        name="NHS West Yorkshire Integrated Care Board",
        short_name="West Yorkshire",
        region="North East and Yorkshire",
    )


def test_a_missing_list_is_named_with_those_there_are() -> None:
    with pytest.raises(AreaError, match=r"no list of areas for '2031'.*2023, 2026"):
        load_areas(AREAS, "2031")


def test_a_vintage_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    (tmp_path / "icb_2023.csv").write_text("ods_code,name,region\nQ,N,R\n")
    with pytest.raises(AreaError):
        load_areas(tmp_path / "areas", "x/../../icb_2023")


def test_a_list_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "icb_2027.csv").write_text("ods_code,name\nQWO,NHS West Yorkshire\n")
    assert list_vintages(tmp_path) == ("2027",)
    with pytest.raises(AreaError, match="lacks the column region"):
        load_areas(tmp_path, "2027")
