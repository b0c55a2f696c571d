"""The sentences of one answer survey by survey: what changed, what chance could explain, what cannot be joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dashboard.model import Trend
from dashboard.release import Status
from dashboard.sentences.differences import say_points, write_difference
from dashboard.views.trend import OverTime
from dashboard.words import _, about_figure, write_place


def say_trend(view: OverTime) -> str:
    """The newest figure, and how it stands to the one before."""
    before, last = ([None, *view.rows])[-2:]
    assert last is not None
    words = {"place": write_place(view.place), "answer": name_answer(view), "wave": last.wave}
    if last.status is not Status.SHOWN:
        return _("We cannot show how many said “%(answer)s” in %(place)s in %(wave)s.") % words
    words |= {"share": about_figure(last)}
    gave = _("In %(place)s, %(wave)s, %(share)s gave an answer of %(answer)s.")
    sentence = (gave if view.item.type == "scale" else _("In %(place)s, %(wave)s, %(share)s said: %(answer)s.")) % words
    if before is None:
        return _("%(sentence)s There is no earlier survey to compare with.") % {"sentence": sentence}
    return _("%(sentence)s %(change)s") % {"sentence": sentence, "change": say_change(last, before)}


def say_change(row: Trend, before: Trend) -> str:
    """How a wave stands to the one before, in a sentence."""
    words = {"before": before.wave, "wave": row.wave}
    if row.break_reason:
        return say_break(row, before)
    if row.difference is None:
        return _("How it changed from %(before)s cannot be told.") % words
    if row.difference == 0:
        return _("That is the same as in %(before)s.") % words
    words |= {"points": say_points(row.difference)}
    if row.changed:
        return _("That is %(points)s than in %(before)s, and stands out: chance alone would hardly explain it.") % words
    return _("That is %(points)s than in %(before)s; chance alone could explain it.") % words


def say_break(row: Trend, before: Trend) -> str:
    """Why a wave may not be joined to the one before, in a sentence."""
    return {
        "wording": _("%(before)s and %(wave)s cannot be compared: the question or its answers had other words."),
        "boundaries": _("%(before)s and %(wave)s cannot be compared: the region is made of other areas since."),
        "weighting": _("%(before)s and %(wave)s cannot be compared: the figures were weighted in another way."),
    }[row.break_reason] % {"before": before.wave, "wave": row.wave}


def say_breaks(rows: Sequence[Trend]) -> tuple[str, ...]:
    """All breaks of a line, each in a sentence."""
    return tuple(say_break(row, before) for before, row in pairwise(rows) if row.break_reason)


def write_break(row: Trend) -> str:
    """Why a wave is not joined to the one before, as the chart has room for."""
    return {
        "": "",
        "wording": _("other words"),
        "boundaries": _("other areas"),
        "weighting": _("other weights"),
    }[row.break_reason]


def write_change(row: Trend, before: Trend | None) -> str:
    """How a wave stands to the one before, as the table has it."""
    if before is None:
        return _("the first")
    if row.break_reason:
        return _("not compared: %(reason)s") % {"reason": write_break(row)}
    if row.difference is None:
        if before.status is not Status.SHOWN:
            return _("not compared: %(before)s is not shown") % {"before": before.wave}
        return _("not compared: no exact figure")
    words = {"difference": write_difference(row.difference, row.difference_low, row.difference_high)}
    return (_("%(difference)s, stands out") if row.changed else _("%(difference)s, could be chance")) % words


def name_answer(view: OverTime) -> str:
    """The answer that is shown, in its words."""
    return view.item.name_answer(view.answer.code if view.answer else "")
