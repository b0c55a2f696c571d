"""How many began in each area, and in each week, as a download."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Field, Sheet
from dashboard.model import Count
from dashboard.release import Status
from dashboard.views.overview import UNKNOWN_AREA, Overview, show_overview
from dashboard.words import _


def list_overview(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each area; a row for each week. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_overview(releases, address)
    columns = ("area", "area_name", "region", "status", "began", "band")
    counted = [((place.code, place.name, place.region), count) for place, count in view.by_area]
    if view.unknown_area is not None:
        counted.append(((UNKNOWN_AREA, "", ""), view.unknown_area))
    rows = (
        (*area, Status.SHOWN.value, count.count, count.band) if count else (*area, Status.BREAK.value, None, "")
        for area, count in counted
    )
    return (Sheet(view.setting, "areas", _("People who began, by ICS"), columns, tuple(rows)), _list_weeks(view))


def _list_weeks(view: Overview) -> Sheet:
    """The weeks, beside those of the wave before that were as long after it had opened."""
    columns = ("week_beginning", "began", "band", "wave_before", "began_before", "band_before")
    now = {week.category: week for week in view.by_week}
    before = {week.category: week for week in view.weeks_before}
    rows = (
        (
            *(monday, *_write_count(now.get(monday))),
            *(view.before.wave if view.before and monday in before else "", *_write_count(before.get(monday))),
        )
        for monday in sorted(now.keys() | before.keys())
    )
    return Sheet(view.setting, "weeks", _("People who began, by week"), columns, tuple(rows))


def _write_count(count: Count | None) -> tuple[Field, Field]:
    return (count.count, count.band) if count else (None, "")
