"""What every test has: hypothesis without a stop watch, a real browser, and marks for the tests that use one."""

from __future__ import annotations

import os
from collections.abc import Iterator

# Two workers share two cores: numpy's own threads would only wait for each other. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import launch_options, without_complaints

# On a busy machine an example takes as long as it takes: timings are never asserted in tests.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, one for all the tests of a worker."""
    with sync_playwright() as playwright:
        options = launch_options(playwright)
        if options is None:
            pytest.fail("No Chromium: put one on the PATH, or run `make browser`.", pytrace=False)
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor, in English; the test fails at its end if a script or the page's policy complained."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    with without_complaints(context.new_page()) as page:
        yield page
    context.close()
