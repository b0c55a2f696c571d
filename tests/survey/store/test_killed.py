"""Killed at any moment, under load: every answer that was acknowledged is there when the store is opened again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from survey.config import Config
from survey.store.connect import open_store
from survey.store.responses import load_response, save_page
from tests.survey.store.builders import open_tiny_wave, said

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("acknowledged_before_the_kill", "meanwhile"),
    [(1, ""), (150, ""), (700, ""), (150, "compact"), (300, "compact"), (450, "compact")],
)
def test_nothing_acknowledged_is_lost_by_sigkill(
    config: Config, acknowledged_before_the_kill: int, meanwhile: str
) -> None:
    store = open_store(config)
    open_tiny_wave(store)
    store.close()
    writer = [sys.executable, "-m", "tests.survey.store.busy_writer", str(config.data), meanwhile]
    with subprocess.Popen(writer, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(acknowledged_before_the_kill)]
        process.kill()
        lines += process.stdout.readlines()
    acknowledged: dict[int, int] = {}
    for line in lines:
        if line.endswith(b"\n"):
            response, seq = map(int, line.split())
            acknowledged[response] = max(seq, acknowledged.get(response, 0))

    again = open_store(config)
    kept = again.rows("select response, list(seq order by seq) from events group by response")
    everything: dict[int, list[int]] = dict(kept)
    for response, seq in acknowledged.items():
        assert everything[response][:seq] == list(range(1, seq + 1))
        state = load_response(again, response)
        assert state is not None
        assert state.seq == len(everything[response])
        assert str(state.answers["words"]).startswith(f"{response} said {state.seq - 2} ")
        assert save_page(again, response, page="words", answers={}, **said()).seq == state.seq + 1
    again.close()
