"""Made-up responses of a wave: each person from a seed of their own, so that any process may make any part of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log
from random import Random

from survey.codes import Purpose, hash_code
from survey.demo.answering import Habits, Respondent
from survey.demo.fieldwork import MadeUpWave, Places, draw_start
from survey.demo.people import Person, draw_person
from survey.questionnaire.answers import Value, to_json
from survey.questionnaire.model import Format, Questionnaire
from survey.questionnaire.routing import Path, Router
from survey.store.responses import new_response_id

SENDS_AT_THE_END = 0.97
"""How many of those who have seen the last page send; the others forget."""

CHANGES_MIND = 0.04
"""How many say something else first on one of the pages."""

COMES_BACK_LATER = 0.002
"""How many, at each page, leave and come back another time."""

READS_EASY_READ = 0.07
"""How many read the questions in Easy Read."""

PAUSE = (20 * 60_000, 4 * 24 * 60 * 60_000)
"""For how long, in milliseconds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Task:
    """Some of the responses of a wave, by their numbers."""

    wave: MadeUpWave
    numbers: range
    seed: int
    questionnaire: Questionnaire
    places: Places
    key: bytes


@dataclass
class Batch:
    """Responses as columns. Moments are milliseconds since 1970, of UTC; `texts` holds each different JSON once."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    return_hashes: list[str] = field(default_factory=list)
    areas: list[str | None] = field(default_factory=list)
    locales: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    sent: array[int] = field(default_factory=lambda: array("b"))
    pages_saved: array[int] = field(default_factory=lambda: array("i"))
    """Events of each response; those of one stand together, first to last."""
    event_pages: array[int] = field(default_factory=lambda: array("h"))
    """Number of the page among `Router.pages`."""
    event_texts: array[int] = field(default_factory=lambda: array("i"))
    event_moments: array[int] = field(default_factory=lambda: array("q"))
    texts: list[str] = field(default_factory=list)


def generate(task: Task) -> Batch:
    """Make the responses of a task up; the same task gives the same ones."""
    maker = _Maker(task)
    for number in task.numbers:
        maker.make(number)
    return maker.batch


class _Maker:
    """What the people of one task share."""

    def __init__(self, task: Task) -> None:
        self.batch = Batch()
        self._task = task
        self._router = Router(task.questionnaire)
        self._habits = Habits(self._router)
        self._numbers = {placed.page.id: number for number, placed in enumerate(self._router.pages)}
        self._text_numbers: dict[tuple[tuple[str, Value], ...], int] = {}
        self._close = _milliseconds(task.wave.closed_at)

    def make(self, number: int) -> None:
        """One response, from the first page to wherever it ends."""
        task, batch = self._task, self.batch
        random = Random(f"{task.seed}/{task.wave.id}/{number}")
        area, fortune = task.places.pick(random)
        person = draw_person(random, area, fortune + task.wave.fortune)
        respondent = Respondent(person, self._habits, random)
        path = self._router.path(respondent, self._habits.area_items if person.invited else frozenset())
        pages = path.pages[: respondent.pages_seen]
        finished = respondent.sends_early or len(pages) == len(path.pages)
        started = draw_start(random, task.wave)
        batch.ids.append(new_response_id(started, random))
        batch.return_hashes.append(hash_code(task.key, Purpose.RETURN, f"made up/{task.wave.id}/{number}"))
        batch.areas.append(area.code if person.invited else None)
        batch.locales.append(person.locale)
        batch.modes.append(person.mode)
        batch.sent.append(finished and (person.mode == "paper" or random.random() < SENDS_AT_THE_END))
        before = len(batch.event_pages)
        moment, pace = _milliseconds(started), _pace(person)
        for page, answers in self._say(random, respondent, path, pages):
            self._save(page, answers, min(moment, self._close))
            moment += _draw_pause(random, pace)
        batch.pages_saved.append(len(batch.event_pages) - before)
        easy = person.mode != "paper" and random.random() < READS_EASY_READ
        batch.formats.append((Format.EASYREAD if easy else Format.STANDARD).value)

    def _say(
        self, random: Random, respondent: Respondent, path: Path, pages: Sequence[str]
    ) -> Iterator[tuple[str, tuple[tuple[str, Value], ...]]]:
        """Each page with what is said there; on one of them some people say something else first."""
        doubts_at = random.randrange(1, len(pages)) if len(pages) > 1 and random.random() < CHANGES_MIND else 0
        keys_of_page, answers = self._habits.keys_of_page, path.answers
        for place, page in enumerate(pages):
            keys = keys_of_page[page]
            if place and place == doubts_at:
                first_thought = respondent.reply(keys[0])
                yield page, () if first_thought is None else ((keys[0], first_thought),)
            yield page, tuple([(key, answers[key]) for key in keys if key in answers])

    def _save(self, page: str, answers: tuple[tuple[str, Value], ...], moment: int) -> None:
        number = self._text_numbers.get(answers)
        if number is None:
            number = self._text_numbers[answers] = len(self.batch.texts)
            self.batch.texts.append(to_json(dict(answers)))
        self.batch.event_pages.append(self._numbers[page])
        self.batch.event_texts.append(number)
        self.batch.event_moments.append(moment)


def _pace(person: Person) -> float:
    """How much longer than others they take over a page."""
    return 1.6 if person.locale != "en" or person.english_well in {"not_well", "not_at_all"} else 1.0


def _draw_pause(random: Random, pace: float) -> int:
    """Milliseconds from one page to the next: seconds for most, hours or days for a few."""
    drawn = random.random()
    if drawn < COMES_BACK_LATER:
        return random.randrange(*PAUSE)
    return int(pace * (4000 - 14000 * log(drawn)))


def _milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MILLISECOND
