"""What an address chooses of a release, and what we choose where it leaves it open: question, place, years, answer."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.model import Item, Option, Place
from dashboard.release import Level, Span
from dashboard.views.setting import NoSuchView, Reason, Setting

SIDE_BY_SIDE = {"regions": Level.REGION, "areas": Level.AREA}

MEASURE = "measure"

WAVES = "waves"
"""By survey rather than by group."""


@dataclass(frozen=True)
class Division:
    """A dimension of people: its name, and its groups as the options of its question."""

    id: str
    label: str
    groups: tuple[Option, ...]


def choose_item(setting: Setting, address: Address) -> Item:
    """The question; the first one that has a measure where the address leaves it open. Raises NoSuchView."""
    items = setting.release.items
    if address.question is None:
        return next((item for item in items if item.measure), items[0])
    item = setting.release.item(address.question)
    if item is None:
        raise NoSuchView(Reason.UNKNOWN_QUESTION, setting, address.with_changes(question=None, answer=None))
    return item


def choose_place(setting: Setting, address: Address, code: str) -> Place:
    """The place of that code. Raises NoSuchView, with the list of areas that has it if another one does."""
    place = setting.release.place(setting.vintage, code)
    if place is not None:
        return place
    for vintage in setting.release.areas:
        if setting.release.place(vintage, code):
            raise NoSuchView(Reason.PLACE_OF_OTHER_LIST, setting, address.with_changes(areas=vintage))
    raise NoSuchView(Reason.UNKNOWN_PLACE, setting, address.with_changes(place=None))


def choose_span(setting: Setting, address: Address, level: Level) -> Span:
    """The wave, or the pooled waves: for areas unless the address says otherwise. Raises NoSuchView."""
    can_pool = len(setting.release.facts.pooled_waves) > 1
    if address.period is None:
        return Span.POOLED if can_pool and level is Level.AREA else Span.WAVE
    if address.period not in set(Span):
        raise NoSuchView(Reason.UNKNOWN_PERIOD, setting, address.with_changes(period=None))
    span = Span(address.period)
    if span is Span.POOLED and not can_pool:
        raise NoSuchView(Reason.NOTHING_POOLED, setting, address.with_changes(period=None))
    return span


def choose_answer(setting: Setting, address: Address, item: Item) -> Option | None:
    """The option compared; None for the measure. Raises NoSuchView."""
    if address.answer == MEASURE and item.measure:
        return None
    if address.answer is None:
        return None if item.measure else item.options[0]
    option = next((option for option in item.options if option.code == address.answer), None)
    if option is None:
        raise NoSuchView(Reason.UNKNOWN_ANSWER, setting, address.with_changes(answer=None))
    return option


def find_divisions(releases: Releases, setting: Setting, item: Item) -> tuple[Division, ...]:
    """The dimensions by which the answers to an item can be seen; none where it says to which group people belong."""
    if item.dimension is not None:
        return ()
    labels = {group.dimension: group.dimension_label for group in releases.groups(setting.release)}
    return tuple(
        Division(each.dimension, labels.get(each.dimension) or each.text, each.options)
        for each in setting.release.items
        if each.dimension is not None
    )
