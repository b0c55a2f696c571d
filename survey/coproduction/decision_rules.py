"""The rules of deciding: who may put to the vote, vote, count, reply to a stop, clear it, break a tie, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from survey.coproduction.counting import CO_CHAIRS_NEEDED
from survey.coproduction.deciding import TRANSITIONS, Choice, Decision, Step, Stop
from survey.coproduction.people import Person, Way
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import Round, State
from survey.coproduction.saying_rules import check_words
from survey.coproduction.suggestions import Fate, Suggestion

LONGEST_WORDS = 2000
"""Characters beside a vote, and of a reply to a stop."""
AUTHOR_FIRST = timedelta(days=5)
"""So long a reply is for the author of the stop alone, where they have not looked at it earlier."""


class NotDecided(StrEnum):
    """Why a step of deciding is refused."""

    COUNTED = "the votes have been counted"
    NOT_COUNTED = "the votes have not been counted"
    PAST_THE_DAY = "the last day to vote has passed"
    BEFORE_THE_DAY = "the last day to vote has not passed, and not everybody has voted"
    NO_CHOICE = "nothing was chosen that there is to choose"
    STOP_WITHOUT_WORDS = "a stop does not say what has to be sorted first"
    HAS_VOTED = "this person has voted already, in a session of their own or confirmed"
    NOT_IN_PERSON = "only the person does this, in a session of their own"
    NOT_TO_VOTE_ON = "it is put to the vote already, settled, withdrawn or not confirmed"
    NOT_STOPPED = "no stop stands against it"
    CLEARED = "the stop is cleared"
    OWN_STOP = "nobody replies to a stop of their own"
    NOT_SIGNED = "not both co-chairs have signed the reply"
    AUTHOR_NOT_YET = "the author of the stop has not seen the reply"
    NO_TIE = "there is no tie"
    TIME_LEFT = "the second date has not passed"
    OTHER_FIELDS = "the form has fields that are not its own"


@dataclass(frozen=True)
class Matter:
    """A decision in its round."""

    round: Round
    decision: Decision

    @property
    def last_day(self) -> date:
        """The last day of the vote, moved where the round was extended."""
        is_whole = self.decision.suggestion is None
        days = self.decision.closes_on, self.round.sign_off_until if is_whole else self.round.plan.decide_until
        return max(day for day in days if day is not None)


# --- Putting to the vote --------------------------------------------------------------


def check_put(round_: Round, suggestion: Suggestion, person: Person, today: date) -> None:
    """Whether somebody may put a suggestion to the vote. Raises Refused."""
    reasons = _unless_running(round_, person)
    if suggestion.round != round_.id or suggestion.fate is not Fate.SUGGESTED or suggestion.confirmed_at is None:
        reasons.append(NotDecided.NOT_TO_VOTE_ON)
    if round_.state is not State.IN_REVIEW or round_.plan.decide_until is None:
        reasons.append(NotAllowed.OVER)
    elif today > round_.plan.decide_until:
        reasons.append(NotDecided.PAST_THE_DAY)
    _raise(reasons)


def can_put(round_: Round, suggestion: Suggestion, person: Person, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_put(round_, suggestion, person, today))


# --- Voting ----------------------------------------------------------------------------


def check_ballot(matter: Matter, person: Person, today: date) -> None:
    """Whether there is a ballot paper for somebody. Raises Refused."""
    reasons: list[StrEnum] = []
    if person.side is None:
        reasons.append(NotAllowed.NO_VOTE)
    if person.id not in matter.round.asked:
        reasons.append(NotAllowed.NOT_ASKED)
    reasons += _unless_at_work(matter)
    if (matter.decision.result, Step.VOTE) not in TRANSITIONS:
        reasons.append(NotDecided.COUNTED)
    elif today > matter.last_day:
        reasons.append(NotDecided.PAST_THE_DAY)
    _raise(reasons)


def can_fill_in(matter: Matter, person: Person, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_ballot(matter, person, today))


def check_vote(
    matter: Matter, person: Person, today: date, choice: str, words: str, *, has_voted: bool = False
) -> None:
    """Whether a vote can be cast or changed as somebody filled it in. Raises Refused.

    `has_voted`: a vote of theirs counts already. Nobody changes that with a link that was shown to somebody else.
    """
    check_ballot(matter, person, today)
    if has_voted and person.way is not Way.SELF:
        raise Refused(NotDecided.HAS_VOTED)
    if choice not in list(Choice):
        raise Refused(NotDecided.NO_CHOICE)
    if choice == Choice.STOP and not words:
        raise Refused(NotDecided.STOP_WITHOUT_WORDS)
    if words:
        check_words(words, LONGEST_WORDS)


def can_vote(matter: Matter, person: Person, today: date, choice: str, words: str, *, has_voted: bool = False) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_vote(matter, person, today, choice, words, has_voted=has_voted))


def check_write_vote_down(matter: Matter, writer: Person, member: Person, today: date, *, has_voted: bool) -> None:
    """Whether somebody may enter the vote that a member gave on paper: never over one that counts. Raises Refused."""
    if not writer.may_facilitate or writer.id == member.id:
        raise Refused(NotAllowed.NOT_YOURS)
    check_ballot(matter, member, today)
    if has_voted:
        raise Refused(NotDecided.HAS_VOTED)


def can_write_vote_down(matter: Matter, writer: Person, member: Person, today: date, *, has_voted: bool) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_write_vote_down(matter, writer, member, today, has_voted=has_voted))


# --- Counting --------------------------------------------------------------------------


def check_count(matter: Matter, person: Person, today: date, *, all_voted: bool) -> None:
    """Whether somebody may close a vote and count it. Raises Refused."""
    reasons = _unless_running(matter.round, person) + _unless_at_work(matter)
    if (matter.decision.result, Step.COUNT) not in TRANSITIONS:
        reasons.append(NotDecided.COUNTED)
    elif today <= matter.last_day and not all_voted:
        reasons.append(NotDecided.BEFORE_THE_DAY)
    _raise(reasons)


def can_count(matter: Matter, person: Person, today: date, *, all_voted: bool) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_count(matter, person, today, all_voted=all_voted))


def check_let_stand(matter: Matter, person: Person, today: date) -> None:
    """Whether somebody may end what a stop or a tie has held up past the second date. Raises Refused."""
    reasons = _unless_running(matter.round, person) + _unless_at_work(matter)
    if (matter.decision.result, Step.LET_STAND) not in TRANSITIONS:
        reasons.append(NotDecided.NOT_STOPPED)
    elif not matter.round.is_extended or today <= matter.last_day:
        reasons.append(NotDecided.TIME_LEFT)
    _raise(reasons)


def can_let_stand(matter: Matter, person: Person, today: date) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_let_stand(matter, person, today))


# --- Stops and ties --------------------------------------------------------------------


def is_signed(stop: Stop, co_chairs: Collection[int]) -> bool:
    """Whether both who are co-chairs now have signed the reply as it is."""
    return stop.reply != "" and len(co_chairs) >= CO_CHAIRS_NEEDED and set(co_chairs) <= stop.replied_by


def is_published(stop: Stop, co_chairs: Collection[int], now: datetime) -> bool:
    """Whether all may read the reply: the author has seen it, or had the time to.

    That of a stop that was cleared stays as it was then, whoever is co-chair later.
    """
    if stop.cleared_at is not None:
        return stop.replied_at is not None or stop.cleared_by == "co_chairs"
    if not is_signed(stop, co_chairs) or stop.replied_at is None:
        return False
    return stop.seen_at is not None or now >= stop.replied_at + AUTHOR_FIRST


def check_reply(matter: Matter, stop: Stop, person: Person, words: str) -> None:
    """Whether a co-chair may write these words as the reply to a stop, or sign them. Raises Refused."""
    reasons = _unless_co_chair(matter.round, person) + _unless_at_work(matter)
    if (matter.decision.result, Step.REPLY) not in TRANSITIONS:
        reasons.append(NotDecided.NOT_STOPPED)
    elif stop.cleared_at is not None:
        reasons.append(NotDecided.CLEARED)
    if stop.author == person.id:
        reasons.append(NotDecided.OWN_STOP)
    _raise(reasons)
    check_words(words, LONGEST_WORDS)


def can_reply(matter: Matter, stop: Stop, person: Person, words: str) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_reply(matter, stop, person, words))


def check_clear(matter: Matter, stop: Stop, person: Person, co_chairs: Collection[int], now: datetime) -> None:
    """Whether somebody may clear a stop: its author, or a co-chair once the signed reply may be published.

    Raises Refused.
    """
    reasons = _unless_at_work(matter)
    is_author = stop.author == person.id and person.side is not None
    if not is_author:
        reasons += _unless_co_chair(matter.round, person)
    elif person.way is not Way.SELF:
        reasons.append(NotDecided.NOT_IN_PERSON)
    if (matter.decision.result, Step.CLEAR) not in TRANSITIONS:
        reasons.append(NotDecided.NOT_STOPPED)
    elif stop.cleared_at is not None:
        reasons.append(NotDecided.CLEARED)
    elif not is_author and not is_signed(stop, co_chairs):
        reasons.append(NotDecided.NOT_SIGNED)
    elif not is_author and not is_published(stop, co_chairs, now):
        reasons.append(NotDecided.AUTHOR_NOT_YET)
    _raise(reasons)


def can_clear(matter: Matter, stop: Stop, person: Person, co_chairs: Collection[int], now: datetime) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_clear(matter, stop, person, co_chairs, now))


def check_casting(matter: Matter, person: Person) -> None:
    """Whether somebody may give one of the two votes that decide a tie. Raises Refused."""
    reasons = _unless_co_chair(matter.round, person) + _unless_at_work(matter)
    if (matter.decision.result, Step.CAST) not in TRANSITIONS:
        reasons.append(NotDecided.NO_TIE)
    _raise(reasons)


def can_cast(matter: Matter, person: Person) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_casting(matter, person))


# --- Who and when ----------------------------------------------------------------------


def _unless_running(round_: Round, person: Person) -> list[StrEnum]:
    runs = person.may_facilitate or (person.is_co_chair and person.id in round_.asked)
    return [] if runs else [NotAllowed.NOT_YOURS]


def _unless_co_chair(round_: Round, person: Person) -> list[StrEnum]:
    if not person.is_co_chair or person.side is None or person.id not in round_.asked:
        return [NotAllowed.NOT_YOURS]
    return [] if person.way is Way.SELF else [NotDecided.NOT_IN_PERSON]


def _unless_at_work(matter: Matter) -> list[StrEnum]:
    state = State.PROPOSED if matter.decision.suggestion is None else State.IN_REVIEW
    return [] if matter.round.state is state else [NotAllowed.OVER]


def _raise(reasons: Collection[StrEnum]) -> None:
    if reasons:
        raise Refused(*reasons)
