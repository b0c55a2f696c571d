"""Server time of the dashboard's views, at a small and at a large number of responses."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from werkzeug.test import Client

from dashboard.access import EVERY_STAGE
from dashboard.app import create_dashboard
from dashboard.layout import PAGE_TITLES
from tests.bench.servers import PHB

VIEWS = {
    **{title: (f"/dashboard/{page.value}", "") for page, title in PAGE_TITLES.items()},
    "Results, all areas": ("/dashboard/results", "?question=keep&place=areas"),
    "Results by group": ("/dashboard/results", "?question=keep&by=language&period=pooled"),
    "Results by survey": ("/dashboard/results", "?question=keep&by=waves"),
    "Profile of an ICS": ("/dashboard/profile", "?place=QYG"),
}
"""Every page there is as it begins, and the largest views of some."""
CALLS = 60


@dataclass(frozen=True)
class Filled:
    """A made-up system in a folder: how long it took in seconds, and the most memory in megabytes."""

    folder: Path
    seconds: float
    peak: float


def fill(folder: Path, responses: int) -> Filled:
    """Run `phb demo` without serving: make people up, store, export and publish them."""
    began = time.perf_counter()
    running = psutil.Popen(
        [PHB, "demo", "--responses", str(responses), "--no-serve"],
        env={**os.environ, "PHB_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    peak = 0.0
    while running.poll() is None:
        peak = max(peak, memory_of(running))
        time.sleep(0.1)
    if running.returncode != 0:
        raise RuntimeError(f"phb demo ended with {running.returncode}")
    return Filled(folder, time.perf_counter() - began, peak)


def memory_of(process: psutil.Process) -> float:
    """Resident megabytes of a process and its children now."""
    total = 0.0
    try:
        for each in [process, *process.children(recursive=True)]:
            total += each.memory_info().rss / 2**20
    except psutil.NoSuchProcess:
        pass
    return total


@dataclass(frozen=True)
class Timed:
    """Milliseconds that a view takes on the server, and kilobytes that it is over the wire."""

    median: float
    p95: float
    size: float


def time_views(releases: Path) -> dict[str, Timed]:
    """Every view, as the page's own script asks, from a process that is as settled as the server's."""
    client = Client(create_dashboard(releases, sees=lambda request: EVERY_STAGE))
    gc.collect()
    gc.freeze()
    return {name: time_view(client, path, search) for name, (path, search) in VIEWS.items()}


def time_view(client: Client, path: str, search: str) -> Timed:
    """One view, compressed as browsers take it."""
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": search},
        ],
        "changedPropIds": ["address.pathname"],
        "state": [],
    }
    spent = []
    for _ in range(CALLS):
        began = time.perf_counter()
        reply = client.post("/_dash-update-component", json=body, headers={"Accept-Encoding": "gzip"})
        spent.append((time.perf_counter() - began) * 1000)
        if reply.status_code != 200:
            raise RuntimeError(f"{path}{search} answered {reply.status_code}")
    return Timed(statistics.median(spent), statistics.quantiles(spent, n=20)[18], len(reply.data) / 1000)
