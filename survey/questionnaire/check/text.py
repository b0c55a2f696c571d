"""Checks of wording: it is there, it is plain text, its braces are pipes, and its variants can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import Questionnaire, Variants
from survey.questionnaire.pipes import pipes_in
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.walk import items_of, strings_of, texts_of

MAX_LENGTH = 5000

_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]{0,200}>?|&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def may_pipe(location: Location) -> bool:
    """Whether the text at a location is put together for each person: the questions' is, a film's transcript is not."""
    return location[0] == "sections" and location[-1] != "transcript"


def _check_strings(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, text in strings_of(questionnaire):
        if not text.strip():
            yield Finding(location, "text-empty", "There are no words here.", "Write them, or take the key out.")
        elif text != text.strip():
            message = "The text begins or ends with a space or an empty line."
            yield Finding(location, "text-spaces", message, "Take it out.", Severity.WARNING)
        if len(text) > MAX_LENGTH:
            message = f"The text has {len(text):,} characters; it may have {MAX_LENGTH:,}."
            yield Finding(location, "text-long", message, "Say it in fewer words.")
        if markup := _MARKUP.search(text):
            message = f"The text holds HTML, {shown(markup[0])}, which people would see as it stands."
            yield Finding(location, "text-html", message, "Write plain words.")
        yield from _check_braces(location, text)


def _check_braces(location: Location, text: str) -> Iterator[Finding]:
    pipes = pipes_in(text)
    if pipes and not may_pipe(location):
        message = "An answer cannot be put into these words: they are the same for everyone."
        yield Finding(location, "text-brace", message, "Write it without braces.")
        return
    ends = (0, *(pipe.end for pipe in pipes))
    starts = (*(pipe.start for pipe in pipes), len(text))
    between = "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    if "{" in between or "}" in between:
        message = "The text holds a brace that does not put an answer into the wording."
        remedy = "Write `{item|words when there is no answer}`, or use round brackets."
        yield Finding(location, "text-brace", message, remedy)


def _check_variants(questionnaire: Questionnaire) -> Iterator[Finding]:
    if any(item.role == "answering" for _, _, item in items_of(questionnaire)):
        return
    for location, text in texts_of(questionnaire):
        if isinstance(text, Variants):
            message = "Nothing asks who is answering, so only the variant `self` is ever read."
            remedy = "Add an item with the role `answering`, or write plain text."
            yield Finding(location, "variant-unread", message, remedy, Severity.WARNING)


def _check_glossary(questionnaire: Questionnaire) -> Iterator[Finding]:
    codes: set[str] = set()
    terms: set[str] = set()
    for position, term in enumerate(questionnaire.glossary):
        folded = " ".join(term.term.casefold().split())
        if term.code in codes:
            message = f"The code {shown(term.code)} is already taken in the glossary."
            yield Finding(("glossary", position, "code"), "glossary-twice", message, "Give one of them another code.")
        elif folded in terms:
            message = f"{shown(term.term)} is explained twice."
            yield Finding(("glossary", position, "term"), "glossary-twice", message, "Keep one of them.")
        codes.add(term.code)
        terms.add(folded)


TEXT_RULES = (
    Rule(_check_strings, ("text-empty", "text-spaces", "text-long", "text-html", "text-brace")),
    Rule(_check_variants, ("variant-unread",)),
    Rule(_check_glossary, ("glossary-twice",)),
)
