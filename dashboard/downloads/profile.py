"""What stands on an area's sheet, as a download; without an area, how many answered in each."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import FIGURE, Field, Sheet, write_figure
from dashboard.model import Coverage, Place
from dashboard.release import Span
from dashboard.sentences.next_steps import list_next_steps, say_state
from dashboard.views.profile import Profile, ProfileChoice, show_profile
from dashboard.words import _

_ANSWERED = ("area", "area_name", "region", "people", "band", "invited", "response_rate", "missing", "reason")


def list_profile(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_profile(releases, address)
    if isinstance(view, ProfileChoice):
        return (_list_answered(view, view.areas),)
    return (
        _list_said(view),
        _list_answered(view, ((view.place, view.coverage), (view.region, view.region_coverage))),
        _list_changes(view),
        Sheet(
            view.setting,
            "promises",
            _("What we will do"),
            ("of_survey", "area", "found", "promise", "owner", "due_on", "state"),
            tuple(
                (
                    promise.wave,
                    *(promise.finding.area, promise.finding.found, promise.finding.promise, promise.finding.owner),
                    promise.finding.due_on.isoformat() if promise.finding.due_on else None,
                    say_state(promise),
                )
                for promise in view.promises
            ),
        ),
        Sheet(view.setting, "next_steps", _("What to do next"), ("what", "why"), list_next_steps(view)),
    )


def _list_answered(view: Profile | ProfileChoice, areas: tuple[tuple[Place, Coverage | None], ...]) -> Sheet:
    rows = ((place.code, place.name, place.region, *_write_coverage(coverage)) for place, coverage in areas)
    return Sheet(view.setting, "answered", _("Who answered"), _ANSWERED, tuple(rows))


def _write_coverage(coverage: Coverage | None) -> tuple[Field, ...]:
    if coverage is None:
        return (None, "", None, None, None, "")
    return (
        *(coverage.count, coverage.band, coverage.invited, coverage.response_rate, coverage.missing),
        coverage.reason,
    )


def _list_said(view: Profile) -> Sheet:
    waves = {
        Span.WAVE: view.setting.release.facts.wave,
        Span.POOLED: "+".join(view.setting.release.facts.pooled_waves),
    }
    rows: Iterator[tuple[Field, ...]] = (
        (
            *(waves[said.measure.span], said.measure.level.value, said.measure.area),
            *(said.item.id, said.item.text, said.item.measure, *write_figure(said.measure)),
            said.england.share if said.england else None,
            said.comparison.rest if said.comparison else None,
            "yes" if said.stands_out else "no",
        )
        for said in view.said
    )
    columns = (
        "years",
        "level",
        "area",
        "item",
        "question",
        "answer",
        *FIGURE,
        "england",
        "rest_of_england",
        "worth_a_look",
    )
    return Sheet(view.setting, "said", _("Five things people said"), columns, tuple(rows))


def _list_changes(view: Profile) -> Sheet:
    rows = (
        (
            *(change.trend.area, change.item.id, change.item.text, change.item.measure),
            *(change.before.wave, change.before.share, change.trend.share),
            *(change.trend.difference, change.trend.difference_low, change.trend.difference_high),
        )
        for change in view.changes.found
    )
    columns = (
        *("area", "item", "question", "answer", "before", "share_before", "share"),
        *("difference", "difference_low", "difference_high"),
    )
    return Sheet(view.setting, "changes", _("What changed"), columns, tuple(rows))
