"""What the rules of being in the group let pass and refuse: check and can in one table for offices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.coproduction.membership import (
    LONGEST_TEXT,
    MemberReason,
    Profile,
    TakingPart,
    TextKind,
    can_hold_office,
    check_departure,
    check_hold_office,
    check_new_name,
    check_profile,
    check_taking_part,
    check_text,
)
from survey.coproduction.people import Naming, Office, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused

OFFERED = {"sex": {"female", "male"}}
TODAY = date(2026, 10, 5)
HIDDEN = "Lee\N{RIGHT-TO-LEFT OVERRIDE}eel"
MILLION = "x" * 1_000_000

OFFICES: list[tuple[Office, Seat | None, set[Office], bool, MemberReason | None]] = [
    (Office.CO_CHAIR_LIVED, Seat.LIVED_EXPERIENCE, set(), False, None),
    (Office.CO_CHAIR_LIVED, Seat.CARER, set(), False, None),
    (Office.CO_CHAIR_LIVED, Seat.STAFF, set(), False, MemberReason.NEEDS_LIVED_SIDE),
    (Office.CO_CHAIR_LIVED, Seat.FACILITATOR, set(), False, MemberReason.NEEDS_LIVED_SIDE),
    (Office.CO_CHAIR_LIVED, None, set(), False, MemberReason.NOT_IN_GROUP),
    (Office.CO_CHAIR_LIVED, Seat.CARER, set(), True, MemberReason.OFFICE_TAKEN),
    (Office.CO_CHAIR_LIVED, Seat.CARER, {Office.CO_CHAIR}, False, MemberReason.CO_CHAIR_ALREADY),
    (Office.CO_CHAIR, Seat.STAFF, set(), False, None),
    (Office.CO_CHAIR, Seat.LIVED_EXPERIENCE, {Office.NAMED_CONTACT}, False, None),
    (Office.CO_CHAIR, Seat.LIVED_EXPERIENCE, {Office.CO_CHAIR_LIVED}, False, MemberReason.CO_CHAIR_ALREADY),
    (Office.CO_CHAIR, Seat.FACILITATOR, set(), False, MemberReason.NEEDS_A_VOTE),
    (Office.FACILITATOR, Seat.FACILITATOR, set(), False, None),
    (Office.FACILITATOR, Seat.LIVED_EXPERIENCE, set(), False, MemberReason.NEEDS_FACILITATOR_SEAT),
    (Office.FACILITATOR, Seat.STAFF, {Office.CO_CHAIR}, False, MemberReason.NEEDS_FACILITATOR_SEAT),
    (Office.NAMED_CONTACT, Seat.FACILITATOR, set(), False, None),
    (Office.NAMED_CONTACT, None, set(), False, MemberReason.NOT_IN_GROUP),
    (Office.SPONSOR, None, set(), False, None),
    (Office.SPONSOR, Seat.STAFF, set(), True, MemberReason.OFFICE_TAKEN),
]


def reasons_of(check: Callable[[], None]) -> set[Any]:
    try:
        check()
    except Refused as refused:
        return set(refused.reasons)
    return set()


@pytest.mark.parametrize(("office", "seat", "held", "is_taken", "reason"), OFFICES)
def test_who_can_hold_which_office(
    office: Office, seat: Seat | None, held: set[Office], is_taken: bool, reason: MemberReason | None
) -> None:
    found = reasons_of(lambda: check_hold_office(office, seat, held, is_taken=is_taken))
    assert found == ({reason} if reason else set())
    assert can_hold_office(office, seat, held, is_taken=is_taken) is (reason is None)


@pytest.mark.parametrize(
    ("profile", "reason"),
    [
        ({}, None),
        ({"naming": Naming.DISPLAY, "display_name": "Sunny"}, None),
        ({"naming": Naming.DISPLAY}, MemberReason.NO_DISPLAY_NAME),
        ({"display_name": HIDDEN}, MemberReason.NAME_HIDDEN),
        ({"display_name": MILLION}, MemberReason.NAME_LONG),
        ({"display_name": "ＮＯＯＲ"}, MemberReason.NAME_TAKEN),
        ({"display_name": " noor "}, MemberReason.NAME_TAKEN),
        ({"display_name": "No\N{ZERO WIDTH JOINER}or"}, MemberReason.NAME_TAKEN),
        ({"display_name": "\N{RIGHT-TO-LEFT MARK}"}, MemberReason.NAME_HIDDEN),
        ({"needs_words": "A room without stairs.\nA break each hour."}, None),
        ({"needs_words": HIDDEN}, MemberReason.NEEDS_HIDDEN),
        ({"needs_words": MILLION}, MemberReason.NEEDS_LONG),
        ({"email": "lee@example.org"}, None),
        ({"email": "lee"}, MemberReason.EMAIL_WRONG),
        ({"email": "lee@example.org\nbcc: all@example.org"}, MemberReason.EMAIL_WRONG),
        ({"email": "a@b." + "c" * 300}, MemberReason.EMAIL_WRONG),
        ({"minutes_a_month": 0}, None),
        ({"minutes_a_month": -1}, MemberReason.MINUTES_WRONG),
        ({"minutes_a_month": 2401}, MemberReason.MINUTES_WRONG),
        ({"lives_it": True}, MemberReason.NOT_STAFF),
        ({"about": {"sex": "female"}}, None),
        ({"about": {"sex": "forged"}}, MemberReason.NO_SUCH_CHOICE),
        ({"about": {"shoe_size": "9"}}, MemberReason.NO_SUCH_CHOICE),
    ],
)
def test_what_a_member_can_say_of_themselves(profile: dict[str, Any], reason: MemberReason | None) -> None:
    found = reasons_of(lambda: check_profile(Profile(**profile), Seat.LIVED_EXPERIENCE, ["Noor"], OFFERED))
    assert found == ({reason} if reason else set())


def test_staff_may_say_that_they_live_it_too() -> None:
    check_profile(Profile(lives_it=True), Seat.STAFF, [], OFFERED)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = Profile(naming=Naming.DISPLAY, email="lee", minutes_a_month=9999)
    found = reasons_of(lambda: check_profile(wrong, Seat.CARER, [], OFFERED))
    assert found == {MemberReason.NO_DISPLAY_NAME, MemberReason.EMAIL_WRONG, MemberReason.MINUTES_WRONG}


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (TakingPart(), None),
        (TakingPart(Way.SUPPORTER, "Mo", date(2024, 3, 1)), None),
        (TakingPart(Way.SUPPORTER), MemberReason.NO_SUPPORTER),
        (TakingPart(Way.PAPER, HIDDEN), MemberReason.SUPPORTER_HIDDEN),
        (TakingPart(Way.PAPER, MILLION), MemberReason.SUPPORTER_LONG),
        (TakingPart(first_involved=date(2026, 11, 1)), MemberReason.DAY_WRONG),
        (TakingPart(first_involved=date(1999, 12, 1)), MemberReason.DAY_WRONG),
    ],
)
def test_how_somebody_can_take_part(part: TakingPart, reason: MemberReason | None) -> None:
    assert reasons_of(lambda: check_taking_part(part, TODAY)) == ({reason} if reason else set())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Lee", None),
        ("نور", None),
        ("", MemberReason.NO_NAME),
        (HIDDEN, MemberReason.NAME_HIDDEN),
        (MILLION, MemberReason.NAME_LONG),
        ("NOOR", MemberReason.NAME_TAKEN),
    ],
)
def test_under_which_name_somebody_can_be_added(name: str, reason: MemberReason | None) -> None:
    assert reasons_of(lambda: check_new_name(name, ["Noor"])) == ({reason} if reason else set())


@pytest.mark.parametrize(
    ("reason", "is_oneself", "refused"),
    [
        ("Moved away.", False, None),
        ("", False, MemberReason.NO_REASON),
        (HIDDEN, False, MemberReason.REASON_HIDDEN),
        (MILLION, False, MemberReason.REASON_LONG),
        ("Moved away.", True, MemberReason.NOT_ONESELF),
    ],
)
def test_how_somebody_can_be_removed(reason: str, is_oneself: bool, refused: MemberReason | None) -> None:
    assert reasons_of(lambda: check_departure(reason, is_oneself=is_oneself)) == ({refused} if refused else set())


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Be kind.\nListen.", None),
        ("", NotAllowed.EMPTY),
        ("x" * (LONGEST_TEXT + 1), NotAllowed.TOO_LONG),
        (HIDDEN, NotAllowed.HIDDEN_CHARACTERS),
    ],
)
def test_how_a_text_of_the_group_can_be(words: str, reason: NotAllowed | None) -> None:
    assert reasons_of(lambda: check_text(TextKind.CONDUCT, {"words": words})) == ({reason} if reason else set())


def test_a_purpose_says_what_can_and_cannot_change_and_what_difference_it_makes() -> None:
    with pytest.raises(Refused) as caught:
        check_text(TextKind.PURPOSE, {"purpose": "To ask well.", "can_change": "Words.", "cannot_change": "The law."})
    assert caught.value.reasons == (NotAllowed.EMPTY,)
