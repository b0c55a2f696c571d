"""Who is missing, as downloads: groups, places, ways of answering, and where people stop."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import FIGURE, Field, Sheet, write_figure
from dashboard.gaps import is_clearly_missing
from dashboard.model import Coverage, Group
from dashboard.sentences.stops import write_way
from dashboard.views.missing import Missing, show_missing
from dashboard.views.stops import Split
from dashboard.words import _


def list_missing(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each group, place, way, page or item. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_missing(releases, address)
    return (_list_groups(view), _list_places(view), _list_ways(view), _list_stops(view))


def _list_groups(view: Missing) -> Sheet:
    columns = (
        *("dimension", "category", "label", "count", *FIGURE),
        *("benchmark_share", "benchmark_of", "benchmark_source", "benchmark_date"),
        *("ratio_low", "ratio_high", "missing", "clearly_missing", "reason"),
    )
    rows = (
        (
            *(group.dimension, group.category, group.label, group.count, *write_figure(group)),
            *(group.benchmark_share, group.benchmark_of, group.benchmark_source, group.benchmark_date),
            *(group.ratio_low, group.ratio_high, group.missing, _write_clear(group), group.reason),
        )
        for dimension in view.dimensions
        for group in dimension.groups
    )
    return Sheet(view.setting, "groups", _("Who is missing, by group"), columns, tuple(rows))


def _list_places(view: Missing) -> Sheet:
    columns = (
        *("level", "area", "area_name", "answered", "band", "invited", "response_rate"),
        *("benchmark_share", "benchmark_of", "benchmark_source", "benchmark_date"),
        *("ratio", "ratio_low", "ratio_high", "missing", "clearly_missing", "reason"),
    )
    rows = (
        (
            *(found.level.value, found.area, each.place.name, found.count, found.band),
            *(found.invited, found.response_rate, found.benchmark_share, found.benchmark_of),
            *(found.benchmark_source, found.benchmark_date, found.ratio, found.ratio_low, found.ratio_high),
            *(found.missing, _write_clear(found), found.reason),
        )
        for each in (*view.regions, *view.areas)
        for found in (each.coverage,)
    )
    return Sheet(view.setting, "areas", _("Who is missing, by area"), columns, tuple(rows))


def _list_ways(view: Missing) -> Sheet:
    columns = ("by", "category", "label", "began", "band")
    rows = (
        (way.split.value, way.category, write_way(way.split, way.category), way.began.count, way.began.band)
        for way in view.stops.ways
    )
    return Sheet(view.setting, "ways", _("How people answered"), columns, tuple(rows))


def _list_stops(view: Missing) -> Sheet:
    """Every page and item, by the split that the address chooses; the base is who came that far, or was asked."""
    columns = ("kind", "subject", "text", "by", "category", "label", *FIGURE)
    split = view.stops.split
    rows = (
        (
            *(line.kind, line.subject, line.text, split.value if split else ""),
            *(figure.category, _write_category(split, figure.category), *write_figure(figure)),
        )
        for line in (*view.stops.pages, *view.stops.left_out)
        for figure in line.figures
    )
    return Sheet(view.setting, "stops", _("Where people stop, and what they leave out"), columns, tuple(rows))


def _write_category(split: Split | None, category: str) -> str:
    return write_way(split, category) if split else _("Everyone")


def _write_clear(row: Group | Coverage) -> Field:
    """Whether a gap is more than chance; nothing where people are not counted."""
    return None if row.missing is None else "yes" if is_clearly_missing(row) else "no"
