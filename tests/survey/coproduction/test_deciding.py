"""A decision: the table of how it goes on, and its diagram."""

from __future__ import annotations

import re

from survey.coproduction.deciding import OVER, TRANSITIONS, Result, Step, draw_decision

O, S, T, A, N, X = (  # noqa: E741
    Result.OPEN,
    Result.STOPPED,
    Result.TIED,
    Result.AGREED,
    Result.NOT_AGREED,
    Result.NO_DECISION,
)
STEPS = (Step.VOTE, Step.COUNT, Step.REPLY, Step.CLEAR, Step.CAST, Step.LET_STAND)
TRUTH: dict[Result, tuple[set[Result], ...]] = {
    #   vote count               reply clear        cast       let stand
    O: ({O}, {O, S, T, A, N, X}, set(), set(), set(), set()),
    S: (set(), set(), {S}, {S, T, A, N}, set(), {X}),
    T: (set(), set(), set(), set(), {T, A, N}, {X}),
    A: (set(),) * 6,
    N: (set(),) * 6,
    X: (set(),) * 6,
}


def test_a_decision_goes_on_only_as_the_table_says() -> None:
    for before, row in TRUTH.items():
        for step, after in zip(STEPS, row, strict=True):
            assert TRANSITIONS.get((before, step), frozenset()) == after, (before, step)


def test_what_is_over_stays_as_it_is() -> None:
    assert not [before for before, _ in TRANSITIONS if before in OVER]


def test_the_diagram_shows_every_way_of_the_table_and_no_other() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+): .+$", draw_decision(), re.MULTILINE)
    written = [(str(before), str(after)) for (before, _), results in TRANSITIONS.items() for after in results]
    assert sorted(drawn) == sorted(written)
    assert len(set(draw_decision().splitlines())) == len(draw_decision().splitlines())
    assert all(f"    {result} --> [*]" in draw_decision() for result in OVER)
