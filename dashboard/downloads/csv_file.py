"""The figures of a view as a CSV file; every row says which release it is from."""

from __future__ import annotations

import csv
import io

from dashboard.address import Address, AddressError
from dashboard.data import Releases
from dashboard.downloads.sheet import Field, name_file
from dashboard.downloads.sheets import SHEETS
from dashboard.views.setting import Setting

_RELEASE = ("wave", "release", "released_on", "step", "made_up", "vintage")


def write_csv(releases: Releases, address: Address, table: str | None = None) -> tuple[str, str]:
    """The file's name and its text; `table` is the name of a sheet, the page's first where it is None.

    Raises NoRelease, ReleaseGone, AddressError, NoSuchView.
    """
    sheets = SHEETS[address.page](releases, address)
    sheet = next((sheet for sheet in sheets if sheet.name == table), None) if table else sheets[0]
    if sheet is None:
        raise AddressError("table")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_RELEASE, *sheet.columns])
    about = _describe(sheet.setting)
    writer.writerows([[*about, *map(_defuse, row)] for row in sheet.rows])
    name = name_file(address, sheet.setting, "" if sheet is sheets[0] else sheet.name)
    return f"{name}.csv", text.getvalue()


def _describe(setting: Setting) -> tuple[Field, ...]:
    facts = setting.release.facts
    made_up = "yes" if facts.made_up else "no"
    return (facts.wave, facts.number, facts.released_at[:10], facts.step.value, made_up, setting.vintage)


def _defuse(field: Field) -> Field:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{field}" if isinstance(field, str) and field.startswith(("=", "+", "-", "@", "\t", "\r")) else field
