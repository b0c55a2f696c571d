"""The words for why a step of deciding is refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.decision_rules import NotDecided

EXPLAINED: Mapping[StrEnum, object] = {
    NotDecided.COUNTED: _l("The votes have been counted. Nobody can vote on this any more."),
    NotDecided.NOT_COUNTED: _l("The votes have not been counted yet."),
    NotDecided.PAST_THE_DAY: _l("The last day to vote has passed."),
    NotDecided.BEFORE_THE_DAY: _l("You can count when everybody has voted, or when the last day has passed."),
    NotDecided.NO_CHOICE: _l("Choose one of the three: agree, go ahead, or stop."),
    NotDecided.STOP_WITHOUT_WORDS: _l("Say what has to be sorted first."),
    NotDecided.HAS_VOTED: _l("This person has voted already. Only they can change their vote."),
    NotDecided.NOT_IN_PERSON: _l("Only the person can do this, when they sign in by themselves."),
    NotDecided.NOT_TO_VOTE_ON: _l("The group votes on this already, or it is settled or taken back."),
    NotDecided.NOT_STOPPED: _l("No stop and no tie holds this up."),
    NotDecided.CLEARED: _l("This stop is sorted already."),
    NotDecided.OWN_STOP: _l("This is your own stop. You can say when it is sorted, but not reply to it."),
    NotDecided.NOT_SIGNED: _l("Both co-chairs must sign the reply first."),
    NotDecided.AUTHOR_NOT_YET: _l("The person who said stop reads the reply first. They have five days."),
    NotDecided.NO_TIE: _l("There is no tie here."),
    NotDecided.TIME_LEFT: _l("There is still time to sort this. Wait until the second date has passed."),
    NotDecided.OTHER_FIELDS: _l("This form has something in it that does not belong there. Load the page again."),
}
