"""The rounds of a repeat: how many there are, and which pages and answers belong to which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.questionnaire.answers import Answers, Value, split_instance
from survey.questionnaire.conditions import picked_codes
from survey.questionnaire.model import Item, Repeat, options_of

_PAGE_IN_ROUND = re.compile(r"([^/]+)/([1-9][0-9]{0,3})")


def page_key(page_id: str, round_number: int | None) -> str:
    """How a page is known in paths, addresses and the store: its id, in a repeat with the round."""
    return page_id if round_number is None else f"{page_id}/{round_number}"


def split_page(key: str) -> tuple[str, int | None]:
    """The page's id and its round, None outside repeats."""
    match = _PAGE_IN_ROUND.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, None)


@dataclass(frozen=True)
class Rounds:
    """What decides which rounds of a section there are.

    For a number they count from 1. For picked options a round has the place of its option among all options, so that
    it stays the same round when others are picked or not; what is missing or stands alone makes no round.
    """

    source: str
    at_most: int
    places: Mapping[str, int]

    @classmethod
    def of(cls, repeat: Repeat, items: Mapping[str, Item]) -> Rounds:
        """The rounds of a section that repeats."""
        options = enumerate(options_of(items[repeat.source]), start=1)
        places = {option.code: place for place, option in options if option.missing is None and not option.exclusive}
        return cls(repeat.source, repeat.at_most, places)

    @property
    def last(self) -> int:
        """The highest number a round can have."""
        return max(self.places.values(), default=self.at_most)

    def numbers(self, answers: Answers) -> Sequence[int]:
        """The rounds there are with these answers, in order."""
        value = answers.get(self.source, 0)
        if isinstance(value, (int, float)):
            return range(1, min(int(value), self.at_most) + 1)
        return sorted({place for code, place in self.places.items() if code in picked_codes(value)})[: self.at_most]

    def option(self, number: int) -> str | None:
        """The code of the option that a round is about; None where rounds are only counted."""
        return next((code for code, place in self.places.items() if place == number), None)


def by_round(answers: Answers) -> dict[int, dict[str, Value]]:
    """The answers given in each round, under their plain keys."""
    found: dict[int, dict[str, Value]] = {}
    for name, value in answers.items():
        if "@" in name:
            key, number = split_instance(name)
            if number is not None:
                found.setdefault(number, {})[key] = value
    return found


def answers_in_round(answers: Answers, number: int | None) -> Answers:
    """What conditions and texts of a round see: the answers outside repeats and the round's own, by plain keys."""
    return answers if number is None else {**answers, **by_round(answers).get(number, {})}
