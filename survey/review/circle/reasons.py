"""Why something about an outcome or an answer is refused, in plain words; and the words that are kept in English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.closing import FACILITATOR, OPENED_LATE, Power, Reflects, Unclosed
from survey.coproduction.suggestions import Fate

EXPLAINED: Mapping[StrEnum, object] = {
    Unclosed.NO_POWER: _l("Say who had the power to decide this"),
    Unclosed.NO_DIFFERENCE: _l(
        "Choose the change that the group agreed on. If nothing has changed, choose another answer"
    ),
    Unclosed.NO_OWNER: _l("Say who will take this on"),
    Unclosed.NO_DUE_DAY: _l("Give the day by which it will be talked about"),
    Unclosed.DUE_DAY_PAST: _l("Choose a day after today"),
    Unclosed.OWN_COMMENT: _l("This is your own comment. Somebody else has to say what becomes of it."),
    Unclosed.WAITS_FOR_AUTHOR: _l("The person who said this has not confirmed it, or has taken it back."),
    Unclosed.NO_OUTCOME_YET: _l("Nobody has said yet what becomes of this."),
    Unclosed.REOPENED_BEFORE: _l("You have opened this again before. You can do that once."),
    Unclosed.REOPENED_NOW: _l("This is open again. Wait for the new answer."),
    Unclosed.REOPENED_TOO_LATE: _l(
        "It is too late to open this again. Tell the facilitator, or say it in the next round."
    ),
    Unclosed.SIGNED_BEFORE: _l("This answer is signed. It cannot change any more."),
    Unclosed.REVIEW_RUNS: _l("The group is still at work on this round. Answer when it has ended."),
    Unclosed.NOTHING_CHOSEN: _l("Choose one of the answers"),
    Unclosed.NO_SUCH_DAY: _l("There is no such date. Type day, month and year in digits, like 1 11 2026"),
    Unclosed.NOT_SIGNED: _l("Tick the box to sign your answer"),
}

KNOWN: Mapping[str, object] = {
    Power.GROUP: _l("The group"),
    Power.PROGRAMME: _l("The office that runs the survey"),
    Power.LAW: _l("The law"),
    FACILITATOR: _l("The facilitator"),
    OPENED_LATE: _l("Its author opened it again after the review had ended. The group will talk about it."),
}
"""Words that the program itself put down."""

REFLECTS: Mapping[Reflects, object] = {
    Reflects.YES: _l("Yes"),
    Reflects.PARTLY: _l("Partly"),
    Reflects.NO: _l("No"),
}

FATES: Mapping[Fate, object] = {
    Fate.SUGGESTED: _l("The group has not voted on it yet."),
    Fate.WITHDRAWN: _l("You took it back."),
    Fate.IN_VOTE: _l("The group is voting on it."),
    Fate.AGREED: _l("The group agreed. It is part of the new draft."),
    Fate.NOT_AGREED: _l("The group did not agree."),
    Fate.NO_DECISION: _l("The group could not decide in time. The words stay as they were."),
    Fate.OVERTAKEN: _l("The group agreed. Another change to the same words had more votes, so that one was made."),
}
