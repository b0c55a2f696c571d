"""The lists of areas agree with each other, with the map, and with what is known of April 2026."""

from __future__ import annotations

import shutil
from collections import Counter
from math import dist
from pathlib import Path

import pytest

from dashboard.areas import AreaError, Geography, load_geography

FOLDER = Path(__file__).parents[2] / "data" / "areas"
BREAKS = {"S1Y5D", "D7T5G", "T6Y0W", "S0E4D", "S9B9J", "QRL"}


@pytest.fixture(scope="module")
def geography() -> Geography:
    return load_geography(FOLDER)


def centre(tile: tuple[int, int]) -> tuple[float, float]:
    """Odd rows stand half a tile to the right; rows of hexagons are the root of three quarters of a tile apart."""
    return tile[0] + 0.5 * (tile[1] % 2), tile[1] * 0.75**0.5


def neighbours(tile: tuple[int, int]) -> set[tuple[int, int]]:
    q, r = tile
    shift = r % 2
    return {(q - 1, r), (q + 1, r), *((q + side + shift - 1, row) for row in (r - 1, r + 1) for side in (0, 1))}


def test_there_are_42_boards_in_2023_and_36_in_2026_in_seven_regions(geography: Geography) -> None:
    assert {year: len(areas) for year, areas in geography.lists.items()} == {"2023": 42, "2026": 36}
    for areas in geography.lists.values():
        assert len({area.region for area in areas}) == 7
        assert len({area.ons_code for area in areas}) == len(areas)


def test_short_names_leave_out_what_all_boards_share(geography: Geography) -> None:
    names = {area.code: area.short_name for areas in geography.lists.values() for area in areas}
    assert names["QE1"] == "Lancashire and South Cumbria"
    assert names["Z9B2Z"] == "West and North London"
    assert not [name for name in names.values() if "NHS" in name or "Board" in name]


def test_a_region_becomes_a_word_for_addresses(geography: Geography) -> None:
    assert {area.region_code for area in geography.lists["2026"]} == {
        "north-west",
        "north-east-and-yorkshire",
        "midlands",
        "east-of-england",
        "london",
        "south-east",
        "south-west",
    }


def test_only_unchanged_boards_and_the_one_whole_merger_are_exact_in_2026(geography: Geography) -> None:
    assert {code for code in geography.codes("2026") if not geography.is_exact("2026", code)} == BREAKS
    block = geography.block_of["2026", "Z9B2Z"]
    assert set(geography.members("2023", block)) == {"QMJ", "QRV"}


def test_a_board_that_kept_its_code_but_gained_ground_is_not_the_same_area(geography: Geography) -> None:
    assert not geography.is_exact("2023", "QRL")
    assert geography.block_of["2023", "QRL"] == geography.block_of["2026", "QRL"] == geography.block_of["2023", "QNQ"]


def test_blocks_add_up_to_both_lists(geography: Geography) -> None:
    for year in geography.lists:
        blocks = {geography.block_of[year, code] for code in geography.codes(year)}
        assert blocks == set(geography.block_of.values())
        assert sum(len(geography.members(year, block)) for block in blocks) == len(geography.lists[year])


def test_predecessors_and_successors_are_read_from_the_succession(geography: Geography) -> None:
    assert geography.predecessors("2026", "Z9B2Z") == ("QMJ", "QRV")
    assert geography.successors("2023", "QNQ") == ("S0E4D", "S9B9J", "QRL")
    assert geography.predecessors("2026", "QE1") == geography.successors("2023", "QE1") == ()
    assert geography.predecessors("2023", "QE1") == geography.successors("2026", "QE1") == ()


def test_unchanged_boards_keep_their_tile(geography: Geography) -> None:
    unchanged = set(geography.codes("2023")) & set(geography.codes("2026"))
    assert len(unchanged) == 30
    assert {code: geography.tiles["2026"][code] for code in unchanged} == {
        code: geography.tiles["2023"][code] for code in unchanged
    }


