"""Publishing a wave of any size: seconds and memory of the whole, and the estimates alone beside one statement."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import duckdb

from dashboard.areas import Geography, load_geography
from dashboard.publish.analysis_file import load_analysis_file
from dashboard.publish.benchmarks import Benchmark, known_areas, load_benchmarks
from dashboard.publish.counts import count_answers
from dashboard.publish.wave import publish_wave
from survey import resources
from tests.bench.plain_estimates import figures_of, furthest_apart, plain_statement, with_weights
from tests.bench.synthetic import write_synthetic

SIZES = (420, 100_000, 1_000_000)
LARGEST = 10_000_000
SVY_AT = 100_000
NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
RUNS = 3
WEIGHTED = "weighted.parquet"


def run_publishing(respondents: int, seconds: float, *, large: bool = False, witness: str = sys.executable) -> None:
    """Publishing at several sizes. `witness` is a Python that may have svy."""
    del respondents, seconds
    print("\nPublishing: weights, estimates, inclusion, disclosure, release; all items of the annual survey")
    print(f"{'':<30} {'whole':>8} {'peak':>8} {'estimates':>11} {'plain SQL':>11} {'ratio':>6} {'apart':>7}")
    witnessed = ""
    for size in (*SIZES, *((LARGEST,) if large else ())):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            waves = ("2024", "2025", "2026") if size == SIZES[0] else ("2026",)
            for wave in waves:
                write_synthetic(folder / "analysis", size, wave=wave)
            whole = [_in_child("publish", folder, wave) for wave in waves][-1]
            alone = _in_child("estimates", folder, waves[-1])
            label = f"{size:,}, three waves pooled" if len(waves) > 1 else f"{size:,}"
            print(
                f"{label:<30} {whole['seconds']:6.1f} s {whole['peak']:5.0f} MB {alone['ours']:9.2f} s"
                f" {alone['plain']:9.2f} s {alone['ours'] / alone['plain']:6.2f} {alone['apart']:7.0e}",
                flush=True,
            )
            if size == SVY_AT:
                witnessed = _with_svy(folder, witness)
    print("Estimates: one wave by area and by group, raked. Plain SQL: by area alone, with weights that are there.")
    print(witnessed)


def _in_child(what: str, folder: Path, wave: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.publishing", what, str(folder), wave]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _publish(folder: Path, wave: str) -> dict[str, float]:
    began = time.perf_counter()
    publish_wave(
        folder / "analysis" / wave,
        folder / "releases",
        areas=resources.AREAS,
        benchmarks=resources.BENCHMARKS,
        now=NOW,
    )
    spent = time.perf_counter() - began
    return {"seconds": spent, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _estimates(folder: Path, wave: str) -> dict[str, float]:
    """Medians of seconds; weights, counts, sums and shares of ours, the plain statement, and how far they are apart."""
    file = load_analysis_file(folder / "analysis" / wave)
    geography, known = _lists()
    areas = geography.codes(file.vintage)
    opinions = tuple(item for item in file.items if item.dimension is None)
    weighted = with_weights(file, folder / WEIGHTED)
    ours, plain = [], []
    with duckdb.connect(":memory:") as connection:
        for _ in range(RUNS):
            began = time.perf_counter()
            counts = count_answers(connection, file, areas, known)
            figures = figures_of(counts, opinions, areas)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            rows = connection.execute(plain_statement(opinions, weighted)).fetchall()
            plain.append(time.perf_counter() - began)
    apart = furthest_apart([figures[item, area, option] for item, area, option, *_ in rows], [row[3:] for row in rows])
    return {"ours": median(ours), "plain": median(plain), "apart": apart}


def _with_svy(folder: Path, witness: str) -> str:
    """The shares of items of one choice by area as svy makes them, beside ours."""
    file = load_analysis_file(folder / "analysis" / "2026")
    chosen = tuple(item for item in file.items if item.dimension is None and item.type == "choice")
    command = [witness, "-m", "tests.bench.with_svy", str(folder / WEIGHTED), *(item.id for item in chosen)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return f"svy: {run.stderr.strip().splitlines()[-1]}"
    theirs = json.loads(run.stdout)
    geography, known = _lists()
    areas = geography.codes(file.vintage)
    began = time.perf_counter()
    with duckdb.connect(":memory:") as connection:
        ours = figures_of(count_answers(connection, file, areas, known), chosen, areas)
    spent = time.perf_counter() - began
    apart = furthest_apart(
        [ours[tuple(key)][3:] for *key, _, _ in theirs["figures"]], [row[3:] for row in theirs["figures"]]
    )
    return (
        f"svy by area, {SVY_AT:,} responses, {len(chosen)} items of one choice: {theirs['seconds']:.1f} s,"
        f" {theirs['seconds'] / spent:.0f} times our {spent:.2f} s for all items, groups and weights;"
        f" {len(theirs['figures']):,} shares and their standard errors are at most {apart:.0e} apart"
    )


def _lists() -> tuple[Geography, tuple[Benchmark, ...]]:
    geography = load_geography(resources.AREAS)
    return geography, load_benchmarks(resources.BENCHMARKS, known_areas(geography), made_up=True)


def main(arguments: Sequence[str]) -> None:
    """Measure one thing in this process, and print it as JSON."""
    what, folder, wave = arguments
    print(json.dumps({"publish": _publish, "estimates": _estimates}[what](Path(folder), wave)))


if __name__ == "__main__":
    main(sys.argv[1:])
