"""`phb diff` and `phb map`: what they write, and what they say of files that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey.cli import main
from survey.questionnaire.versions.changes import Kind
from survey.resources import QUESTIONNAIRES
from survey.terminal.told import HEADINGS, WIDTH

ANNUAL = QUESTIONNAIRES / "phb-annual.json"


def phb(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    """The annual survey with one question in other words, one answer fewer, and one asked of other people."""
    written = json.loads(ANNUAL.read_text(encoding="utf-8"))
    written["version"] = "2027.1"
    items = {item["id"]: item for part in written["sections"] for page in part["pages"] for item in page["items"]}
    pages = {page["id"]: page for part in written["sections"] for page in part["pages"]}
    items["held_how"]["text"] = "Who takes care of the money?"
    items["in_the_way"]["hint"] = "Tick everything that fits, even where it is only a small part of what is in the way."
    pages["held-since"]["show_if"] = {"item": "budget_status", "is": "now"}
    path = tmp_path / "next.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    return path


def test_a_diff_is_said_in_plain_words_on_80_columns(next_year: Path) -> None:
    result = phb("diff", ANNUAL, next_year)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "From version 2026.1 to version 2027.1: 3 changes."
    assert "    was: Who [looks after] the money?" in lines
    assert "    now: Who [takes care of] the money?" in lines
    assert "Asked of other people (1)" in lines
    together = " ".join(result.stdout.split())
    assert "A break: “Who takes care of the money?” (held_how) cannot be compared with 2026.1" in together
    assert "pl: 2 strings - item.held_how.text - item.in_the_way.hint" in together
    assert max(map(len, lines)) <= WIDTH


def test_a_diff_is_json_for_other_programs(next_year: Path) -> None:
    found = json.loads(phb("diff", ANNUAL, next_year, "--json").stdout)
    assert {(change["kind"], change["where"]) for change in found["changes"]} == {
        ("reworded", "item.held_how.text"),
        ("reworded", "item.in_the_way.hint"),
        ("routing", "page.held-since"),
    }
    assert [(trend["item"], trend["continues"]) for trend in found["trends"]] == [("held_how", "break")]
    assert {"pl", "ur"} <= {stale["locale"] for stale in found["stale"]}


def test_a_file_does_not_differ_from_itself() -> None:
    result = phb("diff", ANNUAL, ANNUAL)
    assert (result.exit_code, result.stdout) == (
        0,
        "From version 2026.1 to version 2026.1: nothing that people read or are asked is different.\n",
    )


def test_every_kind_of_change_has_a_heading() -> None:
    assert list(HEADINGS) == list(Kind)


def test_a_map_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    page, picture = tmp_path / "out" / "map.html", tmp_path / "map.svg"
    result = phb("map", ANNUAL, "--out", page, "--picture", picture)
    assert (result.exit_code, result.stdout) == (0, f"map written: {page}\nmap written: {picture}\n")
    assert "<h1>Map of: Personal health budget survey</h1>" in page.read_text(encoding="utf-8")
    assert picture.read_text(encoding="utf-8").startswith('<?xml version="1.0"')


@pytest.mark.parametrize("arguments", [("diff", ANNUAL), ("map",)])
def test_a_file_that_cannot_be_read_is_said_to_be_and_ends_with_1(arguments: tuple[str, ...], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    result = phb(*arguments, broken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{broken} cannot be used" in result.stderr
    assert phb(*arguments, tmp_path / "none.json").exit_code == 1
