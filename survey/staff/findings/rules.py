"""How a finding goes from one state to the next, and what each state needs: one table, without web or database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from survey.store.findings import Content, State

YEARS_AHEAD = 10
"""A day further off than this is a slip, or no promise."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PROMISED, State.CANNOT}),
    State.PROMISED: frozenset({State.UNDER_WAY, State.DONE, State.CANNOT}),
    State.UNDER_WAY: frozenset({State.PROMISED, State.DONE, State.CANNOT}),
    State.DONE: frozenset({State.OPEN, State.UNDER_WAY}),
    State.CANNOT: frozenset({State.OPEN, State.PROMISED}),
}
"""Where one can go from each state. A promise is not taken back in silence: it is kept, or it is said why it cannot be.
What was done or given up can be opened again."""

PROMISES = frozenset({State.PROMISED, State.UNDER_WAY, State.DONE})
"""The states that stand on a promise: an office, what it will do, and until when."""
OVER = frozenset({State.DONE, State.CANNOT})
"""The states with an outcome."""


class Problem(StrEnum):
    """Why a finding cannot be saved as it was written; the words for people are in `messages.py`."""

    NO_WAY = "there is no way from the state it is in to this one"
    NO_FOUND = "it says nothing that was found"
    NO_OWNER = "a promise needs an office that makes it"
    NO_PROMISE = "a promise needs to say what will be done"
    NO_DAY = "a promise needs a day"
    DAY_PAST = "the day of a new promise has passed"
    DAY_FAR = "the day is too far off"
    NO_OUTCOME = "what is done needs what was done"
    NO_REASON = "what cannot be done needs why not"
    PROMISE_EARLY = "it has a promise and is said to be open"
    OUTCOME_EARLY = "it has an outcome and is not said to be over"


class RuleBroken(Exception):
    """What was written breaks rules: all of them, in the order of the form."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def settle(before: Content, after: Content) -> Content:
    """What opening something again takes away: its outcome, and with the state open the promise too."""
    if before.state in OVER and after.state not in OVER:
        after = replace(after, outcome="")
        if after.state is State.OPEN:
            after = replace(after, owner="", promise="", due_on=None)
    return after


def check_change(before: Content, after: Content, today: date) -> None:
    """Raise RuleBroken where a finding may not go from `before` to `after` on a day; `after` is settled."""
    problems = (*_of_state(before, after), *_of_promise(before, after, today), *_of_outcome(after))
    if problems:
        raise RuleBroken(problems)


def can_change(before: Content, after: Content, today: date) -> bool:
    """Whether a finding may go from `before` to `after` on a day."""
    try:
        check_change(before, after, today)
    except RuleBroken:
        return False
    return True


def _of_state(before: Content, after: Content) -> tuple[Problem, ...]:
    found = () if after.found else (Problem.NO_FOUND,)
    reached = after.state is before.state or after.state in TRANSITIONS[before.state]
    return found if reached else (*found, Problem.NO_WAY)


def _of_promise(before: Content, after: Content, today: date) -> tuple[Problem, ...]:
    if after.state is State.OPEN:
        return (Problem.PROMISE_EARLY,) if after.owner or after.promise or after.due_on else ()
    needed = {
        Problem.NO_OWNER: after.owner,
        Problem.NO_PROMISE: after.promise,
        Problem.NO_DAY: after.due_on,
    }
    missing = tuple(problem for problem, given in needed.items() if after.state in PROMISES and not given)
    return (*missing, *_of_day(before, after, today))


def _of_day(before: Content, after: Content, today: date) -> tuple[Problem, ...]:
    day = after.due_on
    if day is None or (day == before.due_on and before.state is not State.CANNOT):
        return ()  # what is late stays late, and can still be put right
    if day < today and after.state not in OVER:
        return (Problem.DAY_PAST,)
    return (Problem.DAY_FAR,) if day.year > today.year + YEARS_AHEAD else ()


def _of_outcome(after: Content) -> tuple[Problem, ...]:
    if after.state not in OVER:
        return (Problem.OUTCOME_EARLY,) if after.outcome else ()
    if after.outcome:
        return ()
    return (Problem.NO_OUTCOME if after.state is State.DONE else Problem.NO_REASON,)
