"""What the pages of time and pay show beside their forms: entries in order, names, rounds, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from survey.coproduction.pay import Entry, Work
from survey.coproduction.rounds import Round, State
from survey.store.connect import Store
from survey.store.group.burden import minutes_this_month
from survey.store.group.ledger import list_entries
from survey.store.group.members import Member, list_members
from survey.store.group.rounds import list_rounds


@dataclass(frozen=True)
class Line:
    """An entry as a list shows it."""

    entry: Entry
    name: str
    """Whose it is, as those who keep the ledger know them; '' for somebody who has left."""
    days_late: int

    @property
    def is_late(self) -> bool:
        """Whether somebody is waiting for money longer than was promised."""
        return self.days_late > 0 and self.entry.paid_on is None


@dataclass(frozen=True)
class Month:
    """How much of a month was asked of a member, and how much they can give."""

    taken: int
    budget: int


def lines_of(entries: Iterable[Entry], names: Mapping[int, str], today: date) -> tuple[Line, ...]:
    """The latest payments that are late first, then what is to be paid, then the rest as it comes."""
    lines = [Line(entry, names.get(entry.account, ""), entry.days_late(today)) for entry in entries]

    def order(line: Line) -> tuple[bool, int, bool]:
        waits = line.entry.paid_on is None and line.entry.owed > 0
        return not line.is_late, -line.days_late if line.is_late else 0, not waits

    return tuple(sorted(lines, key=order))


def names_of(members: Iterable[Member]) -> dict[int, str]:
    """Names by account."""
    return {member.account: member.name for member in members}


def all_lines(store: Store, today: date) -> tuple[Line, ...]:
    """The whole ledger."""
    return lines_of(list_entries(store), names_of(list_members(store)), today)


def month_of(store: Store, member: Member, today: date) -> Month:
    """This month of one member."""
    with store.as_of_now() as cursor:
        taken = minutes_this_month(cursor, today)
    return Month(taken.get(member.account, 0), member.minutes_a_month)


def begun_rounds(store: Store) -> tuple[Round, ...]:
    """Rounds that people were asked to read, the latest first."""
    return tuple(round_ for round_ in list_rounds(store) if round_.opened_at and round_.state is not State.DRAFT)


def not_put_down(rounds: Iterable[Round], entries: Sequence[Entry], account: int) -> tuple[Round, ...]:
    """Rounds that somebody was asked to read, and for which they have put down no reading yet."""
    have = {entry.round for entry in entries if entry.kind is Work.READING}
    return tuple(
        each for each in rounds if account in each.asked and each.id not in have and each.state is not State.CALLED_OFF
    )


def pounds(pence: int) -> Markup:
    """An amount: £ and Latin digits in every language."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(write_pounds(pence))


def write_pounds(pence: int) -> str:
    """1250 is £12.50."""
    return f"£{pence // 100:,}.{pence % 100:02d}"
