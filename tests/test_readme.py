"""The README names every command, setting and make target there is, and none that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from survey.cli import main

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands_of(group: click.Group, path: str = "phb") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_every_command_is_in_the_readme() -> None:
    readme = read("README.md")
    assert [command for command in commands_of(main) if command not in readme] == []


def test_every_setting_is_in_the_readme_and_every_one_there_exists() -> None:
    setting = re.compile(r"\bPHB_[A-Z_]+\b")
    assert set(setting.findall(read("README.md"))) == set(setting.findall(read("survey/config.py")))


def test_make_targets_named_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", read("README.md") + read("CONTRIBUTING.md")))
    assert named <= targets
    assert {"run", "test"} <= named


def test_pictures_in_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", read("README.md"))
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []
