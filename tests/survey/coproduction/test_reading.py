"""Who may read a draft, and who may say that they have read a question of it: one table for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from survey.coproduction.people import Office, Person, Seat
from survey.coproduction.reading import can_mark_read, can_read, check_marks_read, check_reads
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State

ROUND = Round(
    id=1,
    questionnaire="small",
    version="0",
    plan=Plan("", "", "", "", "", "", None, None, 5),
    state=State.IN_REVIEW,
    minutes=8,
    asked=frozenset({1, 2}),
    revision=1,
    added_at=datetime(2026, 10, 5, tzinfo=UTC),
)
LEE = Person(1, Seat.LIVED_EXPERIENCE)
CHAIR = Person(2, Seat.STAFF, frozenset({Office.CO_CHAIR}))
NOT_ASKED = Person(3, Seat.CARER)
GONE = Person(1, None)
FAY = Person(9, Seat.FACILITATOR)


@pytest.mark.parametrize(
    ("person", "state", "reads", "marks"),
    [
        (LEE, State.IN_REVIEW, None, None),
        (CHAIR, State.PROPOSED, None, None),
        (LEE, State.LIVE, None, NotAllowed.OVER),
        (LEE, State.CALLED_OFF, None, NotAllowed.OVER),
        (LEE, State.DRAFT, NotAllowed.OVER, NotAllowed.OVER),
        (NOT_ASKED, State.IN_REVIEW, NotAllowed.NOT_ASKED, NotAllowed.NOT_ASKED),
        (GONE, State.IN_REVIEW, NotAllowed.NOT_ASKED, NotAllowed.NOT_ASKED),
        (FAY, State.DRAFT, None, NotAllowed.NOT_ASKED),
        (FAY, State.IN_REVIEW, None, NotAllowed.NOT_ASKED),
    ],
)
def test_those_who_were_asked_read_and_the_facilitator_prepares(
    person: Person, state: State, reads: NotAllowed | None, marks: NotAllowed | None
) -> None:
    round = replace(ROUND, state=state, opened_at=None if state is State.DRAFT else ROUND.added_at)
    assert (can_read(round, person), can_mark_read(round, person)) == (reads is None, marks is None)
    for check, reason in ((check_reads, reads), (check_marks_read, marks)):
        if reason is None:
            check(round, person)
        else:
            with pytest.raises(Refused) as refused:
                check(round, person)
            assert refused.value.reasons == (reason,)


def test_a_round_that_was_called_off_before_it_opened_is_read_by_nobody_else() -> None:
    never = replace(ROUND, state=State.CALLED_OFF)
    assert (can_read(never, LEE), can_read(never, FAY)) == (False, True)
