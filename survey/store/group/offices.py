"""Offices: who holds which duty, since when, and until when; one person each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import MemberReason, check_hold_office
from survey.coproduction.people import Office, Seat
from survey.coproduction.refusals import Refused
from survey.store.accounts import Role
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out
from survey.store.group.people import SEATS

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class Term:
    """Somebody's time in an office; `until` is None while they hold it."""

    office: Office
    since: datetime
    until: datetime | None


def give_office(store: Store, deed: Deed, account: int, office: Office) -> None:
    """Give somebody a duty that nobody holds. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        seat = _seat_of(cursor, account)
        holding = cursor.execute("select office, account from offices where until is null").fetchall()
        held = {Office(name) for name, holder in holding if holder == account}
        is_taken = any(name == office for name, _ in holding)
        check_hold_office(office, seat, held, is_taken=is_taken)
        cursor.execute("insert into offices values (?, ?, ?, null)", [office, account, to_stored(deed.now)])

    carry_out(store, deed, work)


def take_office(store: Store, deed: Deed, account: int, office: Office) -> None:
    """End somebody's time in an office. Raises Refused where they do not hold it."""

    def work(cursor: DuckDBPyConnection) -> None:
        ended = cursor.execute(
            "update offices set until = ? where account = ? and office = ? and until is null returning office",
            [to_stored(deed.now), account, office],
        ).fetchone()
        if ended is None:
            raise Refused(MemberReason.OFFICE_NOT_HELD)

    carry_out(store, deed, work)


def terms_of(store: Store, account: int) -> tuple[Term, ...]:
    """Every time of somebody in an office, the latest first."""
    rows = store.rows(
        "select office, since, until from offices where account = ? order by since desc, office", [account]
    )
    return tuple(
        Term(Office(office), from_stored(since), None if until is None else from_stored(until))
        for office, since, until in rows
    )


def _seat_of(cursor: DuckDBPyConnection, account: int) -> Seat | None:
    row = cursor.execute(
        "select role, account in (select account from departures) from accounts where account = ?", [account]
    ).fetchone()
    if row is None or row[1]:
        raise Refused(MemberReason.HAS_LEFT)
    return SEATS.get(Role(row[0]))
