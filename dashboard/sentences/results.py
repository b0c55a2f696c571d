"""The sentences of one question in one place, or of one answer side by side."""

from __future__ import annotations

from dashboard.model import Figure
from dashboard.release import Status
from dashboard.views.results import Results
from dashboard.words import (
    _,
    about_figure,
    find_limits,
    write_level,
    write_place,
    write_span,
)


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
    near = sum(1 for cell in shown if reaches(cell, england.share))
    words |= {"sentence": sentence, "share": about_figure(england), "near": near}
    every = _("%(sentence)s In England it is %(share)s; chance alone could explain every difference from that.")
    some = _(
        "%(sentence)s In England it is %(share)s; chance alone could explain the difference from that "
        "in %(near)d of the %(shown)d."
    )
    return (every if near == len(shown) else some) % words


def reaches(figure: Figure, share: int) -> bool:
    """Whether chance alone could explain that a figure is not `share`: its likely range reaches it."""
    low, high = find_limits(figure)
    return low <= share <= high
