"""The diagram of states: drawn from the table, and the one that the README shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from survey.coproduction.deciding import draw_decision
from survey.coproduction.diagram import ACT_NAMES, STATE_NAMES, draw_states
from survey.coproduction.rounds import TRANSITIONS, Act, State

README = Path(__file__).parents[3] / "README.md"


def test_the_diagram_has_every_way_of_the_table_and_no_other() -> None:
    ways = {line.strip().partition(": ")[0] for line in draw_states().splitlines() if "-->" in line}
    drawn = {way for way in ways if "[*]" not in way}
    assert drawn == {f"{state} --> {reached}" for (state, _), reached in TRANSITIONS.items()}


def test_the_diagram_ends_where_nothing_can_be_done_any_more() -> None:
    ends = {line.split()[0] for line in draw_states().splitlines() if line.endswith("--> [*]")}
    assert ends == {"retired", "stands", "called_off"}


def test_every_state_and_act_has_a_name_that_does_not_break_the_diagram() -> None:
    assert set(STATE_NAMES) == set(State)
    assert set(ACT_NAMES) == set(Act)
    assert not set(":;\n") & set("".join([*STATE_NAMES.values(), *ACT_NAMES.values()]))


def test_the_readme_holds_the_diagram_as_the_command_prints_it() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "survey.coproduction.diagram"], check=True, capture_output=True, text=True
    ).stdout
    assert printed.strip() == draw_states()
    _, held, _ = README.read_text(encoding="utf-8").split("<!-- round-states -->")
    assert held == f"\n```mermaid\n{printed}```\n"


def test_the_readme_holds_the_diagram_of_a_decision() -> None:
    _, held, _ = README.read_text(encoding="utf-8").split("<!-- decision-states -->")
    assert held == f"\n```mermaid\n{draw_decision()}\n```\n"
