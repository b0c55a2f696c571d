"""The sentences of one answer among each group of a dimension."""

from __future__ import annotations

from dashboard.release import Status
from dashboard.sentences.results import reaches
from dashboard.views.groups import Groups
from dashboard.words import _, about_figure, write_span

_NAMED = 3
"""Groups that a sentence names, at most."""


def say_groups(view: Groups) -> str:
    """Of how many groups something can be shown, and which ones chance alone does not explain."""
    shown = [row for row in view.rows if row.cell.status is Status.SHOWN]
    words = {
        "answer": name_answer(view),
        "dimension": view.division.label,
        "span": write_span(view.setting, view.span),
        "shown": len(shown),
        "groups": len(view.rows),
    }
    if not shown:
        return _("We cannot show how many said “%(answer)s” in any group (%(dimension)s, %(span)s).") % words
    sentence = (
        _("%(dimension)s, %(span)s: we can show how many said “%(answer)s” in %(shown)d of %(groups)d groups.") % words
    )
    england = view.england
    if england is None or england.status is not Status.SHOWN or england.share is None:
        return sentence
    apart = [row for row in shown if not reaches(row.cell, england.share)]
    words |= {"sentence": sentence, "share": about_figure(england)}
    if not apart:
        return (
            _("%(sentence)s Among everyone it is %(share)s; chance alone could explain every difference from that.")
            % words
        )
    words |= {"apart": len(apart)}
    if len(apart) > _NAMED:
        return (
            _(
                "%(sentence)s Among everyone it is %(share)s; in %(apart)d groups chance alone does not explain "
                "the difference from that."
            )
            % words
        )
    words |= {
        "named": "; ".join(
            _("%(group)s (%(share)s)") % {"group": row.label, "share": about_figure(row.cell)} for row in apart
        )
    }
    return (
        _("%(sentence)s Among everyone it is %(share)s; chance alone does not explain the difference of: %(named)s.")
        % words
    )


def name_answer(view: Groups) -> str:
    """The answer that is shown, in its words."""
    return view.item.name_answer(view.answer.code if view.answer else "")
