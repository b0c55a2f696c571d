"""Who may say what, where and until when: each rule with its check and its yes or no."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial

import pytest

from survey.coproduction.people import Hat, Office, Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from survey.coproduction.saying import WHOLE, Comment, Kind, Place
from survey.coproduction.saying_rules import (
    LONGEST_WORDS,
    NotSaid,
    as_kept,
    can_be_said,
    can_hang_on,
    can_hide,
    can_say,
    can_show_again,
    can_speak_as,
    can_take_back,
    can_withdraw,
    can_write_down,
    check_comment,
    check_hat,
    check_hide,
    check_place,
    check_say,
    check_show_again,
    check_take_back,
    check_withdraw,
    check_words,
    check_write_down,
)
from survey.coproduction.suggestions import DropQuestion, Fate, Suggestion
from survey.questionnaire.model import Questionnaire
from tests.survey.review.group import SMALL

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
TODAY, LAST, AFTER = date(2026, 10, 5), date(2026, 10, 26), date(2026, 10, 27)
DRAFT = Questionnaire.model_validate_json(json.dumps(SMALL))
LEE, SUE, FAY = Person(1, Seat.LIVED_EXPERIENCE), Person(2, Seat.STAFF), Person(3, Seat.FACILITATOR)
HELPED, FAY_HELPED = replace(LEE, way=Way.SUPPORTER), replace(FAY, way=Way.SUPPORTER)
GONE, NOT_ASKED = Person(4, None), Person(9, Seat.CARER)
BOTH = Person(5, Seat.CARER, frozenset({Office.FACILITATOR}))


def a_round(state: State = State.IN_REVIEW) -> Round:
    plan = Plan("", "", "", "", "", "", LAST, None, 5)
    return Round(1, "small", "v", plan, state, 8, frozenset({1, 2, 3, 4, 5}), 1, NOW)


def a_comment(author: int = 1, confirmed: datetime | None = NOW) -> Comment:
    return Comment(1, 1, Place("control"), Kind.OTHER, "x", author, Hat.MEMBER, Way.SELF, NOW, confirmed)


def a_suggestion(fate: Fate = Fate.SUGGESTED, confirmed: datetime | None = NOW) -> Suggestion:
    change = DropQuestion(item="times")
    return Suggestion(1, 1, change, "", 1, None, Hat.MEMBER, Way.SELF, NOW, confirmed, fate)


Reason = StrEnum | None
taken_back = partial(check_take_back, has_outcome=False), partial(can_take_back, has_outcome=False)
taken_back_late = partial(check_take_back, has_outcome=True), partial(can_take_back, has_outcome=True)

shown = partial(check_show_again, has_outcome=False), partial(can_show_again, has_outcome=False)
shown_late = partial(check_show_again, has_outcome=True), partial(can_show_again, has_outcome=True)

RULES: tuple[tuple[str, Callable[..., None], Callable[..., bool], tuple[object, ...], Reason], ...] = (
    ("a member says", check_say, can_say, (a_round(), LEE, TODAY), None),
    ("on the last day", check_say, can_say, (a_round(), LEE, LAST), None),
    ("after it", check_say, can_say, (a_round(), LEE, AFTER), NotAllowed.OVER),
    ("before it opens", check_say, can_say, (a_round(State.DRAFT), LEE, TODAY), NotAllowed.OVER),
    ("when it is proposed", check_say, can_say, (a_round(State.PROPOSED), LEE, TODAY), NotAllowed.OVER),
    ("who was not asked", check_say, can_say, (a_round(), NOT_ASKED, TODAY), NotAllowed.NOT_ASKED),
    ("who has left", check_say, can_say, (a_round(), GONE, TODAY), NotAllowed.NOT_ASKED),
    ("written down", check_write_down, can_write_down, (a_round(), FAY, LEE, TODAY), None),
    ("by the duty", check_write_down, can_write_down, (a_round(), BOTH, LEE, TODAY), None),
    ("by a member", check_write_down, can_write_down, (a_round(), SUE, LEE, TODAY), NotAllowed.NOT_YOURS),
    ("with a shown link", check_write_down, can_write_down, (a_round(), FAY_HELPED, LEE, TODAY), NotAllowed.NOT_YOURS),
    ("for oneself", check_write_down, can_write_down, (a_round(), FAY, FAY, TODAY), NotAllowed.NOT_YOURS),
    ("for a stranger", check_write_down, can_write_down, (a_round(), FAY, NOT_ASKED, TODAY), NotAllowed.NOT_ASKED),
    ("as a member", check_hat, can_speak_as, (Seat.CARER, "member"), None),
    ("staff at work", check_hat, can_speak_as, (Seat.STAFF, "job"), None),
    ("staff who live it", check_hat, can_speak_as, (Seat.STAFF, "lived_experience"), None),
    ("staff as member", check_hat, can_speak_as, (Seat.STAFF, "member"), NotSaid.NOT_THIS_HAT),
    ("member as staff", check_hat, can_speak_as, (Seat.CARER, "job"), NotSaid.NOT_THIS_HAT),
    ("an unknown hat", check_hat, can_speak_as, (Seat.STAFF, "king"), NotSaid.NOT_THIS_HAT),
    ("plain words", check_words, can_be_said, ("Two\nlines, and اردو.",), None),
    ("the longest", check_words, can_be_said, ("x" * LONGEST_WORDS,), None),
    ("too long", check_words, can_be_said, ("x" * (LONGEST_WORDS + 1),), NotAllowed.TOO_LONG),
    ("nothing", check_words, can_be_said, (" \n\u200d",), NotAllowed.EMPTY),
    ("turned round", check_words, can_be_said, ("yes \u202eon",), NotAllowed.HIDDEN_CHARACTERS),
    ("unseen", check_words, can_be_said, ("a\u200bb",), NotAllowed.HIDDEN_CHARACTERS),
    ("an answer", check_place, can_hang_on, (DRAFT, Place("control", "option.a_lot")), None),
    ("their order", check_place, can_hang_on, (DRAFT, Place("control", "order")), None),
    ("the whole", check_place, can_hang_on, (DRAFT, Place(WHOLE, "order")), None),
    ("no such question", check_place, can_hang_on, (DRAFT, Place("nothing")), NotSaid.NO_SUCH_PLACE),
    ("no such answer", check_place, can_hang_on, (DRAFT, Place("control", "option.x")), NotSaid.NO_SUCH_PLACE),
    ("no order", check_place, can_hang_on, (DRAFT, Place("helped", "order")), NotSaid.NO_SUCH_PLACE),
    ("no hint of all", check_place, can_hang_on, (DRAFT, Place(WHOLE, "hint")), NotSaid.NO_SUCH_PLACE),
    ("hidden by fay", check_hide, can_hide, (FAY, a_comment()), None),
    ("hidden by lee", check_hide, can_hide, (LEE, a_comment(author=2)), NotAllowed.NOT_YOURS),
    ("fay hides hers", check_hide, can_hide, (FAY, a_comment(author=3)), NotAllowed.NOT_YOURS),
    ("hidden too late", check_hide, can_hide, (FAY, a_comment(confirmed=None)), NotSaid.GONE),
    ("shown again", *shown, (a_round(),), None),
    ("shown when it is closed without it", *shown, (a_round(State.PROPOSED),), NotSaid.NO_OUTCOME),
    ("shown with an outcome", *shown_late, (a_round(State.LIVE),), None),
    ("withdrawn", check_withdraw, can_withdraw, (a_suggestion(), LEE), None),
    ("by another", check_withdraw, can_withdraw, (a_suggestion(), SUE), NotAllowed.NOT_YOURS),
    ("by a helper", check_withdraw, can_withdraw, (a_suggestion(), HELPED), NotAllowed.NOT_IN_PERSON),
    ("taken back by a helper", *taken_back, (a_comment(), HELPED), NotAllowed.NOT_IN_PERSON),
    ("in the vote", check_withdraw, can_withdraw, (a_suggestion(Fate.IN_VOTE), LEE), NotSaid.IN_VOTE),
    ("agreed", check_withdraw, can_withdraw, (a_suggestion(Fate.AGREED), LEE), NotSaid.IN_VOTE),
    ("twice", check_withdraw, can_withdraw, (a_suggestion(Fate.WITHDRAWN), LEE), NotSaid.GONE),
    ("taken back", *taken_back, (a_comment(), LEE), None),
    ("by another", *taken_back, (a_comment(), SUE), NotAllowed.NOT_YOURS),
    ("after its outcome", *taken_back_late, (a_comment(), LEE), NotSaid.HAS_OUTCOME),
    ("twice", *taken_back, (a_comment(confirmed=None), LEE), NotSaid.GONE),
)


@pytest.mark.parametrize(
    ("check", "can", "arguments", "why"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES]
)
def test_a_rule_says_yes_or_why_not(
    check: Callable[..., None], can: Callable[..., bool], arguments: tuple[object, ...], why: Reason
) -> None:
    assert can(*arguments) is (why is None)
    if why is None:
        check(*arguments)
    else:
        with pytest.raises(Refused) as caught:
            check(*arguments)
        assert caught.value.reasons == (why,)


def test_all_that_is_wrong_with_a_comment_is_said_at_once() -> None:
    with pytest.raises(Refused) as caught:
        check_comment(DRAFT, Place("nothing"), "shout", "", Seat.CARER, "job")
    assert set(caught.value.reasons) == {
        NotSaid.NO_SUCH_PLACE,
        NotSaid.NO_KIND,
        NotAllowed.EMPTY,
        NotSaid.NOT_THIS_HAT,
    }


def test_who_was_not_asked_in_a_round_that_is_over_hears_both() -> None:
    with pytest.raises(Refused) as caught:
        check_say(a_round(), NOT_ASKED, AFTER)
    assert caught.value.reasons == (NotAllowed.NOT_ASKED, NotAllowed.OVER)


def test_words_are_kept_composed_and_with_one_kind_of_line_end() -> None:
    assert as_kept("  cafe\u0301\r\nnext\rlast\t. ") == "café\nnext\nlast ."
