"""The sentences of a comparison of areas: what is worth a look and why, what could have been noticed, and no rank."""

from __future__ import annotations

from dashboard.release import Level
from dashboard.sentences.differences import say_points, write_points
from dashboard.views.compare import Compare, ComparedRow
from dashboard.words import _, write_level, write_number, write_span


def say_compare(view: Compare) -> str:
    """How many places can be compared, and how many of them are worth a look."""
    compared = [row for row in view.rows if row.is_compared]
    words = {
        "compared": len(compared),
        "places": write_level(view.level, len(view.rows)),
        "span": write_span(view.setting, view.span),
        "answer": view.item.measure or "",
    }
    if not compared:
        return _("We cannot compare any of %(places)s by who said “%(answer)s” (%(span)s).") % words
    sentence = (
        _("We can compare %(compared)d of %(places)s with the rest of England by who said “%(answer)s” (%(span)s).")
        % words
    )
    found = view.worth_a_look
    words |= {"sentence": sentence, "found": len(found), "names": ", ".join(row.place.short_name for row in found)}
    if not found:
        return _("%(sentence)s None stands out once all comparisons are judged together.") % words
    if len(found) == 1:
        return _("%(sentence)s One is worth a look: %(names)s.") % words
    return _("%(sentence)s %(found)d are worth a look: %(names)s.") % words


def say_why_worth_a_look(view: Compare, row: ComparedRow) -> str:
    """The reasons why a place is worth a look."""
    found = row.comparison
    return _(
        "%(share)d%% said “%(answer)s”: %(points)s than in the rest of England (%(rest)d%%). The difference is likely "
        "between %(low)s and %(high)s points, and still stands out when all comparisons are judged together."
    ) % {
        "share": found.share or 0,
        "answer": view.item.measure or "",
        "points": say_points(found.difference or 0),
        "rest": found.rest or 0,
        "low": write_points(found.low),
        "high": write_points(found.high),
    }


def say_drawn(row: ComparedRow) -> str:
    """What is left of a difference once a share is drawn toward the region; '' where it cannot be."""
    found = row.comparison
    if found.shrunk is None:
        return ""
    toward = _("the region") if row.place.level is Level.AREA else _("England")
    return _("Drawn toward %(toward)s, which is a careful guess for so few people, it is %(shrunk)d%%.") % {
        "toward": toward,
        "shrunk": found.shrunk,
    }


def say_funnel(view: Compare) -> str:
    """How many dots lie outside the limits, and how many would by chance: also the text alternative of the funnel."""
    dots = [row for row in view.rows if row.in_funnel]
    outside = [row for row in dots if row.is_outside]
    words: dict[str, int | str] = {
        "dots": len(dots),
        "outside": len(outside),
        "chance": max(1, round(len(dots) / 20)),
        "names": ", ".join(row.place.short_name for row in outside),
    }
    if not outside:
        return _("All %(dots)d dots lie inside the 95%% limits.") % words
    if len(outside) == 1:
        words |= {"where": _("Of %(dots)d dots one lies outside the 95%% limits: %(names)s.") % words}
    else:
        words |= {"where": _("Of %(dots)d dots %(outside)d lie outside the 95%% limits: %(names)s.") % words}
    words |= {"sentence": _("%(where)s By chance alone about %(chance)d would.") % words}
    if any(row.comparison.worth_a_look for row in outside):
        return str(words["sentence"])
    return (
        _("%(sentence)s None of this stands out once rounding is allowed for and all comparisons are judged together.")
        % words
    )


def say_detectable(view: Compare) -> tuple[str, ...]:
    """What could have been noticed with the fewest and with the most people of a place that is compared."""
    told = {
        row.cell.base: row.comparison.detectable for row in view.rows if row.is_compared and row.cell.base is not None
    }
    ends = sorted(told)[:1] + sorted(told)[1:][-1:]
    return tuple(_say_noticed(people, told[people]) for people in ends)


def _say_noticed(people: int, points: int | None) -> str:
    words = {"people": write_number(people), "points": points}
    if points is None:
        return _("With %(people)s people we would have noticed no difference, however large.") % words
    return _("With %(people)s people we would have noticed a difference of about %(points)s points.") % words


def write_noticed(row: ComparedRow) -> str:
    """The smallest difference that would have been noticed, as the table has it."""
    points = row.comparison.detectable
    return _("none") if points is None else _("%(points)d points") % {"points": points}


def say_why_not(row: ComparedRow) -> str:
    """Why a place that is shown is not compared."""
    return {
        "band": _("Not compared: so few or so many said it that we show no exact figure"),
        "england": _("Not compared: there is no exact figure for England"),
        "rest": _("Not compared: so many of those who answered live here that too few are left elsewhere"),
    }.get(row.comparison.reason, _("Not compared"))
