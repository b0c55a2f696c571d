"""The people of the group as rules and pages know them: seats from roles, offices, and how each wants to be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Naming, Office, Person, Seat, Shown, Way, seats_that_can_be_named
from survey.store.accounts import Account, Role

if TYPE_CHECKING:
    from survey.store.connect import Store

SEATS: Mapping[Role, Seat] = {
    Role.LIVED_EXPERIENCE: Seat.LIVED_EXPERIENCE,
    Role.CARER: Seat.CARER,
    Role.GROUP_STAFF: Seat.STAFF,
    Role.FACILITATOR: Seat.FACILITATOR,
}
"""The roles of accounts that have a seat in the group."""

_PEOPLE = """
select accounts.account, accounts.name, role, coalesce(naming, 'real'), coalesce(display_name, ''),
    departures.account is not null
from accounts left join members using (account) left join departures using (account)
"""


def find_person(store: Store, account: Account, way: Way = Way.SELF) -> Person:
    """The person behind an account, as of now."""
    with store.as_of_now() as cursor:
        return person_of(cursor, account, way)


def person_of(cursor: DuckDBPyConnection, account: Account, way: Way = Way.SELF) -> Person:
    """The same inside a transaction: whoever was given a duty, or has lost it, before this moment."""
    gone = cursor.execute("select 1 from departures where account = ?", [account.id]).fetchone()
    rows = cursor.execute("select office from offices where account = ? and until is null", [account.id]).fetchall()
    if gone is not None:
        return Person(account.id, None, frozenset(), way)
    return Person(account.id, SEATS.get(account.role), frozenset(Office(office) for (office,) in rows), way)


def how_people_are_shown(store: Store) -> dict[int, Shown]:
    """By account, of everyone who has or had a seat: how the others in the group see them.

    The seat is left out where so few hold it that it would say who it is, for those who do not show a name.
    """
    rows = [(row, Seat(SEATS[Role(row[2])])) for row in store.rows(_PEOPLE) if Role(row[2]) in SEATS]
    nameable = seats_that_can_be_named(seat for row, seat in rows if not row[5])
    shown = {}
    for (account, name, _, naming, display_name, _), seat in rows:
        match Naming(naming):
            case Naming.REAL:
                called = name
            case Naming.DISPLAY:
                called = display_name
            case Naming.ANONYMOUS:
                called = ""
        shown[account] = Shown(called, seat if seat in nameable or Naming(naming) is Naming.REAL else None)
    return shown


def seats_of(store: Store) -> dict[int, Seat]:
    """By account, of those who are in the group now: their seats."""
    with store.as_of_now() as cursor:
        return seats_in(cursor)


def seats_in(cursor: DuckDBPyConnection) -> dict[int, Seat]:
    """The same inside a transaction."""
    rows = cursor.execute(
        "select account, role from accounts where account not in (select account from departures)"
    ).fetchall()
    return {account: SEATS[Role(role)] for account, role in rows if Role(role) in SEATS}


def holders(store: Store) -> dict[Office, tuple[int, ...]]:
    """By office, the accounts that hold it now."""
    with store.as_of_now() as cursor:
        return holders_in(cursor)


def holders_in(cursor: DuckDBPyConnection) -> dict[Office, tuple[int, ...]]:
    """The same inside a transaction."""
    held: dict[Office, list[int]] = defaultdict(list)
    rows = cursor.execute("select office, account from offices where until is null order by since").fetchall()
    for office, account in rows:
        held[Office(office)].append(account)
    return {office: tuple(accounts) for office, accounts in held.items()}
