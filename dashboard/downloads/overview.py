"""How many began in each area, as a download."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Sheet
from dashboard.release import Status
from dashboard.views.overview import UNKNOWN_AREA, show_overview
from dashboard.words import _


def list_overview(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each area. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_overview(releases, address)
    columns = ("area", "area_name", "region", "status", "began", "band")
    counted = [((place.code, place.name, place.region), count) for place, count in view.by_area]
    if view.unknown_area is not None:
        counted.append(((UNKNOWN_AREA, "", ""), view.unknown_area))
    rows = (
        (*area, Status.SHOWN.value, count.count, count.band) if count else (*area, Status.BREAK.value, None, "")
        for area, count in counted
    )
    return (Sheet(view.setting, "areas", _("People who began, by ICS"), columns, tuple(rows)),)
