"""One answer among each group of a dimension, in England."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.model import Cell, GroupCell, Item, Option
from dashboard.release import ENGLAND, Level, Span
from dashboard.views.choices import Division, choose_answer, choose_item, choose_span, find_divisions
from dashboard.views.setting import NoSuchView, Reason, Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class GroupRow:
    """One group with its figure."""

    label: str
    cell: GroupCell


@dataclass(frozen=True)
class Groups:
    """One answer among each group of a dimension."""

    setting: Setting
    item: Item
    span: Span
    answer: Option | None
    """None for the measure."""
    division: Division
    divisions: tuple[Division, ...]
    rows: tuple[GroupRow, ...]
    england: Cell | None
    """The same among everyone."""


def show_groups(releases: Releases, address: Address) -> Groups:
    """The view of `address.by`, a dimension. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    item = choose_item(setting, address)
    divisions = find_divisions(releases, setting, item)
    division = _choose_division(setting, address, item, divisions)
    if address.place not in (None, ENGLAND):
        raise NoSuchView(Reason.GROUPS_OF_ENGLAND, setting, address.with_changes(place=None))
    span = choose_span(setting, address, Level.ENGLAND)
    answer = choose_answer(setting, address, item)
    option = answer.code if answer else ""
    cells = {
        cell.category: cell
        for cell in releases.read(
            setting.release, GroupCell, item=item.id, option=option, dimension=division.id, span=span.value
        )
    }
    if not cells:
        raise NoSuchView(Reason.NOT_BY_GROUP, setting, address.with_changes(by=None, answer=None))
    everyone = releases.cells(setting.release, item=item.id, span=span, vintage=setting.vintage)
    return Groups(
        setting=setting,
        item=item,
        span=span,
        answer=answer,
        division=division,
        divisions=divisions,
        rows=tuple(GroupRow(group.text, cells[group.code]) for group in division.groups if group.code in cells),
        england=next((cell for cell in everyone if (cell.area, cell.option) == (ENGLAND, option)), None),
    )


def nearest_safe_group(address: Address, cell: GroupCell) -> Address | None:
    """The view that may be shown instead of a hidden group: the same groups in other years, or everyone."""
    if cell.nearest_safe is None:
        return None
    span, dimension, _ = cell.nearest_safe.split(":", 2)
    if dimension:
        return address.with_changes(by=dimension, period=span)
    return address.with_changes(by=None, place=ENGLAND, period=span, answer=None)


def _choose_division(setting: Setting, address: Address, item: Item, divisions: tuple[Division, ...]) -> Division:
    everyone = address.with_changes(by=None, answer=None)
    known = {each.dimension for each in setting.release.items if each.dimension is not None}
    if address.by not in known:
        raise NoSuchView(Reason.UNKNOWN_GROUP, setting, everyone)
    if item.dimension is not None:
        raise NoSuchView(Reason.QUESTION_OF_GROUPS, setting, everyone)
    return next(division for division in divisions if division.id == address.by)
