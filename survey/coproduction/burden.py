"""How much is asked of people's time: how long a draft takes to read, and when that is too much for one month."""

from __future__ import annotations

from math import ceil

from survey.coproduction.numbering import number_items
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.wording.passages import Part, passages_of

WORDS_A_MINUTE = 120
MINUTES_A_QUESTION = 2
"""To think about a question, and to say something about it."""

_NOT_IN_THE_DRAFT_AS_ONE_READS_IT = frozenset({Part.EASY_QUESTION, Part.EASY_WORDS})
_READ = frozenset({"", "self", "other"})
"""Of wordings by who answers, the one for people who answer for themselves; of those by number, the one for many."""


def reading_minutes(questionnaire: Questionnaire) -> int:
    """How long reading a draft once takes: its words at 120 a minute, and two minutes for each question.

    Each wording counts once, in the standard format; statements have words but are not asked. A minute that has
    begun counts. 150 words in 3 questions: 150 / 120 + 3 x 2 = 7.25, so 8 minutes.
    """
    read = (
        passage
        for passage in passages_of(questionnaire)
        if passage.variant in _READ and passage.part not in _NOT_IN_THE_DRAFT_AS_ONE_READS_IT
    )
    words = sum(len(passage.text.split()) for passage in read)
    questions = sum(each.item.type != "statement" for each in number_items(questionnaire))
    return ceil(words / WORDS_A_MINUTE + questions * MINUTES_A_QUESTION)


def overloaded(asked_minutes: int, already_this_month: int, budget: int) -> bool:
    """Whether something of so many minutes is more than a member can give this month; a budget of 0 is none at present.

    With a budget of 120, 60 minutes on top of 60 are within 120; 61 are not.
    """
    return already_this_month + asked_minutes > budget
