"""The `.sav` file: what numpy has written, pyreadstat reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyreadstat
import pytest

from survey.export.sav_file import Variable, days_as_seconds, write_sav

VARIABLES = (
    Variable("name", "Called", width=11),
    Variable("one", "A number", labels={1: "Yes", -9: "Refused"}, missing=(-9, -1), measure="nominal"),
    Variable("hours", "With decimals", format="F12.2", measure="scale"),
    Variable("day", "A day", format="DATE11"),
    Variable("short", "Short words", width=1),
)


@pytest.mark.parametrize("rows", [0, 1, 8, 13, 101])
@pytest.mark.parametrize("at_once", [5, 16])
def test_every_cell_is_read_back_however_many_rows_there_are_at_once(rows: int, at_once: int, tmp_path: Path) -> None:
    place = np.arange(rows)
    names = np.array([f"é{number}" * (number % 3) for number in range(rows)], dtype=object)
    ones = np.where(place % 5 == 0, np.nan, place * 37 % 400 - 150.0)
    hours = np.where(place % 7 == 0, np.nan, place / 4)
    days = np.datetime64("2026-03-01") + place
    days[place % 4 == 1] = np.datetime64("NaT")
    short = np.array([b"", b"x"])[place % 2]
    encoded = np.array([name.encode() for name in names], dtype="S11")
    values = [encoded, ones, hours, days_as_seconds(days), short]
    parts = [[each[start : start + at_once] for each in values] for start in range(0, rows, at_once)]
    write_sav(tmp_path / "made_up.sav", VARIABLES, rows, parts)
    found, about = pyreadstat.read_sav(str(tmp_path / "made_up.sav"), user_missing=True)
    assert about.number_rows == len(found) == rows
    assert list(found["name"]) == list(names)
    np.testing.assert_array_equal(found["one"].to_numpy(dtype=float), ones)
    np.testing.assert_array_equal(found["hours"].to_numpy(dtype=float), hours)
    known = [day for day in found["day"] if day == day and day is not None]
    assert known == [day for day in days.tolist() if day is not None]
    assert list(found["short"]) == [letters.decode() for letters in short.tolist()]


def test_what_variables_mean_is_in_the_file(tmp_path: Path) -> None:
    write_sav(tmp_path / "made_up.sav", VARIABLES, 0, [])
    _, about = pyreadstat.read_sav(str(tmp_path / "made_up.sav"), user_missing=True)
    assert about.column_names_to_labels["hours"] == "With decimals"
    assert about.variable_value_labels == {"one": {1.0: "Yes", -9.0: "Refused"}}
    assert about.missing_ranges == {"one": [{"lo": -9.0, "hi": -1.0}]}
    assert about.original_variable_types["hours"] == "F12.2"
    assert about.variable_measure["hours"] == "scale"
