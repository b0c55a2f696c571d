"""Which results page an address asks for: answers or places, survey by survey, or by group."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.pages.groups import draw_groups
from dashboard.pages.results import draw_results
from dashboard.pages.trend import draw_over_time
from dashboard.views.choices import WAVES
from dashboard.views.groups import show_groups
from dashboard.views.results import show_results
from dashboard.views.trend import show_trend


def draw_any_results(releases: Releases, prefix: str, address: Address) -> list[Component]:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    if address.by is None:
        return draw_results(prefix, address, show_results(releases, address))
    if address.by == WAVES:
        return draw_over_time(prefix, address, show_trend(releases, address))
    return draw_groups(prefix, address, show_groups(releases, address))
