"""The group's ledger: minutes that members give, what is offered and owed for them, and how late it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from survey.coproduction.characters import has_hidden_characters
from survey.coproduction.refusals import NotAllowed, Refused

PAID_WITHIN = 10
"""Working days from the day something is put down."""
MOST_MINUTES = 24 * 60
MOST_PENCE = 1_000_00
"""Of one entry, and of its expenses."""
LONGEST_NOTE = 200
OLDEST = timedelta(days=366)


class Work(StrEnum):
    """What the minutes went into."""

    READING = "reading"
    MEETING = "meeting"
    TRAVEL = "travel"


class NotInLedger(StrEnum):
    """Why an entry cannot be as it was put down."""

    MINUTES = "there are no minutes, or more than a day has"
    AMOUNT = "the amount is below nothing, or higher than one entry can have"
    DAY = "the day has not come yet, or is more than a year ago"
    NO_ROUND = "this person is not asked in that round"
    PAID_DAY = "the day of payment has not come yet, or is before the work"
    NOTHING_OWED = "nothing is owed that could be paid"
    PAID = "it has been paid already"
    OWN_PAY = "nobody sets what they are paid themselves"


@dataclass(frozen=True)
class Entry:
    """One line of the ledger. `offered` and `expenses` are pence; somebody who declines still gets their expenses."""

    account: int
    kind: Work
    on_day: date
    minutes: int
    round: int | None = None
    offered: int = 0
    expenses: int = 0
    declined: bool = False
    note: str = ""
    due_on: date | None = None
    paid_on: date | None = None
    id: int = 0
    revision: int = 0

    @property
    def owed(self) -> int:
        """Pence to be paid, or that were."""
        return (0 if self.declined else self.offered) + self.expenses

    def days_late(self, today: date) -> int:
        """Days between the last day for paying and the day it was paid, or today.

        Due on Monday 19 October 2026 and paid on Thursday 22 October: 3.
        """
        if self.due_on is None or not self.owed:
            return 0
        return max(0, ((self.paid_on or today) - self.due_on).days)


def check_entry(entry: Entry, today: date) -> None:
    """Raises Refused with everything that is wrong with an entry."""
    wrong: list[StrEnum] = []
    if not (0 <= entry.minutes <= MOST_MINUTES) or (entry.minutes == 0 and not entry.expenses):
        wrong.append(NotInLedger.MINUTES)
    if not (0 <= entry.offered <= MOST_PENCE and 0 <= entry.expenses <= MOST_PENCE):
        wrong.append(NotInLedger.AMOUNT)
    if not today - OLDEST <= entry.on_day <= today:
        wrong.append(NotInLedger.DAY)
    if entry.paid_on is not None and not entry.on_day <= entry.paid_on <= today:
        wrong.append(NotInLedger.PAID_DAY)
    if entry.paid_on is not None and not entry.owed:
        wrong.append(NotInLedger.NOTHING_OWED)
    if has_hidden_characters(entry.note):
        wrong.append(NotAllowed.HIDDEN_CHARACTERS)
    elif len(entry.note) > LONGEST_NOTE:
        wrong.append(NotAllowed.TOO_LONG)
    if wrong:
        raise Refused(*wrong)


def check_keeping(before: Entry | None, after: Entry, by: int) -> None:
    """What whoever keeps the ledger may not do: set their own pay, change what has been paid. Raises Refused.

    A day of payment that was put down by mistake can be taken away; then the rest can be changed again.
    """
    old = before or Entry(after.account, after.kind, after.on_day, after.minutes)
    money = (after.offered, after.expenses, after.declined)
    if by == after.account and (after.offered, after.paid_on) != (old.offered, old.paid_on):
        raise Refused(NotInLedger.OWN_PAY)
    if old.paid_on is not None and after.paid_on is not None and money != (old.offered, old.expenses, old.declined):
        raise Refused(NotInLedger.PAID)


def check_answer(entry: Entry, by: int) -> None:
    """Whether somebody may say yes or no to the payment of an entry: it is theirs, and not paid. Raises Refused."""
    if entry.account != by:
        raise Refused(NotAllowed.NOT_YOURS)
    if entry.paid_on is not None:
        raise Refused(NotInLedger.PAID)
