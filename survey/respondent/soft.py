"""Odd but possible answers: asked about once, then taken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from survey.questionnaire.answers import Answers
from survey.respondent.journey import Journey

Odd = tuple[str, int]
"""A soft check that is hit: the item, and the number of its check."""

ASKED = "asked"
"""The field of a form that says which checks its page asks about."""

_SENT = re.compile(r"([a-z0-9_]{1,32}):([0-9]{1,3})")


def odd_answers(journey: Journey, key: str, answers: Answers) -> tuple[Odd, ...]:
    """The soft checks that these answers to a page hit; none where the same answer was saved and was odd then too."""
    if all(not item.soft for item in journey.edition.page(key).page.items):
        return ()
    odd = _odd(journey, key, answers)
    saved = journey.pages.get(key)
    if not odd or saved is None:
        return odd
    taken = _odd(journey, key, saved)
    return tuple(each for each in odd if each not in taken or _of_item(each[0], answers) != _of_item(each[0], saved))


def as_sent(odd: Iterable[Odd]) -> str:
    """The checks as a form carries them."""
    return " ".join(f"{item}:{number}" for item, number in odd)


def asked_before(sent: str) -> frozenset[Odd]:
    """The checks that a form carries, as far as they are any."""
    return frozenset((item, int(number)) for item, number in _SENT.findall(sent))


def _odd(journey: Journey, key: str, answers: Answers) -> tuple[Odd, ...]:
    return journey.edition.router.odd(key, {**journey.with_page(key, answers).answers, **answers})


def _of_item(item: str, answers: Answers) -> Answers:
    """What was answered to an item: itself, its rows, what was written beside it, in whatever round."""
    return {
        name: value for name, value in answers.items() if name == item or name.startswith((f"{item}__", f"{item}@"))
    }
