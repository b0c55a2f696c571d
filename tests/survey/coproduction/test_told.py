"""What is told of a round in numbers: no group of one or two can be worked out."""

from __future__ import annotations

from itertools import product

from survey.coproduction.people import Seat
from survey.coproduction.told import count_who_took_part

L, C, S, F = Seat.LIVED_EXPERIENCE, Seat.CARER, Seat.STAFF, Seat.FACILITATOR


def test_seats_of_three_and_more_are_counted() -> None:
    took_part = count_who_took_part([L] * 5 + [S] * 3)
    assert (took_part.total, took_part.seats) == (8, {L: 5, S: 3})


def test_a_small_seat_is_hidden_among_others() -> None:
    took_part = count_who_took_part([L] * 5 + [S] * 3 + [F])
    assert (took_part.total, took_part.seats) == (9, {L: 5})


def test_fewer_than_three_are_no_number() -> None:
    assert count_who_took_part([L, S]).total is None


def test_what_is_left_between_the_seats_and_the_total_is_nobody_or_three_at_least() -> None:
    for numbers in product(range(5), repeat=4):
        seats = [seat for seat, number in zip((L, C, S, F), numbers, strict=True) for _ in range(number)]
        took_part = count_who_took_part(seats)
        if took_part.total is not None:
            assert all(count >= 3 for count in took_part.seats.values())
            rest = took_part.total - sum(took_part.seats.values())
            assert rest == 0 or rest >= 3