def test_new_boards_stand_near_the_middle_of_those_they_came_from(geography: Geography) -> None:
    for code in set(geography.codes("2026")) - set(geography.codes("2023")):
        old = [centre(geography.tiles["2023"][before]) for before in geography.predecessors("2026", code)]
        middle = (sum(x for x, _ in old) / len(old), sum(y for _, y in old) / len(old))
        assert dist(centre(geography.tiles["2026"][code]), middle) < 1.25, code


@pytest.mark.parametrize("year", ["2023", "2026"])
def test_the_map_has_no_tile_twice_no_hole_and_no_island(geography: Geography, year: str) -> None:
    tiles = geography.tiles[year]
    assert max(Counter(tiles.values()).values()) == 1
    filled = set(tiles.values())
    assert [tile for tile in filled if not neighbours(tile) & filled] == []
    frame = {(q, r) for q in range(-1, 8) for r in range(-1, 13)}
    outside = {(-1, -1)}
    while grown := {near for tile in outside for near in neighbours(tile)} & frame - filled - outside:
        outside |= grown
    assert frame - filled - outside == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("icb_2026.csv", "QE1,", "qe1,", "not an ODS code"),
        ("icb_2026.csv", "ods_code,", "code,", "lacks the column ods_code"),
        ("icb_2026.csv", "QE1,E54000048", "QE1,", "line 3"),
        ("icb_2026.csv", "QF7,", "QE1,", "twice"),
        ("hex_2026.csv", "QE1,E54000048,1,9", "QE1,E54000048,2,9", "share the tile"),
        ("hex_2026.csv", "QE1,E54000048,1,9\n", "", "look at QE1"),
        ("hex_2026.csv", "QE1,E54000048,1,9", "QE1,E54000048,x,9", "whole numbers"),
        ("succession_2026.csv", "QHG,S1Y5D", "QHX,S1Y5D", "line 2: QHX to S1Y5D does not lead(?s:.)*came before: QHG"),
        ("succession_2026.csv", "merger", "fusion", "types merger or split"),
        ("succession_2026.csv", "QHG,S1Y5D,NHS Central East,2026-04-01,merger",
         "QHG,S1Y5D,NHS Central East,2026-04-01,split", "QHG goes to 1; a merger goes whole"),
        ("succession_2026.csv", "QHG,S1Y5D,NHS Central East,2026-04-01", "QHG,S1Y5D,NHS Central East,2027-04-01",
         "not in the year"),
        ("icb_2026.csv", "Z9B2Z,E54000071,NHS West and North London Integrated Care Board,London",
         "Z9B2Z,E54000071,NHS West and North London Integrated Care Board,Midlands", "ties two regions"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_name_and_the_place(
    tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "areas"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(AreaError, match=words):
        load_geography(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AreaError, match="no list of areas"):
        load_geography(tmp_path)
    folder = Path(shutil.copytree(FOLDER, tmp_path / "areas"))
    (folder / "hex_2023.csv").unlink()
    with pytest.raises(AreaError, match=r"hex_2023\.csv is missing"):
        load_geography(folder)


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "areas"))
    (folder / "hex_2023.csv").unlink()
    text = (folder / "icb_2026.csv").read_text(encoding="utf-8")
    (folder / "icb_2026.csv").write_text(text.replace("QE1,", "qe1,").replace("QF7,", "qf7,"), encoding="utf-8")
    with pytest.raises(AreaError) as told:
        load_geography(folder)
    lines = str(told.value).splitlines()
    assert [
        words for words in ("'qe1'", "'qf7'", "hex_2023.csv is missing") if not any(words in line for line in lines)
    ] == []


def test_a_file_saved_by_a_spreadsheet_is_read_and_one_in_another_encoding_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "areas"))
    text = (folder / "icb_2026.csv").read_text(encoding="utf-8")
    (folder / "icb_2026.csv").write_text("\ufeff" + text, encoding="utf-8")
    assert load_geography(folder).lists.keys() == {"2023", "2026"}
    (folder / "icb_2026.csv").write_text(text.replace("Devon", "Dévon"), encoding="latin-1")
    with pytest.raises(AreaError, match="not UTF-8"):
        load_geography(folder)
