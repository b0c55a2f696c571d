"""The words of what stands on an area's sheet: a few things people said, and what changed."""

from __future__ import annotations

from dashboard.model import Place
from dashboard.release import Level
from dashboard.views.highlights import FEW_THINGS, Change, Said
from dashboard.views.profile import Profile
from dashboard.words import _, about_figure, write_people, write_place, write_range, write_share, write_span


def write_said(said: Said) -> str:
    """What people said, in words and digits."""
    words = {"about": about_figure(said.measure), "share": write_share(said.measure), "answer": said.item.measure}
    sentence = _("%(about)s (%(share)s): “%(answer)s”") % words
    return sentence[:1].upper() + sentence[1:]


def say_beside(said: Said) -> str:
    """How what people said differs from the rest of England, where it stands out; '' else."""
    if said.comparison is None or not said.stands_out:
        return ""
    words = {"rest": said.comparison.rest}
    if (said.comparison.difference or 0) < 0:
        return _("Clearly fewer than in the rest of England (%(rest)d%%).") % words
    return _("Clearly more than in the rest of England (%(rest)d%%).") % words


def write_whose(view: Profile, said: Said) -> str:
    """Whose answers they are: place, years and base."""
    return _("%(place)s, %(span)s, %(people)s") % {
        "place": write_place(view.name_area(said.measure.area)),
        "span": write_span(view.setting, said.measure.span),
        "people": write_people(said.measure.base),
    }


def head_said(view: Profile) -> str:
    """The heading over what people said."""
    return _("Five things people said") if len(view.said) == FEW_THINGS else _("What people said")


def list_said(view: Profile) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows of the table of what people said."""
    heads = (_("We asked"), _("People said"), _("Likely range"), _("In England"), _("Whose answers"))
    rows = tuple(
        (
            said.item.text,
            " ".join(part for part in (write_said(said), say_beside(said)) if part),
            write_range(said.measure),
            write_share(said.england) if said.england else "–",
            write_whose(view, said),
        )
        for said in view.said
    )
    return heads, rows


def say_said(view: Profile) -> str:
    """The chart of what people said, in sentences."""
    return " ".join(
        _("%(said)s, %(whose)s.") % {"said": write_said(said), "whose": write_whose(view, said)} for said in view.said
    )


def explain_said() -> str:
    """The rule by which they were chosen, and what the likely range is."""
    return _(
        "Chosen by a rule: first what stands out from the rest of England (it says so), then one question of each "
        "section, of this ICS where enough people answered, else of the nearest place. Not everyone is asked "
        "everything. The likely range allows for chance alone; people chose for themselves to answer."
    )


def head_changes(view: Profile) -> str:
    """The heading over the changes."""
    if view.changes.before is None:
        return _("Changes")
    return _("What changed since %(wave)s") % {"wave": view.changes.before}


def say_changes(view: Profile) -> tuple[str, ...]:
    """What could be compared, how little of it changed, and what broke."""
    changes = view.changes
    words = {
        "before": changes.before,
        "england": changes.compared.get(Level.ENGLAND, 0),
        "regional": changes.compared.get(Level.REGION, 0),
        "region": view.region.short_name,
        "place": view.place.short_name,
    }
    if changes.before is None:
        return (_("There is no earlier survey to compare with yet."),)
    lines = []
    if not any(changes.compared.values()):
        lines.append(_("No question can be compared with %(before)s.") % words)
    elif not changes.found:
        compared = _(
            "No change is more than chance. We compared %(england)d questions in England and %(regional)d in the "
            "%(region)s region."
        )
        lines.append(compared % words)
    for (level, reason), count in sorted(changes.breaks.items()):
        where = _("England") if level is Level.ENGLAND else _("the %(region)s region") % words
        lines.append(_say_break(reason) % {**words, "where": where, "count": count})
    lines.append(_("Of %(place)s alone a change cannot be told: too few answer in one year.") % words)
    return tuple(lines)


def _say_break(reason: str) -> str:
    """Why some questions are not compared; where, how many and with which wave are yet to be filled in."""
    if reason == "wording":
        return _("Questions not compared with %(before)s in %(where)s, because words or answers changed: %(count)d.")
    if reason == "boundaries":
        return _("Questions not compared with %(before)s in %(where)s, because areas changed: %(count)d.")
    return _("Questions not compared with %(before)s in %(where)s, because the way of weighting changed: %(count)d.")


def list_changes(view: Profile) -> tuple[str, ...]:
    """The changes that stand out."""
    return tuple(_say_change(change, view.name_area(change.trend.area)) for change in view.changes.found)


def _say_change(change: Change, place: Place) -> str:
    words = {
        "place": write_place(place),
        "answer": change.item.measure,
        "question": change.item.text,
        "now": write_share(change.trend),
        "before": write_share(change.before),
        "wave": change.before.wave,
    }
    if (change.trend.difference or 0) > 0:
        return _("%(place)s: %(now)s, more than the %(before)s of %(wave)s, said “%(answer)s” – %(question)s") % words
    return _("%(place)s: %(now)s, fewer than the %(before)s of %(wave)s, said “%(answer)s” – %(question)s") % words
