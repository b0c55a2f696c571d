"""The pulse: who may give one and when, and that nothing of few people is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.coproduction.people import Person, Seat, Side
from survey.coproduction.pulse import (
    Answers,
    NoPulse,
    Pulse,
    Share,
    Tick,
    Value,
    can_give_pulse,
    check_answers,
    check_pulse,
    closes_on,
    count_ticks,
    share_out,
    words_of,
)
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State

OPENED, CLOSED = datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
ENDED = Round(
    id=1,
    questionnaire="small",
    version="0",
    plan=Plan("", "", "", "", "", "", None, None, 5),
    state=State.PROPOSED,
    minutes=8,
    asked=frozenset({1, 2, 3, 4}),
    revision=1,
    added_at=OPENED,
    opened_at=OPENED,
    closed_at=CLOSED,
)
LEE = Person(1, Seat.LIVED_EXPERIENCE)
LAST = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("round_", "person", "given_by_them", "count", "today", "why"),
    [
        (ENDED, LEE, False, 0, LAST, None),
        (ENDED, Person(2, Seat.FACILITATOR), False, 3, LAST, None),
        (replace(ENDED, state=State.CALLED_OFF, closed_at=None, ended_at=CLOSED), LEE, False, 0, LAST, None),
        (ENDED, LEE, False, 0, date(2026, 12, 1), NoPulse.CLOSED),
        (ENDED, LEE, True, 1, LAST, NoPulse.GIVEN),
        (ENDED, LEE, True, 4, LAST, NoPulse.GIVEN),
        (ENDED, Person(9, Seat.CARER), False, 0, LAST, NotAllowed.NOT_ASKED),
        (ENDED, Person(1, None), False, 0, LAST, NotAllowed.NOT_ASKED),
        (replace(ENDED, state=State.IN_REVIEW), LEE, False, 0, LAST, NoPulse.NOT_YET),
        (replace(ENDED, state=State.DRAFT, opened_at=None), LEE, False, 0, LAST, NoPulse.NOT_YET),
        (replace(ENDED, state=State.CALLED_OFF, opened_at=None), LEE, False, 0, LAST, NoPulse.NOT_YET),
    ],
)
def test_who_may_give_a_pulse(
    round_: Round, person: Person, given_by_them: bool, count: int, today: date, why: object
) -> None:
    asked = partial(check_pulse, round_, person, has_given=given_by_them, given=count, today=today)
    assert can_give_pulse(round_, person, has_given=given_by_them, given=count, today=today) is (why is None)
    if why is None:
        side = Side.STAFF if person.seat is Seat.FACILITATOR else Side.LIVED_EXPERIENCE
        assert asked() is side
        assert closes_on(round_) == LAST
    else:
        with pytest.raises(Refused) as caught:
            asked()
        assert caught.value.reasons == (why,)


def test_answers_off_the_scale_and_no_answers_at_all_are_refused() -> None:
    for points, words, why in (
        ({}, "", NotAllowed.EMPTY),
        ({Value.RESPECT: 0}, "", NoPulse.OFF_SCALE),
        ({Value.RESPECT: 6}, "", NoPulse.OFF_SCALE),
        ({}, "x" * 1001, NotAllowed.TOO_LONG),
        ({}, "\N{RIGHT-TO-LEFT OVERRIDE}x", NotAllowed.HIDDEN_CHARACTERS),
    ):
        with pytest.raises(Refused) as caught:
            check_answers(Answers(points, frozenset(), words))
        assert caught.value.reasons == (why,)
    check_answers(Answers({}, frozenset({Tick.HARD_TIME}), ""))


POINTS = st.dictionaries(st.sampled_from(Value), st.integers(1, 5))
PULSES = st.lists(
    st.builds(
        Pulse,
        st.sampled_from(Side),
        st.builds(Answers, POINTS, st.frozensets(st.sampled_from(Tick)), st.sampled_from(["", "One", "Two"])),
    ),
    max_size=12,
)


@given(PULSES)
def test_nothing_is_shown_of_fewer_than_three_of_a_side_or_of_words_of_fewer_than_five(pulses: list[Pulse]) -> None:
    shares = share_out(pulses)
    if min(sum(pulse.side is side for pulse in pulses) for side in Side) < 3:
        assert shares is None
    for value, of_sides in (shares or {}).items():
        answered = {side: sum(p.side is side and value in p.answers.points for p in pulses) for side in Side}
        assert (of_sides is None) == (min(answered.values()) < 3)
        if of_sides is not None:
            assert {side: share.answered for side, share in of_sides.items()} == answered
            assert all(0 <= share.agree <= share.answered for share in of_sides.values())
    assert all(count >= 3 for count in count_ticks(pulses).values())
    assert words_of(pulses) == words_of(pulses[::-1])
    assert not words_of(pulses) or sum(bool(pulse.answers.words) for pulse in pulses) >= 5


def test_mostly_and_fully_are_agreeing() -> None:
    pulses = [Pulse(side, Answers({Value.EQUALITY: point}, frozenset(), "")) for side in Side for point in (1, 3, 4, 5)]
    shares = share_out(pulses)
    assert shares is not None
    assert shares[Value.EQUALITY] == dict.fromkeys(Side, Share(2, 4))
    assert shares[Value.RESPECT] is None
