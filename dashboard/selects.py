"""What can be chosen in the forms: waves, lists of areas, questions, places, groups, periods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.model import Item, Place
from dashboard.parts import Choice, Select
from dashboard.release import ENGLAND, Level, Span
from dashboard.views.choices import WAVES, Division
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


def select_question(items: Sequence[Item], chosen: Item) -> Select:
    """The questions under the titles of their sections."""
    groups = tuple(
        (section, tuple(Choice(item.id, item.text) for item in found))
        for section, found in groupby(items, key=lambda item: item.section)
    )
    return Select("question", _("Question"), groups, chosen.id)


def select_place(setting: Setting, chosen: str) -> Select:
    """One place, or all regions or areas side by side; `chosen` as the address has it."""
    release, vintage = setting.release, setting.vintage
    groups = (
        ("", (Choice(ENGLAND, _("England")),)),
        (_("Side by side"), _SIDE_BY_SIDE),
        (_("One region"), _choices(release.places(vintage, Level.REGION))),
        (_("One ICS"), _choices(release.places(vintage, Level.AREA))),
    )
    return Select("place", _("Where"), groups, chosen)


def select_level(level: Level) -> Select:
    """All regions or all areas."""
    return Select("place", _("Areas"), (("", _SIDE_BY_SIDE),), "regions" if level is Level.REGION else "areas")


def select_by(divisions: Sequence[Division], chosen: str) -> Select:
    """All answers, one answer survey by survey, or one answer by a group; `chosen` as the address has it, or ''."""
    groups = (
        ("", (Choice("", _("All answers together")), Choice(WAVES, _("Survey by survey")))),
        *(
            [(_("By group, in England"), tuple(Choice(division.id, division.label) for division in divisions))]
            if divisions
            else []
        ),
    )
    return Select("by", _("How"), groups, chosen)


def select_period(setting: Setting, span: Span) -> tuple[Select, ...]:
    """One wave or all that are pooled; nothing where the release has only one."""
    if len(setting.release.facts.pooled_waves) < 2:
        return ()
    choices = tuple(Choice(each.value, write_span(setting, each)) for each in Span)
    return (Select("period", _("Years"), (("", choices),), span.value),)


_SIDE_BY_SIDE = (
    Choice("regions", _("All regions")),
    Choice("areas", _("All integrated care systems (ICSs)")),
)


def _choices(places: tuple[Place, ...]) -> tuple[Choice, ...]:
    by_name = sorted(places, key=lambda place: place.short_name)
    return tuple(Choice(place.code, place.short_name) for place in by_name)
