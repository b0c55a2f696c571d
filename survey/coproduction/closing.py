"""Closing the circle: what becomes of a comment, what its author says to that, and the sponsor's answer to a round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from survey.coproduction.people import Office, Person, Way
from survey.coproduction.refusals import NotAllowed, Refused, holds, reasons_against
from survey.coproduction.rounds import Round, State
from survey.coproduction.saying import Became, Comment, Outcome
from survey.coproduction.saying_rules import check_words
from survey.coproduction.suggestions import Fate
from survey.coproduction.working_days import add_working_days

REOPENING_LASTS = 20
"""Working days after a review has ended, or after a later outcome, in which its author may still reopen a comment."""
LONGEST = 2000
"""Characters of an outcome, of why it is not enough, and of the sponsor's answer."""
LONGEST_NAME = 200
"""Characters of who decides, who takes something on, and who signs."""
ANSWER_TAKES = 20
"""Working days after a review has ended in which the sponsor answers, and a comment reopened then is talked about."""

FACILITATOR = "The facilitator"
"""As the owner of what is to be talked about."""
OPENED_LATE = "Its author opened it again after the review had ended. The group will talk about it."
"""As the words of the outcome that a comment then has."""
_ENGLAND = ZoneInfo("Europe/London")


class Unclosed(StrEnum):
    """Why something about an outcome, a reopening or an answer is refused."""

    NO_POWER = "nobody is named who had the power to decide"
    NO_DIFFERENCE = "neither an agreed suggestion of this round nor a new version made the difference"
    NO_OWNER = "nobody is named who takes it on"
    NO_DUE_DAY = "there is no day by which it is talked about"
    DUE_DAY_PAST = "the day by which it is talked about is not to come"
    OWN_COMMENT = "nobody decides what becomes of their own comment"
    WAITS_FOR_AUTHOR = "its author has not confirmed it, or has taken it back"
    NO_OUTCOME_YET = "there is no outcome yet"
    REOPENED_BEFORE = "it was reopened once before"
    REOPENED_NOW = "it is open again and has no new outcome yet"
    REOPENED_TOO_LATE = "the time for reopening it is over"
    SIGNED_BEFORE = "the answer is signed and cannot be changed"
    REVIEW_RUNS = "the review of this round has not ended"
    NOTHING_CHOSEN = "it is not chosen what became of it, or whether it reflects what was said"
    NO_SUCH_DAY = "there is no such day"
    NOT_SIGNED = "it is not said that this is signed"


class Power(StrEnum):
    """Who had the power to decide, where it is one of the usual ones; anybody else is named in words of their own.

    They are kept as words, as the others are; pages that know them say them in the reader's language.
    """

    GROUP = "The group"
    PROGRAMME = "The office that runs the survey"
    LAW = "The law"


class Reflects(StrEnum):
    """Whether an outcome reflects what its author said."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Drafted:
    """An outcome as somebody wants to give it; `suggestion` is None where the new version as a whole is meant."""

    became: Became
    words: str
    power: str
    suggestion: int | None = None
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Reflection:
    """What the author of a comment said to the outcome `seq`."""

    seq: int
    reflects: Reflects
    words: str
    said_at: datetime


@dataclass(frozen=True)
class Reopening:
    """Why a comment was opened again, after the outcome `after_seq`."""

    after_seq: int
    words: str
    reopened_at: datetime


@dataclass(frozen=True)
class Course:
    """All that came after a comment was said: outcomes in their order, reflections, and the reopening if there is."""

    outcomes: tuple[Outcome, ...] = ()
    reflections: tuple[Reflection, ...] = ()
    reopening: Reopening | None = None

    @property
    def newest(self) -> Outcome | None:
        """The last outcome, be it reopened or not."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def seq(self) -> int:
        """The number of the last outcome; 0 where there is none."""
        return self.outcomes[-1].seq if self.outcomes else 0

    @property
    def is_reopened(self) -> bool:
        """Whether it was opened again and has no new outcome."""
        return self.reopening is not None and self.reopening.after_seq >= self.seq

    @property
    def stands(self) -> Outcome | None:
        """The outcome that it has: none where it was opened again."""
        return None if self.is_reopened else self.newest


@dataclass(frozen=True)
class Answer:
    """What the sponsor has signed about a round."""

    round: int
    words: str
    name: str
    office: str
    signed_at: datetime


def review_ended_at(round_: Round) -> datetime | None:
    """When the group's review was over: its votes counted, or the round called off after it had been opened."""
    if round_.closed_at is None and round_.opened_at is not None and round_.state is State.CALLED_OFF:
        return round_.ended_at
    return round_.closed_at


def day_in_england(moment: datetime) -> date:
    """The day that it is in England at a moment."""
    return moment.astimezone(_ENGLAND).date()


def answer_due(ended: date) -> date:
    """The day until which the sponsor answers. A review ended on Monday 2 November 2026: Monday 30 November."""
    return add_working_days(ended, ANSWER_TAKES)


