"""A wheel holds all that the program needs: it runs away from the checkout, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel alone; its dependencies are lent by the one the tests run in."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    run(sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", "--no-deps", str(wheel))
    return folder


def run(*command: str, cwd: Path | None = None, **environ: str) -> str:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environ}, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_holds_what_was_built_and_what_is_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "survey/static/app.css",
        "survey/static/app.css.gz",
        "survey/static/app-rtl.css",
        "survey/static/plotly-basic.min.js.gz",
        "dashboard/paper/profile.typ",
        "survey/templates/base.html",
        "survey/shipped/questionnaires/phb-annual.json",
        "survey/shipped/questionnaires/phb-annual/budget.svg",
        "survey/shipped/questionnaires/gallery/season.mp4",
        "survey/shipped/translations/en_GB@easyread/LC_MESSAGES/interface.po",
        "survey/shipped/translations/ur/LC_MESSAGES/interface.po",
        "survey/shipped/translations/ur/LC_MESSAGES/results.po",
        "dashboard/public/templates/wave.html",
        "survey/shipped/data/areas/icb_2026.csv",
        "survey/shipped/data/benchmarks/illustrative.csv",
        "survey/shipped/data/method/oracles.csv",
        *(f"survey/shipped/data/accessibility/{name}.json" for name in ("evidence", "gaps", "trials")),
    ):
        assert name in names
    assert [name for name in names if "node_modules" in name or name.startswith(("tests/", "survey/frontend/"))] == []


def test_the_installed_program_runs_and_finds_its_questionnaires(environment: Path, tmp_path: Path) -> None:
    borrowed = sysconfig.get_path("purelib")
    phb = str(environment / "bin" / "phb")
    assert "serve" in run(phb, "--help", cwd=tmp_path, PYTHONPATH=borrowed)
    where = run(
        str(environment / "bin" / "python"),
        *("-c", "from survey.resources import QUESTIONNAIRES as q; print(*q.glob('*.json'))"),
        cwd=tmp_path,
        PYTHONPATH=borrowed,
    ).strip()
    assert where.startswith(str(environment.resolve())), where
    run(phb, "check", where.split()[0], cwd=tmp_path, PYTHONPATH=borrowed)
