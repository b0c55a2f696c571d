"""Opening pages in a browser, bringing them into a state, and applying every rule in every circumstance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Error, Page

from survey.i18n import INTERFACE, language, shipped_languages
from survey.looks import COOKIE
from tests.browser import AXE, DOM_RULES, WANTED, broken_rules
from tests.evidence.cases import ERROR, NORMAL, SOFT, Case
from tests.evidence.circumstances import CIRCUMSTANCES, Circumstance, bring_about
from tests.journeys.gallery import GALLERY, Entered

RULES = (Path(__file__).parent / "rules.js").read_text(encoding="utf-8")
RUN_AXE = """options => axe.run(document, options).then(found => ({
    checks: found.passes.length + found.violations.length,
    undecided: found.incomplete.length,
    violations: found.violations.map(each => [each.id, each.nodes.map(node => node.html.slice(0, 160))]),
}))"""
ALL_TOLD = {**WANTED, "resultTypes": ["violations", "incomplete"], "selectors": False}
DEFAULT_BUTTON = "main form button[type=submit]:not([name], [hidden])"


@dataclass(frozen=True)
class Finding:
    """A rule that a page breaks, and the elements that do."""

    rule: str
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """One page in one state and circumstance, and what was found."""

    case: Case
    circumstance: str
    checks: int
    undecided: int
    """Rules that axe could not decide on."""
    targets: int
    small: int
    """Targets under 44 pixels."""
    findings: tuple[Finding, ...]


class NotThere(Exception):
    """The page is not on the path of this visit."""


@dataclass
class Looker:
    """One visit in one browser window."""

    page: Page
    devtools: CDPSession
    url: str
    format: str = "standard"
    looks: str = ""

    def look(self, case: Case) -> Iterator[Seen]:
        """Every circumstance of a case. Raises NotThere."""
        self.open_for_rules(case)
        at_first = tuple(self.findings_at_first(case))
        for place, circumstance in enumerate(case.circumstances):
            if circumstance.looks != self.looks:
                self.wear(circumstance.looks)
                self.open_for_rules(case)
            bring_about(circumstance, self.page)
            yield self.seen(case, circumstance, at_first if place == 0 else ())
        bring_about(CIRCUMSTANCES[0], self.page)
        if self.looks:
            self.wear("")

    def open_for_rules(self, case: Case) -> None:
        """Open the page, then let scripts run: axe and the rules are some; what the page brought was refused before."""
        self.open(case)
        self.run_scripts(True)
        self.page.evaluate(AXE)

    def wear(self, looks: str) -> None:
        """Choose comfort settings; an empty text chooses none."""
        self.looks = looks
        self.page.context.clear_cookies(name=COOKIE)
        if looks:
            self.page.context.add_cookies([{"name": COOKIE, "value": looks, "url": self.url}])

    def open(self, case: Case) -> None:
        """Bring the page into its state, with or without scripts of its own."""
        self.run_scripts(case.scripts)
        if case.format != self.format:
            self.page.goto(f"{self.url}/format/{case.format}?to={case.address}")
            self.format = case.format
        else:
            self.page.goto(self.url + case.address)
        if case.kind != "page" and not self.page.url.endswith(case.address):
            raise NotThere(case.where)
        if case.state != NORMAL:
            self.spoil(case)

    def run_scripts(self, allowed: bool) -> None:
        """Whether scripts run from now on."""
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def spoil(self, case: Case) -> None:
        """Enter what brings the page into its state, and press "Continue"."""
        step = GALLERY[case.name]
        self.page.evaluate("document.querySelectorAll('main :checked').forEach(box => { box.checked = false; })")
        if case.state == SOFT:
            self.enter(step.odd or step.right)
        elif step.tampered:
            self.page.evaluate(
                "name => document.querySelector(`[name='answer-${name}']`).value = 'none-such'", step.tampered
            )
            self.enter({step.tampered: "none-such"})
        else:
            self.enter(step.wrong or {})
        with self.page.expect_navigation():
            self.page.locator(DEFAULT_BUTTON).first.click()
        shown = self.page.locator(".nhsuk-error-summary" if case.state == ERROR else "#soft-heading").count()
        assert shown == 1, f"{case.where}: the state was not reached"

    def enter(self, entered: Entered) -> None:
        """Fill the fields named, as far as they are seen."""
        for name, value in entered.items():
            fields = self.page.locator(f'main [name="answer-{name}"]')
            kind = fields.first.evaluate("field => field.type")
            if kind == "radio":
                self.page.check(f'main [name="answer-{name}"][value="{value}"]')
            elif kind == "checkbox":
                # Not by clicks: where scripts run, ticking one can take the tick of another away.
                ticked = "(boxes, values) => boxes.forEach(box => { box.checked = values.includes(box.value); })"
                fields.evaluate_all(ticked, list(value))
            elif kind == "select-one":
                fields.select_option(str(value))
            elif fields.first.is_visible():
                fields.fill(str(value))

    def findings_at_first(self, case: Case) -> Iterator[Finding]:
        """What can only be seen before anything else has the focus."""
        if case.scripts and case.state != NORMAL:
            wanted = ".nhsuk-error-summary" if case.state == ERROR else ".app-notice"
            self.page.wait_for_load_state()
            focused = self.page.evaluate("selector => document.activeElement.matches(selector)", wanted)
            if not focused:
                yield Finding("reading begins at the problem", (wanted,))
        elif not case.scripts and self.page.locator("body.js-enabled").count():
            yield Finding("without JavaScript no script has run", ("body",))

    def seen(self, case: Case, circumstance: Circumstance, at_first: Iterable[Finding]) -> Seen:
        """Apply every rule to the page as it is now."""
        ours = self.page.evaluate(f"expected => ({RULES})(expected)", expectations(case))
        axe = self.page.evaluate(RUN_AXE, ALL_TOLD)
        found = [*at_first]
        found += [Finding(f"axe: {rule}", tuple(elements)) for rule, elements in axe["violations"]]
        found += [Finding(rule, tuple(elements)) for rule, elements in ours["broken"].items() if elements]
        found += [Finding(rule, tuple(elements)) for rule, elements in broken_rules(self.page).items()]
        return Seen(
            case,
            circumstance.name,
            checks=axe["checks"] + len(ours["broken"]) + len(DOM_RULES),
            undecided=axe["undecided"],
            targets=ours["targets"],
            small=ours["small"],
            findings=tuple(found),
        )


def expectations(case: Case) -> Mapping[str, Any]:
    """What the rules need to know of a page."""
    catalogue = shipped_languages().catalogue(INTERFACE, case.locale)
    spoken = language(case.locale)
    return {
        "isQuestion": case.kind != "page",
        "isError": case.state == ERROR,
        "isSurvey": not case.address.startswith("/results"),
        "error": str(catalogue.translations.ugettext("Error: %(page)s")).partition("%(page)s")[0],
        "isLatin": spoken.direction == "ltr",
        "language": spoken.tag,
    }


@contextmanager
def looking(browser: Browser, url: str, cookie: str, locale: str, complaints: list[str]) -> Iterator[Looker]:
    """A window of a visitor. Complaints of scripts and of the page's policy, and requests to other hosts, are noted."""
    context = browser.new_context(locale="en-GB" if locale == "en" else locale)
    context.set_default_timeout(60_000)
    if cookie:
        context.add_cookies([{"name": "phb", "value": cookie, "url": url}])
    page = context.new_page()
    page.on("pageerror", lambda error: _note_error(error, page.url, complaints))
    page.on("console", lambda message: _note(message, complaints))
    page.on("request", lambda request: _note_host(request.url, url, page.url, complaints))
    yield Looker(page, context.new_cdp_session(page), url)
    context.close()


def _note_error(error: Error, page: str, complaints: list[str]) -> None:
    complaints.append(f"{page}: {error}")


def _note_host(fetched: str, url: str, page: str, complaints: list[str]) -> None:
    if not fetched.startswith(url):
        complaints.append(f"{page}: {fetched}")


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    # A status such as 422 is written to the console too.
    if message.type == "error" and "the server responded with a status of" not in message.text:
        complaints.append(message.text)
