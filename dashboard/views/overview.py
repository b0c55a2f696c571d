"""How many, where and when, beside the wave before."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.gaps import Gap, widest_gap
from dashboard.model import Count, Place, Release
from dashboard.release import Level, Span
from dashboard.views.setting import Setting, choose_setting

UNKNOWN_AREA = "unknown"

SENT = "submitted"


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


def show_overview(releases: Releases, address: Address) -> Overview:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    release = setting.release
    before = releases.before(release)
    counts = {count.category: count for count in releases.fieldwork(release, "area", vintage=setting.vintage)}
    areas = release.places(setting.vintage, Level.AREA)
    return Overview(
        setting=setting,
        now=_numbers(releases, release, setting.vintage),
        before=_numbers(releases, before, before.facts.vintage) if before else None,
        by_area=tuple((area, counts.get(area.code)) for area in areas),
        unknown_area=counts.get(UNKNOWN_AREA),
        by_week=releases.fieldwork(release, "day_week"),
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
