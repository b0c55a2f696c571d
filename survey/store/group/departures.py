"""Leaving: accounts that can no longer sign in, while everything they said and did stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import MemberReason, check_departure
from survey.coproduction.refusals import Refused
from survey.store.accounts import AccountError, end_links, find_account_named
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out
from survey.store.group.members import member_of
from survey.store.group.people import SEATS

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class Departure:
    """Somebody who is not in the group any more."""

    name: str
    reason: str
    gone_at: datetime


def remove_member(store: Store, deed: Deed, account: int, reason: str) -> None:
    """Take a member out of the group: their links and session end, their offices are free. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        if member_of(cursor, account) is None:
            raise Refused(MemberReason.NOT_IN_GROUP)
        check_departure(reason, is_oneself=account == deed.by.id)
        _depart(cursor, account, reason, deed.now)

    carry_out(store, deed, work)


def remove_account(store: Store, name: str, reason: str, now: datetime) -> None:
    """The same for any account, from the command line. Raises AccountError, Refused."""
    check_departure(reason, is_oneself=False)
    account = find_account_named(store, name)
    if account is None:
        raise AccountError(f"There is no account '{name}', or it was removed before.")

    def work(cursor: DuckDBPyConnection) -> None:
        _depart(cursor, account.id, reason, now)
        record(cursor, actor="command line", action="remove account", subject=name, now=now)

    store.journal.run(work)


def list_departures(store: Store) -> tuple[Departure, ...]:
    """Who has left the group, the latest first."""
    rows = store.rows(
        "select name, reason, gone_at from departures join accounts using (account) where list_contains(?, role)"
        " order by gone_at desc",
        [[*map(str, SEATS)]],
    )
    return tuple(Departure(name, reason, from_stored(gone_at)) for name, reason, gone_at in rows)


def _depart(cursor: DuckDBPyConnection, account: int, reason: str, now: datetime) -> None:
    cursor.execute("insert into departures values (?, ?, ?) on conflict do nothing", [account, reason, to_stored(now)])
    end_links(cursor, account, now)
    cursor.execute("update offices set until = ? where account = ? and until is null", [to_stored(now), account])
