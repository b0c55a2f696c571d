"""Sentences about what figures rest on: release, benchmark, and why something cannot be shown."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.gaps import HOLDERS, Dimension
from dashboard.model import Place
from dashboard.release import Facts, Span, Step, is_provisional
from dashboard.views.compare import Compare
from dashboard.views.results import Results
from dashboard.views.setting import Reason, Setting
from dashboard.words import (
    _,
    write_date,
    write_moment,
    write_place,
    write_span,
)


def say_step(facts: Facts) -> str:
    """How far a release with results has come."""
    if facts.step is not Step.SIGNED:
        return _("provisional")
    words = {"name": facts.signed_by}
    if facts.public_on is None:
        return _("signed by %(name)s") % words if facts.signed_by else _("signed")
    day = {"date": write_date(date.fromisoformat(facts.public_on))}
    return _("signed by %(name)s, public from %(date)s") % {**words, **day}


def write_release(facts: Facts) -> str:
    """Which release it is; the counts of an open wave come every few minutes, so they go by their time."""
    if not facts.has_estimates:
        return _("counts of %(moment)s") % {"moment": write_moment(datetime.fromisoformat(facts.released_at))}
    return _("%(number)d, %(date)s, %(step)s") % {
        "number": facts.number,
        "date": write_date(date.fromisoformat(facts.released_at[:10])),
        "step": say_step(facts),
    }


def say_bands(facts: Facts) -> tuple[tuple[str, str, str], ...]:
    """What a reader must know before any figure: as kind, name and sentence."""
    bands = []
    if facts.made_up:
        words = _("Nobody gave these answers. They are invented, to show how the dashboard works.")
        bands.append(("made-up", _("Made-up data"), words))
    if is_provisional(facts):
        words = _("Not yet signed by an analyst. Please do not pass these figures on.")
        bands.append(("provisional", _("Provisional"), words))
    return tuple(bands)


def say_replaced(setting: Setting) -> str:
    """What became of the release that the address asked for."""
    words = {"asked": setting.replaced, "number": setting.release.facts.number, "wave": setting.release.facts.wave}
    if not setting.release.facts.has_estimates:
        return _("You asked for other counts of %(wave)s. You see the newest.") % words
    if setting.replaced is not None and setting.replaced > setting.release.facts.number:
        return _("There is no release %(asked)s of %(wave)s. You see release %(number)s, the newest.") % words
    return _("Release %(asked)s of %(wave)s has been replaced. You see release %(number)s, the newest.") % words


def say_passed_over(setting: Setting) -> str:
    """Which wave is not shown yet, and which one is instead."""
    words = {"latest": setting.passed_over, "wave": setting.release.facts.wave}
    return _("There are no results of %(latest)s yet. You see those of %(wave)s.") % words


def say_no_such_view(reason: Reason, setting: Setting) -> str:
    """Why the release cannot answer."""
    wave = setting.release.facts.wave
    return {
        Reason.FIELDWORK_ONLY: _(
            "The survey of %(wave)s is still open. Until it has closed we count how many have answered, "
            "and show nothing of what they said."
        ),
        Reason.UNKNOWN_LIST: _("The release of %(wave)s has no list of areas of that year."),
        Reason.UNKNOWN_QUESTION: _("The survey of %(wave)s has no such question."),
        Reason.UNKNOWN_PLACE: _("The release of %(wave)s has no such region or area."),
        Reason.PLACE_OF_OTHER_LIST: _("That area is not on the list of areas you chose, but it is on another one."),
        Reason.NOT_AN_AREA: _("A profile is of one integrated care system (ICS), not of a region or of England."),
        Reason.UNKNOWN_ANSWER: _("That question has no such answer in the survey of %(wave)s."),
        Reason.UNKNOWN_PERIOD: _("We can show one year, or several together; the address asks for something else."),
        Reason.NOTHING_POOLED: _("The release of %(wave)s does not put several years together."),
        Reason.UNKNOWN_GROUP: _("The survey of %(wave)s does not ask people to which such group they belong."),
        Reason.QUESTION_OF_GROUPS: _(
            "This question asks to which group people belong. We do not show the groups of one such question "
            "by those of another: they would be of too few people."
        ),
        Reason.GROUPS_OF_ENGLAND: _("Groups can be shown for England alone. In a region or an area they are too few."),
        Reason.NOT_BY_GROUP: _("The release of %(wave)s does not have this question by that group."),
        Reason.WAVES_OF_ONE_PLACE: _("Survey by survey we can show one place at a time: England or a region."),
        Reason.WAVES_OF_REGIONS: _(
            "Survey by survey we can show England and the regions. In one area too few people answer in a year."
        ),
        Reason.WAVES_ON_OWN_LIST: _("Regions can be shown survey by survey only as they were in %(wave)s."),
        Reason.NOT_BY_WAVE: _("The release of %(wave)s does not have this question survey by survey."),
        Reason.NO_MEASURE: _(
            "No answer to this question counts as a good one, so there is nothing to compare areas by."
        ),
        Reason.UNKNOWN_SPLIT: _("Where people stop cannot be told apart in that way for %(wave)s."),
        Reason.COMPARES_MANY: _("This page compares all regions, or all areas. For one place see its results."),
    }[reason] % {"wave": wave}


def say_nearest(view: Results | Compare, place: Place, span: Span) -> str:
    """The way on from a cell that is not shown; the years are named where they are others."""
    if span is view.span:
        return _("See %(place)s") % {"place": write_place(place)}
    return _("See %(place)s, %(span)s") % {"place": write_place(place), "span": write_span(view.setting, span)}


def say_benchmark(dimension: Dimension) -> str:
    """Against whom a dimension is compared, and of when."""
    group = next((group for group in dimension.groups if group.benchmark_share is not None), None)
    if group is None:
        reason = next((group.reason for group in dimension.groups if group.reason), "")
        return reason or _("No benchmark is loaded for this, so nobody can be said to be missing.")
    words = {"source": group.benchmark_source, "date": group.benchmark_date}
    if group.benchmark_of == HOLDERS:
        return _("Compared with people who hold a personal health budget: %(source)s, %(date)s.") % words
    return _("Compared with everyone living here, not with people who hold a budget: %(source)s, %(date)s.") % words
