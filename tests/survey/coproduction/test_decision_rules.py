"""The rules of deciding, each pair of check and can in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import pytest

from survey.coproduction import decision_rules as rules
from survey.coproduction.deciding import Decision, Result, Stop
from survey.coproduction.decision_rules import LONGEST_WORDS, Matter, NotDecided, is_published, is_signed
from survey.coproduction.people import Hat, Office, Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from survey.coproduction.suggestions import DropQuestion, Fate, Suggestion

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 2)
NEXT = DAY + timedelta(days=1)
LEE = Person(1, Seat.LIVED_EXPERIENCE)
SUE = Person(2, Seat.STAFF)
FAY = Person(3, Seat.FACILITATOR)
KIM = Person(4, Seat.LIVED_EXPERIENCE, frozenset({Office.CO_CHAIR_LIVED}))
RAJ = Person(5, Seat.STAFF, frozenset({Office.CO_CHAIR}))
OUT = Person(6, Seat.LIVED_EXPERIENCE, frozenset({Office.CO_CHAIR}))
"""A co-chair who was not asked."""
GONE = Person(1, None)
"""A member who was removed."""
NOBODY = Person(9, None)
SHOWN = replace(LEE, way=Way.SUPPORTER)
"""With a link that somebody else was shown."""
CHAIRS = frozenset({KIM.id, RAJ.id})

PLAN = Plan("t", "p", "c", "n", "d", "fay", DAY - timedelta(days=7), DAY, 3)
ROUND = Round(1, "phb", "v", PLAN, State.IN_REVIEW, 8, frozenset({1, 2, 3, 4, 5}), 1, NOW)
OPEN = Decision(1, 1, 7, Result.OPEN, NOW, DAY, None, None, None)
STOPPED, TIED, AGREED = (replace(OPEN, result=each) for each in (Result.STOPPED, Result.TIED, Result.AGREED))
STOP = Stop(1, LEE.id, "Say it shorter.")
SIGNED = replace(STOP, reply="We will.", replied_by=CHAIRS, replied_at=NOW)
SEEN = replace(SIGNED, seen_at=NOW)
LATER = NOW + timedelta(days=5)
SUGGESTED = Suggestion(
    7, 1, DropQuestion(item="a"), "", 1, None, Hat.MEMBER, Way.SELF, NOW, confirmed_at=NOW, fate=Fate.SUGGESTED
)
LONG = "a" * (LONGEST_WORDS + 1)

Check = Callable[..., None]
Can = Callable[..., bool]


def at(decision: Decision, **round_: object) -> Matter:
    return Matter(replace(ROUND, **round_), decision)  # type: ignore[arg-type]


def whole(state: State) -> Matter:
    return at(replace(OPEN, suggestion=None), state=state, sign_off_until=NEXT)


PUT = (rules.check_put, rules.can_put)
VOTE = (rules.check_vote, rules.can_vote)
PAPER = (rules.check_write_vote_down, rules.can_write_vote_down)
BALLOT = (rules.check_ballot, rules.can_fill_in)
COUNT = (rules.check_count, rules.can_count)
LET = (rules.check_let_stand, rules.can_let_stand)
REPLY = (rules.check_reply, rules.can_reply)
CLEAR = (rules.check_clear, rules.can_clear)
CAST = (rules.check_casting, rules.can_cast)
YOURS, OVER, HELD = NotAllowed.NOT_YOURS, NotAllowed.OVER, {"is_extended": True}
D = NotDecided

TABLE: list[tuple[tuple[Check, Can], tuple[object, ...], dict[str, object], tuple[StrEnum, ...]]] = [
    (PUT, (ROUND, SUGGESTED, FAY, DAY), {}, ()),
    (PUT, (ROUND, SUGGESTED, KIM, DAY), {}, ()),
    (PUT, (ROUND, SUGGESTED, LEE, DAY), {}, (YOURS,)),
    (PUT, (ROUND, SUGGESTED, OUT, DAY), {}, (YOURS,)),
    (PUT, (ROUND, SUGGESTED, FAY, NEXT), {}, (D.PAST_THE_DAY,)),
    (PUT, (ROUND, replace(SUGGESTED, fate=Fate.IN_VOTE), FAY, DAY), {}, (D.NOT_TO_VOTE_ON,)),
    (PUT, (ROUND, replace(SUGGESTED, fate=Fate.WITHDRAWN), FAY, DAY), {}, (D.NOT_TO_VOTE_ON,)),
    (PUT, (ROUND, replace(SUGGESTED, confirmed_at=None), FAY, DAY), {}, (D.NOT_TO_VOTE_ON,)),
    (PUT, (ROUND, replace(SUGGESTED, round=2), FAY, DAY), {}, (D.NOT_TO_VOTE_ON,)),
    (PUT, (replace(ROUND, state=State.PROPOSED), SUGGESTED, FAY, DAY), {}, (OVER,)),
    (VOTE, (at(OPEN), LEE, DAY, "agree", ""), {}, ()),
    (VOTE, (at(OPEN), LEE, DAY, "go_ahead", "Fine."), {}, ()),
    (VOTE, (at(OPEN), LEE, DAY, "stop", "Too long."), {}, ()),
    (VOTE, (at(OPEN), LEE, DAY, "stop", ""), {}, (D.STOP_WITHOUT_WORDS,)),
    (VOTE, (at(OPEN), LEE, DAY, "block", ""), {}, (D.NO_CHOICE,)),
    (VOTE, (at(OPEN), LEE, DAY, "", ""), {}, (D.NO_CHOICE,)),
    (VOTE, (at(OPEN), LEE, DAY, "agree", LONG), {}, (NotAllowed.TOO_LONG,)),
    (VOTE, (at(OPEN), LEE, DAY, "agree", "a\u202eb"), {}, (NotAllowed.HIDDEN_CHARACTERS,)),
    (VOTE, (at(OPEN), SHOWN, DAY, "agree", ""), {}, ()),
    (VOTE, (at(OPEN), SHOWN, DAY, "agree", ""), {"has_voted": True}, (D.HAS_VOTED,)),
    (VOTE, (at(OPEN), LEE, DAY, "agree", ""), {"has_voted": True}, ()),
    (BALLOT, (at(OPEN), SUE, DAY), {}, ()),
    (BALLOT, (at(OPEN), LEE, NEXT), {}, (D.PAST_THE_DAY,)),
    (BALLOT, (at(OPEN, plan=replace(PLAN, decide_until=NEXT)), LEE, NEXT), {}, ()),  # extended
    (BALLOT, (at(OPEN), FAY, DAY), {}, (NotAllowed.NO_VOTE,)),
    (BALLOT, (at(OPEN), GONE, DAY), {}, (NotAllowed.NO_VOTE,)),
    (BALLOT, (at(OPEN), NOBODY, DAY), {}, (NotAllowed.NO_VOTE, NotAllowed.NOT_ASKED)),
    (BALLOT, (at(OPEN), OUT, DAY), {}, (NotAllowed.NOT_ASKED,)),
    (BALLOT, (at(STOPPED), LEE, DAY), {}, (D.COUNTED,)),
    (BALLOT, (at(AGREED), LEE, NEXT), {}, (D.COUNTED,)),
    (BALLOT, (at(OPEN, state=State.CALLED_OFF), LEE, DAY), {}, (OVER,)),
    (BALLOT, (whole(State.PROPOSED), LEE, NEXT), {}, ()),
    (BALLOT, (whole(State.IN_REVIEW), LEE, NEXT), {}, (OVER,)),
    (PAPER, (at(OPEN), FAY, LEE, DAY), {"has_voted": False}, ()),
    (PAPER, (at(OPEN), FAY, LEE, DAY), {"has_voted": True}, (D.HAS_VOTED,)),
    (PAPER, (at(OPEN), SUE, LEE, DAY), {"has_voted": False}, (YOURS,)),
    (PAPER, (at(OPEN), FAY, FAY, DAY), {"has_voted": False}, (YOURS,)),
    (PAPER, (at(OPEN), FAY, GONE, DAY), {"has_voted": False}, (NotAllowed.NO_VOTE,)),
    (COUNT, (at(OPEN), FAY, NEXT), {"all_voted": False}, ()),
    (COUNT, (at(OPEN), RAJ, DAY), {"all_voted": True}, ()),
    (COUNT, (at(OPEN), RAJ, DAY), {"all_voted": False}, (D.BEFORE_THE_DAY,)),
    (COUNT, (at(OPEN), LEE, NEXT), {"all_voted": False}, (YOURS,)),
    (COUNT, (at(STOPPED), FAY, NEXT), {"all_voted": True}, (D.COUNTED,)),
    (COUNT, (at(OPEN, state=State.CALLED_OFF), FAY, NEXT), {"all_voted": True}, (OVER,)),
    (LET, (at(STOPPED, **HELD), FAY, NEXT), {}, ()),
    (LET, (at(TIED, **HELD), KIM, NEXT), {}, ()),
    (LET, (at(STOPPED, **HELD), FAY, DAY), {}, (D.TIME_LEFT,)),
    (LET, (at(STOPPED), FAY, NEXT), {}, (D.TIME_LEFT,)),
    (LET, (at(OPEN, **HELD), FAY, NEXT), {}, (D.NOT_STOPPED,)),
    (LET, (at(STOPPED, **HELD), LEE, NEXT), {}, (YOURS,)),
    (REPLY, (at(STOPPED), STOP, KIM, "We will."), {}, ()),
    (REPLY, (at(STOPPED), STOP, RAJ, ""), {}, (NotAllowed.EMPTY,)),
    (REPLY, (at(STOPPED), STOP, FAY, "We will."), {}, (YOURS,)),
    (REPLY, (at(STOPPED), STOP, OUT, "We will."), {}, (YOURS,)),
    (REPLY, (at(STOPPED), replace(STOP, author=KIM.id), KIM, "We will."), {}, (D.OWN_STOP,)),
    (REPLY, (at(STOPPED), replace(STOP, cleared_at=NOW), KIM, "We will."), {}, (D.CLEARED,)),
    (REPLY, (at(OPEN), STOP, KIM, "We will."), {}, (D.NOT_STOPPED,)),
    (REPLY, (at(STOPPED), STOP, replace(KIM, way=Way.SUPPORTER), "We will."), {}, (D.NOT_IN_PERSON,)),
    (CLEAR, (at(STOPPED), STOP, LEE, CHAIRS, NOW), {}, ()),
    (CLEAR, (at(STOPPED), STOP, SHOWN, CHAIRS, NOW), {}, (D.NOT_IN_PERSON,)),
    (CLEAR, (at(STOPPED), STOP, SUE, CHAIRS, NOW), {}, (YOURS, D.NOT_SIGNED)),
    (CLEAR, (at(STOPPED), STOP, KIM, CHAIRS, NOW), {}, (D.NOT_SIGNED,)),
    (CLEAR, (at(STOPPED), SIGNED, KIM, CHAIRS, NOW), {}, (D.AUTHOR_NOT_YET,)),
    (CLEAR, (at(STOPPED), SIGNED, KIM, CHAIRS, LATER), {}, ()),
    (CLEAR, (at(STOPPED), SEEN, KIM, CHAIRS, NOW), {}, ()),
    (CLEAR, (at(STOPPED), SEEN, KIM, frozenset({KIM.id}), NOW), {}, (D.NOT_SIGNED,)),  # one co-chair has left
    (CLEAR, (at(STOPPED), SEEN, KIM, frozenset({KIM.id, OUT.id}), NOW), {}, (D.NOT_SIGNED,)),  # another came
    (CLEAR, (at(STOPPED), replace(STOP, author=KIM.id), KIM, CHAIRS, NOW), {}, ()),
    (CLEAR, (at(STOPPED), replace(STOP, cleared_at=NOW), LEE, CHAIRS, NOW), {}, (D.CLEARED,)),
    (CLEAR, (at(STOPPED), STOP, GONE, CHAIRS, NOW), {}, (YOURS, D.NOT_SIGNED)),
    (CAST, (at(TIED), KIM), {}, ()),
    (CAST, (at(TIED), LEE), {}, (YOURS,)),
    (CAST, (at(TIED), OUT), {}, (YOURS,)),
    (CAST, (at(STOPPED), KIM), {}, (D.NO_TIE,)),
    (CAST, (at(TIED), replace(FAY, offices=KIM.offices)), {}, (YOURS,)),
    (CAST, (at(TIED, state=State.CALLED_OFF), KIM), {}, (OVER,)),
]


@pytest.mark.parametrize(("pair", "given", "named", "reasons"), TABLE)
def test_each_rule_lets_through_what_it_should_and_says_why_not(
    pair: tuple[Check, Can], given: tuple[object, ...], named: dict[str, object], reasons: tuple[StrEnum, ...]
) -> None:
    check, can = pair
    assert can(*given, **named) is (not reasons)
    if not reasons:
        check(*given, **named)
        return
    with pytest.raises(Refused) as caught:
        check(*given, **named)
    assert caught.value.reasons == reasons


def test_every_reason_is_given_by_a_rule_that_is_tested() -> None:
    given = {reason for _, _, _, reasons in TABLE for reason in reasons}
    assert set(NotDecided) - given == {NotDecided.OTHER_FIELDS, NotDecided.NOT_COUNTED}


def test_a_reply_is_signed_when_both_who_are_co_chairs_now_have_signed_it() -> None:
    assert is_signed(SIGNED, CHAIRS)
    assert not is_signed(replace(SIGNED, replied_by=frozenset({KIM.id})), CHAIRS)
    assert not is_signed(STOP, CHAIRS)


def test_a_reply_is_for_its_author_alone_until_they_have_seen_it_or_five_days_have_gone() -> None:
    assert not is_published(SIGNED, CHAIRS, NOW + timedelta(days=4, hours=23))
    assert is_published(SIGNED, CHAIRS, LATER)
    assert is_published(SEEN, CHAIRS, NOW)
    assert not is_published(replace(SEEN, replied_by=frozenset({KIM.id})), CHAIRS, LATER)


def test_a_reply_that_cleared_a_stop_stays_published_whoever_is_co_chair_later() -> None:
    for by in ("co_chairs", "author"):
        cleared = replace(SEEN, cleared_by=by, cleared_at=NOW)
        assert is_published(cleared, frozenset({OUT.id, KIM.id}), NOW)


def test_a_reply_that_was_never_signed_is_not_published_when_its_author_clears_the_stop() -> None:
    assert not is_published(replace(STOP, reply="Half a reply", cleared_by="author", cleared_at=NOW), CHAIRS, LATER)
