"""One integrated care system on one sheet: who answered, what they said, what changed, what is promised."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.findings import Finding, State
from dashboard.model import Comparison, Coverage, Group, Measure, Place, Release, Trend
from dashboard.release import ENGLAND, Level, Span, Status
from dashboard.views.choices import choose_place
from dashboard.views.highlights import Changes, Said, choose_changes, choose_missing, choose_said
from dashboard.views.next_steps import NextStep, Promise, choose_next_steps
from dashboard.views.setting import NoSuchView, Reason, Setting, check_estimates, choose_setting

_ORDER_OF_STATES = (State.UNDER_WAY, State.PROMISED, State.OPEN, State.CANNOT, State.DONE)


@dataclass(frozen=True)
class ProfileChoice:
    """The areas of a list, of which one has a profile to be chosen."""

    setting: Setting
    areas: tuple[tuple[Place, Coverage | None], ...]


@dataclass(frozen=True)
class Profile:
    """What stands on the sheet of one area."""

    setting: Setting
    place: Place
    region: Place
    areas: tuple[Place, ...]
    """All areas of the list."""
    span: Span
    """Of the area's own figures: several waves together where the release has them."""
    coverage: Coverage | None
    region_coverage: Coverage | None
    questions: int
    """How many questions have a measure."""
    questions_shown: int
    """How many of those can be shown for the area itself."""
    changed_ground: bool
    """Whether answers of every wave of the span cannot be added up to this area."""
    can_compare_groups: bool
    """Whether there is a benchmark that any group can be compared with."""
    missing: tuple[Group, ...]
    """Those clearly missing in England, the most people first."""
    said: tuple[Said, ...]
    changes: Changes
    promises: tuple[Promise, ...]
    steps: tuple[NextStep, ...]

    def name_area(self, code: str) -> Place:
        """The place of a figure on this sheet."""
        found = self.setting.release.place(self.setting.vintage, code)
        assert found is not None
        return found


def show_profile(releases: Releases, address: Address) -> Profile | ProfileChoice:
    """The profile of the area chosen, or the areas to choose from.

    Raises NoRelease, ReleaseGone, AddressError, NoSuchView.
    """
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    if address.place is None:
        return _list_areas(releases, setting)
    return _show_area(releases, setting, _choose_area(setting, address, address.place))


def _list_areas(releases: Releases, setting: Setting) -> ProfileChoice:
    rows = releases.read(setting.release, Coverage, vintage=setting.vintage)
    by_code = {row.area: row for row in rows if row.level is Level.AREA}
    areas = setting.release.places(setting.vintage, Level.AREA)
    return ProfileChoice(setting, tuple((area, by_code.get(area.code)) for area in areas))


def _choose_area(setting: Setting, address: Address, code: str) -> Place:
    place = choose_place(setting, address, code)
    if place.level is not Level.AREA:
        raise NoSuchView(Reason.NOT_AN_AREA, setting, address.with_changes(place=None))
    return place


def _show_area(releases: Releases, setting: Setting, place: Place) -> Profile:
    release, vintage = setting.release, setting.vintage
    region = next(each for each in release.places(vintage, Level.REGION) if each.region == place.region)
    coverage = {row.area: row for row in releases.read(release, Coverage, vintage=vintage)}
    span = Span.POOLED if len(release.facts.pooled_waves) > 1 else Span.WAVE
    codes = (place.code, region.code, ENGLAND)
    measures = [
        measure for code in codes for measure in releases.read(release, Measure, vintage=vintage, area=code, option="")
    ]
    comparisons = [
        row
        for code in codes[:2]
        for row in releases.read(release, Comparison, span=span.value, vintage=vintage, area=code)
    ]
    groups = releases.groups(release)
    missing = choose_missing(groups)
    said = choose_said(release.items, measures, comparisons, place, span)
    promises = _list_promises(releases, release, (place, region))
    own = [each for each in measures if each.area == place.code and each.span is span]
    return Profile(
        setting=setting,
        place=place,
        region=region,
        areas=release.places(vintage, Level.AREA),
        span=span,
        coverage=coverage.get(place.code),
        region_coverage=coverage.get(region.code),
        questions=len(own),
        questions_shown=sum(each.status is Status.SHOWN for each in own),
        changed_ground=bool(own) and all(each.status is Status.BREAK for each in own),
        can_compare_groups=any(group.missing is not None for group in groups),
        missing=missing,
        said=said,
        changes=_find_changes(releases, release, region),
        promises=promises,
        steps=choose_next_steps(
            coverage=coverage.get(place.code),
            region_coverage=coverage.get(region.code),
            missing=missing,
            said=said,
            promises=promises,
            place=place,
        ),
    )


def _find_changes(releases: Releases, release: Release, region: Place) -> Changes:
    trends = [trend for code in (region.code, ENGLAND) for trend in releases.read(release, Trend, area=code, option="")]
    return choose_changes(release.items, trends, release.facts.wave)


def _list_promises(releases: Releases, release: Release, places: tuple[Place, Place]) -> tuple[Promise, ...]:
    """What was found and promised for the area, its region and England, late ones first, then what is being done.

    Of the wave before there are those that are not done yet.
    """
    today = releases.today()

    def of_wave(each: Release | None) -> list[Promise]:
        if each is None:
            return []
        return [Promise(finding, each.facts.wave, finding.is_late(today)) for finding in releases.findings(each)]

    earlier = [
        promise
        for promise in of_wave(releases.before(release))
        if promise.finding.state in (State.PROMISED, State.UNDER_WAY)
    ]
    near = {"": len(places), **{place.code: number for number, place in enumerate(places)}}

    def rank(promise: Promise) -> tuple[bool, int, int, str]:
        finding: Finding = promise.finding
        due = finding.due_on.isoformat() if finding.due_on else "9999"
        return not promise.is_late, _ORDER_OF_STATES.index(finding.state), near[finding.area], due

    return tuple(sorted((each for each in (*of_wave(release), *earlier) if each.finding.area in near), key=rank))
