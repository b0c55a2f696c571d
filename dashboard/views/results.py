"""One question in one place, or one answer side by side."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.model import Cell, Item, Option, Place
from dashboard.release import ENGLAND, Level, Span
from dashboard.views.choices import (
    SIDE_BY_SIDE,
    Division,
    choose_answer,
    choose_item,
    choose_place,
    choose_span,
    find_divisions,
)
from dashboard.views.setting import Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class Row:
    """One line of a results table: an answer, or a place."""

    label: str
    place: Place
    option: str
    cell: Cell


@dataclass(frozen=True)
class Results:
    """One question in one place (a row for each answer), or one answer side by side (a row for each place)."""

    setting: Setting
    item: Item
    span: Span
    place: Place | None
    level: Level | None
    answer: Option | None
    """Side by side: the option compared; None for the measure."""
    rows: tuple[Row, ...]
    measure: Cell | None
    """In one place: the item's measure there. Side by side: England's share of the same answer."""
    divisions: tuple[Division, ...] = ()
    """The dimensions by which the answers can be seen."""

    @property
    def side_by_side(self) -> bool:
        """Whether the rows are places."""
        return self.level is not None


def show_results(releases: Releases, address: Address) -> Results:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    item = choose_item(setting, address)
    chosen = address.place or ENGLAND
    level = SIDE_BY_SIDE.get(chosen)
    place = None if level else choose_place(setting, address, chosen)
    span = choose_span(setting, address, level or (place.level if place else Level.ENGLAND))
    answer = choose_answer(setting, address, item)
    cells = releases.cells(setting.release, item=item.id, span=span, vintage=setting.vintage)
    divisions = find_divisions(releases, setting, item)
    by_key = {(cell.area, cell.option): cell for cell in cells}
    if place is not None:
        rows = tuple(
            Row(option.text, place, option.code, by_key[place.code, option.code])
            for option in item.options
            if (place.code, option.code) in by_key
        )
        return Results(setting, item, span, place, None, None, rows, by_key.get((place.code, "")), divisions)
    assert level is not None
    code = answer.code if answer else ""
    rows = tuple(
        Row(place.short_name, place, code, by_key[place.code, code])
        for place in setting.release.places(setting.vintage, level)
        if (place.code, code) in by_key
    )
    return Results(setting, item, span, None, level, answer, rows, by_key.get((ENGLAND, code)), divisions)


def nearest_safe(address: Address, cell: Cell) -> Address | None:
    """The view that may be shown instead of a hidden cell."""
    if cell.nearest_safe is None:
        return None
    span, _, area = cell.nearest_safe.split(":", 2)
    return address.with_changes(place=area, period=span, answer=None)
