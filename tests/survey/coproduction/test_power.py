"""The power meter: figures by hand, and that no seat that is not shown can be worked out from what is."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from survey.coproduction.people import Hat, Seat, Way
from survey.coproduction.power import Power, Said, Suggested, add_up, hidden_seats, weigh
from survey.coproduction.saying import Became, Comment, Kind, Outcome, Place
from survey.coproduction.suggestions import DropQuestion, Fate, Suggestion

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LIVED, CARERS, STAFF, FACILITATOR = (1, 2, 3, 4), (11, 12, 13), (21, 22, 23), (31,)
SEATS = {
    **dict.fromkeys(LIVED, Seat.LIVED_EXPERIENCE),
    **dict.fromkeys(CARERS, Seat.CARER),
    **dict.fromkeys(STAFF, Seat.STAFF),
    **dict.fromkeys(FACILITATOR, Seat.FACILITATOR),
}


def comment(number: int, author: int, *, counts: bool = True, hidden: str = "") -> Comment:
    confirmed = NOW if counts else None
    return Comment(
        number,
        1,
        Place("a"),
        Kind.CLARITY,
        "Words",
        author,
        Hat.MEMBER,
        Way.SELF,
        NOW,
        confirmed,
        hidden_because=hidden,
    )


def outcome(number: int, became: Became) -> Outcome:
    return Outcome(number, 1, became, "Words", "the group", None, "", None, NOW)


def suggestion(number: int, author: int, fate: Fate) -> Suggestion:
    change = DropQuestion(item="a")
    return Suggestion(number, 1, change, "", author, None, Hat.MEMBER, Way.SELF, NOW, NOW, fate)


def test_what_became_of_comments_is_counted_by_the_seat_of_who_said_them() -> None:
    """Of 10 comments by members with lived experience 7 changed the text; of 10 by staff 5."""
    comments = [comment(number, LIVED[number % 4]) for number in range(10)]
    comments += [comment(number, STAFF[number % 3]) for number in range(10, 20)]
    comments += [comment(number, CARERS[number % 3]) for number in range(20, 23)]
    changed = [*range(7), *range(10, 15)]
    outcomes = {number: outcome(number, Became.CHANGED) for number in changed}
    outcomes |= {7: outcome(7, Became.CANNOT), 8: outcome(8, Became.DISCUSS)}
    power = weigh(comments, outcomes, [], SEATS, SEATS)
    assert power.said == {
        Seat.LIVED_EXPERIENCE: Said(10, 7, 1, 1),
        Seat.CARER: Said(3, 0, 0, 0),
        Seat.STAFF: Said(10, 5, 0, 0),
    }


def test_what_does_not_count_and_what_was_hidden_changes_no_figure() -> None:
    said = [comment(number, author) for number, author in enumerate((*LIVED, *CARERS, *STAFF))]
    others = [comment(90, 1, counts=False), comment(91, 1, hidden="It named somebody."), comment(92, 999)]
    assert weigh([*said, *others], {}, [], SEATS, SEATS) == weigh(said, {}, [], SEATS, SEATS)


def test_suggestions_count_as_agreed_when_the_group_agreed() -> None:
    fates = [Fate.AGREED, Fate.AGREED, Fate.NOT_AGREED, Fate.WITHDRAWN]
    made = [suggestion(number, author, fates[number % 4]) for number, author in enumerate((*LIVED, *CARERS, *STAFF))]
    power = weigh([], {}, made, SEATS, SEATS)
    assert power.suggested[Seat.LIVED_EXPERIENCE] == Suggested(4, 2)
    assert power.suggested[Seat.STAFF] == Suggested(3, 2)


def test_one_seat_that_is_hidden_hides_another_with_it() -> None:
    people = {Seat.LIVED_EXPERIENCE: 4, Seat.CARER: 3, Seat.STAFF: 2}
    assert hidden_seats(people, {Seat.LIVED_EXPERIENCE: 9, Seat.CARER: 3, Seat.STAFF: 9}) == {Seat.STAFF, Seat.CARER}


def test_a_seat_that_two_people_hold_is_hidden_however_much_they_say() -> None:
    comments = [comment(number, author) for number, author in enumerate((*LIVED, 21, 22) * 3)]
    power = weigh(comments, {}, [], SEATS, (*LIVED, 21, 22))
    assert power.said == {Seat.LIVED_EXPERIENCE: None, Seat.STAFF: None}


def test_rounds_add_up_to_what_was_shown_of_them() -> None:
    first = Power({Seat.STAFF: Said(4, 2, 1, 1), Seat.CARER: None}, {Seat.STAFF: None})
    second = Power({Seat.STAFF: Said(6, 3, 0, 0), Seat.CARER: Said(3, 3, 0, 0)}, {Seat.STAFF: Suggested(2, 1)})
    third = Power({Seat.STAFF: None}, {})
    both = add_up([first, second, third])
    assert both.said == {Seat.CARER: Said(3, 3, 0, 0), Seat.STAFF: Said(10, 5, 1, 1)}
    assert both.suggested == {Seat.STAFF: Suggested(2, 1)}
    assert add_up([first]).said[Seat.CARER] is None


@given(
    people=st.dictionaries(st.sampled_from(Seat), st.integers(0, 6), min_size=2),
    more=st.dictionaries(st.sampled_from(Seat), st.integers(0, 6)),
)
def test_what_is_hidden_cannot_be_worked_out_from_the_sum(people: dict[Seat, int], more: dict[Seat, int]) -> None:
    holders = {seat: people[seat] + more.get(seat, 0) for seat in people}
    hidden = hidden_seats(people, holders)
    shown = set(people) - hidden
    assert all(people[seat] >= 3 and holders[seat] >= 3 for seat in shown)
    if hidden and shown:
        assert len(hidden) >= 2
        assert sum(people[seat] for seat in hidden) >= 3
    if all(people[seat] >= 3 for seat in people):
        assert not hidden
