"""Who is missing, as a download."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import FIGURE, Field, Sheet, write_figure
from dashboard.gaps import is_clearly_missing
from dashboard.model import Group
from dashboard.views.missing import show_missing
from dashboard.words import _


def list_missing(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each group. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_missing(releases, address)
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
    return (Sheet(view.setting, "groups", _("Who is missing, by group"), columns, tuple(rows)),)


def _write_clear(group: Group) -> Field:
    """Whether a gap is more than chance; nothing where people are not counted."""
    return None if group.missing is None else "yes" if is_clearly_missing(group) else "no"
