"""From which state a finding may go to which, and what each state needs: as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from survey.staff.findings.rules import Problem, RuleBroken, can_change, check_change, settle
from survey.store.findings import Content, State

TODAY = date(2026, 10, 5)
LATER, EARLIER = date(2026, 11, 1), date(2026, 9, 1)

OPEN = Content("talk_matters", "", "Few people were asked what matters to them.", True)
PROMISED = replace(
    OPEN, state=State.PROMISED, owner="Care team", promise="Put the question on the first page.", due_on=LATER
)
AS = {
    State.OPEN: OPEN,
    State.PROMISED: PROMISED,
    State.UNDER_WAY: replace(PROMISED, state=State.UNDER_WAY),
    State.DONE: replace(PROMISED, state=State.DONE, outcome="It is on the first page."),
    State.CANNOT: replace(PROMISED, state=State.CANNOT, outcome="The page has no room."),
}
WAYS = """
              open  promised  under_way  done  cannot
    open      yes   yes       no         no    yes
    promised  no    yes       yes        yes   yes
    under_way no    yes       yes        yes   yes
    done      yes   no        yes        yes   no
    cannot    yes   yes       no         no    yes
"""


def ways() -> list[tuple[State, State, bool]]:
    """The table as (from, to, whether)."""
    head, *lines = [line.split() for line in WAYS.strip().splitlines()]
    return [
        (State(line[0]), State(to), word == "yes") for line in lines for to, word in zip(head, line[1:], strict=True)
    ]


def problems_of(before: Content, after: Content, today: date = TODAY) -> tuple[Problem, ...]:
    """What keeps a change from being made; the two ways of asking must agree."""
    try:
        check_change(before, after, today)
    except RuleBroken as error:
        found = error.problems
    else:
        found = ()
    assert can_change(before, after, today) is not bool(found)
    return found


def test_the_table_names_every_pair_of_states() -> None:
    assert {(before, after) for before, after, _ in ways()} == set(product(State, State))


@pytest.mark.parametrize(("before", "after", "reached"), ways())
def test_a_finding_goes_only_the_ways_of_the_table(before: State, after: State, reached: bool) -> None:
    to = settle(AS[before], AS[after])
    if after in (State.DONE, State.CANNOT):
        assert to == AS[after]
    assert problems_of(AS[before], to) == (() if reached else (Problem.NO_WAY,))


@pytest.mark.parametrize(
    ("before", "after", "problems"),
    [
        (OPEN, replace(OPEN, found=""), [Problem.NO_FOUND]),
        (OPEN, replace(PROMISED, owner=""), [Problem.NO_OWNER]),
        (OPEN, replace(PROMISED, promise=""), [Problem.NO_PROMISE]),
        (OPEN, replace(PROMISED, due_on=None), [Problem.NO_DAY]),
        (
            OPEN,
            replace(OPEN, found="", state=State.PROMISED),
            [Problem.NO_FOUND, Problem.NO_OWNER, Problem.NO_PROMISE, Problem.NO_DAY],
        ),
        (OPEN, replace(PROMISED, due_on=TODAY), []),
        (OPEN, replace(PROMISED, due_on=EARLIER), [Problem.DAY_PAST]),
        (OPEN, replace(PROMISED, due_on=date(2036, 12, 31)), []),
        (OPEN, replace(PROMISED, due_on=date(2037, 1, 1)), [Problem.DAY_FAR]),
        (OPEN, replace(PROMISED, state=State.OPEN), [Problem.PROMISE_EARLY]),
        (OPEN, replace(OPEN, outcome="Done!"), [Problem.OUTCOME_EARLY]),
        (OPEN, replace(OPEN, state=State.CANNOT), [Problem.NO_REASON]),
        (OPEN, replace(OPEN, state=State.CANNOT, outcome="It is not ours to do."), []),
        (PROMISED, replace(PROMISED, outcome="Nearly."), [Problem.OUTCOME_EARLY]),
        (PROMISED, replace(PROMISED, state=State.UNDER_WAY, owner=""), [Problem.NO_OWNER]),
        (PROMISED, replace(PROMISED, state=State.DONE), [Problem.NO_OUTCOME]),
        (PROMISED, replace(AS[State.DONE], promise=""), [Problem.NO_PROMISE]),
        (PROMISED, replace(PROMISED, state=State.CANNOT), [Problem.NO_REASON]),
    ],
)
def test_each_state_needs_what_it_stands_on(before: Content, after: Content, problems: list[Problem]) -> None:
    assert problems_of(before, after) == tuple(problems)


def test_what_is_late_can_be_put_right_and_its_day_not_be_moved_into_the_past() -> None:
    long_after = date(2027, 1, 1)
    assert PROMISED.is_late(long_after)
    assert problems_of(PROMISED, replace(PROMISED, owner="Board office"), long_after) == ()
    assert problems_of(PROMISED, AS[State.DONE], long_after) == ()
    assert problems_of(PROMISED, replace(PROMISED, due_on=date(2026, 12, 1)), long_after) == (Problem.DAY_PAST,)
    assert problems_of(AS[State.CANNOT], PROMISED, long_after) == (Problem.DAY_PAST,)


def test_late_is_from_the_day_after_and_only_what_is_promised() -> None:
    assert not PROMISED.is_late(LATER)
    late = [state for state in State if AS[state].is_late(date(2026, 11, 2))]
    assert late == [State.PROMISED, State.UNDER_WAY]


def test_opening_again_takes_away_the_outcome_and_from_the_start_the_promise_too() -> None:
    assert settle(AS[State.DONE], replace(AS[State.DONE], state=State.UNDER_WAY)) == AS[State.UNDER_WAY]
    assert settle(AS[State.CANNOT], replace(AS[State.CANNOT], state=State.OPEN)) == OPEN
