"""The words for why a change does not fit, a review cannot be closed, or a version cannot go live."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.going_live import NotLive
from survey.coproduction.proposing import Unsettled

EXPLAINED: Mapping[StrEnum, object] = {
    DoesNotFit.NO_QUESTION: _l("This question is not in the draft."),
    DoesNotFit.NO_ANSWER: _l("This answer is not in the draft."),
    DoesNotFit.NO_WORDS: _l("There are no words at this place that can be changed."),
    DoesNotFit.WHICH_READERS: _l("Different people read different words here. Say whose words you want to change."),
    DoesNotFit.NOTHING_NEW: _l("This is what the draft says already. Change something first."),
    DoesNotFit.TAKEN: _l("Something else in the draft has this name already. Choose another one."),
    DoesNotFit.DEPENDED_ON: _l("Other questions depend on this one: %(about)s. Suggest a change to them first."),
    DoesNotFit.TOO_EARLY: _l(
        "These questions need an answer that would only come later: %(about)s. Choose a place further down."
    ),
    DoesNotFit.NEEDED: _l("The survey does not work without this question. You can suggest other words for it."),
    DoesNotFit.CONSENT_FIRST: _l("People are asked first if they want to take part. Choose a place after that."),
    DoesNotFit.STEERS: _l(
        "What people pick here decides which words they read. You can suggest other words, but not more answers."
    ),
    DoesNotFit.KEEP_MARKS: _l(
        "The part in curly brackets is where an earlier answer is put in. Keep it as it is: %(about)s."
    ),
    DoesNotFit.BRACES: _l("Curly brackets are kept for putting in an earlier answer. Use round ones."),
    DoesNotFit.WHICH_ANSWERS: _l("The list of answers has changed. Put every answer in its place once."),
    DoesNotFit.NO_ANSWERS: _l("This question has no answers to pick from."),
    DoesNotFit.TOO_FEW_ANSWERS: _l("Too few answers would be left. Keep at least two that people can pick."),
    DoesNotFit.PRIVATE: _l("This question is private. Keep an answer for people who would rather not say."),
    DoesNotFit.COUNTED: _l("The results count this answer as the good one. Without it there is nothing to count."),
    DoesNotFit.LAST: _l("This is the only question. A survey needs at least one."),
    DoesNotFit.UNUSABLE: _l("The survey could not be asked like this: %(about)s"),
    Unsettled.SAYING: _l("The last day to comment and suggest has not passed."),
    Unsettled.VOTING: _l("The last day to vote on suggestions has not passed."),
    Unsettled.COMMENTS: _l("Some comments have no answer yet. Number of them: %(about)s."),
    Unsettled.SUGGESTIONS: _l("Some suggestions are not decided yet. Number of them: %(about)s."),
    Unsettled.STOPS: _l("Somebody said “Stop: sort this first”. Number of suggestions this holds up: %(about)s."),
    Unsettled.TIES: _l("Some votes are a tie. The co-chairs decide them. Number of them: %(about)s."),
    NotLive.LANGUAGES: _l("Some languages are not complete. Say why people should be asked all the same."),
}
