"""The quality report, and published numbers beside ours, as downloads."""

from __future__ import annotations

from dataclasses import astuple, fields

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Sheet
from dashboard.oracles import COLUMNS
from dashboard.quality_report import Cells
from dashboard.views.method import Method, show_method
from dashboard.words import _


def list_quality(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """Cells, and published numbers beside ours. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_method(releases, address)
    columns = tuple(field.name for field in fields(Cells))
    rows = tuple(astuple(cells) for cells in view.report.cells)
    return (Sheet(view.setting, "cells", _("What is shown, and what is not"), columns, rows), _list_oracles(view))


def _list_oracles(view: Method) -> Sheet:
    rows = tuple(astuple(oracle) for oracle in view.oracles)
    return Sheet(view.setting, "oracles", _("Published numbers beside ours"), COLUMNS, rows)
