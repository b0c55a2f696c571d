"""Why a suggested change cannot be made to a questionnaire."""

from __future__ import annotations

from enum import StrEnum


class DoesNotFit(StrEnum):
    """Reasons to refuse it; where one names questions, `Refused.about` has them."""

    NO_QUESTION = "there is no such question"
    NO_ANSWER = "there is no such answer or line"
    NO_WORDS = "there are no such words"
    WHICH_READERS = "there are other words for other readers, and it is not said whose are meant"
    NOTHING_NEW = "it is so already"
    TAKEN = "the name is taken"
    DEPENDED_ON = "others depend on it"
    TOO_EARLY = "it needs an answer that is given later"
    NEEDED = "the survey itself needs it"
    CONSENT_FIRST = "the agreement to take part is asked first"
    STEERS = "the answers of this question steer the survey"
    KEEP_MARKS = "an earlier answer is put in here, and its mark is gone"
    BRACES = "curly brackets put in no answer here"
    WHICH_ANSWERS = "every answer is named once"
    NO_ANSWERS = "this kind of question has no answers to pick from"
    TOO_FEW_ANSWERS = "too few answers are left"
    PRIVATE = "a private question lets people say that they would rather not say"
    COUNTED = "results count this answer as the only good one"
    LAST = "it is the last question"
    UNUSABLE = "the survey could not be asked like this"
