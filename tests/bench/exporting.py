"""Exporting a wave of any size: seconds of each step, and the most memory by then."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from survey import resources
from survey.areas import load_areas
from survey.config import load_config
from survey.demo.columns import event_columns, response_columns, status_columns
from survey.demo.fieldwork import WAVES, find_places
from survey.demo.filling import PART, generate_all
from survey.demo.generate import Task
from survey.export.spss import write_spss
from survey.export.wave import DAYS, export_wave, read_responses
from survey.questionnaire.load import load_file
from survey.questionnaire.routing import Router
from survey.store.bulk import append_all
from survey.store.connect import Store, open_store
from survey.store.files import write_table
from survey.store.waves import close_wave, find_wave, open_wave

SIZES = (420, 100_000)
LARGEST = 1_000_000
MADE_UP = 100_000
"""So many are made up; more are copies of these, each lot begun after the one before."""

BETWEEN_LOTS = timedelta(days=100)
BITS = 21
"""A response's number counts milliseconds, with so many random bits below them."""

STEPS = ("reading, paths", "Parquet", "CSV", "SPSS")


def run_exporting(respondents: int, seconds: float, *, large: bool = False) -> None:
    """The whole export as `phb export` does it, and its steps one after the other in another process."""
    del respondents, seconds
    print("\nExporting all items of the annual survey: seconds, and MB at most by then")
    print(f"{'':<10} {'whole':>14} " + " ".join(f"{step:>15}" for step in STEPS))
    for size in (*SIZES, *((LARGEST,) if large else ())):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            fill_store(folder, size)
            whole, steps = _in_child("whole", folder), _in_child("steps", folder)
        print(f"{size:<10,} {_said(whole['whole']):>14} " + " ".join(f"{_said(steps[step]):>15}" for step in STEPS))


def fill_store(folder: Path, size: int) -> None:
    """A store with one closed wave of so many made-up responses."""
    with _opened(folder) as (store, key):
        questionnaire = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
        made_up = WAVES[-1]
        areas = load_areas(resources.AREAS, made_up.vintage)
        places = find_places(areas, [area.code for area in areas], seed=1)
        numbers = range(min(size, MADE_UP))
        parts = [numbers[start : start + PART] for start in range(0, len(numbers), PART)]
        batches = list(generate_all([Task(made_up, part, 1, questionnaire, places, key) for part in parts]))
        wave = open_wave(
            store,
            wave=made_up.id,
            questionnaire=questionnaire,
            vintage=made_up.vintage,
            open_link=True,
            made_up=True,
            now=made_up.opened_at,
        )
        append_all(
            store,
            responses=response_columns(batches, wave),
            events=event_columns(batches, [placed.page.id for placed in Router(questionnaire).pages]),
            statuses=status_columns(batches),
        )
        close_wave(store, wave.id, made_up.closed_at)
        for lot in range(1, -(-size // MADE_UP)):
            store.journal.run(_copier(lot))


def _copier(lot: int) -> Callable[[DuckDBPyConnection], Any]:
    later = lot * BETWEEN_LOTS
    shift, span = (int(each.total_seconds() * 1000) << BITS for each in (later, BETWEEN_LOTS))
    first_lot = "response < (select min(response) from responses) + ?"

    def copy(cursor: DuckDBPyConnection) -> None:
        for table, moment in (("events", "saved_at"), ("statuses", "set_at"), ("responses", "started_at")):
            changed = f"response + ? as response, {moment} + ? as {moment}"
            if table == "responses":
                changed += f", return_hash || ' {lot}' as return_hash"
            copied = f"select * replace ({changed}) from {table} where {first_lot}"
            cursor.execute(f"insert into {table} {copied}", [shift, later, span])

    return copy


def _in_child(what: str, folder: Path) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "tests.bench.exporting", what, str(folder)]
    found: dict[str, list[float]] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    )
    return found


def most_memory() -> float:
    """The most megabytes this program has held. (`getrusage` would count what its parent held before, too.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _said(measured: list[float]) -> str:
    return f"{measured[0]:.1f} s {measured[1]:5.0f}"


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[Store, bytes]]:
    config = load_config({"PHB_DATA": str(folder)})
    store = open_store(config)
    try:
        yield store, config.code_key
    finally:
        store.close()


def _measure(what: str, folder: Path) -> dict[str, list[float]]:
    """By step its seconds, and the most megabytes there were in this process by then."""
    found: dict[str, list[float]] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        result = work()
        found[step] = [time.perf_counter() - began, most_memory()]
        return result

    def silent(done: int, of: int) -> None:
        del done, of

    with _opened(folder) as (store, key):
        wave = find_wave(store, WAVES[-1].id)
        assert wave is not None
        if what == "whole":
            out = folder / "out"
            timed("whole", lambda: export_wave(store, wave, out, key, silent, now=datetime.now(UTC)))
            return found
        table = timed(STEPS[0], lambda: read_responses(store, wave, key, silent))
        order = table.order()
        for step, ending in zip(STEPS[1:3], (".parquet", ".csv"), strict=True):
            timed(step, lambda ending=ending: write_table(table.frame(order), folder / f"responses{ending}", days=DAYS))
        timed(STEPS[3], lambda: write_spss(table, order, folder / "responses.sav"))
    return found


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
