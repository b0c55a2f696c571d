"""A round: the table of how it goes on, and what may be done to it as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from survey.coproduction.people import Office, Person, Seat
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import (
    TRANSITIONS,
    Act,
    Days,
    NotNow,
    Plan,
    Round,
    State,
    can_call_off,
    can_extend,
    can_plan,
    check_calling_off,
    check_extension,
    check_planning,
    days_after_extension,
)

D, R, P, A, T, L = (
    State.DRAFT,
    State.IN_REVIEW,
    State.PROPOSED,
    State.AGREED,
    State.TRANSLATING,
    State.LIVE,
)
X, S, Z = State.CALLED_OFF, State.STANDS, State.RETIRED
NO = None

ACTS = (
    Act.OPEN,
    Act.EXTEND,
    Act.PROPOSE,
    Act.AGREE,
    Act.LET_STAND,
    Act.TRANSLATE,
    Act.GO_LIVE,
    Act.RETIRE,
    Act.CALL_OFF,
)
TRUTH: dict[State, tuple[State | None, ...]] = {
    #  open  extend propose agree stand translate live retire call off
    D: (R, NO, NO, NO, NO, NO, NO, NO, X),
    R: (NO, R, P, NO, NO, NO, NO, NO, X),
    P: (NO, P, NO, A, S, NO, NO, NO, X),
    A: (NO, NO, NO, NO, NO, T, NO, NO, NO),
    T: (NO, NO, NO, NO, NO, NO, L, NO, NO),
    L: (NO, NO, NO, NO, NO, NO, NO, Z, NO),
    Z: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    S: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
    X: (NO, NO, NO, NO, NO, NO, NO, NO, NO),
}

FAY = Person(1, Seat.FACILITATOR)
LEE = Person(2, Seat.LIVED_EXPERIENCE)
SUE = Person(3, Seat.STAFF)
KIM = Person(4, Seat.LIVED_EXPERIENCE)
"""Not asked."""
SPO = Person(5, None, frozenset({Office.SPONSOR}))
BEGIN = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

ROUND = Round(
    id=1,
    questionnaire="small",
    version="v",
    plan=Plan("t", "p", "c", "n", "d", "f", date(2026, 10, 26), date(2026, 11, 2), 3),
    state=State.IN_REVIEW,
    minutes=8,
    asked=frozenset({1, 2, 3, 5}),
    revision=4,
    added_at=BEGIN,
    opened_at=BEGIN,
)


def test_every_state_and_act_is_in_the_truth_table() -> None:
    assert set(TRUTH) == set(State)
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_an_act_leads_where_the_table_says_and_nowhere_else(state: State, act: Act) -> None:
    assert TRANSITIONS.get((state, act)) is TRUTH[state][ACTS.index(act)]


Check = Callable[[], None]
Can = Callable[[], bool]


def extension(round_: Round, by: Person) -> tuple[Check, Can]:
    return lambda: check_extension(round_, by), lambda: can_extend(round_, by)


def planning(round_: Round, by: Person, revision: int = 4) -> tuple[Check, Can]:
    return lambda: check_planning(round_, by, revision), lambda: can_plan(round_, by, revision)


def calling_off(round_: Round, by: Person, reason: str = "The money is gone.") -> tuple[Check, Can]:
    return lambda: check_calling_off(round_, by, reason), lambda: can_call_off(round_, by, reason)


DRAFT = replace(ROUND, state=State.DRAFT, opened_at=None)
PROPOSED = replace(ROUND, state=State.PROPOSED, sign_off_until=date(2026, 11, 20))
LIVE = replace(ROUND, state=State.LIVE)
EXTENDED = replace(ROUND, is_extended=True)


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (extension(ROUND, LEE), None),
        (extension(ROUND, SUE), None),
        (extension(ROUND, FAY), None),
        (extension(PROPOSED, LEE), None),
        (extension(ROUND, KIM), NotAllowed.NOT_ASKED),
        (extension(ROUND, SPO), NotAllowed.NO_VOTE),
        (extension(DRAFT, LEE), NotAllowed.OVER),
        (extension(LIVE, FAY), NotAllowed.OVER),
        (extension(EXTENDED, LEE), NotNow.EXTENDED_ALREADY),
        (extension(EXTENDED, FAY), NotNow.EXTENDED_ALREADY),
        (planning(DRAFT, FAY), None),
        (planning(DRAFT, LEE), NotAllowed.NOT_YOURS),
        (planning(DRAFT, FAY, 3), NotAllowed.CHANGED_MEANWHILE),
        (planning(ROUND, FAY), NotNow.OPENED_ALREADY),
        (calling_off(DRAFT, FAY), None),
        (calling_off(ROUND, FAY), None),
        (calling_off(PROPOSED, FAY), None),
        (calling_off(ROUND, LEE), NotAllowed.NOT_YOURS),
        (calling_off(ROUND, FAY, "  "), NotNow.NO_REASON),
        (calling_off(LIVE, FAY), NotAllowed.OVER),
    ],
)
def test_check_and_can_agree_on_who_may_do_what(pair: tuple[Check, Can], reason: StrEnum | None) -> None:
    check, can = pair
    assert can() is (reason is None)
    if reason is None:
        check()
    else:
        with pytest.raises(Refused) as caught:
            check()
        assert caught.value.reasons == (reason,)


def test_an_extension_moves_the_days_by_ten_working_days() -> None:
    days = days_after_extension(ROUND, date(2026, 10, 20))
    assert days == Days(date(2026, 11, 9), date(2026, 11, 16), None)


def test_an_extension_after_the_day_counts_from_today_so_that_it_gives_time() -> None:
    days = days_after_extension(ROUND, date(2026, 12, 18))
    assert days.decide_until == date(2027, 1, 6)


def test_an_extension_of_a_proposed_round_moves_the_vote_on_the_whole_alone() -> None:
    days = days_after_extension(PROPOSED, date(2026, 11, 5))
    assert days == Days(ROUND.plan.say_until, ROUND.plan.decide_until, date(2026, 12, 4))
