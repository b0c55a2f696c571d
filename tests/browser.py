"""A real browser and a real server for tests: where Chromium is, how an application is served, what axe finds."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from playwright.sync_api import Page, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is Chromium without what draws windows: the same pages in two thirds of the time."""
ARGUMENTS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync")
AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
WANTED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
    "performanceTimer": False,
}
"""What axe is asked for, and nothing that only costs time: style sheets are not fetched again."""


def launch_options(playwright: Playwright) -> dict[str, Any] | None:
    """What to launch: the Chromium on the PATH, else Playwright's own; None where there is neither."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not os.path.exists(playwright.chromium.executable_path):
        return None
    arguments = list(ARGUMENTS)
    if os.geteuid() == 0:  # Chromium refuses to run as root inside its sandbox
        arguments.append("--no-sandbox")
    return {"executable_path": found, "args": arguments}


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """Serve `application` from a thread of this process on a free port; yields its address without a final slash."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="test server")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def without_complaints(page: Page) -> Iterator[Page]:
    """The page; at the end it fails if a script or the page's policy complained."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    yield page
    page.close()
    # A status such as 404 is written to the console too; tests that want one assert it themselves.
    assert [text for text in complaints if "the server responded with a status of" not in text] == []


def axe_findings(page: Page, *, colours: bool = True) -> list[str]:
    """What axe finds on the page as it is now, one line a finding: rule, what to do, the elements.

    Without `colours` it does not look at contrasts, which takes two thirds of the time: for pages whose colours are
    looked at elsewhere.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    wanted = {**WANTED, "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    violations = page.evaluate("options => axe.run(document, options).then(found => found.violations)", wanted)
    return [
        f"{page.url}: {found['id']}: {found['help']}: {'; '.join(node['html'][:160] for node in found['nodes'])}"
        for found in violations
    ]


# What axe does not see (DOMAIN.md, "Accessibility"). Each expression gives the elements that break a rule.
DOM_RULES = {
    "radios and checkboxes stand in a fieldset with a legend": """
        [...document.querySelectorAll('main input[type=radio], main input[type=checkbox]')]
            .filter(field => !field.closest('fieldset')?.querySelector('legend')?.textContent.trim())""",
    "a page has one h1": """
        document.querySelectorAll('h1').length === 1 ? [] : [document.body]""",
    "language and direction agree": """
        [...document.querySelectorAll('[lang]')].filter(element => {
            const rightToLeft = /^(ar|fa|he|ps|ur|ckb|sd|yi)(-|$)/.test(element.lang);
            return (getComputedStyle(element).direction === 'rtl') !== rightToLeft; })""",
    "an error is described to its field": """
        [...document.querySelectorAll('.nhsuk-error-message:not([aria-hidden])')].filter(message =>
            !document.querySelector(`[aria-describedby~="${message.id}"]`))""",
    "links of the error summary lead to a field": """
        [...document.querySelectorAll('.nhsuk-error-summary a')].filter(link =>
            !document.getElementById(decodeURIComponent(link.hash.slice(1)))?.matches('input, select, textarea'))""",
    "a page with errors says so in its title": """
        document.querySelector('.nhsuk-error-message:not([aria-hidden])') && !/[:\\uff1a]/.test(document.title)
            ? [document.querySelector('title')] : []""",
    "targets are at least 24 pixels high and wide": """
        [...document.querySelectorAll('button, select, input:not([type=hidden]), textarea, summary')].filter(target => {
            const box = target.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24); })""",
    "buttons are at least 44 pixels high": """
        [...document.querySelectorAll('.nhsuk-button, .app-link-button')].filter(button => {
            const { height } = button.getBoundingClientRect();
            return height > 0 && height < 43.5; })""",
    "a unit is as high as its box": """
        [...document.querySelectorAll('.nhsuk-input-wrapper')].filter(({ children }) =>
            new Set([...children].map(part => Math.round(part.getBoundingClientRect().height))).size > 1)""",
    "nothing sticks out sideways": """
        document.documentElement.scrollWidth > window.innerWidth + 1 ? [document.body] : []""",
}


def broken_rules(page: Page) -> dict[str, list[str]]:
    """Which of `DOM_RULES` the page breaks as it is now, and the elements that do."""
    rules = ", ".join(f"{json.dumps(rule)}: () => ({expression})" for rule, expression in DOM_RULES.items())
    written = "find().map(element => element.outerHTML.slice(0, 160))"
    found = page.evaluate(f"() => Object.entries({{{rules}}}).map(([rule, find]) => [rule, {written}])")
    return {rule: elements for rule, elements in found if elements}


def dom_findings(page: Page) -> list[str]:
    """The same, one line a rule: rule, the elements."""
    broken = broken_rules(page)
    return [f"{page.url}: not so: {rule}: {'; '.join(elements)}" for rule, elements in broken.items()]
