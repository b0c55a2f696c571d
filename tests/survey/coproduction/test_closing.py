"""What may become of a comment, when it may be opened again, and who answers a round: each rule once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from survey.coproduction.closing import (
    Answer,
    Course,
    Drafted,
    Reopening,
    Unclosed,
    answer_due,
    can_reopen,
    check_answer,
    check_outcome,
    check_reflection,
    check_reopening,
    day_in_england,
    is_late,
    last_day_to_reopen,
    review_ended_at,
)
from survey.coproduction.people import Hat, Office, Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from survey.coproduction.saying import Became, Comment, Kind, Outcome, Place
from survey.coproduction.suggestions import Fate

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
LEE = Person(1, Seat.LIVED_EXPERIENCE)
CHAIR = Person(2, Seat.LIVED_EXPERIENCE, frozenset({Office.CO_CHAIR_LIVED}))
SUE = Person(3, Seat.STAFF)
FAY = Person(4, Seat.FACILITATOR)
SPONSOR = Person(5, None, frozenset({Office.SPONSOR}))
PLAN = Plan("", "", "", "", "", "", None, None, 5)
ROUND = Round(1, "small", "old", PLAN, State.IN_REVIEW, 8, frozenset({1, 2, 3}), 1, NOON, NOON)
COMMENT = Comment(1, 1, Place("control"), Kind.CLARITY, "?", LEE.id, Hat.MEMBER, Way.SELF, NOON, NOON)
CANNOT = Drafted(Became.CANNOT, "The law asks for it.", "law")
CHANGED = Drafted(Became.CHANGED, "It says support now.", "group", suggestion=7)
DISCUSS = Drafted(Became.DISCUSS, "We ask more people.", "group", owner="Fay", due_on=date(2026, 12, 1))
FATES = {7: Fate.AGREED, 8: Fate.IN_VOTE}


def outcome(seq: int, **more: object) -> Outcome:
    given: dict[str, object] = {**vars(DISCUSS), "comment": 1, "seq": seq, "decided_at": NOON, **more}
    return Outcome(**given)  # type: ignore[arg-type]


ONE = Course((outcome(1),))
REOPENED = Course((outcome(1),), (), Reopening(1, "No.", NOON))
ANSWERED = Course((outcome(1), outcome(2)), (), Reopening(1, "No.", NOON))


@pytest.mark.parametrize("person", [FAY, CHAIR])
@pytest.mark.parametrize("drafted", [CANNOT, CHANGED, DISCUSS])
def test_a_facilitator_or_a_co_chair_gives_an_outcome(person: Person, drafted: Drafted) -> None:
    check_outcome(ROUND, COMMENT, person, drafted, FATES, TODAY)


@pytest.mark.parametrize(
    ("person", "drafted", "reasons"),
    [
        (LEE, CANNOT, {NotAllowed.NOT_YOURS}),
        (SUE, CANNOT, {NotAllowed.NOT_YOURS}),
        (FAY, replace(CANNOT, words="", power=""), {NotAllowed.EMPTY, Unclosed.NO_POWER}),
        (FAY, replace(CANNOT, words="x" * 1_000_000), {NotAllowed.TOO_LONG}),
        (FAY, replace(CANNOT, power="\u202ewal"), {NotAllowed.HIDDEN_CHARACTERS}),
        (FAY, replace(CHANGED, suggestion=8), {Unclosed.NO_DIFFERENCE}),
        (FAY, replace(CHANGED, suggestion=99), {Unclosed.NO_DIFFERENCE}),
        (FAY, replace(CHANGED, suggestion=None), {Unclosed.NO_DIFFERENCE}),
        (FAY, replace(DISCUSS, owner="", due_on=None), {Unclosed.NO_OWNER, Unclosed.NO_DUE_DAY}),
        (FAY, replace(DISCUSS, due_on=TODAY), {Unclosed.DUE_DAY_PAST}),
    ],
)
def test_an_outcome_is_refused_with_every_reason_at_once(
    person: Person, drafted: Drafted, reasons: set[StrEnum]
) -> None:
    with pytest.raises(Refused) as caught:
        check_outcome(ROUND, COMMENT, person, drafted, FATES, TODAY)
    assert set(caught.value.reasons) == reasons


def test_a_new_version_makes_a_difference_only_where_something_was_agreed() -> None:
    whole, ended = replace(CHANGED, suggestion=None), replace(ROUND, new_version="new")
    check_outcome(ended, COMMENT, FAY, whole, FATES, TODAY)
    with pytest.raises(Refused, match=Unclosed.NO_DIFFERENCE):
        check_outcome(ended, COMMENT, FAY, whole, {8: Fate.NOT_AGREED}, TODAY)


@pytest.mark.parametrize(
    ("round_", "comment", "reason"),
    [
        (replace(ROUND, state=State.DRAFT), COMMENT, NotAllowed.OVER),
        (ROUND, replace(COMMENT, author=FAY.id), Unclosed.OWN_COMMENT),
        (ROUND, replace(COMMENT, confirmed_at=None), Unclosed.WAITS_FOR_AUTHOR),
    ],
)
def test_some_comments_get_no_outcome_from_somebody(round_: Round, comment: Comment, reason: StrEnum) -> None:
    with pytest.raises(Refused) as caught:
        check_outcome(round_, comment, FAY, CANNOT, FATES, TODAY)
    assert caught.value.reasons == (reason,)


@pytest.mark.parametrize(
    ("course", "person", "last_day", "reason"),
    [
        (ONE, LEE, None, None),
        (ONE, LEE, TODAY, None),
        (ONE, LEE, date(2026, 11, 1), Unclosed.REOPENED_TOO_LATE),
        (ONE, SUE, None, NotAllowed.NOT_YOURS),
        (ONE, FAY, None, NotAllowed.NOT_YOURS),
        (Course(), LEE, None, Unclosed.NO_OUTCOME_YET),
        (REOPENED, LEE, None, Unclosed.REOPENED_BEFORE),
        (ANSWERED, LEE, None, Unclosed.REOPENED_BEFORE),
    ],
)
def test_the_author_opens_a_comment_again_once_and_in_time(
    course: Course, person: Person, last_day: date | None, reason: StrEnum | None
) -> None:
    assert can_reopen(COMMENT, course, person, last_day, TODAY) is (reason is None)
    if reason is not None:
        with pytest.raises(Refused) as caught:
            check_reopening(COMMENT, course, person, last_day, TODAY)
        assert caught.value.reasons == (reason,)


def test_a_reopened_comment_is_without_outcome_until_it_has_a_new_one() -> None:
    assert (ONE.stands, REOPENED.stands, ANSWERED.stands) == (ONE.newest, None, ANSWERED.newest)


@pytest.mark.parametrize(
    ("course", "person", "reason"),
    [
        (ONE, SUE, NotAllowed.NOT_YOURS),
        (Course(), LEE, Unclosed.NO_OUTCOME_YET),
        (REOPENED, LEE, Unclosed.REOPENED_NOW),
    ],
)
def test_only_its_author_says_whether_an_outcome_reflects_a_comment(
    course: Course, person: Person, reason: StrEnum
) -> None:
    with pytest.raises(Refused) as caught:
        check_reflection(COMMENT, course, person)
    assert caught.value.reasons == (reason,)
    check_reflection(COMMENT, ONE, LEE)
    check_reflection(COMMENT, ANSWERED, LEE)


def test_days_are_counted_as_working_days_from_the_later_of_close_and_outcome() -> None:
    assert answer_due(date(2026, 11, 2)) == date(2026, 11, 30)
    early = datetime(2026, 10, 1, 12, tzinfo=UTC)
    assert last_day_to_reopen(ROUND, ONE) is None
    assert last_day_to_reopen(replace(ROUND, closed_at=NOON), Course((outcome(1, decided_at=early),))) == date(
        2026, 11, 30
    )
    assert last_day_to_reopen(replace(ROUND, closed_at=early), ONE) == date(2026, 11, 30)
    assert last_day_to_reopen(replace(ROUND, closed_at=NOON), Course()) is None


def test_days_are_those_of_england() -> None:
    assert day_in_england(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)


def test_only_what_is_still_talked_about_can_be_late() -> None:
    due = date(2026, 12, 1)
    assert not is_late(outcome(1), due)
    assert is_late(outcome(1), date(2026, 12, 2))
    assert not is_late(outcome(1, became=Became.CANNOT), date(2026, 12, 2))


def test_the_sponsor_signs_once_and_after_the_review() -> None:
    ended = replace(ROUND, state=State.PROPOSED, closed_at=NOON)
    signed = Answer(1, "Yes.", "Ann", "Director", NOON)
    check_answer(ended, SPONSOR, None)
    for round_, person, answer, reason in (
        (ended, FAY, None, NotAllowed.NOT_YOURS),
        (ended, replace(SPONSOR, way=Way.SUPPORTER), None, NotAllowed.NOT_IN_PERSON),
        (ended, SPONSOR, signed, Unclosed.SIGNED_BEFORE),
        (ROUND, SPONSOR, None, Unclosed.REVIEW_RUNS),
    ):
        with pytest.raises(Refused, match=reason):
            check_answer(round_, person, answer)


def test_the_review_of_a_round_that_was_called_off_while_it_ran_has_ended_too() -> None:
    called_off = replace(ROUND, state=State.CALLED_OFF, ended_at=NOON)
    assert review_ended_at(called_off) == NOON
    assert review_ended_at(replace(called_off, opened_at=None)) is None
    assert review_ended_at(ROUND) is None
