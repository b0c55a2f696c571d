"""What keeps a round from opening or going on, in plain words with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.opening import Unready
from survey.coproduction.rounds import NotNow

EXPLAINED: Mapping[StrEnum, object] = {
    NotNow.EXTENDED_ALREADY: _l("This round has had more time once. It cannot have more."),
    NotNow.NO_REASON: _l("Write why. Everyone in the group will read it."),
    NotNow.OPENED_ALREADY: _l("This round is open now. What was asked of people cannot change any more."),
    Unready.NO_TITLE: _l("Write a title for this round"),
    Unready.NO_PURPOSE: _l("Write what this round is for"),
    Unready.NO_CAN_CHANGE: _l("Write what the group can change"),
    Unready.NO_CANNOT_CHANGE: _l("Write what the group cannot change, and why. If there is nothing, say so"),
    Unready.NO_DIFFERENCE: _l("Write what will be different because of this round"),
    Unready.NO_CONTACT: _l("Write whom people can ask, and how to reach them"),
    Unready.NO_READING_TIME: _l("There is nothing to read in this draft. Begin again with another one"),
    Unready.NO_SAY_UNTIL: _l("Type the last day to say something"),
    Unready.SAY_UNTIL_PAST: _l("The last day to say something must be in the days to come"),
    Unready.SHORT_NOTICE: _l(
        "People have less than ten working days. Choose a later day, or write why it has to be soon"
    ),
    Unready.SAY_UNTIL_FAR: _l("This day is more than a year off. Check the year"),
    Unready.NO_DECIDE_UNTIL: _l("Type the last day to vote"),
    Unready.DECIDE_TOO_EARLY: _l("The last day to vote must come after the last day to say something"),
    Unready.DECIDE_FAR: _l("This day is more than a year off. Check the year"),
    Unready.QUORUM_SMALL: _l("A vote needs at least 3 people. Type 3 or more"),
    Unready.QUORUM_OUT_OF_REACH: _l(
        "You ask fewer people than a vote needs. Ask more people, or type a smaller number"
    ),
    Unready.NOBODY_ASKED: _l("Choose the people you ask. Somebody who can vote must be among them"),
    Unready.MORE_STAFF: _l("Ask more people who live with a budget, or care for somebody, than staff"),
    Unready.OVERLOADED: _l("This is too much for somebody this month. Do not ask them, or write why you do"),
    Unready.NO_CO_CHAIRS: _l("The group needs both its co-chairs, one of them with lived experience. Name them first"),
    Unready.CO_CHAIR_NOT_ASKED: _l("Ask both co-chairs. They are needed if a vote is even"),
    Unready.NO_FACILITATOR: _l("The group needs somebody to run its rounds. Name them first"),
}
