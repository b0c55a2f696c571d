"""How a question is put: one thing at a time, without a "not" to turn round, and without saying what to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from survey.questionnaire.model import Item, LongTextItem, ShortTextItem, options_of
from survey.questionnaire.problems import shown
from survey.questionnaire.wording.passages import Part, Passage, forms_of
from survey.questionnaire.wording.readability import sentences_of
from survey.questionnaire.wording.word_lists import WordLists, straight

Found = tuple[str, str, str, str]
"""The rule, what it found (the same is reported once a place), the message, the remedy."""

_ADDRESSED = re.compile(r"^[^:?]{1,60}:\s+")
_CONDITION_FIRST = re.compile(
    r"^(?:after|although|at|because|before|during|for|if|in|once|over|since|until|when|while)\b[^,?]*,\s*",
    re.IGNORECASE,
)
_CONDITION_LAST = re.compile(r"(?<=\w),? (?:although|because|if|unless|until|when|while)\b.*$", re.IGNORECASE)
_OF_WHICH = re.compile(r"(?<=\w) (?:that|which|who|whose|where|what)\b.*$", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:()–—]|\b(?:but|because|that|which|who|when|if|so|unless|until)\b", re.IGNORECASE)

_NOT_TWO = re.compile(r"\bbetween\b.+?\band\b|\band a (?:half|quarter)\b|\d and £?\d", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:(?<![\w'’-])(?:[\w'’-]+ ){1,3})?\b(?:and/or|and|as well as)\b,? (?:[\w'’-]+ ?){0,3}", re.IGNORECASE
)
_ONE_EVENT = re.compile(
    r"^(?:is|are|was|were|has|have)[ ]there\b.*?\b(?:and|but)[ ](?:then|not|is|are|was|were|did|do|does|has|have|had)\b"
    r"(?![ ](?:you|they|it|he|she|the)\b) | ^(?:which|what|who)\b.*?\b(?:and|but)[ ]not\b",
    re.IGNORECASE | re.VERBOSE,
)
"""“Was there something you asked for and did not get?” and “What did you need and not get?” are one question each."""
_OR_ELSE = re.compile(
    r"\bor (?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|who|what|when|why|how)\b[^?]*",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:what|which|who)\b", re.IGNORECASE)
"""“What has not worked?” has no yes or no to turn round where people answer in their own words."""
_SHORT_NOT = re.compile(r"\b\w+n't\b", re.IGNORECASE)
_SENTENCE_LIKE = re.compile(r"^(?:I|we|you|they|he|she|it|my|our|your|their|the|there)\b.* .* |[.?]$", re.IGNORECASE)

_ASKED = frozenset({Part.QUESTION, Part.EASY_QUESTION, Part.ROW})
_READ_BEFORE_ANSWERING = _ASKED | {Part.HINT, Part.INTRO, Part.ODD}


def find_in_asking(passage: Passage, words: WordLists) -> Iterator[Found]:
    """What is wrong with how a question is put."""
    if passage.part in _ASKED:
        in_own_words = isinstance(passage.item, (ShortTextItem, LongTextItem))
        for sentence in _asked(passage):
            if not in_own_words:
                yield from _double_barrelled(sentence, passage.item, words)
            if not (in_own_words and _OPEN.match(sentence)):
                yield from _negative(sentence, words)
        if not in_own_words and passage.text.count("?") > 1:
            remedy = "Ask one here, and the other as a question of its own."
            yield "double-barrelled", "?", "There are two questions in one, and one answer for both.", remedy
    yield from _double_negative(passage, words)
    if passage.part in _READ_BEFORE_ANSWERING:
        for leading, _ in words.found("leading-words", passage.text):
            message = f"{shown(leading)} tells people which answer is expected."
            yield "leading", leading.lower(), message, "Leave it out, and ask so that every answer is as welcome."


def _asked(passage: Passage) -> list[str]:
    """The sentences that ask, without whom they speak to; of a row only what is a sentence and not a label."""
    if passage.part is Part.ROW and not _SENTENCE_LIKE.search(passage.text):
        return []
    sentences = sentences_of(passage.text)
    return [_ADDRESSED.sub("", each) for each in sentences if "?" in each or "?" not in passage.text]


def _double_barrelled(sentence: str, item: Item | None, words: WordLists) -> Iterator[Found]:
    main = _CONDITION_LAST.sub("", _CONDITION_FIRST.sub("", sentence))
    plain = _NOT_TWO.sub("…", words.cut("fixed-pairs", main))
    remedy = "Ask about one thing here and about the other in a question of its own, or find one word for both."
    if (joined := _JOINED.search(plain)) and not _ONE_EVENT.match(main):
        yield "double-barrelled", "and", f"{shown(joined[0].strip())} asks about two things at once.", remedy
    elif (either := _OR_ELSE.search(plain)) and not _is_offered(item):
        yield "double-barrelled", "or", f"{shown(either[0].strip())} is a second question.", remedy


def _is_offered(item: Item | None) -> bool:
    """Whether the options are what the question asks to choose between, and not yes or no."""
    if item is None or item.type not in ("choice", "choices", "rank"):
        return False
    starts = {
        wording.split()[0].strip(",.").lower()
        for each in options_of(item)
        for wording in forms_of(each.text).values()
        if wording.split()
    }
    return not starts & {"yes", "no"}


def _negative(sentence: str, words: WordLists) -> Iterator[Found]:
    main = _OF_WHICH.sub("", _CONDITION_LAST.sub("", _CONDITION_FIRST.sub("", sentence)))
    negatives = _negatives(main, words)
    if negatives and not re.match(r"why\b", sentence, re.IGNORECASE):
        message = f"The question has {shown(negatives[0])} in it, so people must work out what yes and no mean."
        yield "negative", "one", message, "Ask it the other way round."


def _double_negative(passage: Passage, words: WordLists) -> Iterator[Found]:
    if not _negatives(passage.text, words):
        return
    for sentence in sentences_of(passage.text):
        for clause in _CLAUSES.split(straight(sentence)):
            negatives = _negatives(clause, words)
            hidden = [found for found, _ in words.found("hidden-negatives", clause)]
            if negatives and len(negatives) + len(hidden) > 1:
                both = " and ".join(shown(each) for each in [*negatives, *hidden][:2])
                message = f"{both} in one breath: two negatives make people think twice."
                yield "negative", "two", message, "Say what is, instead of what is not."


def _negatives(text: str, words: WordLists) -> list[str]:
    plain = words.cut("harmless-negatives", text)
    return [*(found for found, _ in words.found("negative-words", plain)), *_SHORT_NOT.findall(plain)]
