"""Differences between shares, in points and in words."""

from __future__ import annotations

from dashboard.words import _

MINUS = "−"


def write_points(points: int | None) -> str:
    """A difference as the table has it: +24, −12, 0; a dash where there is none."""
    if points is None:
        return "–"
    if points < 0:
        return f"{MINUS}{-points}"
    return f"+{points}" if points else "0"


def write_difference(points: int | None, low: int | None, high: int | None) -> str:
    """A difference with its likely range: +24 (+4 to +41)."""
    if low is None or high is None:
        return write_points(points)
    return _("%(points)s (%(low)s to %(high)s)") % {
        "points": write_points(points),
        "low": write_points(low),
        "high": write_points(high),
    }


def say_points(points: int) -> str:
    """A difference of points as a sentence has it: 1 point more, 12 points less."""
    size = abs(points)
    if points < 0:
        return _("1 point less") if size == 1 else _("%(points)d points less") % {"points": size}
    return _("1 point more") if size == 1 else _("%(points)d points more") % {"points": size}
