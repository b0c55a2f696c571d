"""One answer in one place, survey by survey."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.model import Item, Option, Place, Trend
from dashboard.release import ENGLAND, Level, Span, Status
from dashboard.views.choices import (
    SIDE_BY_SIDE,
    Division,
    choose_answer,
    choose_item,
    choose_place,
    choose_span,
    find_divisions,
)
from dashboard.views.setting import NoSuchView, Reason, Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class OverTime:
    """One answer in England or a region, survey by survey, the earliest first."""

    setting: Setting
    item: Item
    place: Place
    answer: Option | None
    """None for the measure."""
    divisions: tuple[Division, ...]
    rows: tuple[Trend, ...]
    shown_in_england: frozenset[str]
    """The waves in which England's figure of the same answer is shown."""
    shown_together: bool
    """Whether England's figure of the same answer in the pooled waves is shown."""


def show_trend(releases: Releases, address: Address) -> OverTime:
    """The view of `by=waves`. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    item = choose_item(setting, address)
    place = _choose_place(setting, address)
    choose_span(setting, address, place.level)  # of no use here, but an absurd one is said to be
    answer = choose_answer(setting, address, item)
    option = answer.code if answer else ""
    rows = releases.read(setting.release, Trend, item=item.id, option=option, area=place.code)
    if not rows:
        raise NoSuchView(Reason.NOT_BY_WAVE, setting, address.with_changes(by=None, answer=None))
    england = releases.read(setting.release, Trend, item=item.id, option=option, area=ENGLAND)
    pooled = releases.cells(setting.release, item=item.id, span=Span.POOLED, vintage=setting.vintage)
    return OverTime(
        setting=setting,
        item=item,
        place=place,
        answer=answer,
        divisions=find_divisions(releases, setting, item),
        rows=rows,
        shown_in_england=frozenset(row.wave for row in england if row.status is Status.SHOWN),
        shown_together=any((cell.area, cell.option, cell.status) == (ENGLAND, option, Status.SHOWN) for cell in pooled),
    )


def nearest_safe_wave(address: Address, view: OverTime, row: Trend) -> Address | None:
    """The view that may be shown instead of a hidden wave: the same of England, or the waves together."""
    if view.place.level is not Level.ENGLAND and row.wave in view.shown_in_england:
        return address.with_changes(place=ENGLAND)
    if view.shown_together and len(view.setting.release.facts.pooled_waves) > 1:
        return address.with_changes(by=None, place=ENGLAND, period=Span.POOLED.value, answer=None)
    return None


def _choose_place(setting: Setting, address: Address) -> Place:
    """England, or a region on the list of areas of the release's own wave."""
    code = address.place or ENGLAND
    if code in SIDE_BY_SIDE:
        raise NoSuchView(Reason.WAVES_OF_ONE_PLACE, setting, address.with_changes(place=None))
    place = choose_place(setting, address, code)
    if place.level is Level.AREA:
        regions = setting.release.places(setting.vintage, Level.REGION)
        around = next((region.code for region in regions if region.name == place.region), None)
        raise NoSuchView(Reason.WAVES_OF_REGIONS, setting, address.with_changes(place=around))
    if place.level is Level.REGION and setting.vintage != setting.release.facts.vintage:
        raise NoSuchView(Reason.WAVES_ON_OWN_LIST, setting, address.with_changes(areas=None))
    return place
