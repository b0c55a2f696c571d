"""Look at every type of question in every state and circumstance, and write what was found for /accessibility."""

from __future__ import annotations

import argparse
import logging
import math
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from survey import resources
from survey.dates import ENGLAND
from survey.respondent.statement import EVIDENCE, GAPS, load_statement
from tests.browser import AXE, launch_options
from tests.evidence import figures, snapshots
from tests.evidence.cases import LOCALES, everything, representative
from tests.evidence.site import running_site
from tests.evidence.walking import divide, keyboard_journeys, walk_at_once


def main() -> int:
    """0 when all that was found is named in gaps.json; 1 when not."""
    options = read_options()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    gaps = load_statement(resources.ACCESSIBILITY).gaps
    if gaps is None:
        return 1  # the log has said why
    started = time.monotonic()
    offered = representative() if options.few else everything()
    cases = [case for case in offered if options.only in case.where or options.only == case.kind]
    is_part = options.few or options.only
    journeys = [] if is_part else keyboard_journeys(LOCALES)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder), LOCALES) as site:
        until = time.time() + 60 * options.minutes
        results = walk_at_once(site, divide(cases, journeys), options.processes, until, tell)
    differences = []
    for kind, trees in results.trees.items():
        if options.accept:
            snapshots.write(kind, snapshots.read(kind) | trees)
        differences += snapshots.differences(kind, trees)
    grouped = figures.group(results.seen, gaps)
    if not is_part:
        today = datetime.now(UTC).astimezone(ENGLAND).date()
        evidence = figures.summarise(results, grouped, versions(), today)
        figures.write(evidence, resources.ACCESSIBILITY / EVIDENCE)
    report(results, grouped, differences, time.monotonic() - started)
    unnamed = [each for each in grouped if not each.gap]
    return 1 if unnamed or differences or results.failures else 0


def read_options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("--processes", type=int, default=2, help="browsers side by side (2)")
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="look no longer; the rest is counted as left out"
    )
    parser.add_argument("--only", default="", help="a type, or words of where; then nothing is written for the site")
    parser.add_argument("--few", action="store_true", help="what `make test` looks at; nothing is written for the site")
    parser.add_argument("--accept", action="store_true", help="keep the accessibility trees as they are now")
    return parser.parse_args()


def tell(line: str) -> None:
    """Say how far it is."""
    print(line, file=sys.stderr, flush=True)


def versions() -> dict[str, str]:
    """What was looked with."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**(launch_options(playwright) or {}))
        axe = browser.new_page()
        axe.evaluate(AXE)
        found = {"axe": str(axe.evaluate("axe.version")), "chromium": browser.version}
        browser.close()
    return found


def report(results: figures.Results, grouped: list[figures.Grouped], differences: list[str], seconds: float) -> None:
    """Print what was found."""
    totals = figures.count(results.seen)
    print(f"{totals['looks']} looks, {totals['checks']} checks, {totals['findings']} findings in {seconds:.0f} seconds")
    print(f"{results.left_out} looks left out")
    for journey in results.journeys:
        how = "with" if journey.scripts else "without"
        presses = sum(journey.presses.values())
        print(f"{journey.survey}, {journey.locale}, {how} JavaScript: {journey.pages} pages, {presses} presses")
    for each in grouped:
        print(f"\n{each.rule} ({len(each.where)} times) - {each.gap or f'NOT NAMED in {GAPS}'}")
        print(*(f"  {place}" for place in each.where[:3]), *(f"    {one}" for one in each.elements[:3]), sep="\n")
    print(*differences, *results.failures, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
