"""What can be chosen in the forms: waves, lists of areas, questions, places, periods."""

from __future__ import annotations

from itertools import groupby

from dashboard.model import Place
from dashboard.parts import Choice, Select
from dashboard.release import ENGLAND, Level, Span
from dashboard.views.results import Results
from dashboard.views.setting import Setting
from dashboard.words import _, write_span


def select_wave(setting: Setting) -> Select:
    """The surveys that have a release."""
    choices = tuple(Choice(wave, wave) for wave in setting.waves)
    return Select("wave", _("Survey of"), (("", choices),), setting.release.facts.wave)


def select_areas(setting: Setting) -> Select:
    """The lists of areas the release knows, the newest first."""
    choices = tuple(
        Choice(vintage, _("as of %(vintage)s") % {"vintage": vintage})
        for vintage in sorted(setting.release.areas, reverse=True)
    )
    return Select("areas", _("ICS areas"), (("", choices),), setting.vintage)


def select_question(view: Results) -> Select:
    """The questions under the titles of their sections."""
    groups = tuple(
        (section, tuple(Choice(item.id, item.text) for item in items))
        for section, items in groupby(view.setting.release.items, key=lambda item: item.section)
    )
    return Select("question", _("Question"), groups, view.item.id)


def select_place(view: Results) -> Select:
    """One place, or all regions or areas side by side."""
    release, vintage = view.setting.release, view.setting.vintage
    groups = (
        ("", (Choice(ENGLAND, _("England")),)),
        (
            _("Side by side"),
            (
                Choice("regions", _("All regions")),
                Choice("areas", _("All integrated care systems (ICSs)")),
            ),
        ),
        (_("One region"), _choices(release.places(vintage, Level.REGION))),
        (_("One ICS"), _choices(release.places(vintage, Level.AREA))),
    )
    side_by_side = "regions" if view.level is Level.REGION else "areas"
    selected = view.place.code if view.place is not None else side_by_side
    return Select("place", _("Where"), groups, selected)


def select_period(view: Results) -> Select | None:
    """One wave or all that are pooled; None where the release has only one."""
    if len(view.setting.release.facts.pooled_waves) < 2:
        return None
    choices = tuple(Choice(span.value, write_span(view.setting, span)) for span in Span)
    return Select("period", _("Years"), (("", choices),), view.span.value)


def _choices(places: tuple[Place, ...]) -> tuple[Choice, ...]:
    by_name = sorted(places, key=lambda place: place.short_name)
    return tuple(Choice(place.code, place.short_name) for place in by_name)
