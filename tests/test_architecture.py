"""The house rules that no linter knows: names, empty packages, where SQL may stand, what a committed file may hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("survey", "dashboard") for path in (ROOT / package).rglob("*.py"))

# Modules past 300 lines, each with the reason why there is no second thing in it.
LONG_MODULES: dict[str, str] = {}

SQL_HOMES = ("survey/store/", "dashboard/publish/", "dashboard/data.py")
SQL = re.compile(
    r"^\s*(select|SELECT)\b.+\b(from|FROM)\b|\b(insert\s+into|delete\s+from|create\s+(table|view|index)|drop\s+table)\b"
    r"|\b(INSERT\s+INTO|DELETE\s+FROM|CREATE\s+(TABLE|VIEW|INDEX)|DROP\s+TABLE)\b"
    r"|^\s*(update|UPDATE)\s+\w+\s+(set|SET)\b|\bread_parquet\s*\(",
    re.DOTALL,
)
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(root|home|work|Users)/\w")
REGISTRY_ADDRESS = re.compile(r"https?://[^/\s\"']*(pypi|npmjs|pythonhosted|debian|registry)[^/\s\"']*", re.IGNORECASE)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def strings_of(tree: ast.AST) -> Iterator[str]:
    """Every string of a module but its docstrings; the fixed parts of an f-string are joined."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "?".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty_names = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "lib"}
    assert [named(path) for path in MODULES if empty_names & {path.stem, *path.parent.parts[-2:]}] == []


def test_packages_are_empty_at_the_top() -> None:
    assert [named(path) for path in MODULES if path.name == "__init__.py" and path.read_text().strip()] == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__init__.py"], ids=named)
def test_a_module_says_in_one_sentence_what_it_is_about(path: Path) -> None:
    documentation = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert documentation is not None
    first_line = documentation.splitlines()[0]
    assert first_line.endswith((".", ":", ";", ",")) or len(documentation.splitlines()) > 1, first_line


@pytest.mark.parametrize("path", [path for path in MODULES if not named(path).startswith(SQL_HOMES)], ids=named)
def test_sql_stands_only_where_the_store_and_releases_are_read(path: Path) -> None:
    assert [text for text in strings_of(ast.parse(path.read_text(encoding="utf-8"))) if SQL.search(text)] == []


def test_sql_is_known_when_seen() -> None:
    assert SQL.search("select code from codes where hash = ?")
    assert SQL.search("INSERT INTO events VALUES (?)")
    assert not SQL.search("Select your area from the list")
    assert not SQL.search("update the settings")


def test_long_modules_are_listed_with_a_reason() -> None:
    long = {named(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 300}
    assert long == LONG_MODULES.keys()


def test_every_dependency_says_why_it_is_there() -> None:
    requirement = re.compile(r'^    "[a-z][\w.-]*(\[\w+\])?(~=|==|>=)')
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if requirement.match(line)]
    assert len(wanted) > 20
    assert [line for line in wanted if " # " not in line] == []


def test_committed_text_names_no_path_of_a_machine_and_no_registry() -> None:
    found = []
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{named(path)}: {match.group()}" for match in MACHINE_PATH.finditer(text)]
        found += [f"{named(path)}: {match.group()}" for match in REGISTRY_ADDRESS.finditer(text)]
    assert found == []


def test_the_lock_file_takes_packages_from_whatever_registry_is_set() -> None:
    packages = json.loads((ROOT / "survey/frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_nothing_compiled_or_written_at_run_time_is_committed() -> None:
    suffixes = {".mo", ".pyc", ".gz", ".duckdb", ".parquet", ".whl", ".map"}
    names = [named(path) for path in committed_files()]
    assert [name for name in names if Path(name).suffix in suffixes or name.startswith("survey/static/")] == []
