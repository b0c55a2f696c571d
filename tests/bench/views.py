"""The dashboard's views: server time, bytes over the wire in a real browser, and whether what is old slows them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from whitenoise import WhiteNoise

from dashboard.access import EVERY_STAGE
from dashboard.app import create_dashboard
from dashboard.release import newest_release, released_waves
from survey.resources import STATIC
from tests.bench.dashboard import VIEWS, Timed, fill, time_views
from tests.browser import launch_options, served

RESPONSES, MANY = 420, 100_000
SUPERSEDED = 5_000
"""Count-only releases of a survey that has been open for weeks."""


def run_views(respondents: int, seconds: float, *, large: bool = False) -> None:
    """Time each view of small and, if wanted, large made-up systems, then weigh a first load and later views."""
    with tempfile.TemporaryDirectory() as folder:
        columns: dict[str, dict[str, Timed]] = {}
        for responses in (RESPONSES, *([MANY] if large else [])):
            releases = fill(Path(folder) / str(responses), responses).folder / "releases"
            columns[f"{responses:,} responses"] = time_views(releases)
            print(f"A release of {responses:,} responses in three waves: {weigh(releases) / 1000:,.0f} kB", flush=True)
        add_superseded(Path(folder) / str(RESPONSES) / "releases")
        columns[f"and {SUPERSEDED:,} old releases"] = time_views(Path(folder) / str(RESPONSES) / "releases")
        print("\nServer time of a view, ms (p50, p95), and kB over the wire")
        print(f"{'':24}" + "".join(f"{name:>30}" for name in columns))
        for name in VIEWS:
            figures = (column[name] for column in columns.values())
            print(f"{name:24}" + "".join(f"{each.median:12.1f}{each.p95:9.1f}{each.size:9.1f}" for each in figures))
        weigh_loads(Path(folder) / str(RESPONSES) / "releases")


def weigh(releases: Path) -> int:
    """Bytes of the newest release of the last wave."""
    newest = newest_release(releases, released_waves(releases)[-1])
    assert newest is not None
    return sum(file.stat().st_size for file in newest.iterdir())


def add_superseded(releases: Path) -> None:
    """As if every wave had been published again and again: nobody reads what is in the old ones."""
    for wave in released_waves(releases):
        newest = newest_release(releases, wave)
        assert newest is not None
        newest.rename(newest.with_name(f"{SUPERSEDED + 1:04d}"))
        for number in range(1, SUPERSEDED + 1):
            (releases / wave / f"{number:04d}").mkdir()
            (releases / wave / f"{number:04d}" / "release.json").touch()


def weigh_loads(releases: Path) -> None:
    """What a browser that was never there before receives for each page, and then for the next page."""
    root = flask.Flask("root", static_folder=None)
    root.wsgi_app = WhiteNoise(root.wsgi_app, root=STATIC, prefix="static/", max_age=3600)  # type: ignore[method-assign]
    dashboard = create_dashboard(releases, sees=lambda request: EVERY_STAGE)
    print("\nkB over the wire in Chromium: first load, and then another page by a link")
    with served(DispatcherMiddleware(root, {"/dashboard": dashboard})) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**(launch_options(playwright) or {}))
        for name, (path, search) in VIEWS.items():
            first, later = weigh_load(browser, f"{address}{path}{search}")
            print(f"{name:24}{first / 1000:12.1f}{later / 1000:9.1f}", flush=True)
        browser.close()


def weigh_load(browser: Browser, address: str) -> tuple[int, int]:
    """Bytes received, heads of the answers included."""
    context = browser.new_context()
    page = context.new_page()
    received: list[int] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.goto(address)
    wait_until_drawn(page)
    first = sum(received)
    received.clear()
    before = page.locator("#page h1").inner_text()
    later = "Method" if address.endswith("/dashboard/") else "Overview"
    page.get_by_role("link", name=later, exact=True).click()
    page.wait_for_function("before => document.querySelector('#page h1')?.innerText !== before", arg=before)
    wait_until_drawn(page)
    context.close()
    return first, sum(received)


def wait_until_drawn(page: Page) -> None:
    page.locator("#page h1").wait_for()
    page.wait_for_function("[...document.querySelectorAll('figure')].every(each => each.querySelector('svg'))")
    page.wait_for_load_state("networkidle")
