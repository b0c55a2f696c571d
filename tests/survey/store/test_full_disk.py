"""A disk without room: whoever writes is told, what was saved before stays, and with room it goes on by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from survey.config import Config

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "checkpoint_at",
    [
        pytest.param(16_000_000, id="the log cannot grow"),
        pytest.param(1_200_000, id="the file cannot grow, at a checkpoint"),
    ],
)
def test_a_full_disk_loses_nothing_and_ends_with_the_shortage(config: Config, checkpoint_at: int) -> None:
    process = [sys.executable, "-m", "tests.survey.store.full_disk", str(config.data), str(checkpoint_at)]
    done = subprocess.run(process, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["saved"] > 20
    assert found["read_while_full"] == found["saved"]
    assert found["after"] == found["reopened"] == found["saved"] + 1
