"""Checking on when parts of a file do not fit the format, so that its author hears of everything at once.

What does not fit is taken out until the rest fits; the rest is checked like any questionnaire; findings that may
come from taking out are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from survey.questionnaire.check.structural import find_problems
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.pipes import pipes_in
from survey.questionnaire.problems import MAX_PROBLEMS, Finding, Location, Severity
from survey.questionnaire.schema import fit_to_format, is_missing, located_errors, value_at

MAX_ROUNDS = 20
"""Taking something out can leave its surroundings too small, which the next round takes out."""

_STAND_INS: dict[str, Any] = {
    "text": "–",
    "title": "–",
    "min_text": "–",
    "max_text": "–",
    "one": "–",
    "other": "–",
    "term": "–",
    "meaning": "–",
    "reason": "–",
    "transcript": "–",
    "image": "stand-in.svg",
    "file": "stand-in.mp3",
    "video": "stand-in.mp4",
    "captions": "stand-in.vtt",
    "purpose": "–",
    "name": "–",
    "phone": "–",
    "email": "a@b",
    "contact": {"name": "–", "email": "a@b", "phone": "–"},
    "minutes": 120,
    "version": "1",
    "status": "draft",
    "language": "en-GB",
}
"""For keys that must be there but that nothing else refers to."""

_FOLLOWING = {
    "id": {"item-unknown"},
    "code": {"code-unknown", "measure-code", "group-unknown"},
    "pages": {"item-unknown"},
    "items": {"item-unknown"},
    "rows": {"item-unknown"},
    "options": {"code-unknown"},
    "repeat": {"this-outside"},
    "from": {"this-outside"},
    "at_most": {"this-outside"},
    "groups": {"group-unknown"},
    "min": {"off-scale", "measure-code"},
    "max": {"off-scale", "measure-code"},
    "role": {"required-consent", "answering-role"},
}
"""Rules that seem broken elsewhere once a key has been lost."""


class _Rest:
    """What is left of a document, and where each part of it stood."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.gone: set[Location] = set()
        self.stand_ins: dict[Location, dict[str, Any]] = {}
        self.lost: set[str] = set()
        self._positions: dict[Location, int] = {}

    def build(self) -> Any:
        self._positions = {}
        return self._copy(self.document, (), ())

    def was_at(self, location: Location) -> Location:
        """The place in the document of a place in what was built last."""
        return tuple(
            self._positions.get(location[: depth + 1], step) if isinstance(step, int) else step
            for depth, step in enumerate(location)
        )

    def take_out(self, location: Location, *, missing: bool) -> None:
        """Take a part out; for a key that is missing, the object that misses it, unless something can stand in."""
        if location and isinstance(location[-1], str):
            self.lost.add(location[-1])
        if not missing:
            self.gone.add(location)
        elif location[-1] in _STAND_INS:
            self.stand_ins.setdefault(location[:-1], {})[str(location[-1])] = _STAND_INS[str(location[-1])]
        elif location == ("id",):
            self.stand_ins.setdefault((), {})["id"] = "stand-in"
        else:
            self.gone.add(location[:-1])

    def _copy(self, value: Any, old: Location, new: Location) -> Any:
        if isinstance(value, dict):
            kept = [(key, part) for key, part in value.items() if (*old, key) not in self.gone]
            copied = {key: self._copy(part, (*old, key), (*new, key)) for key, part in kept}
            return copied | self.stand_ins.get(old, {})
        if isinstance(value, list):
            left = [position for position in range(len(value)) if (*old, position) not in self.gone]
            for place, position in enumerate(left):
                self._positions[(*new, place)] = position
            return [self._copy(value[position], (*old, position), (*new, place)) for place, position in enumerate(left)]
        return value


def find_further_problems(document: Any) -> Iterator[Finding]:
    """What the checks find in the parts of a document that fit the format; nothing when too little fits."""
    rest = _Rest(document)
    questionnaire = _fit(rest)
    if questionnaire is None:
        return
    touched = rest.gone | {(*place, key) for place, keys in rest.stand_ins.items() for key in keys}
    above = {location[:length] for location in touched for length in range(len(location) + 1)}
    names = {name for location in rest.gone for name in _strings(value_at(document, location))}
    following = {rule for key in rest.lost for rule in _FOLLOWING.get(key, ())}
    for finding in find_problems(questionnaire):
        location = rest.was_at(finding.location)
        named = _named(value_at(document, location))
        follows = location in above or finding.rule in following or not names.isdisjoint(named)
        if finding.severity is Severity.ERROR and not follows:
            yield Finding(location, finding.rule, finding.message, finding.remedy)


def _named(value: Any) -> Iterator[str]:
    """What a reference names: itself, the grid of a row, and what is piped into words."""
    if isinstance(value, str):
        for name in (value, *(pipe.item for pipe in pipes_in(value))):
            yield from (name, name.partition("__")[0])


def _fit(rest: _Rest) -> Questionnaire | None:
    for _ in range(MAX_ROUNDS):
        built = rest.build()
        try:
            return fit_to_format(built)
        except ValidationError as error:
            if () in rest.gone or error.error_count() > MAX_PROBLEMS:
                return None
            for location, details in located_errors(error, built):
                rest.take_out(rest.was_at(location), missing=is_missing(details))
    return None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
