"""Walking through cases, journeys and snapshots with one browser, or with several at once."""

from __future__ import annotations

import math
import multiprocessing
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch_options
from tests.evidence import snapshots
from tests.evidence.cases import Case
from tests.evidence.figures import Journey, Results
from tests.evidence.keyboard import KeyboardJourney, Stuck
from tests.evidence.looking import NotThere, looking
from tests.evidence.site import SURVEYS, Looked

LAST_PAGES = {"gallery": "/survey/done", "phb-annual": "/survey/core-done"}
"""Where a journey by keyboard ends: the gallery is sent, of the annual survey the core is answered."""
AT_ONCE = 15
"""Cases that one browser looks at before it is closed: a quarter of a minute."""


@dataclass(frozen=True)
class Work:
    """What one browser does: cases of one visitor, or one journey by keyboard."""

    cases: tuple[Case, ...] = ()
    journey: tuple[str, str, bool] | None = None
    """Survey, locale, with scripts."""


def divide(cases: Iterable[Case], journeys: Iterable[tuple[str, str, bool]]) -> list[Work]:
    """Pieces of about the same size, mixed: a run that has to stop has seen some of everything."""
    mixed = random.Random(1)
    cases = list(cases)
    mixed.shuffle(cases)
    visitors: dict[tuple[str, str, bool], list[Case]] = {}
    for case in cases:
        visitors.setdefault((case.visit, case.locale, case.scripts), []).append(case)
    work = [
        Work(tuple(each[start : start + AT_ONCE]))
        for each in visitors.values()
        for start in range(0, len(each), AT_ONCE)
    ]
    mixed.shuffle(work)
    return [*(Work(journey=journey) for journey in journeys), *work]


def walk_at_once(
    site: Looked, work: Sequence[Work], processes: int, until: float, tell: Callable[[str], None]
) -> Results:
    """Do all the work with so many browsers side by side, or what there is time for."""
    results = Results()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for place, done in enumerate(
            as_completed(pool.submit(_walk_alone, site, each, until) for each in work), start=1
        ):
            found = done.result()
            results.add(found)
            tell(f"{place} of {len(work)}: {len(results.seen)} looks so far")
            broken = {finding: one for one in found.seen for finding in one.findings}
            for finding, one in broken.items():
                tell(f"  {finding.rule}: {one.case.where}, {one.circumstance}: {finding.elements[:1]}")
            for failure in found.failures:
                tell(f"  {failure}")
    return results


def _walk_alone(site: Looked, work: Work, until: float) -> Results:
    if time.time() > until:
        return Results(left_out=_count(work.cases))
    with sync_playwright() as playwright:
        options = launch_options(playwright)
        if options is None:
            return Results(failures=["There is no Chromium: put one on the PATH, or run `make browser`."])
        browser = playwright.chromium.launch(**options)
        found = walk(browser, site, work, until)
        browser.close()
    return found


def walk(browser: Browser, site: Looked, work: Work, until: float = math.inf) -> Results:
    """Do one piece of work with a browser that is there, or what there is time for."""
    results = Results()
    if work.journey is not None:
        survey, locale, scripts = work.journey
        try:
            results.journeys.append(type_through(browser, site, survey, locale, scripts=scripts))
        except Stuck as stuck:
            results.failures.append(str(stuck))
    if work.cases:
        first = work.cases[0]
        cookie = site.cookies.get((first.visit, first.locale), "")
        with looking(browser, site.url, cookie, first.locale, results.failures) as looker:
            for place, case in enumerate(work.cases):
                if time.time() > until:
                    results.left_out = _count(work.cases[place:])
                    break
                try:
                    results.seen += looker.look(case)
                except NotThere:
                    continue  # not asked of this visitor
                if snapshots.is_kept(case):
                    results.trees.setdefault(case.kind, {})[snapshots.title(case)] = snapshots.take(looker.page)
    return results


def _count(cases: Iterable[Case]) -> int:
    return sum(len(case.circumstances) for case in cases)


def type_through(browser: Browser, site: Looked, survey: str, locale: str, *, scripts: bool) -> Journey:
    """One journey by keyboard. Raises Stuck."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    if not scripts:
        context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})
    walked = KeyboardJourney(survey, locale, page, site.url).walk(SURVEYS[survey], LAST_PAGES[survey])
    context.close()
    return Journey(survey, locale, scripts, walked.pages, walked.presses, walked.characters)


def keyboard_journeys(locales: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Both surveys in every locale, with and without scripts."""
    return ((survey, locale, scripts) for survey in SURVEYS for locale in locales for scripts in (True, False))
