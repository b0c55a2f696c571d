"""Checks of wording: it is there, it is plain text, and its variants can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.model import Questionnaire, Variants
from survey.questionnaire.problems import Finding, Severity, shown
from survey.questionnaire.walk import items_of, strings_of, texts_of

MAX_LENGTH = 5000

_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]{0,200}>?|&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BRACE = re.compile(r"[{}]")


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
        if _BRACE.search(text):
            message = "The text holds a brace, which is kept for putting answers into wording."
            yield Finding(location, "text-brace", message, "Use other words, or round brackets.")


def _check_variants(questionnaire: Questionnaire) -> Iterator[Finding]:
    if any(item.role == "answering" for _, _, item in items_of(questionnaire)):
        return
    for location, text in texts_of(questionnaire):
        if isinstance(text, Variants):
            message = "Nothing asks who is answering, so only the variant `self` is ever read."
            remedy = "Add an item with the role `answering`, or write plain text."
            yield Finding(location, "variant-unread", message, remedy, Severity.WARNING)


TEXT_RULES = (_check_strings, _check_variants)
