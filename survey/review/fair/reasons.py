"""Why time, pay or a pulse was refused, in plain words, and at which field it is said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.pay import NotInLedger
from survey.coproduction.pulse import NoPulse
from survey.coproduction.refusals import NotAllowed

EXPLAINED: Mapping[StrEnum, object] = {
    NotInLedger.MINUTES: _l("Write how many minutes it was: a number from 1 to 1440."),
    NotInLedger.AMOUNT: _l("Write an amount from £0 to £1000, like 12.50."),
    NotInLedger.DAY: _l("The day must be in the last year, and not after today."),
    NotInLedger.NO_ROUND: _l("This person was not asked in that round."),
    NotInLedger.PAID_DAY: _l("The day of pay must be between the day of the work and today."),
    NotInLedger.NOTHING_OWED: _l("There is nothing to pay here."),
    NotInLedger.PAID: _l("This is paid already. It cannot be changed now."),
    NotInLedger.OWN_PAY: _l("You cannot set your own pay. Ask somebody else to do it."),
    NoPulse.NOT_YET: _l("You can tell us when this round is over."),
    NoPulse.CLOSED: _l("This is closed now. You can tell us after the next round."),
    NoPulse.GIVEN: _l("You have told us already. Thank you."),
    NoPulse.OFF_SCALE: _l("Choose one of the answers on the page."),
}

FIELD_OF: Mapping[StrEnum, str] = {
    NotInLedger.MINUTES: "minutes",
    NotInLedger.AMOUNT: "expenses",
    NotInLedger.DAY: "day",
    NotInLedger.NO_ROUND: "round",
    NotInLedger.PAID_DAY: "paid",
    NotInLedger.NOTHING_OWED: "paid",
    NotInLedger.PAID: "expenses",
    NotInLedger.OWN_PAY: "offered",
    NotAllowed.HIDDEN_CHARACTERS: "note",
    NotAllowed.TOO_LONG: "note",
}
"""Of the forms of the ledger. What is not here is said above the form."""
