"""The rules of saying something: who may, until when, where, in which words, and as what."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from survey.coproduction.characters import MARKS, has_hidden_characters
from survey.coproduction.people import Hat, Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused, holds, reasons_against
from survey.coproduction.rounds import Round, State
from survey.coproduction.saying import WHOLE, Comment, Kind, Place, Story
from survey.coproduction.suggestions import Fate, Suggestion
from survey.questionnaire.model import GridItem, Item, Questionnaire, options_of
from survey.questionnaire.walk import items_of

LONGEST_WORDS = 4000
LONGEST_REASON = 500
"""Characters: of a comment or a story; of why something is suggested or hidden, or how it was confirmed."""

_WRITTEN = MARKS | frozenset("\n\N{SOFT HYPHEN}")
"""What nobody sees in words and they may need all the same."""


class NotSaid(StrEnum):
    """Why something is not said, or not taken back."""

    SAID_ALREADY = "this person has said just this already"
    NO_SUCH_PLACE = "the draft has nothing at this place"
    NO_KIND = "it is not said what kind of comment it is"
    NOTHING_CHOSEN = "it is not said what is to change"
    TOO_FEW_ANSWERS = "a question to pick from has at least two answers"
    NOT_THIS_HAT = "only staff choose as what they speak, and they must"
    HAS_OUTCOME = "something was decided about it already"
    IN_VOTE = "it is put to the vote already"
    GONE = "it was taken back, or never said"
    NO_OUTCOME = "the review is over, and nothing was decided about it"


# --- Who and when -----------------------------------------------------------------


def check_say(round_: Round, person: Person, today: date) -> None:
    """Whether somebody may comment, suggest and tell in a round. Raises Refused."""
    reasons: list[StrEnum] = []
    if person.id not in round_.asked or person.seat is None:
        reasons.append(NotAllowed.NOT_ASKED)
    if round_.state is not State.IN_REVIEW or (round_.plan.say_until is not None and today > round_.plan.say_until):
        reasons.append(NotAllowed.OVER)
    if reasons:
        raise Refused(*reasons)


def can_say(round_: Round, person: Person, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_say(round_, person, today))


def check_write_down(round_: Round, writer: Person, member: Person, today: date) -> None:
    """Whether somebody may enter what a member gave on paper or by phone. Raises Refused."""
    if not writer.may_facilitate or member.id == writer.id:
        raise Refused(NotAllowed.NOT_YOURS)
    check_say(round_, member, today)


def can_write_down(round_: Round, writer: Person, member: Person, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_write_down(round_, writer, member, today))


def check_hat(seat: Seat | None, hat: str) -> None:
    """Whether somebody speaks as what they may: staff say which, everybody else is a member. Raises Refused."""
    if hat not in set(Hat) or (hat == Hat.MEMBER) == (seat is Seat.STAFF):
        raise Refused(NotSaid.NOT_THIS_HAT)


def can_speak_as(seat: Seat | None, hat: str) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_hat(seat, hat))


# --- What and where -----------------------------------------------------------------


def as_kept(words: str) -> str:
    """Words as they are kept: composed, with one kind of line end, without spaces round them."""
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()


def check_words(words: str, longest: int = LONGEST_WORDS) -> None:
    """Whether words, as they are kept, can be said. Raises Refused."""
    if not set(words) - _WRITTEN - {" "}:
        raise Refused(NotAllowed.EMPTY)
    if len(words) > longest:
        raise Refused(NotAllowed.TOO_LONG)
    if has_hidden_characters(words, _WRITTEN):
        raise Refused(NotAllowed.HIDDEN_CHARACTERS)


def can_be_said(words: str, longest: int = LONGEST_WORDS) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_words(words, longest))


def places_of(item: Item) -> tuple[str, ...]:
    """The parts of a question that a comment can hang on, the whole of it first."""
    options = options_of(item)
    rows = item.rows if isinstance(item, GridItem) else ()
    return (
        "all",
        "text",
        "hint",
        *(f"option.{option.code}" for option in options),
        *(f"row.{row.code}" for row in rows),
        *(["order"] if len(options) > 1 else []),
        "formats",
    )


PLACES_OF_WHOLE = ("all", "order")
"""The questionnaire as a whole, and the order of its questions."""


def check_place(questionnaire: Questionnaire, place: Place) -> None:
    """Whether a draft has something at a place. Raises Refused."""
    if place.item == WHOLE:
        if place.field in PLACES_OF_WHOLE:
            return
    else:
        items = items_of(questionnaire)
        if any(item.id == place.item and place.field in places_of(item) for _, _, item in items):
            return
    raise Refused(NotSaid.NO_SUCH_PLACE)


def can_hang_on(questionnaire: Questionnaire, place: Place) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_place(questionnaire, place))


def check_comment(
    questionnaire: Questionnaire, place: Place, kind: str, words: str, seat: Seat | None, hat: str
) -> None:
    """All of it at once, with every reason that applies: where it hangs, its kind and words, as what it is said.

    Raises Refused.
    """
    checks: list[Callable[[], None]] = [
        lambda: check_place(questionnaire, place),
        lambda: check_kind(kind),
        lambda: check_words(words),
        lambda: check_hat(seat, hat),
    ]
    reasons = [reason for check in checks for reason in reasons_against(check)]
    if reasons:
        raise Refused(*reasons)


def check_kind(kind: str) -> None:
    """Whether there is such a kind of comment. Raises Refused."""
    if kind not in set(Kind):
        raise Refused(NotSaid.NO_KIND)


# --- Taking back and hiding ----------------------------------------------------------


def check_take_back(said: Comment | Story, person: Person, *, has_outcome: bool) -> None:
    """Whether somebody may take back what was said: its author in person, until something is decided about it.

    Raises Refused.
    """
    if said.author != person.id:
        raise Refused(NotAllowed.NOT_YOURS)
    if said.confirmed_at is None:
        raise Refused(NotSaid.GONE)
    if person.way is not Way.SELF:
        raise Refused(NotAllowed.NOT_IN_PERSON)
    if has_outcome:
        raise Refused(NotSaid.HAS_OUTCOME)


def can_take_back(said: Comment | Story, person: Person, *, has_outcome: bool) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_take_back(said, person, has_outcome=has_outcome))


def check_withdraw(suggestion: Suggestion, person: Person) -> None:
    """Whether somebody may withdraw a suggestion: its author in person, until it is put to the vote. Raises Refused."""
    if suggestion.author != person.id:
        raise Refused(NotAllowed.NOT_YOURS)
    if suggestion.fate is Fate.WITHDRAWN or suggestion.confirmed_at is None:
        raise Refused(NotSaid.GONE)
    if person.way is not Way.SELF:
        raise Refused(NotAllowed.NOT_IN_PERSON)
    if suggestion.fate is not Fate.SUGGESTED:
        raise Refused(NotSaid.IN_VOTE)


def can_withdraw(suggestion: Suggestion, person: Person) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_withdraw(suggestion, person))


def check_hide(person: Person, said: Comment | Story) -> None:
    """Whether somebody may hide what was said, or show it again: who facilitates, and not their own. Raises Refused."""
    if not person.may_facilitate or said.author == person.id:
        raise Refused(NotAllowed.NOT_YOURS)
    if said.confirmed_at is None:
        raise Refused(NotSaid.GONE)


def can_hide(person: Person, said: Comment | Story) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_hide(person, said))


def check_show_again(round_: Round, *, has_outcome: bool) -> None:
    """Whether a hidden comment can be shown again: once the review is over, only with an outcome, which it was closed
    without. Raises Refused."""
    if round_.state is not State.IN_REVIEW and not has_outcome:
        raise Refused(NotSaid.NO_OUTCOME)


def can_show_again(round_: Round, *, has_outcome: bool) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_show_again(round_, has_outcome=has_outcome))
