"""What a page shows: the choices of an address made against a release, with defaults, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.address import Address, AddressError, Page
from dashboard.data import Releases
from dashboard.gaps import Dimension, Gap, read_dimensions, widest_gap
from dashboard.model import Cell, Count, Item, Option, Place, Release
from dashboard.quality_report import QualityReport
from dashboard.release import ENGLAND, Level, Span

SIDE_BY_SIDE = {"regions": Level.REGION, "areas": Level.AREA}
MEASURE = "measure"
UNKNOWN_AREA = "unknown"
SENT = "submitted"


class Reason(StrEnum):
    """Why a release cannot answer an address that can be read."""

    FIELDWORK_ONLY = "fieldwork_only"
    UNKNOWN_LIST = "unknown_list"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_OF_OTHER_LIST = "place_of_other_list"
    UNKNOWN_ANSWER = "unknown_answer"
    UNKNOWN_PERIOD = "unknown_period"
    NOTHING_POOLED = "nothing_pooled"


class NoSuchView(Exception):
    """The release has no such view; `instead` is the nearest address that works."""

    def __init__(self, reason: Reason, setting: Setting, instead: Address) -> None:
        super().__init__(reason)
        self.reason = reason
        self.setting = setting
        self.instead = instead


@dataclass(frozen=True)
class Setting:
    """What every page says at its top: the release, the list of areas, and what else could be chosen."""

    release: Release
    vintage: str
    waves: tuple[str, ...]
    replaced: int | None
    """The number of another release that the address asked for; superseded ones are not served."""
    passed_over: str | None = None
    """The latest wave, where it has no results yet and the address chose none."""


@dataclass(frozen=True)
class Numbers:
    """The three large figures of the overview; None for what a release does not hold."""

    wave: str
    responses: int | None
    """All that were begun."""
    sent: int | None
    """Those of them that were sent; None where there are fewer than ten."""
    areas_shown: int | None
    areas: int
    gap: Gap | None


@dataclass(frozen=True)
class Overview:
    """How many, where and when."""

    setting: Setting
    now: Numbers
    before: Numbers | None
    by_area: tuple[tuple[Place, Count | None], ...]
    """None where answers of the wave cannot be added up to an area of the chosen list."""
    unknown_area: Count | None
    """Answers whose area is not known."""
    by_week: tuple[Count, ...]


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

    @property
    def side_by_side(self) -> bool:
        """Whether the rows are places."""
        return self.level is not None


@dataclass(frozen=True)
class Missing:
    """Every group beside its benchmark."""

    setting: Setting
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True)
class Quality:
    """How far the numbers can be trusted."""

    setting: Setting
    report: QualityReport


def choose_setting(releases: Releases, address: Address) -> Setting:
    """The release and list of areas of `address`. Raises NoRelease, ReleaseGone, AddressError, NoSuchView.

    Without a wave the overview is of the latest, and every other page of the latest that has more than counts.
    """
    latest = None if address.page is Page.OVERVIEW else releases.latest_with_estimates()
    release = releases.current(address.wave or latest)
    waves = releases.waves()
    passed_over = waves[0] if waves and latest and address.wave is None and latest != waves[0] else None
    replaced = None
    if address.release is not None:
        if not address.release.isdigit():
            raise AddressError("release")
        replaced = int(address.release) if int(address.release) != release.facts.number else None
    setting = Setting(release, address.areas or release.facts.vintage, waves, replaced, passed_over)
    if setting.vintage not in release.areas:
        served = Setting(release, release.facts.vintage, setting.waves, replaced)
        raise NoSuchView(Reason.UNKNOWN_LIST, served, address.with_changes(areas=None, place=None))
    return setting


def show_overview(releases: Releases, address: Address) -> Overview:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    release = setting.release
    before = releases.before(release)
    counts = {count.category: count for count in releases.fieldwork(release, "area", vintage=setting.vintage)}
    areas = release.places(setting.vintage, Level.AREA)
    return Overview(
        setting=setting,
        now=_numbers(releases, release, setting.vintage),
        before=_numbers(releases, before, before.facts.vintage) if before else None,
        by_area=tuple((area, counts.get(area.code)) for area in areas),
        unknown_area=counts.get(UNKNOWN_AREA),
        by_week=releases.fieldwork(release, "day_week"),
    )


def show_missing(releases: Releases, address: Address) -> Missing:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    _check_estimates(releases, setting, address)
    return Missing(
        setting=setting,
        dimensions=read_dimensions(releases.groups(setting.release)),
    )


def show_quality(releases: Releases, address: Address) -> Quality:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    _check_estimates(releases, setting, address)
    return Quality(setting, releases.quality(setting.release))


def show_results(releases: Releases, address: Address) -> Results:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    _check_estimates(releases, setting, address)
    item = _choose_item(setting, address)
    chosen = address.place or ENGLAND
    level = SIDE_BY_SIDE.get(chosen)
    place = None if level else _choose_place(setting, address, chosen)
    span = _choose_span(setting, address, level or (place.level if place else Level.ENGLAND))
    answer = _choose_answer(setting, address, item)
    cells = releases.cells(setting.release, item=item.id, span=span, vintage=setting.vintage)
    by_key = {(cell.area, cell.option): cell for cell in cells}
    if place is not None:
        rows = tuple(
            Row(option.text, place, option.code, by_key[place.code, option.code])
            for option in item.options
            if (place.code, option.code) in by_key
        )
        return Results(setting, item, span, place, None, None, rows, by_key.get((place.code, "")))
    assert level is not None
    code = answer.code if answer else ""
    rows = tuple(
        Row(place.short_name, place, code, by_key[place.code, code])
        for place in setting.release.places(setting.vintage, level)
        if (place.code, code) in by_key
    )
    return Results(setting, item, span, None, level, answer, rows, by_key.get((ENGLAND, code)))


def nearest_safe(address: Address, cell: Cell) -> Address | None:
    """The view that may be shown instead of a hidden cell."""
    if cell.nearest_safe is None:
        return None
    span, _, area = cell.nearest_safe.split(":", 2)
    return address.with_changes(place=area, period=span, answer=None)


def _numbers(releases: Releases, release: Release, vintage: str) -> Numbers:
    shown = releases.areas_shown(release, span=Span.WAVE, vintage=vintage)
    return Numbers(
        wave=release.facts.wave,
        responses=release.facts.responses,
        sent=_find_sent(releases, release),
        areas_shown=len(shown) if release.facts.has_estimates else None,
        areas=len(release.places(vintage, Level.AREA)),
        gap=widest_gap(releases.groups(release)),
    )


def _find_sent(releases: Releases, release: Release) -> int | None:
    sent = (count for count in releases.fieldwork(release, "status") if count.category == SENT)
    return next((count.count for count in sent), None)


def _check_estimates(releases: Releases, setting: Setting, address: Address) -> None:
    if setting.release.facts.has_estimates:
        return
    before = releases.before(setting.release)
    instead = address.with_changes(wave=before.facts.wave, release=None) if before else Address(Page.OVERVIEW)
    raise NoSuchView(Reason.FIELDWORK_ONLY, setting, instead)


def _choose_item(setting: Setting, address: Address) -> Item:
    items = setting.release.items
    if address.question is None:
        return next((item for item in items if item.measure), items[0])
    item = setting.release.item(address.question)
    if item is None:
        raise NoSuchView(Reason.UNKNOWN_QUESTION, setting, address.with_changes(question=None, answer=None))
    return item


def _choose_place(setting: Setting, address: Address, code: str) -> Place:
    place = setting.release.place(setting.vintage, code)
    if place is not None:
        return place
    for vintage in setting.release.areas:
        if setting.release.place(vintage, code):
            raise NoSuchView(Reason.PLACE_OF_OTHER_LIST, setting, address.with_changes(areas=vintage))
    raise NoSuchView(Reason.UNKNOWN_PLACE, setting, address.with_changes(place=None))


def _choose_span(setting: Setting, address: Address, level: Level) -> Span:
    can_pool = len(setting.release.facts.pooled_waves) > 1
    if address.period is None:
        return Span.POOLED if can_pool and level is Level.AREA else Span.WAVE
    if address.period not in set(Span):
        raise NoSuchView(Reason.UNKNOWN_PERIOD, setting, address.with_changes(period=None))
    span = Span(address.period)
    if span is Span.POOLED and not can_pool:
        raise NoSuchView(Reason.NOTHING_POOLED, setting, address.with_changes(period=None))
    return span


def _choose_answer(setting: Setting, address: Address, item: Item) -> Option | None:
    """The option compared; None for the measure."""
    if address.answer == MEASURE and item.measure:
        return None
    if address.answer is None:
        return None if item.measure else item.options[0]
    option = next((option for option in item.options if option.code == address.answer), None)
    if option is None:
        raise NoSuchView(Reason.UNKNOWN_ANSWER, setting, address.with_changes(answer=None))
    return option
