"""The commands that check reference data: what they say of ours, and of files with mistakes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey import resources
from survey.cli import main

HEADER = "dimension,category,area,share,source,date,of\n"


def test_our_lists_of_areas_agree_and_each_change_is_told() -> None:
    result = CliRunner().invoke(main, ["areas", "check"])
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == ["2023: 42 areas in 7 regions", "2026: 36 areas in 7 regions"]
    assert "West and North London (Z9B2Z) is exactly QMJ + QRV" in result.output
    assert "Thames Valley (S0E4D) starts a new line: it has parts of QNQ + QU9" in result.output


def test_lists_that_do_not_agree_are_bad_input(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resources.AREAS, tmp_path / "areas"))
    (folder / "succession_2026.csv").unlink()
    result = CliRunner().invoke(main, ["areas", "check", str(folder)])
    assert result.exit_code == 1
    assert "succession_2026.csv is missing" in result.stderr


def test_our_benchmarks_are_sound() -> None:
    result = CliRunner().invoke(main, ["benchmarks", "check"])
    assert result.exit_code == 0
    assert "illustrative.csv: 64 shares of 6 dimensions and places" in result.output


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("sex,female,england,0.5,Census,2021,population\n", "add up to 0.500"),
        ("sex,female,narnia,1,Census,2021,population\n", "line 2: 'narnia' is no area"),
        ("shoes,large,england,1,Census,2021,population\n", "'shoes' is no group dimension; there are age"),
        ("sex,female,england,1,Census,2021,population\n", "has other groups than its question: male"),
    ],
)
def test_a_benchmark_with_a_mistake_is_bad_input(tmp_path: Path, lines: str, words: str) -> None:
    file = tmp_path / "ours.csv"
    file.write_text(HEADER + lines)
    result = CliRunner().invoke(main, ["benchmarks", "check", str(file)])
    assert result.exit_code == 1
    assert words in result.stderr


def test_groups_of_an_unknown_questionnaire_cannot_be_checked() -> None:
    result = CliRunner().invoke(main, ["benchmarks", "check", "--questionnaire", "nothing"])
    assert result.exit_code == 1
    assert "The questionnaire nothing cannot be read" in result.stderr
