"""Checks of English wording as its readers meet it: how long it is, how old one must be to read it, hard words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.wording.acronyms import find_acronyms, is_expanded
from survey.questionnaire.wording.asking import Found, find_in_asking
from survey.questionnaire.wording.passages import Part, Passage, forms_of, passages_of
from survey.questionnaire.wording.readability import count_syllables, reading_age, sentences_of, words_of
from survey.questionnaire.wording.word_lists import WordLists

OLDEST_READER = 11
"""Text is for those who read like an 11-year-old, up to the day before they are 12; the aim is 9 to 11."""
FEWEST_WORDS = 12
"""A formula made for a hundred words says little about a dozen and nothing about less: one long word would decide."""
LONGEST_SENTENCE = 25
LONGEST_QUESTION = 20
LONGEST_EASY_READ = 15

WORDING_NAMES = (
    "question-long",
    "easyread-long",
    "sentence-long",
    "reading-age",
    "double-barrelled",
    "negative",
    "leading",
    "vague-period",
    "hard-word",
    "acronym",
)
"""The rules of `find_wording`, which needs the word lists."""

_EASY = frozenset({Part.EASY_QUESTION, Part.EASY_WORDS})
_NO_PERIOD = frozenset({Part.LABEL, Part.STATEMENT})
_NAMED_PERIOD = re.compile(
    r"\bin the (?:last|past) (?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|day|week|month|year)\b",
    re.IGNORECASE,
)


def find_wording(questionnaire: Questionnaire, words: WordLists) -> Iterator[Finding]:
    """What makes the wording hard to read or to answer: warnings, each once for all the variants of a text.

    Only of a questionnaire that is written in English: for other languages no formula and none of the lists serve.
    """
    if not questionnaire.language.startswith("en"):
        return
    passages = list(passages_of(questionnaire))
    seen: set[tuple[Location | int | None, str, str]] = set()
    explained = frozenset(word for term in questionnaire.glossary for word in words_of(term.term.casefold()))
    for passage in passages:
        for rule, what, message, remedy in _find_in(passage, words, explained):
            if (passage.place, rule, what) not in seen:
                seen.add((passage.place, rule, what))
                yield Finding(passage.location, rule, message, remedy, Severity.WARNING)
    yield from _reading_ages(passages)
    yield from _acronyms(questionnaire, passages, words)


def _find_in(passage: Passage, words: WordLists, explained: frozenset[str]) -> Iterator[Found]:
    yield from _length(passage)
    yield from find_in_asking(passage, words)
    if passage.part not in _NO_PERIOD:
        for vague, _ in words.found("vague-periods", _NAMED_PERIOD.sub("…", passage.text)):
            message = f"{shown(vague)} is a different time for each person."
            yield "vague-period", vague.lower(), message, "Name a time, as in “in the last 12 months”."
    for hard, plainer in words.found("hard-words", passage.text):
        if not explained.issuperset(hard.casefold().split()):
            message = f"{shown(hard)} is a hard word."
            yield "hard-word", hard.lower(), message, f"Say {shown(plainer)}, or explain it in `glossary`."


def _length(passage: Passage) -> Iterator[Found]:
    sentences = sentences_of(passage.text)
    longest = max((len(words_of(each)) for each in sentences), default=0)
    if passage.part in _EASY:
        if longest > LONGEST_EASY_READ:
            message = f"An Easy Read sentence has at most {LONGEST_EASY_READ} words, and this one has {longest}."
            yield "easyread-long", "words", message, "Say only what matters most."
        if passage.part is Part.EASY_QUESTION and len(sentences) > 1:
            message = f"An Easy Read question is one sentence with one idea, and these are {len(sentences)}."
            yield "easyread-long", "sentences", message, "Keep the question, and put the rest into its `hint`."
    elif passage.part is Part.QUESTION:
        whole = len(words_of(passage.text))
        if whole > LONGEST_QUESTION:
            message = f"The question has {whole} words; more than {LONGEST_QUESTION} are hard to keep in mind."
            yield "question-long", "", message, "Cut it, or move what explains it into `hint`."
    elif longest > LONGEST_SENTENCE:
        message = f"A sentence has {longest} words; more than {LONGEST_SENTENCE} are hard to follow."
        yield "sentence-long", "", message, "Make two of it."


def _reading_ages(passages: list[Passage]) -> Iterator[Finding]:
    """One finding a place, of its hardest variant. A question is judged together with its hint."""
    hardest: dict[Location, tuple[float, str, str]] = {}
    for passage in passages:
        text = _read_together(passage)
        if len(words_of(text)) >= FEWEST_WORDS:
            known = hardest.get(passage.place, (0.0, "", ""))
            hardest[passage.place] = max(known, (reading_age(text), passage.text, text))
    for place, (age, quoted, text) in hardest.items():
        if age >= OLDEST_READER + 1:
            message = f"One must read like someone of {int(age)} to follow this: {shown(quoted)}."
            yield Finding(place, "reading-age", message, _shorten(text), Severity.WARNING)


def _read_together(passage: Passage) -> str:
    match passage.part:
        case Part.INTRO | Part.ODD:
            return passage.text
        case Part.QUESTION | Part.STATEMENT if passage.item is not None:
            return f"{passage.text}\n{_same_variant(forms_of(passage.item.hint), passage.variant)}"
    return ""


def _same_variant(forms: Mapping[str, str], variant: str) -> str:
    fallbacks = (variant, *(("proxy",) if variant == "child" else ()), "self", "", "other")
    return next((forms[each] for each in fallbacks if each in forms), "")


def _shorten(text: str) -> str:
    long = sorted({word.lower() for word in words_of(text) if count_syllables(word) > 2}, key=count_syllables)[-3:]
    instead = f", and shorter words than {', '.join(shown(word) for word in long)}" if long else ""
    return f"Use shorter sentences{instead}."


def _acronyms(questionnaire: Questionnaire, passages: list[Passage], words: WordLists) -> Iterator[Finding]:
    """One finding for each acronym of a page that neither the page nor the glossary explains."""
    on_page: dict[int | None, list[str]] = {}
    for passage in passages:
        on_page.setdefault(passage.page, []).append(passage.text)
    known = {word for term in questionnaire.glossary for word in (*words_of(term.term), *find_acronyms(term.term))}
    seen: set[tuple[int | None, str]] = set()
    for passage in passages:
        for acronym in find_acronyms(passage.text):
            if ("known-acronyms", acronym) in words or acronym in known or (passage.page, acronym) in seen:
                continue
            seen.add((passage.page, acronym))
            if not is_expanded(acronym, "\n".join(on_page[passage.page])):
                message = f"Nothing here says what {shown(acronym)} stands for."
                remedy = "Write it out, or explain it in `glossary`. If it is no acronym, write it in small letters."
                yield Finding(passage.location, "acronym", message, remedy, Severity.WARNING)
