"""The pulse after each round: the same few questions for staff and members, and what of the answers can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from survey.coproduction.characters import has_hidden_characters
from survey.coproduction.people import SIDES, Person, Seat, Side
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import Round, State

OPEN_FOR = timedelta(days=28)
LONGEST = 1000
"""Characters of free words."""
FEWEST = 3
"""So many of each side must have answered before anything is shown, and so many have ticked one thing."""
FEWEST_WORDS = 5
"""So many must have written something before anyone reads it."""
POINTS = range(1, 6)
AGREES = 4
"""From here on somebody agrees, on the scale from 1 (not at all) to 5 (fully)."""

PULSE_SIDES: Mapping[Seat, Side] = {**SIDES, Seat.FACILITATOR: Side.STAFF}
"""Who facilitates is counted with staff here: they are at work too."""


class Value(StrEnum):
    """What people are asked: five values of working together (Coalition for Personalised Care), and equality."""

    OWNERSHIP = "ownership"
    OPENNESS = "openness"
    SHARING_POWER = "sharing_power"
    PLAIN_ENGLISH = "plain_english"
    RESPECT = "respect"
    EQUALITY = "equality"


class Tick(StrEnum):
    """What can be ticked: what helped, what got in the way, what it was good for (Picker's evaluation of projects)."""

    HELPED_FINDING = "helped_finding"
    """Charities and local groups that found people."""
    HELPED_TRAINING = "helped_training"
    HELPED_RELATIONS = "helped_relations"
    HELPED_PLANNING = "helped_planning"
    HELPED_CODE = "helped_code"
    HELPED_EXPERTISE = "helped_expertise"
    HELPED_FACILITATOR = "helped_facilitator"
    HELPED_INTERPRETERS = "helped_interpreters"
    HELPED_PAYMENT = "helped_payment"
    HARD_TIME = "hard_time"
    HARD_MONEY = "hard_money"
    HARD_MIX = "hard_mix"
    """People who were not in the room."""
    HARD_EXPECTATIONS = "hard_expectations"
    HARD_UNDERSTANDING = "hard_understanding"
    HARD_CONTROL = "hard_control"
    GOOD_SUBJECT = "good_subject"
    GOOD_PRACTICE = "good_practice"
    GOOD_JOINING = "good_joining"
    GOOD_INSIGHT = "good_insight"
    GOOD_INCLUSION = "good_inclusion"
    GOOD_ACTING = "good_acting"


class NoPulse(StrEnum):
    """Why a pulse is not taken."""

    NOT_YET = "the round is still going on"
    CLOSED = "the pulse is closed"
    GIVEN = "this person has given theirs"
    OFF_SCALE = "an answer is not one of those offered"


@dataclass(frozen=True)
class Answers:
    """What somebody answered. What they would rather not say is not in `points`."""

    points: Mapping[Value, int]
    ticks: frozenset[Tick]
    words: str


@dataclass(frozen=True)
class Pulse:
    """Answers without who; only on which side."""

    side: Side
    answers: Answers


@dataclass(frozen=True)
class Share:
    """How many agree, of those who answered."""

    agree: int
    answered: int


Shares = Mapping[Value, Mapping[Side, Share] | None]
"""None where fewer than three of a side have answered just this."""


def closes_on(round_: Round) -> date | None:
    """The last day of a round's pulse: four weeks after its review ended; None for one that has not, or never began."""
    began = round_.closed_at or round_.ended_at
    if round_.opened_at is None or began is None or round_.state in (State.DRAFT, State.IN_REVIEW):
        return None
    return began.date() + OPEN_FOR


def is_closed(round_: Round, given: int, today: date) -> bool:
    """Whether no more answers come: its time is over, or everybody who was asked has given one."""
    last = closes_on(round_)
    return last is not None and (today > last or given >= len(round_.asked))


def check_pulse(round_: Round, person: Person, *, has_given: bool, given: int, today: date) -> Side:
    """The side that a person's pulse counts on. Raises Refused."""
    if person.seat is None or person.id not in round_.asked:
        raise Refused(NotAllowed.NOT_ASKED)
    if closes_on(round_) is None:
        raise Refused(NoPulse.NOT_YET)
    if has_given:
        raise Refused(NoPulse.GIVEN)
    if is_closed(round_, given, today):
        raise Refused(NoPulse.CLOSED)
    return PULSE_SIDES[person.seat]


def can_give_pulse(round_: Round, person: Person, *, has_given: bool, given: int, today: date) -> bool:
    """Whether `check_pulse` lets them."""
    return holds(lambda: check_pulse(round_, person, has_given=has_given, given=given, today=today))


def check_answers(answers: Answers) -> None:
    """Raises Refused for answers that say nothing, a point off the scale, words that hide something or are too many."""
    if not answers.points and not answers.ticks and not answers.words:
        raise Refused(NotAllowed.EMPTY)
    if any(point not in POINTS for point in answers.points.values()):
        raise Refused(NoPulse.OFF_SCALE)
    if has_hidden_characters(answers.words):
        raise Refused(NotAllowed.HIDDEN_CHARACTERS)
    if len(answers.words) > LONGEST:
        raise Refused(NotAllowed.TOO_LONG)


# --- What is shown once it is closed -------------------------------------------------


def share_out(pulses: Sequence[Pulse]) -> Shares | None:
    """By value and side, how many agree; None where fewer than three of a side gave a pulse.

    Both sides or none: where one were shown alone, who is not in it would be known by what is shown of both elsewhere.
    """
    if any(sum(pulse.side is side for pulse in pulses) < FEWEST for side in Side):
        return None
    return {value: _of_value(pulses, value) for value in Value}


def count_ticks(pulses: Sequence[Pulse]) -> dict[Tick, int]:
    """What at least three people ticked, on both sides together, the most first."""
    counts = {tick: sum(tick in pulse.answers.ticks for pulse in pulses) for tick in Tick}
    often = {tick: count for tick, count in counts.items() if count >= FEWEST}
    return dict(sorted(often.items(), key=lambda each: -each[1]))


def words_of(pulses: Iterable[Pulse]) -> tuple[str, ...]:
    """What people wrote where at least five did, in the order of the alphabet, which says nothing of who."""
    written = sorted(pulse.answers.words for pulse in pulses if pulse.answers.words)
    return tuple(written) if len(written) >= FEWEST_WORDS else ()


def _of_value(pulses: Sequence[Pulse], value: Value) -> dict[Side, Share] | None:
    shares = {}
    for side in Side:
        points = [
            pulse.answers.points[value] for pulse in pulses if pulse.side is side and value in pulse.answers.points
        ]
        if len(points) < FEWEST:
            return None
        shares[side] = Share(sum(point >= AGREES for point in points), len(points))
    return shares
