"""Who says that a member said something: the member, or somebody with the duty who had no hand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum

import pytest

from survey.coproduction.confirming_rules import Entry, NotConfirmed, What, can_confirm, check_confirm
from survey.coproduction.people import Office, Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused

MEMBER, WRITER = Person(1, Seat.LIVED_EXPERIENCE), Person(3, Seat.FACILITATOR, frozenset({Office.NAMED_CONTACT}))
CHAIR, HELPER = (Person(number, Seat.CARER, frozenset({Office.CO_CHAIR})) for number in (4, 5))
OTHER = Person(6, Seat.STAFF)
ENTRY = Entry(
    What.COMMENT,
    1,
    1,
    1,
    3,
    Way.PAPER,
    datetime(2026, 10, 5, tzinfo=UTC),
    waits=True,
    is_open=True,
    helpers=frozenset({5}),
)
HOW = "on the phone, 3 November"


@pytest.mark.parametrize(
    ("entry", "person", "how", "why"),
    [
        (ENTRY, MEMBER, "", None),
        (ENTRY, CHAIR, HOW, None),
        (ENTRY, CHAIR, "", NotAllowed.EMPTY),
        (ENTRY, CHAIR, "x" * 501, NotAllowed.TOO_LONG),
        (ENTRY, OTHER, HOW, NotAllowed.NOT_YOURS),
        (ENTRY, WRITER, HOW, NotConfirmed.HAD_A_HAND_IN_IT),
        (ENTRY, HELPER, HOW, NotConfirmed.HAD_A_HAND_IN_IT),
        (ENTRY, replace(MEMBER, way=Way.SUPPORTER), "", NotConfirmed.NOT_IN_PERSON),
        (ENTRY, replace(CHAIR, way=Way.SUPPORTER), HOW, NotAllowed.NOT_YOURS),
        (replace(ENTRY, waits=False), MEMBER, "", NotConfirmed.NOT_WAITING),
        (replace(ENTRY, is_open=False), MEMBER, "", NotAllowed.OVER),
    ],
)
def test_an_entry_is_confirmed_by_who_may(entry: Entry, person: Person, how: str, why: StrEnum | None) -> None:
    assert can_confirm(entry, person, how) is (why is None)
    if why is None:
        check_confirm(entry, person, how)
    else:
        with pytest.raises(Refused) as caught:
            check_confirm(entry, person, how)
        assert caught.value.reasons == (why,)
