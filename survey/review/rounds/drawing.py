"""What the pages of rounds show: a round with its questions as a member sees it, and the rounds of the home page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil

from survey.coproduction.numbering import Numbered, number_items
from survey.coproduction.people import Person
from survey.coproduction.pulse import can_give_pulse, closes_on
from survey.coproduction.rounds import OPEN_STATES, Round, State
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Questionnaire
from survey.store.connect import Store
from survey.store.group.overview import (
    NOTHING_SAID,
    AboutQuestion,
    Outstanding,
    Overview,
    Waiting,
    outstanding_by_round,
    overview_of,
    waiting_for_member,
)
from survey.store.group.pulses import load_given
from survey.store.group.reading_progress import read_items
from survey.store.group.rounds import list_rounds
from survey.store.versions import load_version


@dataclass(frozen=True)
class Row:
    """One question as the round's page lists it."""

    number: int
    words: str
    is_read: bool
    said: AboutQuestion


@dataclass(frozen=True)
class Part:
    """The questions under one title of the draft."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Progress:
    """How far somebody is with reading."""

    questions: int
    read: int
    minutes: int
    """What reading everything takes."""
    next: int
    """The number of the first question that they have not read; 1 where they have read all."""

    @property
    def minutes_left(self) -> int:
        """Of the minutes that were asked for, those for the questions not read yet."""
        return ceil(self.minutes * (self.questions - self.read) / self.questions) if self.questions else 0


@dataclass(frozen=True)
class Card:
    """A round as the home page shows it to one person."""

    round: Round
    progress: Progress
    waiting: Waiting
    outstanding: Outstanding


@dataclass(frozen=True)
class Earlier:
    """A round that is over, as the home page shows it to one person."""

    round: Round
    waiting: Waiting
    asks_how_it_was: bool
    """Whether they can still say how it was for them."""


@dataclass(frozen=True)
class Home:
    """All that the home page shows."""

    asked: tuple[Card, ...]
    """Open rounds in which the reader is asked."""
    others: tuple[Card, ...]
    """Open rounds in which they are not."""
    earlier: tuple[Earlier, ...]
    drafts: tuple[Round, ...]
    """Only for those who run rounds."""


@dataclass(frozen=True)
class Shown:
    """A round as its page shows it to one person."""

    round: Round
    questionnaire: Questionnaire
    parts: tuple[Part, ...]
    overview: Overview
    progress: Progress
    waiting: Waiting
    outstanding: Outstanding

    @cached_property
    def is_open(self) -> bool:
        """Whether the group is at work on it."""
        return self.round.state in OPEN_STATES

    @cached_property
    def of_the_whole(self) -> AboutQuestion:
        """What was said of the questionnaire as a whole."""
        return self.overview.said.get("", NOTHING_SAID)


def show_home(store: Store, person: Person, today: date) -> Home:
    """The rounds as somebody meets them."""
    rounds = list_rounds(store)
    waiting = waiting_for_member(store, person.id, today)
    outstanding = outstanding_by_round(store, today) if person.may_facilitate else {}
    cards = tuple(
        Card(each, _how_far(store, each, person), _own(waiting, person, each), outstanding.get(each.id, Outstanding()))
        for each in rounds
        if each.state in OPEN_STATES
    )
    return Home(
        asked=tuple(card for card in cards if person.id in card.round.asked),
        others=tuple(card for card in cards if person.id not in card.round.asked),
        earlier=tuple(
            Earlier(each, _own(waiting, person, each), _asks_how_it_was(store, each, person, today))
            for each in rounds
            if each.state not in OPEN_STATES | {State.DRAFT} and (each.opened_at is not None or person.may_facilitate)
        ),
        drafts=tuple(each for each in rounds if each.state is State.DRAFT and person.may_facilitate),
    )


def show_round(store: Store, round_: Round, person: Person, today: date) -> Shown:
    """A round with its questions, and what there is to do."""
    questionnaire = load_version(store, round_.version)
    numbered, read = number_items(questionnaire), read_items(store, round_.id, person.id)
    overview = overview_of(store, round_.id)
    outstanding = outstanding_by_round(store, today) if person.may_facilitate else {}
    return Shown(
        round=round_,
        questionnaire=questionnaire,
        parts=_parts(numbered, read, overview),
        overview=overview,
        progress=_progress(round_, numbered, read),
        waiting=_own(waiting_for_member(store, person.id, today), person, round_),
        outstanding=outstanding.get(round_.id, Outstanding()),
    )


def _own(waiting: dict[int, Waiting], person: Person, round_: Round) -> Waiting:
    found = waiting.get(round_.id, Waiting())
    return found if person.side is not None else replace(found, votes=0)


def _asks_how_it_was(store: Store, round_: Round, person: Person, today: date) -> bool:
    last = closes_on(round_)
    if last is None or last < today:
        return False
    given = load_given(store, round_.id, person.id)
    return can_give_pulse(round_, person, has_given=given.by_this_person, given=given.count, today=today)


def _parts(numbered: Sequence[Numbered], read: frozenset[str], overview: Overview) -> tuple[Part, ...]:
    parts: dict[str, tuple[str, list[Row]]] = {}
    for each in numbered:
        said = overview.said.get(each.item.id, NOTHING_SAID)
        row = Row(each.number, wording(each.item.text), each.item.id in read, said)
        parts.setdefault(each.section.id, (wording(each.section.title), []))[1].append(row)
    return tuple(Part(title, tuple(rows)) for title, rows in parts.values())


def _progress(round_: Round, numbered: Sequence[Numbered], read: frozenset[str]) -> Progress:
    unread = [each.number for each in numbered if each.item.id not in read]
    return Progress(len(numbered), len(numbered) - len(unread), round_.minutes, unread[0] if unread else 1)


def _how_far(store: Store, round_: Round, person: Person) -> Progress:
    return _progress(round_, number_items(load_version(store, round_.version)), read_items(store, round_.id, person.id))
