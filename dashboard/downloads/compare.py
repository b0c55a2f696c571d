"""The comparison of areas, as a download."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.results import name_years
from dashboard.downloads.sheet import FIGURE, Field, Sheet, write_figure
from dashboard.views.compare import show_compare


def list_compare(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each region or area, by region and name. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_compare(releases, address)
    columns = (
        *("years", "level", "area", "area_name", "region", "item", "question", "answer", *FIGURE),
        *("rest", "difference", "difference_low", "difference_high", "worth_a_look"),
        *("funnel_low", "funnel_high", "funnel_low_998", "funnel_high_998"),
        *("shrunk", "shrunk_low", "shrunk_high", "detectable", "reason"),
    )
    rows = []
    for row in view.rows:
        place, found = row.place, row.comparison
        rows.append(
            (
                *(name_years(view.setting, view.span), place.level.value, place.code, place.name, place.region),
                *(view.item.id, view.item.text, view.item.measure, *write_figure(row.cell)),
                *(found.rest, found.difference, found.low, found.high, write_yes(found.worth_a_look)),
                *(found.funnel_low, found.funnel_high, found.funnel_low_998, found.funnel_high_998),
                *(found.shrunk, found.shrunk_low, found.shrunk_high, found.detectable, found.reason),
            )
        )
    return (Sheet(view.setting, "areas", view.item.text, columns, tuple(rows)),)


def write_yes(value: bool | None) -> Field:
    """yes or no, and nothing where it cannot be told."""
    return None if value is None else "yes" if value else "no"
