"""How many, where and when, beside the wave before, and what matters most in what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.gaps import Gap, widest_gap
from dashboard.model import Count, Place, Release
from dashboard.release import Level, Span
from dashboard.views.matters import Changes, Heard, find_changes, find_heard
from dashboard.views.setting import Setting, choose_setting

UNKNOWN_AREA = "unknown"

SENT = "submitted"

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Numbers:
    """The three large figures of the overview; None for what a release does not hold."""

    wave: str
    responses: int | None
    """All that were begun."""
    sent: int | None
    """Those of them that were sent; None where there are fewer than ten."""
    areas_shown: int | None
    areas: int
    gap: Gap | None


@dataclass(frozen=True)
class Pace:
    """How many began in the first whole weeks of an open wave, and in as many weeks of the wave before."""

    weeks: int
    people: int
    before: int


@dataclass(frozen=True)
class Overview:
    """How many, where and when."""

    setting: Setting
    now: Numbers
    before: Numbers | None
    by_area: tuple[tuple[Place, Count | None], ...]
    """None where answers of the wave cannot be added up to an area of the chosen list."""
    unknown_area: Count | None
    """Answers whose area is not known."""
    by_week: tuple[Count, ...]
    weeks_before: tuple[Count, ...]
    """The weeks of the wave before, each by the Monday of the same week since opening of this one."""
    pace: Pace | None
    """None once the wave has closed, and where a week of one of the two is not counted."""
    heard: Heard
    changes: Changes


def show_overview(releases: Releases, address: Address) -> Overview:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    release = setting.release
    before = releases.before(release)
    counts = {count.category: count for count in releases.fieldwork(release, "area", vintage=setting.vintage)}
    areas = release.places(setting.vintage, Level.AREA)
    by_week = releases.fieldwork(release, "day_week")
    weeks_before = _align(releases.fieldwork(before, "day_week"), before, release) if before else ()
    return Overview(
        setting=setting,
        now=_numbers(releases, release, setting.vintage),
        before=_numbers(releases, before, before.facts.vintage) if before else None,
        by_area=tuple((area, counts.get(area.code)) for area in areas),
        unknown_area=counts.get(UNKNOWN_AREA),
        by_week=by_week,
        weeks_before=weeks_before,
        pace=None if release.facts.has_estimates else _find_pace(release, by_week, weeks_before),
        heard=find_heard(releases.groups(release)),
        changes=find_changes(releases, release),
    )


def _numbers(releases: Releases, release: Release, vintage: str) -> Numbers:
    shown = releases.areas_shown(release, span=Span.WAVE, vintage=vintage)
    return Numbers(
        wave=release.facts.wave,
        responses=release.facts.responses,
        sent=_find_sent(releases, release),
        areas_shown=len(shown) if release.facts.has_estimates else None,
        areas=len(release.places(vintage, Level.AREA)),
        gap=widest_gap(releases.groups(release)),
    )


def _find_sent(releases: Releases, release: Release) -> int | None:
    sent = (count for count in releases.fieldwork(release, "status") if count.category == SENT)
    return next((count.count for count in sent), None)


def _align(weeks: Sequence[Count], before: Release, release: Release) -> tuple[Count, ...]:
    """The weeks of an earlier wave, moved to the weeks of this one that are as long after it opened."""
    if before.facts.opened_on is None or release.facts.opened_on is None:
        return ()
    shift = _monday(release.facts.opened_on) - _monday(before.facts.opened_on)
    return tuple(
        replace(week, category=(date.fromisoformat(week.category) + shift).isoformat())
        for week in weeks
        if date.fromisoformat(week.category) >= _monday(before.facts.opened_on)
    )


def _find_pace(release: Release, by_week: Sequence[Count], weeks_before: Sequence[Count]) -> Pace | None:
    """A week without a row is one in which nobody began; one of fewer than ten leaves nothing to compare."""
    if release.facts.opened_on is None or not weeks_before:
        return None
    first = _monday(release.facts.opened_on)
    whole = (date.fromisoformat(release.facts.released_at[:10]) - first) // _WEEK
    mondays = {(first + number * _WEEK).isoformat() for number in range(whole)}
    now, before = ([week.count for week in weeks if week.category in mondays] for weeks in (by_week, weeks_before))
    if not mondays or None in now or None in before:
        return None
    return Pace(whole, sum(count or 0 for count in now), sum(count or 0 for count in before))


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())
