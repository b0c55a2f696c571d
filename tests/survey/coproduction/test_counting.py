"""Counting: what counts, what a count comes to, and what holds of every count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.coproduction.counting import count_votes, has_quorum, result_of, sides_to_show, votes_in
from survey.coproduction.deciding import Choice, Result, Tally, Vote
from survey.coproduction.people import Seat, Side, Way

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
AGREE, GO, STOP = Choice.AGREE, Choice.GO_AHEAD, Choice.STOP
LIVED, CARER, STAFF, FACILITATOR = Seat.LIVED_EXPERIENCE, Seat.CARER, Seat.STAFF, Seat.FACILITATOR
O, S, T, A, N, X = (  # noqa: E741
    Result.OPEN,
    Result.STOPPED,
    Result.TIED,
    Result.AGREED,
    Result.NOT_AGREED,
    Result.NO_DECISION,
)


def vote(seat: Seat, choice: Choice, *, confirmed: bool = True) -> Vote:
    return Vote(0, seat, choice, "", Way.SELF if confirmed else Way.PAPER, NOW, NOW if confirmed else None)


def tally(agree: int, go_ahead: int, stop: int, *, staff: int = 0) -> Tally:
    whole = agree + go_ahead + stop
    sides = {Side.LIVED_EXPERIENCE: whole - staff, Side.STAFF: staff}
    return Tally({AGREE: agree, GO: go_ahead, STOP: stop}, sides)


@pytest.mark.parametrize(
    ("counted", "stops", "casting", "second", "result"),
    [
        (tally(7, 1, 0, staff=3), 0, [], False, A),
        (tally(3, 1, 0), 0, [], False, O),  # fewer than five
        (tally(3, 1, 0), 0, [], True, X),
        (tally(6, 0, 0, staff=3), 0, [], False, O),  # as many staff as lived experience
        (tally(6, 0, 0, staff=3), 0, [], True, X),
        (tally(5, 0, 0, staff=2), 0, [], False, A),
        (tally(7, 0, 1, staff=1), 1, [], False, S),
        (tally(7, 0, 1, staff=1), 1, [], True, S),
        (tally(3, 0, 1), 1, [], True, X),  # no quorum goes before a stop
        (tally(7, 0, 1, staff=1), 0, [], False, A),  # cleared
        (tally(2, 3, 0), 0, [], False, N),
        (tally(3, 2, 1), 0, [], False, T),  # a cleared stop counts as "go ahead"
        (tally(3, 3, 0), 0, [], False, T),
        (tally(3, 3, 0), 0, [True], False, T),
        (tally(3, 3, 0), 0, [True, True], False, A),
        (tally(3, 3, 0), 0, [True, False], False, N),
        (tally(3, 3, 0), 0, [False, False], True, N),
        (tally(2, 3, 0), 0, [True, True], False, N),  # casting votes are for ties
    ],
)
def test_what_a_count_comes_to(counted: Tally, stops: int, casting: list[bool], second: bool, result: Result) -> None:
    assert result_of(counted, stops, casting, 5, is_second_date=second) is result


def test_carers_count_on_the_side_of_lived_experience() -> None:
    counted = count_votes([vote(LIVED, AGREE), vote(CARER, GO), vote(STAFF, AGREE)])
    assert counted.sides == {Side.LIVED_EXPERIENCE: 2, Side.STAFF: 1}
    assert counted.choices == {AGREE: 2, GO: 1, STOP: 0}


def test_sides_are_told_where_neither_is_so_small_that_it_says_who() -> None:
    assert sides_to_show(tally(8, 0, 0, staff=3)) == {Side.LIVED_EXPERIENCE: 5, Side.STAFF: 3}
    assert sides_to_show(tally(8, 0, 0, staff=2)) is None
    assert sides_to_show(tally(5, 0, 0, staff=0)) is None


VOTES = st.lists(st.builds(vote, st.sampled_from(Seat), st.sampled_from(Choice), confirmed=st.booleans()), max_size=16)
QUORUM = st.integers(1, 8)


def come_to(votes: list[Vote], quorum: int, *, second: bool = True) -> Result:
    """What votes come to with every stop cleared."""
    return result_of(count_votes(votes), 0, [True, True], quorum, is_second_date=second)


@given(VOTES, QUORUM, st.sampled_from([LIVED, CARER]))
def test_one_more_who_agrees_never_turns_agreed_into_anything_else(votes: list[Vote], quorum: int, seat: Seat) -> None:
    if come_to(votes, quorum) is A:
        assert come_to([*votes, vote(seat, AGREE)], quorum) is A


@given(VOTES, QUORUM)
def test_staff_who_agree_can_at_most_take_the_quorum_away(votes: list[Vote], quorum: int) -> None:
    if come_to(votes, quorum) is A:
        assert come_to([*votes, vote(STAFF, AGREE)], quorum) in (A, X)


@given(VOTES, QUORUM)
def test_nothing_is_decided_where_staff_are_as_many(votes: list[Vote], quorum: int) -> None:
    counted = count_votes(votes)
    if counted.sides[Side.STAFF] >= counted.sides[Side.LIVED_EXPERIENCE]:
        assert not has_quorum(counted, quorum)
        assert come_to(votes, quorum) is X
        assert come_to(votes, quorum, second=False) is O


@given(st.integers(0, 9), st.integers(0, 9), QUORUM)
def test_staff_of_one_mind_cannot_outvote_the_others(lived: int, staff: int, quorum: int) -> None:
    for ours, theirs, never in ((AGREE, GO, N), (GO, AGREE, A)):
        votes = [vote(LIVED, ours)] * lived + [vote(STAFF, theirs)] * staff
        assert come_to(votes, quorum) is not never


@given(VOTES, QUORUM, st.sampled_from(Choice), st.booleans())
def test_the_vote_of_a_facilitator_never_counts(votes: list[Vote], quorum: int, choice: Choice, second: bool) -> None:
    more = [*votes, vote(FACILITATOR, choice)]
    assert count_votes(more) == count_votes(votes)
    assert come_to(more, quorum, second=second) is come_to(votes, quorum, second=second)


@given(VOTES, st.sampled_from(Seat), st.sampled_from(Choice))
def test_a_vote_that_is_not_confirmed_never_counts(votes: list[Vote], seat: Seat, choice: Choice) -> None:
    assert count_votes([*votes, vote(seat, choice, confirmed=False)]) == count_votes(votes)


@given(VOTES, QUORUM)
def test_a_cleared_stop_counts_as_go_ahead(votes: list[Vote], quorum: int) -> None:
    gone_ahead = [replace(each, choice=GO) if each.choice is STOP else each for each in votes]
    assert come_to(votes, quorum) is come_to(gone_ahead, quorum)


@given(VOTES)
def test_both_ways_of_adding_up_come_to_the_same(votes: list[Vote]) -> None:
    assert votes_in(count_votes(votes)) == sum(count_votes(votes).sides.values())
