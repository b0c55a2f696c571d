"""The reasons of the rules of saying something, in plain words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from survey.coproduction.confirming_rules import NotConfirmed
from survey.coproduction.saying_rules import NotSaid

EXPLAINED = {
    NotSaid.SAID_ALREADY: _l("You have said this already. We kept it once."),
    NotSaid.NO_SUCH_PLACE: _l("Choose which part you mean."),
    NotSaid.NO_KIND: _l("Choose what kind of comment it is."),
    NotSaid.NOTHING_CHOSEN: _l("Something is missing here. Choose it first."),
    NotSaid.TOO_FEW_ANSWERS: _l("Write at least two answers, each on a line of its own."),
    NotSaid.NOT_THIS_HAT: _l("Choose who you speak as. Only staff are asked this."),
    NotSaid.HAS_OUTCOME: _l("The group has answered this already, so it stays."),
    NotSaid.IN_VOTE: _l("The group votes on this already, so it stays."),
    NotSaid.NO_OUTCOME: _l("The review is over. Say first what became of this. Then show it again."),
    NotSaid.GONE: _l("This was taken back before."),
    NotConfirmed.NOT_WAITING: _l("Nothing is waiting here any more."),
    NotConfirmed.HAD_A_HAND_IN_IT: _l(
        "You wrote this down, or you had a link of this member. Somebody else must say yes."
    ),
    NotConfirmed.NOT_IN_PERSON: _l("You came in with a link that was shown to somebody else. Sign in with your own."),
}