def is_late(outcome: Outcome, today: date) -> bool:
    """Whether it should have been talked about by now."""
    return outcome.became is Became.DISCUSS and outcome.due_on is not None and outcome.due_on < today


def check_decider(person: Person) -> None:
    """Outcomes are given by a facilitator or a co-chair. Raises Refused."""
    if not (person.may_facilitate or person.is_co_chair):
        raise Refused(NotAllowed.NOT_YOURS)


def check_outcome(
    round_: Round,
    comment: Comment,
    person: Person,
    drafted: Drafted,
    fates: Mapping[int, Fate],
    today: date,
) -> None:
    """Whether a comment can be given this outcome; `fates` are those of the round's suggestions. Raises Refused."""
    check_decider(person)
    if round_.state is State.DRAFT:
        raise Refused(NotAllowed.OVER)
    if person.id == comment.author:
        raise Refused(Unclosed.OWN_COMMENT)
    if not comment.counts:
        raise Refused(Unclosed.WAITS_FOR_AUTHOR)
    problems = [*_wrong_words(drafted), *_lacks(drafted, round_, fates, today)]
    if problems:
        raise Refused(*dict.fromkeys(problems))


def _wrong_words(drafted: Drafted) -> Iterator[StrEnum]:
    yield from _wrong(drafted.words, LONGEST)
    yield from _wrong(drafted.power, LONGEST_NAME) if drafted.power else (Unclosed.NO_POWER,)
    yield from _wrong(drafted.owner, LONGEST_NAME) if drafted.owner else ()


def _wrong(words: str, longest: int) -> tuple[StrEnum, ...]:
    return reasons_against(lambda: check_words(words, longest))


def _lacks(drafted: Drafted, round_: Round, fates: Mapping[int, Fate], today: date) -> Sequence[StrEnum]:
    match drafted.became:
        case Became.CANNOT:
            return ()
        case Became.CHANGED:
            if drafted.suggestion is None:
                made = round_.new_version != "" and Fate.AGREED in fates.values()
            else:
                made = fates.get(drafted.suggestion) is Fate.AGREED
            return () if made else (Unclosed.NO_DIFFERENCE,)
        case Became.DISCUSS:
            found: list[StrEnum] = [] if drafted.owner else [Unclosed.NO_OWNER]
            if drafted.due_on is None:
                found.append(Unclosed.NO_DUE_DAY)
            elif drafted.due_on <= today:
                found.append(Unclosed.DUE_DAY_PAST)
            return found


def check_reflection(comment: Comment, course: Course, person: Person, words: str = "") -> None:
    """Whether somebody can say, with or without words, if an outcome reflects what they said. Raises Refused."""
    if person.id != comment.author or not comment.counts:
        raise Refused(NotAllowed.NOT_YOURS)
    if course.newest is None:
        raise Refused(Unclosed.NO_OUTCOME_YET)
    if course.is_reopened:
        raise Refused(Unclosed.REOPENED_NOW)
    if words:
        check_words(words, LONGEST)


def last_day_to_reopen(round_: Round, course: Course) -> date | None:
    """The last day on which a comment with this course can be opened again; None while there is none yet."""
    ended = review_ended_at(round_)
    if ended is None or course.newest is None:
        return None
    return add_working_days(day_in_england(max(ended, course.newest.decided_at)), REOPENING_LASTS)


def check_reopening(comment: Comment, course: Course, person: Person, last_day: date | None, today: date) -> None:
    """Whether somebody can open a comment again: its author, once, in time. Raises Refused."""
    if person.id != comment.author or not comment.counts:
        raise Refused(NotAllowed.NOT_YOURS)
    if course.reopening is not None:
        raise Refused(Unclosed.REOPENED_BEFORE)
    if course.newest is None:
        raise Refused(Unclosed.NO_OUTCOME_YET)
    if last_day is not None and today > last_day:
        raise Refused(Unclosed.REOPENED_TOO_LATE)


def check_reopening_words(words: str) -> None:
    """Whether a reason for opening a comment again can stand. Raises Refused."""
    check_words(words, LONGEST)


def can_reopen(comment: Comment, course: Course, person: Person, last_day: date | None, today: date) -> bool:
    """The same, as true or false."""
    return holds(lambda: check_reopening(comment, course, person, last_day, today))


def check_answer(round_: Round, person: Person, signed: Answer | None) -> None:
    """Whether somebody can answer a round: its sponsor in person, once, after the review. Raises Refused."""
    if Office.SPONSOR not in person.offices:
        raise Refused(NotAllowed.NOT_YOURS)
    if person.way is not Way.SELF:
        raise Refused(NotAllowed.NOT_IN_PERSON)
    if signed is not None:
        raise Refused(Unclosed.SIGNED_BEFORE)
    if review_ended_at(round_) is None:
        raise Refused(Unclosed.REVIEW_RUNS)


def check_signature(answer: Answer) -> None:
    """Whether an answer can be signed as it is: with words, a name and an office. Raises Refused."""
    check_words(answer.words, LONGEST)
    check_words(answer.name, LONGEST_NAME)
    check_words(answer.office, LONGEST_NAME)
