"""The sentences of the overview: whole sentences with named gaps, from rounded figures only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.model import Count
from dashboard.views.overview import Numbers, Overview
from dashboard.views.setting import Setting
from dashboard.words import (
    _,
    is_few,
    write_date,
    write_number,
)


def say_overview(view: Overview) -> str:
    """How many began and sent their answers, and in how many areas that is enough."""
    words = {
        "people": _say_people(view.now),
        "shown": view.now.areas_shown,
        "areas": view.now.areas,
    }
    if view.now.areas_shown is None:
        return _("%(people)s Results come when the survey has closed.") % words
    if view.now.areas_shown == 0:
        return (
            _(
                "%(people)s No integrated care system (ICS) has enough answers to show something by itself: "
                "look at regions, or at several years together."
            )
            % words
        )
    return (
        _(
            "%(people)s %(shown)d of %(areas)d integrated care systems (ICSs) have enough answers to show something "
            "by themselves."
        )
        % words
    )


def _say_people(numbers: Numbers) -> str:
    """How many began and how many of them sent their answers, so far where the survey is open."""
    is_open = numbers.areas_shown is None
    words = {
        "people": write_number(numbers.responses),
        "sent": write_number(numbers.sent),
        "wave": numbers.wave,
    }
    if is_few(numbers.responses):
        few = _("Fewer than 10 people began in %(wave)s.")
        return (_("Fewer than 10 people have begun so far.") if is_open else few) % words
    if numbers.sent is None:
        all_begun = _("About %(people)s people began in %(wave)s.")
        return (_("About %(people)s people have begun so far.") if is_open else all_begun) % words
    both = _("About %(people)s people began in %(wave)s, about %(sent)s sent their answers.")
    so_far = _("About %(people)s people have begun so far, about %(sent)s have sent their answers.")
    return (so_far if is_open else both) % words


def say_begun(numbers: Numbers) -> str:
    """What the first large figure counts."""
    if numbers.sent is None:
        return _("people began")
    return _("people began, about %(sent)s sent their answers") % {"sent": write_number(numbers.sent)}


def say_gap(numbers: Numbers) -> str:
    """What the third large figure counts."""
    gap = numbers.gap
    if gap is None and numbers.areas_shown is None:
        return _("Who is missing can be told when the survey has closed")
    if gap is None:
        return _("can be told to be missing")
    if gap.of_holders:
        return _("people missing to look like all who hold a budget. Widest: %(dimension)s") % {
            "dimension": gap.dimension
        }
    return _("people fewer than if we looked like everyone living here. Widest: %(dimension)s") % {
        "dimension": gap.dimension
    }


def say_before(before: Numbers | None, number: str | None) -> str:
    """The same figure a wave before, as it is written."""
    if before is None or number is None:
        return _("No earlier figure to compare with")
    return _("%(number)s in %(wave)s") % {"number": number, "wave": before.wave}


def say_changed(setting: Setting) -> str:
    """Why some areas of another list have no number."""
    return _(
        "“Not known”: answers of %(wave)s were given on the areas of %(own)s, and cannot be added up to areas "
        "that gained or lost a part since."
    ) % {"wave": setting.release.facts.wave, "own": setting.release.facts.vintage}


def say_map(view: Overview) -> str:
    """The hex map in a sentence."""
    counted = [(place, count.count) for place, count in view.by_area if count and count.count is not None]
    words = {"areas": len(view.by_area), "counted": len(counted)}
    if not counted:
        return _("A map of %(areas)d ICSs. In none have ten people begun yet.") % words
    most, people = max(counted, key=lambda entry: entry[1])
    return _(
        "A map of %(areas)d ICSs. In %(counted)d ten people or more began; most in %(most)s, about %(people)s."
    ) % {**words, "most": most.short_name, "people": write_number(people)}


def say_weeks(weeks: Sequence[Count]) -> str:
    """The line over time in a sentence."""
    counted = [(week, week.count) for week in weeks if week.count is not None]
    if not counted:
        return _("In no week have ten people begun yet.")
    busiest, people = max(counted, key=lambda entry: entry[1])
    words = {
        "weeks": len(weeks),
        "day": write_date(date.fromisoformat(busiest.category)),
        "people": write_number(people),
    }
    if len(weeks) == 1:
        return _("All began in the week from %(day)s: about %(people)s people.") % words
    return _("People began in %(weeks)d weeks. Most did in the week from %(day)s: about %(people)s.") % words
