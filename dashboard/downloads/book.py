"""A spreadsheet as the guidance on accessible ones wants it: cover, contents, notes, then one table to a sheet.

The guidance is "Releasing statistics in spreadsheets" of the Government Analysis Function. Each sheet begins with its
title, what stands below it, and the head of its one table; no cell of a table is empty, none is merged, none is told
from another by its colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Field, Sheet, name_file
from dashboard.downloads.sheets import SHEETS
from dashboard.footing import say_bands, write_release
from dashboard.layout import PAGE_TITLES
from dashboard.release import Status
from dashboard.words import _, write_status

CONFIDENTIAL, LOW, UNAVAILABLE, NOT_APPLICABLE = "[c]", "[low]", "[x]", "[z]"
CONTENTS, NOTES = "Contents", "Notes"
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF])
"""Characters that no spreadsheet can hold."""
_LONGEST_CELL = 32_000
_NARROWEST, _WIDEST = 8, 80
_MARKS = {
    Status.SUPPRESSED: CONFIDENTIAL,
    Status.TOO_FEW: LOW,
    Status.NOT_ASKED: UNAVAILABLE,
    Status.BREAK: UNAVAILABLE,
}


@dataclass(frozen=True)
class Worksheet:
    """A title, lines of text below it, and then a table where there are columns."""

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | int | float, ...], ...] = ()
    links: bool = False
    """Whether each row begins with the name of a sheet, to go to it."""


@dataclass(frozen=True)
class Book:
    """A whole spreadsheet; `name` is that of its file, without what comes after the point."""

    name: str
    title: str
    made_at: datetime
    worksheets: tuple[Worksheet, ...]


def make_book(releases: Releases, address: Address) -> Book:
    """Every table of a page. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    sheets = SHEETS[address.page](releases, address)
    facts = sheets[0].setting.release.facts
    title = _("Personal health budget survey %(wave)s: %(page)s") % {
        "wave": facts.wave,
        "page": PAGE_TITLES[address.page],
    }
    tables = tuple(_make_table(f"Table_{number}", sheet) for number, sheet in enumerate(sheets, 1))
    notes = Worksheet(NOTES, _("Notes"), (_HOLDS_ONE,), (_("Mark or column"), _("What it means")), _notes())
    contents = Worksheet(
        CONTENTS,
        _("Contents"),
        (_HOLDS_ONE,),
        (_("Worksheet"), _("What it holds")),
        tuple((sheet.name, sheet.title) for sheet in (notes, *tables)),
        links=True,
    )
    cover = Worksheet("Cover", title, tuple(_clean(line) for line in _say_cover(sheets[0])))
    worksheets = (cover, contents, notes, *tables)
    return Book(name_file(address, sheets[0].setting), title, datetime.fromisoformat(facts.released_at), worksheets)


_HOLDS_ONE = _("This worksheet holds one table.")


def _say_cover(sheet: Sheet) -> list[str]:
    facts = sheet.setting.release.facts
    return [
        *(f"{name}. {words}" for _kind, name, words in say_bands(facts)),
        _("Survey: %(wave)s. Release: %(release)s. Areas as of %(vintage)s.")
        % {"wave": facts.wave, "release": write_release(facts), "vintage": sheet.setting.vintage},
        _("The worksheet Contents lists the tables. The worksheet Notes explains marks such as %(mark)s.")
        % {"mark": CONFIDENTIAL},
        *facts.method.values(),
        *facts.notes,
        *([_("Whoever signed says: %(note)s") % {"note": facts.sign_note}] if facts.sign_note else []),
        *(_("Put right in release %(release)s on %(on)s: %(what)s") % correction for correction in facts.corrections),
    ]


def _notes() -> tuple[tuple[str, str], ...]:
    return (
        (CONFIDENTIAL, _("Confidential: shown, the number could say something about few people.")),
        (LOW, _("Low: fewer than ten people, so there is no number.")),
        (UNAVAILABLE, _("Not available: there is no such number. The columns Status, Band and Reason may say why.")),
        (NOT_APPLICABLE, _("Not applicable: there is nothing to say here.")),
        (_("Status"), _("Whether the numbers of the row are shown, or why not.")),
        (_("Base"), _("How many people answered, to the nearest 5.")),
        (_("Share"), _("Per cent of the people who answered, weighted where the cover says so.")),
        (_("Band"), _("“under” and “over”: the share is only known to be below or above the number given.")),
        (_("Low and High"), _("The likely range of the share, per cent: it allows for chance alone.")),
    )


def fit_columns(worksheet: Worksheet) -> tuple[int, ...]:
    """How wide the columns are, in characters: as their longest cell, but no wider than can be read."""
    if not worksheet.columns:
        return (_WIDEST,)
    cells = zip(worksheet.columns, *worksheet.rows, strict=True)
    return tuple(min(_WIDEST, max(_NARROWEST, *(len(str(cell)) for cell in column)) + 2) for column in cells)


def _make_table(name: str, sheet: Sheet) -> Worksheet:
    facts = sheet.setting.release.facts
    line = _("Survey %(wave)s, release %(release)s.") % {"wave": facts.wave, "release": write_release(facts)}
    bands = "".join(f" {name}." for _kind, name, _words in say_bands(facts))
    numeric = [any(_is_number(row[at]) for row in sheet.rows) for at in range(len(sheet.columns))]
    return Worksheet(
        name,
        _clean(sheet.title),
        (f"{_HOLDS_ONE} {line}{bands}",),
        tuple(column.replace("_", " ").capitalize() for column in sheet.columns),
        tuple(_fill(sheet.columns, numeric, row) for row in sheet.rows),
    )


def _fill(columns: Sequence[str], numeric: Sequence[bool], row: Sequence[Field]) -> tuple[str | int | float, ...]:
    """A row with a mark in each empty cell, and its status in words."""
    by_name = dict(zip(columns, row, strict=True))
    status = by_name.get("status")
    mark = UNAVAILABLE
    if isinstance(status, str):
        mark = _MARKS.get(Status(status), UNAVAILABLE)
        by_name["status"] = write_status(Status(status))
    return tuple(
        _cell(value, _mark_few(columns, at, row) or mark if numeric[at] else NOT_APPLICABLE)
        for at, value in enumerate(by_name.values())
    )


def _mark_few(columns: Sequence[str], at: int, row: Sequence[Field]) -> str:
    """A count that has a band beside it is of few people."""
    beside = row[at + 1] if at + 1 < len(row) and columns[at + 1].startswith("band") else ""
    return LOW if beside else ""


def _cell(value: Field, mark: str) -> str | int | float:
    if value is None or value == "":
        return mark
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return text.translate(_CONTROL)[:_LONGEST_CELL]


def _is_number(value: Field) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
