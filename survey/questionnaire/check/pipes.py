"""Checks of answers in wording: what is piped or counted is known there, can be read aloud as words, and may be."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.check.references import REFERENCE_NAMES, Known, find_reference_problems, know
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.check.text import may_pipe
from survey.questionnaire.model import (
    ChoicesItem,
    Item,
    LongTextItem,
    NumberItem,
    Option,
    Plural,
    Questionnaire,
    StatementItem,
    options_of,
)
from survey.questionnaire.pipes import THIS, pipes_in
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.walk import strings_of, texts_of, wordings_of


def _check_pipes(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = know(questionnaire)
    for location, text in strings_of(questionnaire):
        if "{" not in text or not may_pipe(location):
            continue
        for name in dict.fromkeys(pipe.item for pipe in pipes_in(text)):
            if name == THIS:
                yield from _check_this(questionnaire, known, location)
            else:
                yield from find_reference_problems(known, name, location, known.before(location))
                if name in known.items:
                    yield from _check_piped(location, known.items[name].item)


def _check_this(questionnaire: Questionnaire, known: Known, location: Location) -> Iterator[Finding]:
    repeat = questionnaire.sections[int(location[1])].repeat
    if repeat is None:
        message = "`{this}` is what a round of a section that repeats is about, and this section does not repeat."
        yield Finding(location, "this-outside", message, "Name an item, or give the section a `repeat`.")
    elif repeat.source in known.items and isinstance(known.items[repeat.source].item, ChoicesItem):
        yield from _check_piped(location, known.items[repeat.source].item)


def _check_piped(location: Location, item: Item) -> Iterator[Finding]:
    if isinstance(item, (StatementItem, LongTextItem)):
        message = f"{shown(item.id)} has type `{item.type}`, which cannot be put into wording."
        yield Finding(location, "pipe-type", message, "Name an item whose answer is short.")
    if any(map(_is_put_together, options_of(item))):
        message = f"The options of {shown(item.id)} already hold an answer, and one is not put into another."
        yield Finding(location, "pipe-nested", message, "Word those options without braces, or name another item.")
    if item.sensitive:
        message = f"{shown(item.id)} is sensitive, and its answer would be read out again here."
        remedy = "Say it without the answer: someone may be looking over a shoulder."
        yield Finding(location, "pipe-sensitive", message, remedy, Severity.WARNING)


def _is_put_together(option: Option) -> bool:
    """Whether the words of an option depend on another answer."""
    return isinstance(option.text, Plural) or any(pipes_in(wording) for _, wording in wordings_of(option.text))


def _check_plurals(questionnaire: Questionnaire) -> Iterator[Finding]:
    known = know(questionnaire)
    for location, text in texts_of(questionnaire):
        if not isinstance(text, Plural):
            continue
        place = (*location, "count")
        yield from find_reference_problems(known, text.count, place, known.before(location))
        if text.count in known.items:
            item = known.items[text.count].item
            if not isinstance(item, (NumberItem, ChoicesItem)) and item.type != "grid":
                message = f"{shown(item.id)} has type `{item.type}`, which does not say how many there are."
                yield Finding(place, "plural-count", message, "Name an item of type `number` or `choices`.")


PIPE_RULES = (
    Rule(_check_pipes, (*REFERENCE_NAMES, "this-outside", "pipe-type", "pipe-nested", "pipe-sensitive")),
    Rule(_check_plurals, (*REFERENCE_NAMES, "plural-count")),
)
