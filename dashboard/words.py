"""Figures and names in words: numbers, dates, shares, bases, why there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from gettext import NullTranslations

from babel.dates import format_date, format_datetime, get_timezone

from dashboard.model import Count, Figure, Place
from dashboard.quality_report import Rate
from dashboard.release import Level, Span, Status
from dashboard.views.missing import Missing
from dashboard.views.setting import Setting

_CATALOGUE = NullTranslations()
_ = _CATALOGUE.gettext
"""The seam for translation: staff read English, so no catalogue is loaded yet."""

LOCALE = "en_GB"


def write_date(day: date) -> str:
    """For example 12 November 2026."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def write_moment(moment: datetime) -> str:
    """For example 12 November 2026, 09:30: the time in England."""
    return format_datetime(moment, "d MMMM y, HH:mm", tzinfo=get_timezone("Europe/London"), locale=LOCALE)


def write_number(number: int | None) -> str:
    """A published count with a comma at the thousands, or a dash's meaning in words."""
    return _("not counted") if number is None else f"{number:,}"


def is_few(people: int | None) -> bool:
    """Whether a count to the nearest 5 is of fewer than ten people, and better said so."""
    return people is not None and people < 10


def write_begun(people: int | None) -> str:
    """How many began, as a figure: 1,260, or under 10."""
    return _("under 10") if is_few(people) else write_number(people)


def write_people(people: int | None) -> str:
    """A number of people as a base."""
    if is_few(people):
        return _("fewer than 10 people")
    return _("about %(people)s people") % {"people": write_number(people)}


# --- Shares ---------------------------------------------------------------------


def about(share: int) -> str:
    """A whole per cent in words, to the nearest tenth: 67 is "about 7 in 10", 48 "about half"."""
    if share < 3:
        return _("fewer than 1 in 20")
    if share < 8:
        return _("about 1 in 20")
    if share > 97:
        return _("more than 19 in 20")
    if share > 92:
        return _("about 19 in 20")
    if 45 <= share < 55:
        return _("about half")
    return _("about %(tenths)d in 10") % {"tenths": (share + 5) // 10}


def about_figure(figure: Figure) -> str:
    """A shown figure in words, whether it is a share or only a bound: under 15 is "fewer than 3 in 20"."""
    share = figure.share or 0
    if figure.band == "under":
        return _("fewer than %(twentieths)d in 20") % {"twentieths": share // 5}
    if figure.band == "over":
        return _("more than %(twentieths)d in 20") % {"twentieths": share // 5}
    return about(share)


def write_share(figure: Figure | Rate) -> str:
    """A shown figure as the table has it: 67%, under 5%, over 95%."""
    if figure.band == "under":
        return _("under %(share)d%%") % {"share": figure.share or 0}
    if figure.band == "over":
        return _("over %(share)d%%") % {"share": figure.share or 0}
    return _("%(share)d%%") % {"share": figure.share or 0}


def write_range(figure: Figure) -> str:
    """The likely range as the table has it; a band is its own range."""
    if figure.low is None or figure.high is None:
        return "–"
    return _("%(low)d%% to %(high)d%%") % {"low": figure.low, "high": figure.high}


def write_status(status: Status) -> str:
    """Why there is no number."""
    return {
        Status.SHOWN: _("Shown"),
        Status.TOO_FEW: _("Too few to show"),
        Status.SUPPRESSED: _("Held back to protect people"),
        Status.NOT_ASKED: _("Not asked"),
        Status.BREAK: _("Not known: the area changed"),
    }[status]


def write_span(setting: Setting, span: Span) -> str:
    """The waves a figure rests on: 2026, or 2024 to 2026 together."""
    waves = setting.release.facts.pooled_waves
    if span is Span.WAVE or len(waves) < 2:
        return setting.release.facts.wave
    if len(waves) == 2:
        return _("%(first)s and %(last)s together") % {"first": waves[0], "last": waves[-1]}
    return _("%(first)s to %(last)s together") % {"first": waves[0], "last": waves[-1]}


def write_place(place: Place) -> str:
    """A place as a sentence names it."""
    return _("England") if place.level is Level.ENGLAND else place.short_name


def write_where(place: Place) -> str:
    """What tells an area from others of a similar name: its code, as on the map, and its region."""
    return _("%(code)s, %(region)s") % {"code": place.code, "region": place.region}


def write_level(level: Level, count: int) -> str:
    """How many regions or areas, in words."""
    if level is Level.REGION:
        return _("%(count)d regions") % {"count": count}
    return _("%(count)d ICSs") % {"count": count}


def find_limits(figure: Figure) -> tuple[int, int]:
    """The least and the most a shown figure may be: its likely range, or all of its band."""
    if figure.band == "under":
        return 0, figure.share or 0
    if figure.band == "over":
        return figure.share or 0, 100
    return figure.low or 0, 100 if figure.high is None else figure.high


def say_count(count: Count | None) -> str:
    """A fieldwork count as the table has it."""
    if count is None:
        return _("not known")
    return count.band if count.count is None else write_number(count.count)


def write_tile(count: Count | None) -> str:
    """A fieldwork count as a tile has room for: 35, or <10."""
    if count is None:
        return "–"
    return _("<10") if count.count is None else write_number(count.count)


def write_bases(figures: Sequence[Figure]) -> str:
    """The base of a view: one number, or from the least to the most of its rows."""
    bases = sorted({figure.base for figure in figures if figure.base is not None})
    if not bases:
        return _("not shown")
    if len(bases) == 1:
        return write_people(bases[0])
    return _("about %(least)s to %(most)s people in each") % {
        "least": write_number(bases[0]),
        "most": write_number(bases[-1]),
    }


def write_group_base(view: Missing) -> str:
    """The base of the page that says who is missing: its largest, as people leave out different questions."""
    bases = [group.base for dimension in view.dimensions for group in dimension.groups if group.base is not None]
    return write_people(max(bases)) if bases else _("not shown")
