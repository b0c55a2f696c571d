"""Running a round: prepared, asked of members, opened, extended, called off, each with its rule in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.burden import overloaded, reading_minutes
from survey.coproduction.letter_words import About
from survey.coproduction.membership import MINUTES_UNLESS_SAID
from survey.coproduction.opening import Around, check_opening
from survey.coproduction.people import Office, Person, Seat
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import (
    Act,
    Plan,
    Round,
    check_calling_off,
    check_extension,
    check_planning,
)
from survey.questionnaire.model import Questionnaire
from survey.store.clock import to_stored
from survey.store.group.acting import Deed, carry_out, carry_out_in_round
from survey.store.group.burden import minutes_this_month
from survey.store.group.letters import write_letters, write_that_review_ended
from survey.store.group.people import holders_in, person_of, seats_in
from survey.store.group.rounds import ask_members, extend_in, move_round, put_round, round_of, write_round
from survey.store.versions import save_version

if TYPE_CHECKING:
    from survey.store.connect import Store

EMPTY_PLAN = Plan("", "", "", "", "", "", None, None, 5)
"""What a round begins with. Five votes are a quorum that a group of seven reaches."""


@dataclass(frozen=True)
class Written:
    """What a facilitator wrote about a round: its plan, who is asked, and the revision that they saw."""

    plan: Plan
    asked: frozenset[int]
    revision: int


def prepare_round(store: Store, deed: Deed, plan: Plan, questionnaire: Questionnaire) -> Round:
    """Begin a round on a questionnaire, which is kept as it is now; at first everyone in the group is asked."""

    def work(cursor: DuckDBPyConnection) -> Round:
        if not person_of(cursor, deed.by).may_facilitate:
            raise Refused(NotAllowed.NOT_YOURS)
        return put_round(
            cursor,
            deed,
            questionnaire=questionnaire.id,
            version=save_version(cursor, questionnaire, deed.now),
            plan=plan,
            minutes=reading_minutes(questionnaire),
            asked=seats_in(cursor),
        )

    return carry_out(store, deed, work)


def write_plan(store: Store, deed: Deed, number: int, written: Written) -> Round:
    """Save what was written about a round in preparation, whether it is ready or not. Raises Refused."""
    return carry_out_in_round(store, deed, number, lambda cursor: _write(cursor, deed, number, written))


def open_round(store: Store, deed: Deed, number: int, written: Written, today: date) -> Round:
    """Save it and ask the members to read. Raises Refused with everything that keeps it from opening."""

    def work(cursor: DuckDBPyConnection) -> Round:
        prepared = _write(cursor, deed, number, written)
        check_opening(prepared, person_of(cursor, deed.by), around_of(cursor, prepared, today))
        opened = move_round(
            cursor,
            number,
            Act.OPEN,
            deed.now,
            opened_at=to_stored(deed.now),
            first_decide_until=prepared.plan.decide_until,
        )
        write_letters(cursor, opened.asked, About.ROUND_OPENS, number, deed.now)
        return opened

    return carry_out_in_round(store, deed, number, work)


def extend_round(store: Store, deed: Deed, by: Person, number: int) -> Round:
    """Take the one extension, ten working days, as of right. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Round:
        check_extension(round_of(cursor, number), person_of(cursor, deed.by, by.way))
        extended = extend_in(cursor, number, deed.now)
        write_letters(cursor, extended.asked, About.EXTENSION, number, deed.now)
        return extended

    return carry_out_in_round(store, deed, number, work)


def call_off(store: Store, deed: Deed, number: int, reason: str) -> Round:
    """End a round without a result, for a reason that everyone reads. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Round:
        check_calling_off(round_of(cursor, number), person_of(cursor, deed.by), reason)
        ended = move_round(
            cursor, number, Act.CALL_OFF, deed.now, ended_at=to_stored(deed.now), called_off_because=reason
        )
        if ended.opened_at is not None and ended.closed_at is None:
            write_that_review_ended(cursor, ended, deed.now)
        return ended

    return carry_out_in_round(store, deed, number, work)


def known_questionnaires(store: Store) -> frozenset[str]:
    """The ids of all questionnaires that the store has a version of."""
    return frozenset(questionnaire for (questionnaire,) in store.rows("select distinct questionnaire from versions"))


def around_of(cursor: DuckDBPyConnection, round_: Round, today: date) -> Around:
    """The group as a round meets it on a day."""
    seats = seats_in(cursor)
    month = months_of(cursor, today)
    too_much = (account for account in seats if overloaded(round_.minutes, *month[account]))
    return Around(today, seats, holders_in(cursor), frozenset(too_much))


def months_of(cursor: DuckDBPyConnection, today: date) -> dict[int, tuple[int, int]]:
    """By account of the group: the minutes asked of them this month, and those that they can give; 0 is none at
    present."""
    taken = minutes_this_month(cursor, today)
    budgets = dict(cursor.execute("select account, minutes_a_month from members").fetchall())
    return {account: (taken.get(account, 0), budgets.get(account, MINUTES_UNLESS_SAID)) for account in seats_in(cursor)}


def _write(cursor: DuckDBPyConnection, deed: Deed, number: int, written: Written) -> Round:
    """Who facilitates is always asked: they read along, and have no vote."""
    current, seats = round_of(cursor, number), seats_in(cursor)
    check_planning(current, person_of(cursor, deed.by), written.revision)
    facilitators = {account for account, seat in seats.items() if seat is Seat.FACILITATOR}
    in_office = set(holders_in(cursor).get(Office.FACILITATOR, ()))
    ask_members(cursor, number, (written.asked | facilitators | in_office) & seats.keys())
    return write_round(cursor, number, revision=current.revision + 1, **vars(written.plan))
