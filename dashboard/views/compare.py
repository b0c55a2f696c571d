"""The measure of one question in every region or area, against the rest of England."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.model import Cell, Comparison, Item, Place
from dashboard.release import ENGLAND, Level, Span, Status
from dashboard.views.choices import SIDE_BY_SIDE, choose_item, choose_span
from dashboard.views.results import nearest_safe
from dashboard.views.setting import NoSuchView, Reason, Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class ComparedRow:
    """One place: its figure, and how it stands against the rest of England."""

    place: Place
    cell: Cell
    comparison: Comparison

    @property
    def is_shown(self) -> bool:
        """Whether there is a figure, compared or not."""
        return self.cell.status is Status.SHOWN

    @property
    def is_compared(self) -> bool:
        """Whether there is a difference from the rest of England."""
        return self.comparison.difference is not None

    @property
    def in_funnel(self) -> bool:
        """Whether it is a dot of the funnel."""
        return self.comparison.share is not None and self.comparison.funnel_low is not None

    @property
    def is_outside(self) -> bool:
        """Whether its share lies outside the 95% limits of the funnel."""
        low, high, share = self.comparison.funnel_low, self.comparison.funnel_high, self.comparison.share
        return share is not None and low is not None and high is not None and not low <= share <= high


@dataclass(frozen=True)
class Compare:
    """The measure of one question in every region or area, by region and name: never by rank."""

    setting: Setting
    item: Item
    span: Span
    level: Level
    england: Cell | None
    rows: tuple[ComparedRow, ...]

    @property
    def worth_a_look(self) -> tuple[ComparedRow, ...]:
        """Those that stand out once all comparisons are taken together."""
        return tuple(row for row in self.rows if row.comparison.worth_a_look)


def show_compare(releases: Releases, address: Address) -> Compare:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    item = choose_item(setting, address)
    if item.measure is None:
        measured = any(each.measure for each in setting.release.items)
        instead = address.with_changes(question=None) if measured else address.with_changes(page=Page.RESULTS)
        raise NoSuchView(Reason.NO_MEASURE, setting, instead)
    level = SIDE_BY_SIDE.get(address.place or "areas")
    if level is None:
        raise NoSuchView(Reason.COMPARES_MANY, setting, address.with_changes(place=None))
    span = choose_span(setting, address, level)
    cells = {
        cell.area: cell
        for cell in releases.cells(setting.release, item=item.id, span=span, vintage=setting.vintage)
        if cell.option == ""
    }
    compared = {
        row.area: row
        for row in releases.read(
            setting.release, Comparison, item=item.id, span=span.value, vintage=setting.vintage, level=level.value
        )
    }
    return Compare(
        setting=setting,
        item=item,
        span=span,
        level=level,
        england=cells.get(ENGLAND),
        rows=tuple(
            ComparedRow(place, cells[place.code], compared[place.code])
            for place in setting.release.places(setting.vintage, level)
            if place.code in cells and place.code in compared
        ),
    )


def nearest_safe_results(address: Address, row: ComparedRow) -> Address | None:
    """The results that may be shown instead of a hidden place."""
    return nearest_safe(address.with_changes(page=Page.RESULTS), row.cell)
