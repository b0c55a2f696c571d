"""How a made-up person answers: the router asks for the items on their path, one after another, and they reply."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

from survey.demo.people import OF_THE_PERSON, Person
from survey.demo.tastes import ONE, SEVERAL, WORDS, WRITTEN_IN
from survey.questionnaire.answers import Value, write_in_key
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    Missing,
    ScaleItem,
    answered_parts,
    options_of,
)
from survey.questionnaire.routing import Router

CONSENT = "taking_part"
CORE_DONE = "core_done"
PURPOSE = "budget_for"
SECOND_PURPOSES = ("one_off", "wheelchair", "joint")
LEFT_OUT, REFUSED, DONT_KNOW = 0.012, 0.015, 0.03
"""How often a question is answered so by someone of middling reserve who answers for themselves."""

SEND_EARLY = 0.22
"""How many send when the main questions are done."""

FORTUNE_STEPS = 4
"""Fortune is rounded to quarters, so that tables of weights can be kept."""


@dataclass(frozen=True)
class Asked:
    """An item, and what of it a reply needs again and again."""

    item: Item
    id: str
    taste: str
    """Under which tastes are looked up: the item, or the grid of a row."""
    type: str
    dont_know: str | None
    refused: str | None
    good: frozenset[str | int]
    codes: tuple[str, ...]
    """Of options that are answers and may stand beside others."""
    alone: str | None
    """The option for `none of these`."""
    written_in: frozenset[str]

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which its answer and what is written in beside it are kept."""
        return (self.item.id, *(write_in_key(self.item.id, code) for code in sorted(self.written_in)))

    @classmethod
    def of(cls, item: Item, taste: str) -> Asked:
        options = options_of(item)
        measure = item.measure if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem)) else None
        return cls(
            item,
            item.id,
            taste,
            item.type,
            next((option.code for option in options if option.missing is Missing.DONT_KNOW), None),
            next((option.code for option in options if option.missing is Missing.REFUSED), None),
            frozenset(measure.good if measure else ()),
            tuple(option.code for option in options if option.missing is None and not option.exclusive),
            next((option.code for option in options if option.exclusive and option.missing is None), None),
            frozenset(option.code for option in options if option.write_in is not None),
        )


