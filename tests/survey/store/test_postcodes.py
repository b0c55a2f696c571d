"""Loading a list of postcodes, and finding where one lies. Every list here is made up."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey import resources
from survey.cli import main
from survey.postcodes import PostcodeError, PostcodePlace, PostcodeProblem, is_elsewhere, read_postcode
from survey.store.postcode_layout import PostcodeListError
from survey.store.postcode_loading import LoadedPostcodes, load_postcodes, remove_postcodes
from survey.store.postcodes import POSTCODES_FILE, PostcodeFile

SAMPLE = resources.SHIPPED / "data" / "postcodes" / "sample.csv"
HEADER = "postcode,fifth,area_2023,area_2026"


def load(folder: Path, *lines: str) -> LoadedPostcodes:
    source = folder / "list.csv"
    source.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return load_postcodes(source, folder, resources.AREAS, lambda step, done, of: None)


# --- Reading what people type -----------------------------------------------------


@pytest.mark.parametrize("typed", ["LS1 4AP", "ls14ap", " Ls1  4aP ", "LS1-4AP", "L.S.1 4AP", "LS1 4AP."])
def test_a_postcode_is_read_however_it_is_typed(typed: str) -> None:
    assert read_postcode(typed) == "LS14AP"


def test_a_letter_for_the_digit_it_looks_like_is_mended() -> None:
    assert read_postcode("SW1A OAA") == "SW1A0AA"
    assert read_postcode("M1 lAE") == "M11AE"


@pytest.mark.parametrize("typed", ["LS1", "LS1 4", "LS14A", "SW1A"])
def test_half_a_postcode_is_told_from_none(typed: str) -> None:
    with pytest.raises(PostcodeError) as caught:
        read_postcode(typed)
    assert caught.value.kind is PostcodeProblem.HALF


@pytest.mark.parametrize("typed", ["", "Leeds", "12345", "LS1 4AP LS1 4AQ", "LS1 4A1", "L" * 1000, "ЛС1 4АП"])
def test_what_is_no_postcode_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(PostcodeError) as caught:
        read_postcode(typed)
    assert caught.value.kind is PostcodeProblem.NOT_A_POSTCODE
    assert not typed or typed not in str(caught.value)


def test_only_postcode_areas_wholly_outside_england_are_elsewhere_for_certain() -> None:
    assert is_elsewhere("BT11AA")
    assert is_elsewhere("G11AA")
    assert not is_elsewhere("GU167AA")
    assert not is_elsewhere("SY11AA")


# --- Loading and finding ------------------------------------------------------------


def test_a_postcode_leads_to_the_board_of_each_list_and_a_fifth(tmp_path: Path) -> None:
    loaded = load_postcodes(SAMPLE, tmp_path, resources.AREAS, lambda step, done, of: None)
    assert loaded == LoadedPostcodes(7, 1, ("2023", "2026"), with_fifths=True)
    places = PostcodeFile(tmp_path)
    assert places.find("CM11AA") == PostcodePlace({"2023": "QH8", "2026": "D7T5G"}, 4)
    assert places.find("GU167AA") == PostcodePlace({"2023": "QNQ", "2026": "S0E4D"}, None)
    assert places.find("CH51AA") == PostcodePlace({}, None)
    assert places.find("ZZ11ZZ") is None


def test_the_file_is_the_owners_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    load_postcodes(SAMPLE, tmp_path, resources.AREAS, lambda step, done, of: None)
    assert [path.name for path in tmp_path.iterdir()] == [POSTCODES_FILE]
    assert stat.S_IMODE((tmp_path / POSTCODES_FILE).stat().st_mode) == 0o600


def test_without_a_file_nothing_is_found(tmp_path: Path) -> None:
    places = PostcodeFile(tmp_path)
    assert not places.is_loaded
    assert places.find("LS14AP") is None
    assert not remove_postcodes(tmp_path)


def test_a_new_file_counts_at_once_and_so_does_its_removal(tmp_path: Path) -> None:
    places = PostcodeFile(tmp_path)
    load(tmp_path, HEADER, "LS1 4AP,1,QWO,QWO")
    assert places.is_loaded
    assert places.find("LS14AP") == PostcodePlace({"2023": "QWO", "2026": "QWO"}, 1)
    load(tmp_path, HEADER, "LS1 4AP,2,QOP,QOP")
    assert places.find("LS14AP") == PostcodePlace({"2023": "QOP", "2026": "QOP"}, 2)
    assert remove_postcodes(tmp_path)
    assert not places.is_loaded
    assert places.find("LS14AP") is None


def test_a_broken_file_finds_nothing_and_says_nothing_of_what_was_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / POSTCODES_FILE).write_bytes(b"no parquet")
    assert PostcodeFile(tmp_path).find("LS14AP") is None
    assert "could not be read" in caplog.text
    assert "LS14AP" not in caplog.text


def test_boards_may_be_named_by_their_ons_codes(tmp_path: Path) -> None:
    load(tmp_path, "POSTCODE,Area_2026", "LS1 4AP,E54000054")
    assert PostcodeFile(tmp_path).find("LS14AP") == PostcodePlace({"2026": "QWO"}, None)


def test_many_rows_are_read_in_order_with_their_lines(tmp_path: Path) -> None:
    rows = [
        f"M{i // 900 % 9 + 1} {i // 90 % 10}{chr(65 + i // 9 % 26)}{chr(65 + i % 26)},1,QOP,QOP" for i in range(200)
    ]
    unique = list(dict.fromkeys(rows))
    steps: list[tuple[str, int, int]] = []
    source = tmp_path / "list.csv"
    source.write_text("\n".join([HEADER, *unique]), encoding="utf-8")
    load_postcodes(source, tmp_path, resources.AREAS, lambda *step: steps.append(step))
    assert steps[-1] == ("Writing postcodes", 100, 100)
    with pytest.raises(PostcodeListError, match=rf"line {len(unique) + 2}: 'nowhere' is no postcode"):
        load(tmp_path, HEADER, *unique, "nowhere,1,QOP,QOP")


# --- The ONS directory --------------------------------------------------------------


def test_the_directory_says_by_its_codes_which_list_it_is(tmp_path: Path) -> None:
    loaded = load(tmp_path, "pcds,doterm,icb,lat", "CM1 1AA,,E54000066,51.7", "CF10 1AA,202001,W99999999,51.5")
    assert (loaded.vintages, loaded.elsewhere) == (("2026",), 1)
    assert PostcodeFile(tmp_path).find("CM11AA") == PostcodePlace({"2026": "D7T5G"}, None)


def test_codes_that_fit_two_lists_are_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(PostcodeListError, match=r"lists of 2023 and 2026.*Call the column 'area_2026'"):
        load(tmp_path, "pcds,icb", "LS1 4AP,E54000054")


def test_codes_of_no_list_are_named_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(PostcodeListError, match=r"line 3: no list of boards .* 'E54999999'"):
        load(tmp_path, "pcds,icb", "LS1 4AP,E54000054", "LS1 4AQ,E54999999")


@pytest.mark.parametrize(("highest", "year"), [(32_844, "2019"), (33_755, "2025")])
def test_ranks_become_fifths_where_the_highest_says_which_index_it_is(tmp_path: Path, highest: int, year: str) -> None:
    fifth = highest // 5
    ranks = [1, fifth, fifth + 1, highest]
    places = ["LS1 4AA", "LS1 4AB", "LS1 4AD", "LS1 4AE"]
    lines = [f"{place},QWO,{rank}" for place, rank in zip(places, ranks, strict=True)]
    loaded = load(tmp_path, "pcds,area_2026,imd", *lines, "BT1 1AA,N99999999,890")
    assert loaded.index == year
    found = PostcodeFile(tmp_path)
    assert [getattr(found.find(place.replace(" ", "")), "fifth", None) for place in places] == [1, 1, 2, 5]
    assert found.find("BT11AA") == PostcodePlace({}, None)


def test_ranks_of_an_unknown_index_are_not_guessed_at(tmp_path: Path) -> None:
    with pytest.raises(PostcodeListError, match="highest rank in 'imd' is 20000"):
        load(tmp_path, "pcds,area_2026,imd", "LS1 4AP,QWO,20000")


def test_deciles_become_fifths(tmp_path: Path) -> None:
    load(tmp_path, "pcds,area_2026,imd_decile", "LS1 4AA,QWO,2", "LS1 4AB,QWO,3", "LS1 4AD,QWO,10")
    found = PostcodeFile(tmp_path)
    assert [getattr(found.find(place), "fifth", None) for place in ("LS14AA", "LS14AB", "LS14AD")] == [1, 2, 5]


# --- Lists that cannot be loaded ----------------------------------------------------

WRONG = {
    "no postcodes": (["code,area_2026", "LS1 4AP,QWO"], "there is no column 'postcode'"),
    "no boards": (["postcode,fifth", "LS1 4AP,1"], "name the columns of boards 'area_2023', 'area_2026'"),
    "an unknown list of boards": (["postcode,area_2031", "LS1 4AP,QWO"], "no list of boards is called '2031'"),
    "two columns of one name": (["postcode,area_2026,Area_2026", "LS1 4AP,QWO,QWO"], "two columns are called"),
    "two kinds of deprivation": (["postcode,area_2026,fifth,imd", "LS1 4AP,QWO,1,1"], "both say deprivation"),
    "a board nobody knows": ([HEADER, "LS1 4AP,1,QWO,QWO", "LS1 4AQ,1,QWO,XXX"], "line 3: 'XXX' is no board"),
    "a board of another list": ([HEADER, "CM1 1AA,1,QH8,QH8"], "line 2: 'QH8' is no board of the list of 2026"),
    "a fifth too many": ([HEADER, "LS1 4AP,6,QWO,QWO"], "line 2: '6' is not from 1 to 5"),
    "a fifth in words": ([HEADER, "LS1 4AP,low,QWO,QWO"], "line 2: 'low' is no whole number"),
    "one postcode twice": ([HEADER, "LS1 4AP,1,QWO,QWO", "ls14ap,1,QWO,QWO"], "line 3: .* stands in line 2 too"),
    "an empty postcode": ([HEADER, ",1,QWO,QWO"], "line 2: '' is no postcode"),
    "too few columns": ([HEADER, "LS1 4AP,1,QWO,QWO", "LS1 4AQ,1"], "line 3"),
    "no rows": ([HEADER], "there is no postcode in it"),
    "nothing": ([], "there is no column 'postcode'"),
}


@pytest.mark.parametrize(("lines", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_list_is_explained_in_one_line_and_changes_nothing(tmp_path: Path, lines: list[str], said: str) -> None:
    (tmp_path / POSTCODES_FILE).write_bytes(b"loaded before")
    with pytest.raises(PostcodeListError, match=said) as caught:
        load(tmp_path, *lines)
    assert "\n" not in str(caught.value)
    assert (tmp_path / POSTCODES_FILE).read_bytes() == b"loaded before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.csv", POSTCODES_FILE]


def test_a_file_that_is_no_text_is_explained(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(b"\xff\xfe\x00\x01" * 100)
    with pytest.raises(PostcodeListError, match="no CSV file in UTF-8"):
        load_postcodes(source, tmp_path, resources.AREAS, lambda step, done, of: None)


# --- The command --------------------------------------------------------------------


def phb(folder: Path, *arguments: str | Path) -> Result:
    """Run `phb postcodes load` on a data folder."""
    return CliRunner().invoke(
        main, ["postcodes", "load", *map(str, arguments)], env={"PHB_DATA": str(folder), "PHB_STORE": ""}
    )


def test_the_command_loads_says_what_there_is_and_removes(tmp_path: Path) -> None:
    loaded = phb(tmp_path, SAMPLE)
    assert loaded.output == "7 postcodes lead to the boards of 2023 and 2026; 1 of them are not in England.\n"
    assert PostcodeFile(tmp_path).is_loaded
    assert phb(tmp_path, "--remove").output == "The postcodes are removed.\n"
    assert phb(tmp_path, "--remove").output == "There were no postcodes.\n"
    assert not PostcodeFile(tmp_path).is_loaded


def test_the_command_fails_with_one_line(tmp_path: Path) -> None:
    failed = phb(tmp_path, tmp_path / "nowhere.csv")
    assert failed.exit_code != 0
    assert "nowhere.csv" in failed.output
    assert phb(tmp_path).exit_code == 2
    assert phb(tmp_path, SAMPLE, "--remove").exit_code == 2
    (tmp_path / "list.csv").write_text("postcode,area_2026\nnowhere,QWO\n", encoding="utf-8")
    failed = phb(tmp_path, tmp_path / "list.csv")
    assert failed.exit_code == 1
    assert "line 2: 'nowhere' is no postcode." in failed.output
