"""Who is missing: every group and every place beside its benchmark, and where people stop."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.gaps import Covered, Dimension, read_dimensions, sort_places
from dashboard.model import Coverage
from dashboard.release import Level
from dashboard.views.setting import Setting, check_estimates, choose_setting
from dashboard.views.stops import Stops, read_stops


@dataclass(frozen=True)
class Missing:
    """Every group beside its benchmark, every region and area, and where people stop."""

    setting: Setting
    dimensions: tuple[Dimension, ...]
    regions: tuple[Covered, ...]
    areas: tuple[Covered, ...]
    stops: Stops


def show_missing(releases: Releases, address: Address) -> Missing:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    coverage = releases.read(setting.release, Coverage, vintage=setting.vintage)

    def covered(level: Level) -> tuple[Covered, ...]:
        places = ((setting.release.place(setting.vintage, row.area), row) for row in coverage if row.level is level)
        return sort_places(Covered(place, row) for place, row in places if place is not None)

    return Missing(
        setting=setting,
        dimensions=read_dimensions(releases.groups(setting.release)),
        regions=covered(Level.REGION),
        areas=covered(Level.AREA),
        stops=read_stops(releases, setting, address),
    )
