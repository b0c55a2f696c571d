"""All benches in one run: `python -m tests.bench`, or some of its parts by name."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from survey.i18n import shipped_languages
from tests.bench.auditing import run_auditing
from tests.bench.checking import run_checking
from tests.bench.dashboard import fill, time_views
from tests.bench.exporting import run_exporting
from tests.bench.journeys import HEADING, measure_bare, measure_phb
from tests.bench.publishing import run_publishing
from tests.bench.results import run_results
from tests.bench.review import run_review
from tests.bench.rounds import run_rounds
from tests.bench.sizes import run_sizes
from tests.bench.views import run_views

SMALL, LARGE = 1260, 100_000


def run_journeys(respondents: int, seconds: float) -> None:
    """The survey under `phb serve` and the bare application, in turn, with the ratio of their rates."""
    print(f"\nPage submissions (POST, commit, redirect, GET), {respondents} respondents at once\n{HEADING}")
    ours, page_bytes = measure_phb("phb", respondents=respondents, seconds=seconds)
    bare = measure_bare("granian", page_bytes, respondents=respondents, seconds=seconds)
    again, _ = measure_phb("phb", respondents=respondents, seconds=seconds)
    for name, result in (("phb serve", ours), (f"bare, {page_bytes} bytes a page", bare), ("phb serve, again", again)):
        print(result.row(name), flush=True)
    print(f"phb / bare: rate {(ours.rate + again.rate) / 2 / bare.rate:.2f}, CPU {ours.cpu / bare.cpu:.1f}")


def run_servers(respondents: int, seconds: float) -> None:
    """The same two applications on three servers."""
    print(f"\nServers, one process and sixteen threads each\n{HEADING}")
    for server in ("granian", "gunicorn", "waitress"):
        ours, page_bytes = measure_phb(server, respondents=respondents, seconds=seconds)
        bare = measure_bare(server, page_bytes, respondents=respondents, seconds=seconds)
        print(ours.row(f"survey on {server}"))
        print(bare.row(f"bare on {server}"), flush=True)


def run_system(respondents: int, seconds: float) -> None:
    """Filling a made-up system, the dashboard's views, and submissions to a store that is already full."""
    views: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        print("\nA made-up system: generate, store, export, publish")
        for responses in (SMALL, LARGE):
            filled = fill(Path(folder) / str(responses), responses)
            print(f"{responses:>9,} responses: {filled.seconds:6.1f} s, at most {filled.peak:5.0f} MB", flush=True)
            for name, timed in time_views(filled.folder / "releases").items():
                views.setdefault(name, []).append(f"{timed.median:8.1f} {timed.p95:8.1f}")
        print(f"\nDashboard, server time of a view, ms{'':<2} {SMALL:>8,} (p50, p95) {LARGE:>8,} (p50, p95)")
        for name, figures in views.items():
            print(f"{name:<36} {'   '.join(figures)}")
        print(f"\nPage submissions with {LARGE:,} responses stored\n{HEADING}")
        full, _ = measure_phb("phb", respondents=respondents, seconds=seconds, data=Path(folder) / str(LARGE))
        print(full.row("phb serve"), flush=True)


def run_size(respondents: int, seconds: float) -> None:
    """Bytes of the pages in every language that ships."""
    run_sizes([language.tag for language in shipped_languages().offered])


def main() -> None:
    """Read the arguments and run."""
    parts: dict[str, Callable[[int, float], None]] = {
        "journeys": run_journeys,
        "servers": run_servers,
        "size": run_size,
        "system": run_system,
        "views": run_views,
        "results": run_results,
        "check": run_checking,
        "rounds": run_rounds,
        "review": run_review,
        "publish": run_publishing,
        "export": run_exporting,
        "audit": run_auditing,
    }
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(parts)} (default: all)")
    parser.add_argument("--respondents", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument(
        "--large", action="store_true", help="publish 10,000,000 responses, export 1,000,000 and view 100,000, too"
    )
    parser.add_argument("--witness", default=sys.executable, help="a Python that has svy, to publish beside it")
    parser.add_argument("--releases", type=int, default=300, help="releases that are made in memory and audited")
    arguments = parser.parse_args()
    parts["audit"] = partial(run_auditing, releases=arguments.releases)
    parts["export"] = partial(run_exporting, large=arguments.large)
    parts["views"] = partial(run_views, large=arguments.large)
    parts["publish"] = partial(run_publishing, large=arguments.large, witness=arguments.witness)
    if unknown := set(arguments.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for name in arguments.parts or parts:
        parts[name](arguments.respondents, arguments.seconds)


if __name__ == "__main__":
    main()
