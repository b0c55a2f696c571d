"""The sentences of the overview: whole sentences with named gaps, from rounded figures only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.gaps import HOLDERS
from dashboard.model import Count
from dashboard.views.overview import Numbers, Overview
from dashboard.views.setting import Setting
from dashboard.words import _, about_figure, is_few, write_date, write_number, write_people

_ROUNDING = 5
"""How far apart two numbers of people, each to the nearest 5, may be and be the same."""


def say_answered(view: Overview) -> str:
    """How many began, against the wave before: all of it, or as many weeks of it as this one has been open."""
    now, before, pace = view.now, view.before, view.pace
    is_open = now.areas_shown is None
    words = {"people": write_number(now.responses), "wave": now.wave}
    if is_few(now.responses):
        few = _("Fewer than 10 people began in %(wave)s.")
        return (_("Fewer than 10 people have begun so far.") if is_open else few) % words
    if before is None or before.responses is None or now.responses is None:
        all_begun = _("About %(people)s people began in %(wave)s.")
        return (_("About %(people)s people have begun so far.") if is_open else all_begun) % words
    words |= {"before": before.wave, "earlier": write_people(before.responses)}
    if not is_open:
        more = now.responses - before.responses
        return _choose(more, _MORE) % {**words, "difference": write_number(abs(more))}
    if pace is None or pace.weeks < 2:
        return _("About %(people)s people have begun so far; in all of %(before)s it was %(earlier)s.") % words
    more = pace.people - pace.before
    counted = {"weeks": pace.weeks, "people": write_number(pace.people), "difference": write_number(abs(more))}
    return _choose(more, _FASTER) % {**words, **counted}


_MORE = (
    _("About %(people)s people began in %(wave)s, about %(difference)s fewer than in %(before)s."),
    _("About %(people)s people began in %(wave)s, about as many as in %(before)s."),
    _("About %(people)s people began in %(wave)s, about %(difference)s more than in %(before)s."),
)
_FASTER = (
    _(
        "In the first %(weeks)d weeks about %(people)s people began, about %(difference)s fewer than in the first "
        "%(weeks)d weeks of %(before)s."
    ),
    _("In the first %(weeks)d weeks about %(people)s people began, about as many as in those of %(before)s."),
    _(
        "In the first %(weeks)d weeks about %(people)s people began, about %(difference)s more than in the first "
        "%(weeks)d weeks of %(before)s."
    ),
)


def _choose(difference: int, sentences: tuple[str, str, str]) -> str:
    """The sentence for fewer, as many or more; five people more or fewer are what rounding makes."""
    fewer, alike, more = sentences
    return alike if abs(difference) <= _ROUNDING else more if difference > 0 else fewer


def say_most_missing(view: Overview) -> str:
    """The group that is most clearly missing, or why nobody can be said to be; of an open wave that it is early."""
    group = view.heard.widest
    if view.now.areas_shown is None:
        return _("Who is missing, and what people said, can be told when the survey has closed.")
    if not view.heard.compared:
        return _("Who is missing cannot be told: no benchmark is loaded, or too few people answered.")
    if group is None:
        return _("No group is clearly missing: every gap could be chance.")
    words = {"label": group.label, "dimension": group.dimension_label, "people": write_number(group.missing)}
    if group.benchmark_of == HOLDERS:
        return (
            _(
                "Most clearly missing are people in the group “%(label)s” (%(dimension)s): about %(people)s more would "
                "have to answer to look like all who hold a budget."
            )
            % words
        )
    return (
        _(
            "Compared with everyone living here, not with people who hold a budget, clearly fewer are in the group "
            "“%(label)s” (%(dimension)s): about %(people)s."
        )
        % words
    )


def say_stands_out(view: Overview) -> str:
    """The largest change in what people said, else that there is none, else how many areas can be shown."""
    change, since = view.changes.largest, view.changes.since
    if change is not None:
        words = {
            "answer": change.item.name_answer(change.trend.option),
            "question": change.item.text,
            "since": change.since,
            "share": about_figure(change.trend),
            "points": abs(change.trend.difference or 0),
        }
        if (change.trend.difference or 0) > 0:
            more = _(
                "More people than in %(since)s said “%(answer)s” to “%(question)s”: %(share)s, %(points)d points more."
            )
            return more % words
        return (
            _("Fewer people than in %(since)s said “%(answer)s” to “%(question)s”: %(share)s, %(points)d points fewer.")
            % words
        )
    if since is not None:
        return _("Nothing that people said differs from %(since)s by more than chance could explain.") % {
            "since": since
        }
    words = {"shown": view.now.areas_shown, "areas": view.now.areas}
    if view.now.areas_shown:
        return (
            _(
                "%(shown)d of %(areas)d integrated care systems (ICSs) have enough answers to show something by "
                "themselves."
            )
            % words
        )
    return _(
        "No integrated care system (ICS) has enough answers to show something by itself: look at regions, or at "
        "several years together."
    )


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


def say_weeks(weeks: Sequence[Count], earlier: Sequence[Count] = (), wave: str = "") -> str:
    """The line over time in a sentence, and the same week of the wave before."""
    counted = [(week, week.count) for week in weeks if week.count is not None]
    if not counted:
        return _("In no week have ten people begun yet.")
    busiest, people = max(counted, key=lambda entry: entry[1])
    words = {
        "weeks": len(weeks),
        "day": write_date(date.fromisoformat(busiest.category)),
        "people": write_number(people),
    }
    then = next((week.count for week in earlier if week.category == busiest.category), None)
    if then is not None:
        same = {**words, "then": write_number(then), "wave": wave}
        return (
            _(
                "Most people began in the week from %(day)s: about %(people)s. In %(wave)s about %(then)s began as "
                "long after it had opened."
            )
            % same
        )
    if len(weeks) == 1:
        return _("All began in the week from %(day)s: about %(people)s people.") % words
    return _("People began in %(weeks)d weeks. Most did in the week from %(day)s: about %(people)s.") % words
