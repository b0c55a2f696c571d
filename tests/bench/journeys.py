"""Durable page submissions a second, beside a bare application on the same server with pages of the same size."""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.client import drive, learn_journey
from tests.bench.servers import PHB, Running, free_port, server_command, serving

REAL = "survey.together.application:wsgi"
BARE = "tests.bench.bare:application"


@dataclass(frozen=True)
class Result:
    """Figures of one run: submissions a second, milliseconds, milliseconds of CPU, megabytes."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    peak: float
    journeys: int
    errors: int

    def row(self, name: str) -> str:
        """The figures as one line of a table."""
        return (
            f"{name:<34} {self.rate:8.0f} {self.p50:8.1f} {self.p95:8.1f} {self.p99:8.1f} {self.cpu:8.2f} "
            f"{self.peak:8.0f} {self.journeys:8d} {self.errors:7d}"
        )


HEADING = (
    f"{'server':<34} {'sub/s':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'cpu ms':>8} {'peak MB':>8} "
    f"{'journeys':>8} {'errors':>7}"
)


def measure(running: Running, *, start: str, respondents: int, seconds: float) -> tuple[Result, int]:
    """Warm up, then drive the server; also the mean page size in bytes."""
    steps = learn_journey(running.port, start)
    drive(running.port, steps, start=start, respondents=respondents, seconds=2)
    before = running.cpu_seconds()
    tally = drive(running.port, steps, start=start, respondents=respondents, seconds=seconds)
    cpu = running.cpu_seconds() - before
    for error in tally.errors[:3]:
        print(f"  error: {error}", file=sys.stderr)
    count = max(1, len(tally.seconds))
    cuts = statistics.quantiles(tally.seconds, n=100)
    result = Result(
        rate=count / seconds,
        p50=cuts[49] * 1000,
        p95=cuts[94] * 1000,
        p99=cuts[98] * 1000,
        cpu=cpu / count * 1000,
        peak=running.peak_megabytes(),
        journeys=tally.journeys,
        errors=len(tally.errors),
    )
    return result, round(statistics.mean(step.page_bytes for step in steps))


def measure_phb(
    server: str, *, respondents: int, seconds: float, data: Path | None = None, start: str = "/"
) -> tuple[Result, int]:
    """The survey itself, on a new store or on the one in `data`; `phb` as a server means `phb serve`."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PHB_DATA": str(data or folder), "PHB_URL": f"http://127.0.0.1:{port}"}
        command = [PHB, "serve", "--port", str(port)] if server == "phb" else server_command(server, REAL, port)
        with serving(command, port, environment, Path(folder) / "server.log") as running:
            return measure(running, start=start, respondents=respondents, seconds=seconds)


def measure_bare(server: str, page_bytes: int, *, respondents: int, seconds: float) -> Result:
    """The baseline application; its 'journey' is forty of its pages."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"BENCH_PAGE_BYTES": str(page_bytes)}
        with serving(server_command(server, BARE, port), port, environment, Path(folder) / "log") as running:
            return measure(running, start="/", respondents=respondents, seconds=seconds)[0]
