"""All benches in one run: `python -m tests.bench`, or one of its parts by name."""

from __future__ import annotations

import argparse

from tests.bench.journeys import HEADING, measure_bare, measure_phb


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


def main() -> None:
    """Read the arguments and run."""
    parts = {"journeys": run_journeys, "servers": run_servers}
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="default: all")
    parser.add_argument("--respondents", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=15)
    arguments = parser.parse_args()
    for name in arguments.parts or parts:
        parts[name](arguments.respondents, arguments.seconds)


if __name__ == "__main__":
    main()