class Habits:
    """The items of a questionnaire, made ready for many people to answer."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.asked = {
            each.id: Asked.of(each, item.id) for item in router.items.values() for each in answered_parts(item)
        }
        self.area_items = frozenset(item.id for item in router.items.values() if item.role == "area")
        self.keys_of_page = {
            placed.page.id: tuple(
                key for item in placed.page.items for each in answered_parts(item) for key in self.asked[each.id].keys
            )
            for placed in router.pages
        }
        self._running: dict[tuple[str, int], list[float]] = {}
        self._chances: dict[tuple[str, int], list[tuple[str, float]]] = {}

    def pick_one(self, random: Random, asked: Asked, fortune: int) -> str:
        """One code, by its weight and how well things go (in steps)."""
        running = self._running.get((asked.taste, fortune))
        if running is None:
            weights = ONE.get(asked.taste, {})
            tilt = exp(0.6 * fortune / FORTUNE_STEPS) if asked.good else 1.0
            tilted = [weights.get(code, 1.0) * (tilt if code in asked.good else 1 / tilt) for code in asked.codes]
            running = self._running[asked.taste, fortune] = list(accumulate(tilted))
        return asked.codes[min(bisect_right(running, random.random() * running[-1]), len(running) - 1)]

    def chances(self, asked: Asked, fortune: int) -> list[tuple[str, float]]:
        """How likely each code is to be among those picked; where picking none is good, less so when things go well."""
        found = self._chances.get((asked.id, fortune))
        if found is None:
            known = SEVERAL.get(asked.taste, {})
            trouble = exp(-0.35 * fortune / FORTUNE_STEPS) if asked.alone in asked.good else 1.0
            found = [(code, min(0.9, known.get(code, 0.25) * trouble)) for code in asked.codes]
            self._chances[asked.id, fortune] = found
        return found


class Respondent(Mapping[str, Value]):
    """A person before the router: looking an item up is asking them, once each, in the order of the path.

    They stop for good after `person.patience` pages, or when the main questions are done and they have had enough.
    """

    def __init__(self, person: Person, habits: Habits, random: Random) -> None:
        self._person = person
        self._habits = habits
        self._random = random
        self._fortune = round(person.fortune * FORTUNE_STEPS)
        self._patience = person.patience
        self._unsure = 1.0 if person.answering == "self" else 1.6
        self._no_answer = (LEFT_OUT + REFUSED) * person.reserve + DONT_KNOW * self._unsure
        self._written: dict[str, Value] = {}
        self._page = ""
        self.pages_seen = 0
        self.sends_early = False

    def __getitem__(self, key: str) -> Value:
        value: Value | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def get(self, key: str, default: Any = None) -> Any:
        """What they say when asked for an item; what was written in beside it is asked for after it."""
        if key not in self._habits.asked:
            return self._written.get(key, default)
        page = self._habits.asked[key].taste
        if page != self._page:  # the rows of a grid stand on one page
            if self.pages_seen >= self._patience or (self._person.invited and key in self._habits.area_items):
                return default
            self._page = page
            self.pages_seen += 1
        if key == CORE_DONE and self._random.random() < SEND_EARLY:
            self._patience = self.pages_seen
            self.sends_early = True
        value = self.reply(key)
        return default if value is None else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._habits.asked)

    def __len__(self) -> int:
        return len(self._habits.asked)

    def reply(self, item_id: str) -> Value | None:
        """What they say to one question; None where they leave it out."""
        asked = self._habits.asked[item_id]
        if item_id == CONSENT:
            return "yes"
        drawn = self._random.random()
        if drawn < self._no_answer:  # worth looking at more closely: most people answer most questions
            drawn -= LEFT_OUT * self._person.reserve
            if drawn < 0:
                return None
            if asked.refused is not None:
                drawn -= REFUSED * self._person.reserve
                if drawn < 0:
                    return self._alone(asked, asked.refused)
            if asked.dont_know is not None and item_id not in OF_THE_PERSON:
                drawn -= DONT_KNOW * self._unsure
                if drawn < 0:
                    return self._alone(asked, asked.dont_know)
        return self._answer(asked)

    def _answer(self, asked: Asked) -> Value | None:
        if asked.type == "choice":
            code = self._person.says(asked.id) or self._habits.pick_one(self._random, asked, self._fortune)
            return self._with_write_in(asked, code) if code in asked.written_in else code
        if asked.type == "choices":
            return self._several(asked)
        item = asked.item
        if isinstance(item, ScaleItem):
            middle = (item.min + item.max) / 2
            number = round(middle + self._person.fortune * 1.6 + self._random.gauss(0.6, 1.4))
            return max(item.min, min(item.max, number))
        if isinstance(item, AreaItem):
            return self._person.area.code
        return self._words(item.id)

    def _several(self, asked: Asked) -> tuple[str, ...] | None:
        item_id, random = asked.id, self._random.random
        if item_id == PURPOSE:
            second = self._random.choice(SECOND_PURPOSES) if random() < 0.12 else None
            return tuple(code for code in asked.codes if code in {self._person.purpose, second})
        chances = self._habits.chances(asked, self._fortune)
        picked = tuple([code for code, chance in chances if random() < chance])
        return picked or ((asked.alone,) if asked.alone else None)

    def _words(self, item_id: str) -> str | None:
        words = WORDS.get(item_id, {})
        told = self._random.random() < (0.2 if item_id == "anything" else 0.05)
        return self._random.choice(words[self._person.locale]) if told and self._person.locale in words else None

    def _with_write_in(self, asked: Asked, code: str) -> str:
        words = WRITTEN_IN.get(asked.id)
        if words and self._random.random() < 0.6:
            self._written[write_in_key(asked.id, code)] = self._random.choice(words)
        return code

    def _alone(self, asked: Asked, code: str) -> Value:
        return (code,) if asked.type == "choices" else code
