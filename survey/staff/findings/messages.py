"""What is said when a finding cannot be saved as it was written, in the language of the request."""

from __future__ import annotations

from survey.i18n import gettext
from survey.staff.findings.rules import Problem

FIELD_OF = {
    Problem.NO_WAY: "state",
    Problem.NO_FOUND: "found",
    Problem.NO_OWNER: "owner",
    Problem.NO_PROMISE: "promise",
    Problem.NO_DAY: "due",
    Problem.DAY_PAST: "due",
    Problem.DAY_FAR: "due",
    Problem.NO_OUTCOME: "outcome",
    Problem.NO_REASON: "outcome",
    Problem.PROMISE_EARLY: "state",
    Problem.OUTCOME_EARLY: "state",
}
"""The field that a problem is to be put right in."""


def explain(problem: Problem) -> str:
    """The words for a problem."""
    match problem:
        case Problem.NO_WAY:
            return gettext("The finding cannot go from the state it is in to this one. Choose another")
        case Problem.NO_FOUND:
            return gettext("Write what was found")
        case Problem.NO_OWNER:
            return gettext("Write which team or office makes the promise")
        case Problem.NO_PROMISE:
            return gettext("Write what will be done")
        case Problem.NO_DAY:
            return gettext("Type the day by which it will be done")
        case Problem.DAY_PAST:
            return gettext("This day has passed. Type a day that can still be kept")
        case Problem.DAY_FAR:
            return gettext("This day is more than ten years off. Check the year")
        case Problem.NO_OUTCOME:
            return gettext("Write what was done")
        case Problem.NO_REASON:
            return gettext("Write why it cannot be done")
        case Problem.PROMISE_EARLY:
            return gettext("There is a promise below. Choose “Promised”, or empty the office, the promise and the day")
        case Problem.OUTCOME_EARLY:
            return gettext("It says below what came of it. Choose “Done” or “Cannot be done”, or empty that")
