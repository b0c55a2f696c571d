"""The gate of a round: what has to stand before anybody is asked to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from survey.coproduction.opening import FIELD_OF, Around, Unready, can_open, check_opening, find_problems
from survey.coproduction.people import Office, Person, Seat
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from tests.survey.coproduction.test_rounds import BEGIN, FAY, LEE

TODAY = BEGIN.date()
SEATS = {
    1: Seat.FACILITATOR,
    2: Seat.LIVED_EXPERIENCE,
    3: Seat.LIVED_EXPERIENCE,
    4: Seat.CARER,
    5: Seat.STAFF,
    6: Seat.STAFF,
}
CHAIRS = {Office.CO_CHAIR_LIVED: (2,), Office.CO_CHAIR: (5,)}
AROUND = Around(TODAY, SEATS, CHAIRS, frozenset())
PLAN = Plan(
    title="The questions for next year",
    purpose="To make them easy to answer.",
    can_change="The words.",
    cannot_change="The law.",
    difference="It will be asked next year.",
    contact="Fay, 01632 960 124",
    say_until=date(2026, 10, 19),
    decide_until=date(2026, 10, 26),
    quorum=3,
)
READY = Round(
    id=1,
    questionnaire="small",
    version="v",
    plan=PLAN,
    state=State.DRAFT,
    minutes=8,
    asked=frozenset(SEATS),
    revision=1,
    added_at=BEGIN,
)


def planned(**changed: Any) -> Round:
    return replace(READY, plan=replace(PLAN, **changed))


def asked(*accounts: int) -> Round:
    return replace(READY, asked=frozenset(accounts))


FAR = TODAY + timedelta(days=400)
TOO_MUCH = replace(AROUND, overloaded=frozenset({3}))


@pytest.mark.parametrize(
    ("round_", "around", "problems"),
    [
        (READY, AROUND, ()),
        *[
            (planned(**{field: " "}), AROUND, (problem,))
            for field, problem in {
                "title": Unready.NO_TITLE,
                "purpose": Unready.NO_PURPOSE,
                "can_change": Unready.NO_CAN_CHANGE,
                "cannot_change": Unready.NO_CANNOT_CHANGE,
                "difference": Unready.NO_DIFFERENCE,
                "contact": Unready.NO_CONTACT,
            }.items()
        ],
        (replace(READY, minutes=0), AROUND, (Unready.NO_READING_TIME,)),
        (planned(say_until=None), AROUND, (Unready.NO_SAY_UNTIL,)),
        (planned(say_until=TODAY), AROUND, (Unready.SAY_UNTIL_PAST,)),
        (planned(say_until=date(2026, 10, 16)), AROUND, (Unready.SHORT_NOTICE,)),
        (planned(say_until=date(2026, 10, 16), notice_reason="The law changes."), AROUND, ()),
        (
            planned(say_until=FAR, decide_until=FAR + timedelta(days=1)),
            AROUND,
            (Unready.SAY_UNTIL_FAR,) * 1 + (Unready.DECIDE_FAR,),
        ),
        (planned(decide_until=None), AROUND, (Unready.NO_DECIDE_UNTIL,)),
        (planned(decide_until=PLAN.say_until), AROUND, (Unready.DECIDE_TOO_EARLY,)),
        (planned(decide_until=FAR), AROUND, (Unready.DECIDE_FAR,)),
        (planned(quorum=2), AROUND, (Unready.QUORUM_SMALL,)),
        (planned(quorum=5), AROUND, ()),
        (planned(quorum=6), AROUND, (Unready.QUORUM_OUT_OF_REACH,)),
        (asked(1), AROUND, (Unready.NOBODY_ASKED, Unready.CO_CHAIR_NOT_ASKED)),
        (asked(2, 3, 5, 6), AROUND, (Unready.MORE_STAFF,)),
        (asked(2, 3, 4), AROUND, (Unready.CO_CHAIR_NOT_ASKED,)),
        (READY, replace(AROUND, holders={Office.CO_CHAIR: (5,)}), (Unready.NO_CO_CHAIRS,)),
        (READY, replace(AROUND, holders={**CHAIRS, Office.CO_CHAIR_LIVED: (9,)}), (Unready.NO_CO_CHAIRS,)),
        (
            READY,
            replace(AROUND, seats={**SEATS, 1: Seat.LIVED_EXPERIENCE}),
            (Unready.NO_FACILITATOR,),
        ),
        (
            READY,
            replace(AROUND, seats={**SEATS, 1: Seat.LIVED_EXPERIENCE}, holders={**CHAIRS, Office.FACILITATOR: (1,)}),
            (),
        ),
        (READY, TOO_MUCH, (Unready.OVERLOADED,)),
        (planned(load_reason="Lena asked for it."), TOO_MUCH, ()),
        (asked(1, 2, 4, 5), TOO_MUCH, ()),
    ],
)
def test_a_round_opens_with_all_that_the_rules_ask_for(
    round_: Round, around: Around, problems: tuple[Unready, ...]
) -> None:
    assert find_problems(round_, around) == problems
    assert can_open(round_, FAY, around) is (not problems)
    if problems:
        with pytest.raises(Refused) as caught:
            check_opening(round_, FAY, around)
        assert caught.value.reasons == problems
    else:
        check_opening(round_, FAY, around)


def test_everything_that_is_missing_is_said_at_once() -> None:
    empty = replace(READY, plan=Plan("", "", "", "", "", "", None, None, 0), asked=frozenset(), minutes=0)
    assert len(find_problems(empty, replace(AROUND, holders={}))) == 12


@pytest.mark.parametrize(
    ("round_", "by", "reason"),
    [
        (READY, LEE, NotAllowed.NOT_YOURS),
        (READY, Person(5, Seat.STAFF, frozenset({Office.CO_CHAIR})), NotAllowed.NOT_YOURS),
        (replace(READY, state=State.IN_REVIEW), FAY, NotAllowed.OVER),
        (replace(READY, state=State.AGREED), FAY, NotAllowed.OVER),
    ],
)
def test_only_a_facilitator_opens_a_round_and_only_once(round_: Round, by: Person, reason: NotAllowed) -> None:
    assert not can_open(round_, by, AROUND)
    with pytest.raises(Refused) as caught:
        check_opening(round_, by, AROUND)
    assert caught.value.reasons == (reason,)


def test_every_problem_is_shown_at_a_field() -> None:
    assert set(FIELD_OF) == set(Unready)
