"""The quality report, as a download."""

from __future__ import annotations

from dataclasses import astuple, fields

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Sheet
from dashboard.quality_report import Cells
from dashboard.views.method import show_method
from dashboard.words import _


def list_quality(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """What became of the cells of each table. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_method(releases, address)
    columns = tuple(field.name for field in fields(Cells))
    rows = tuple(astuple(cells) for cells in view.report.cells)
    return (Sheet(view.setting, "cells", _("What is shown, and what is not"), columns, rows),)
