"""What somebody who reads has before them: the answers to one question, each under a name that says nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import abort

from survey.codes import Purpose, hash_code
from survey.questionnaire.model import Contact
from survey.staff.parts import StaffParts
from survey.store.accounts import Account
from survey.store.readings import Coded, load_coded
from survey.store.themes import Frame, load_frame
from survey.store.versions import load_version
from survey.store.waves import TRIAL, Wave, find_wave, list_waves
from survey.store.written import Question, open_questions

NAME_LENGTH = 20


@dataclass(frozen=True)
class Tally:
    """How far a question is."""

    unread: int
    read_once: int
    read_twice: int
    differ: int


@dataclass(frozen=True)
class Desk:
    """One question of a wave before one reader."""

    account: Account
    wave: Wave
    question: Question
    frame: Frame
    coded: tuple[Coded, ...]
    key: bytes

    @cached_property
    def places(self) -> dict[str, Coded]:
        """The answers by what this reader's addresses call them, in the order of that: of nothing else."""
        about = f"{self.account.id}/{self.wave.id}/{self.question.item}"
        named = {
            hash_code(self.key, Purpose.READING, f"{about}/{each.answer.response}")[:NAME_LENGTH]: each
            for each in self.coded
        }
        return dict(sorted(named.items()))

    @property
    def to_read(self) -> list[str]:
        """The places of answers that this reader has not read, and that fewer than two others have."""
        return [place for place, each in self.places.items() if not each.is_full and not each.by(self.account.id)]

    @property
    def to_settle(self) -> list[str]:
        """The places of answers on which this reader and another differ."""
        return [place for place, each in self.places.items() if each.differ and each.by(self.account.id)]

    @property
    def tally(self) -> Tally:
        """How many answers nobody, one or two have read."""
        unread, once, twice = (sum(len(each.readings) == readers for each in self.coded) for readers in range(3))
        return Tally(unread, once, twice, sum(each.differ for each in self.coded))


def open_desk(parts: StaffParts, account: Account, wave_id: str, item: str) -> Desk:
    """404 for a wave or a question that is not there."""
    wave = find_wave_or_404(parts, wave_id)
    question = next((each for each in questions_of(parts, wave) if each.item == item), None)
    if question is None:
        abort(404)
    return lay_out(parts, account, wave, question)


def lay_out(parts: StaffParts, account: Account, wave: Wave, question: Question) -> Desk:
    """Everything about one question."""
    frame = load_frame(parts.store, wave.id, question.item)
    coded = load_coded(parts.store, wave.id, question.item, frame, parts.written.of(parts.store, wave))
    return Desk(account, wave, question, frame, coded, parts.key)


def all_desks(parts: StaffParts, account: Account) -> list[tuple[Wave, list[Desk]]]:
    """Every wave that asks something in people's own words, the latest first, the trial last."""
    latest_first = list(reversed(list_waves(parts.store)))
    latest_first.sort(key=lambda wave: wave.id == TRIAL)
    waves = [
        (wave, [lay_out(parts, account, wave, question) for question in questions_of(parts, wave)])
        for wave in latest_first
    ]
    return [(wave, desks) for wave, desks in waves if desks]


def find_wave_or_404(parts: StaffParts, wave_id: str) -> Wave:
    """A wave by its name."""
    wave = find_wave(parts.store, wave_id)
    if wave is None:
        abort(404)
    return wave


def questions_of(parts: StaffParts, wave: Wave) -> tuple[Question, ...]:
    """What the wave asks in people's own words."""
    return open_questions(load_version(parts.store, wave.version))


def contact_of(parts: StaffParts, wave: Wave) -> Contact:
    """Whom to tell when an answer frightens its reader."""
    return load_version(parts.store, wave.version).contact
