"""What the public pages show of a release: every question in one place, one question, who was not heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.data import Releases
from dashboard.findings import Finding
from dashboard.gaps import HOLDERS, is_clearly_missing
from dashboard.model import Coverage, Figure, Group, Item, ItemCell, Option, Place, Release
from dashboard.release import ENGLAND, Level, Span, Status

_GROUPS_NAMED = 3


class NotThere(Exception):
    """The release has no such question, region or area."""


@dataclass(frozen=True)
class Main:
    """What says most about a question in one place: its measure, else the answer given most; no cell: not shown."""

    item: Item
    option: str
    """'' for the measure."""
    cell: Figure | None


@dataclass(frozen=True)
class RegionAreas:
    """A region with its areas: those of which something can be shown, and the others."""

    region: Place
    shown: tuple[Place, ...]
    hidden: tuple[Place, ...]


@dataclass(frozen=True)
class WaveView:
    """The first page of a wave."""

    release: Release
    waves: tuple[str, ...]
    sections: tuple[tuple[Main, ...], ...]
    most: Main | None
    """What most agreed on."""
    missing: tuple[Group, ...]
    """Groups clearly under-heard, most people first."""
    is_compared: bool
    """Whether there is anything to compare groups with."""
    regions: tuple[RegionAreas, ...]
    promises: tuple[Finding, ...]

    @property
    def weighted(self) -> bool:
        """Whether some answers count for more."""
        return "weighted" in self.release.facts.methods


@dataclass(frozen=True)
class QuestionView:
    """One question in England, and its main answer region by region."""

    release: Release
    waves: tuple[str, ...]
    main: Main
    rows: tuple[tuple[Option, Figure], ...]
    base: int | None
    regions: tuple[tuple[Place, Figure], ...]
    """Empty where no region can be shown."""
    promises: tuple[Finding, ...]


@dataclass(frozen=True)
class PlaceView:
    """What people of a region or area said."""

    release: Release
    waves: tuple[str, ...]
    place: Place
    span: Span
    coverage: Coverage | None
    sections: tuple[tuple[Main, ...], ...]
    """Of what can be shown."""
    hidden: int
    """Questions that cannot be shown."""
    instead: Place
    """The nearest place of which more can be shown."""
    promises: tuple[Finding, ...]


def show_wave(releases: Releases, wave: str | None) -> WaveView:
    """Raises NoRelease, ReleaseGone."""
    release = releases.current(wave)
    cells = _read_cells(releases, release, ENGLAND, Span.WAVE)
    sections = _by_section(_main_answers(release, cells))
    groups = releases.groups(release)
    return WaveView(
        release=release,
        waves=releases.waves(),
        sections=sections,
        most=_agreed_most(sections),
        missing=tuple(_most_missing(groups)),
        is_compared=any(group.benchmark_share is not None and group.status is Status.SHOWN for group in groups),
        regions=_list_regions(releases, release),
        promises=_promises(releases, release),
    )


def show_question(releases: Releases, wave: str, item_id: str) -> QuestionView:
    """Raises NoRelease, ReleaseGone, NotThere."""
    release = releases.current(wave)
    item = release.item(item_id)
    if item is None:
        raise NotThere(item_id)
    vintage = release.facts.vintage
    cells = {
        (cell.area, cell.option): cell
        for cell in releases.cells(release, item=item.id, span=Span.WAVE, vintage=vintage)
    }
    of_england: dict[str, Figure] = {option: cell for (area, option), cell in cells.items() if area == ENGLAND}
    main = _find_main(item, of_england)
    regions = tuple(
        (place, cells[place.code, main.option])
        for place in release.places(vintage, Level.REGION)
        if main.cell is not None and (place.code, main.option) in cells
    )
    return QuestionView(
        release=release,
        waves=releases.waves(),
        main=main,
        rows=tuple((option, of_england[option.code]) for option in item.options if option.code in of_england),
        base=max((cell.base for cell in of_england.values() if cell.base is not None), default=None),
        regions=regions if any(cell.status is Status.SHOWN for _, cell in regions) else (),
        promises=tuple(each for each in _promises(releases, release) if each.item == item.id),
    )


def show_place(releases: Releases, wave: str, code: str) -> PlaceView:
    """Raises NoRelease, ReleaseGone, NotThere."""
    release = releases.current(wave)
    vintage = release.facts.vintage
    place = release.place(vintage, code)
    if place is None or place.level is Level.ENGLAND:
        raise NotThere(code)
    span = _choose_span(releases, release, place)
    answers = _main_answers(release, _read_cells(releases, release, place.code, span))
    shown = [answer for answer in answers if answer.cell is not None]
    counts = releases.read(release, Coverage, vintage=vintage, area=place.code)
    return PlaceView(
        release=release,
        waves=releases.waves(),
        place=place,
        span=span,
        coverage=next(iter(counts), None),
        sections=_by_section(shown),
        hidden=len(answers) - len(shown),
        instead=_nearest(release, place),
        promises=tuple(each for each in _promises(releases, release) if each.area == place.code),
    )


# --- What says most ---------------------------------------------------------------


def _read_cells(releases: Releases, release: Release, area: str, span: Span) -> tuple[ItemCell, ...]:
    return releases.read(release, ItemCell, span=span.value, vintage=release.facts.vintage, area=area)


def _main_answers(release: Release, cells: Iterable[ItemCell]) -> list[Main]:
    by_item: dict[str, dict[str, Figure]] = {}
    for cell in cells:
        by_item.setdefault(cell.item, {})[cell.option] = cell
    return [_find_main(item, by_item[item.id]) for item in release.items if item.id in by_item]


def _find_main(item: Item, cells: Mapping[str, Figure]) -> Main:
    measure = cells.get("")
    if measure is not None and measure.status is Status.SHOWN:
        return Main(item, "", measure)
    shown = [
        (option.code, cells[option.code])
        for option in item.options
        if option.code in cells and cells[option.code].status is Status.SHOWN and cells[option.code].band != "under"
    ]
    if not shown:
        return Main(item, "", None)
    code, cell = max(shown, key=lambda entry: entry[1].share or 0)
    return Main(item, code, cell)


def _agreed_most(sections: Sequence[Sequence[Main]]) -> Main | None:
    """The answer that the largest share gave to a question about how it goes, be it good news or not; over half.

    How it goes is what has a measure, in a section with several of them: one alone is about the survey itself. What
    only some were asked says little about most people, so half as many must have answered as the question asked most.
    """
    measured = [[main for main in mains if main.item.measure and main.cell is not None] for mains in sections]
    many = max((main.cell.base or 0 for mains in sections for main in mains if main.cell is not None), default=0) / 2
    candidates = [
        main
        for mains in measured
        for main in mains
        if len(mains) > 1 and _share(main) > 50 and main.cell is not None and (main.cell.base or 0) >= many
    ]
    return max(candidates, key=_share, default=None)


def _share(main: Main) -> int:
    return (main.cell.share or 0) if main.cell is not None and main.cell.band != "under" else 0


def _by_section(answers: Iterable[Main]) -> tuple[tuple[Main, ...], ...]:
    sections: dict[str, list[Main]] = {}
    for answer in answers:
        sections.setdefault(answer.item.section, []).append(answer)
    return tuple(map(tuple, sections.values()))


# --- Who was not heard, and where -------------------------------------------------


def _most_missing(groups: Sequence[Group]) -> list[Group]:
    """The groups that are clearly missing; those compared with everyone living here only where there are no others."""
    clear = [group for group in groups if is_clearly_missing(group)]
    told = [group for group in clear if group.benchmark_of == HOLDERS] or clear
    return sorted(told, key=lambda group: -(group.missing or 0))[:_GROUPS_NAMED]


def _choose_span(releases: Releases, release: Release, place: Place) -> Span:
    """Several years together for an area of which they show something; they are what most areas need."""
    if place.level is Level.REGION or Span.POOLED not in _spans(releases, release):
        return Span.WAVE
    shown = releases.areas_shown(release, span=Span.POOLED, vintage=release.facts.vintage)
    return Span.POOLED if place.code in shown else Span.WAVE


def _spans(releases: Releases, release: Release) -> tuple[Span, ...]:
    """The wave; and several together where the results of each are public, or they would come out before their day."""
    pooled = release.facts.pooled_waves
    return tuple(Span) if len(pooled) > 1 and set(pooled) <= set(releases.waves()) else (Span.WAVE,)


def _list_regions(releases: Releases, release: Release) -> tuple[RegionAreas, ...]:
    vintage = release.facts.vintage
    spans = _spans(releases, release)
    shown = frozenset[str]().union(*(releases.areas_shown(release, span=span, vintage=vintage) for span in spans))
    areas = release.places(vintage, Level.AREA)
    return tuple(
        RegionAreas(
            region=region,
            shown=tuple(area for area in areas if area.region == region.region and area.code in shown),
            hidden=tuple(area for area in areas if area.region == region.region and area.code not in shown),
        )
        for region in release.places(vintage, Level.REGION)
    )


def _nearest(release: Release, place: Place) -> Place:
    """The region of an area; England for a region."""
    wanted = Level.REGION if place.level is Level.AREA else Level.ENGLAND
    return next(each for each in release.places(release.facts.vintage, wanted) if each.region in ("", place.region))


def _promises(releases: Releases, release: Release) -> tuple[Finding, ...]:
    """What everyone may read of what is promised about the wave."""
    return tuple(finding for finding in releases.findings(release) if finding.public)
