"""Every sentence of the dashboard that is computed: whole sentences with named gaps, from rounded figures only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.gaps import HOLDERS, Dimension, is_clearly_missing, may_be_chance
from dashboard.model import Count, Figure, Group
from dashboard.release import Status
from dashboard.views import Missing, Numbers, Overview, Results, Setting
from dashboard.words import (
    _,
    about_figure,
    find_limits,
    is_few,
    write_date,
    write_level,
    write_number,
    write_place,
    write_share,
    write_span,
    write_status,
)

# --- The sentence that says what matters ---------------------------------------------


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


def say_results(view: Results) -> str:
    """The results of one question in one or two sentences: also the text alternative of its chart."""
    return _say_side_by_side(view) if view.side_by_side else _say_place(view)


def _say_place(view: Results) -> str:
    assert view.place is not None
    words = {"place": write_place(view.place), "span": write_span(view.setting, view.span)}
    shown = [row for row in view.rows if row.cell.status is Status.SHOWN]
    if view.measure is not None and view.measure.status is Status.SHOWN and view.item.measure:
        words |= {"share": about_figure(view.measure), "answer": view.item.measure}
        if view.item.type == "scale":
            return _("In %(place)s, %(span)s, %(share)s gave an answer of %(answer)s.") % words
        return _("In %(place)s, %(span)s, %(share)s said: %(answer)s.") % words
    if not shown and all(row.cell.status is Status.TOO_FEW for row in view.rows):
        return _("In %(place)s, %(span)s, too few people answered this question to show anything.") % words
    if not shown:
        return _("We cannot show what people in %(place)s answered to this question (%(span)s).") % words
    top = max(shown, key=lambda row: row.cell.share or 0)
    return _("In %(place)s, %(span)s, the answer given most was “%(answer)s”: %(share)s.") % {
        **words,
        "answer": top.label,
        "share": about_figure(top.cell),
    }


def _say_side_by_side(view: Results) -> str:
    assert view.level is not None
    shown = [row.cell for row in view.rows if row.cell.status is Status.SHOWN]
    words = {
        "shown": len(shown),
        "places": write_level(view.level, len(view.rows)),
        "span": write_span(view.setting, view.span),
        "answer": view.item.name_answer(view.answer.code if view.answer else ""),
    }
    if not shown:
        return _("We cannot show who said “%(answer)s” in any of %(places)s (%(span)s).") % words
    sentence = _("We can show how many said “%(answer)s” in %(shown)d of %(places)s (%(span)s).") % words
    england = view.measure
    if england is None or england.status is not Status.SHOWN or england.share is None:
        return sentence
    near = sum(1 for cell in shown if _reaches(cell, england.share))
    words |= {"sentence": sentence, "share": about_figure(england), "near": near}
    every = _("%(sentence)s In England it is %(share)s; chance alone could explain every difference from that.")
    some = _(
        "%(sentence)s In England it is %(share)s; chance alone could explain the difference from that "
        "in %(near)d of the %(shown)d."
    )
    return (every if near == len(shown) else some) % words


def _reaches(figure: Figure, share: int) -> bool:
    low, high = find_limits(figure)
    return low <= share <= high


def say_missing(view: Missing) -> str:
    """The groups that are clearly under-heard, the largest first, and of how many nothing can be told."""
    hidden = sum(
        1
        for dimension in view.dimensions
        for group in dimension.groups
        if group.status is not Status.SHOWN and group.benchmark_share is not None
    )
    sentence = _say_clearly_missing(view)
    words = {"sentence": sentence, "hidden": hidden}
    if not hidden:
        return sentence
    if hidden == 1:
        return _("%(sentence)s Of one group nothing can be told: it is not shown, to protect people.") % words
    return _("%(sentence)s Of %(hidden)d groups nothing can be told: they are not shown, to protect people.") % words


def _say_clearly_missing(view: Missing) -> str:
    groups = [group for dimension in view.dimensions for group in dimension.groups]
    clear = sorted((group for group in groups if is_clearly_missing(group)), key=lambda group: -(group.missing or 0))
    if not any(group.missing is not None for group in groups):
        return _("There is nothing to compare with: no benchmark is loaded, or too few people answered.")
    if not clear:
        return _("No group is clearly missing: every gap could be chance.")
    holders = [group for group in clear if group.benchmark_of == HOLDERS]
    if holders:
        return _("Most clearly missing: %(groups)s.") % {"groups": _list_groups(holders[:3])}
    return _("Compared with everyone living here, clearly fewer: %(groups)s.") % {"groups": _list_groups(clear[:3])}


def _list_groups(groups: Sequence[Group]) -> str:
    named = [
        _("%(dimension)s: %(label)s (%(words)s)")
        % {"dimension": group.dimension_label, "label": group.label, "words": write_group(group)}
        for group in groups
    ]
    return "; ".join(named)


def say_group(group: Group) -> str:
    """One group in words: people, and against whom; or why that cannot be told."""
    if group.status is not Status.SHOWN:
        return write_status(group.status)
    if group.benchmark_share is None:
        return group.reason or _("nothing to compare with")
    if group.missing is None:
        return group.reason or _("cannot be told: our share is %(share)s") % {"share": write_share(group)}
    if group.missing == 0:
        return _("no one missing") if group.benchmark_of == HOLDERS else _("no fewer than among everyone living here")
    if may_be_chance(group):
        return _("could be chance")
    if group.benchmark_of == HOLDERS:
        return _("about %(people)d people missing") % {"people": group.missing}
    return _("about %(people)d fewer, compared with everyone living here") % {"people": group.missing}


def write_group(group: Group) -> str:
    """One group in words, beside a heading that says against whom."""
    if group.benchmark_of == HOLDERS or group.missing is None or may_be_chance(group):
        return say_group(group)
    return _("about %(people)d fewer") % {"people": group.missing} if group.missing else _("no fewer")


def write_group_heading(dimension: Dimension) -> str:
    """What `write_group` stands under."""
    if any(group.benchmark_of == HOLDERS for group in dimension.groups):
        return _("People missing")
    if any(group.benchmark_share is not None for group in dimension.groups):
        return _("Compared with everyone living here")
    return _("Comparison")


def say_dimension(dimension: Dimension) -> str:
    """The chart of a dimension in a sentence: the groups clearly missing, or that none is."""
    clear = [group for group in dimension.groups if is_clearly_missing(group)]
    if not clear:
        return _("%(dimension)s: no group is clearly missing.") % {"dimension": dimension.title}
    return _("%(dimension)s. Clearly missing: %(groups)s.") % {
        "dimension": dimension.title,
        "groups": "; ".join(
            _("%(label)s (%(words)s)") % {"label": group.label, "words": write_group(group)} for group in clear
        ),
    }


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
