"""The ledger in the store: entries that members or those who run the group put down, and what came of the pay."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import MemberReason
from survey.coproduction.pay import (
    PAID_WITHIN,
    Entry,
    NotInLedger,
    Work,
    check_answer,
    check_entry,
    check_keeping,
)
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.working_days import add_working_days
from survey.store.clock import to_stored
from survey.store.group.acting import Deed, carry_out, next_number
from survey.store.group.members import member_of, write_wants_pay

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = {
    "account": "account",
    "kind": "kind",
    "on_day": "on_day",
    "minutes": "minutes",
    "round": "round",
    "offered": "offered_pence",
    "expenses": "expenses_pence",
    "declined": "declined",
    "note": "note",
    "due_on": "due_on",
    "paid_on": "paid_on",
    "id": "entry",
    "revision": "revision",
}
"""The column of each field of an entry, in their order."""
assert [*_COLUMNS] == [field.name for field in fields(Entry)]

_SELECT = f"select {', '.join(_COLUMNS.values())} from ledger"


class UnknownEntry(LookupError):
    """There is no entry of this number."""


def put_down(store: Store, deed: Deed, entry: Entry, today: date) -> Entry:
    """Add an entry: a member's own, or one by whoever keeps the ledger. Raises Refused.

    It is to be paid within ten working days. Of a member who never wants pay it says so from the start.
    """

    def work(cursor: DuckDBPyConnection) -> Entry:
        member = member_of(cursor, entry.account)
        if member is None:
            raise Refused(MemberReason.NOT_IN_GROUP)
        added = replace(
            entry,
            id=next_number(cursor, "ledger", "entry"),
            declined=not member.profile.wants_pay,
            due_on=add_working_days(today, PAID_WITHIN),
            revision=1,
        )
        _check(cursor, None, added, deed.by.id, today)
        values = [*_values(added), deed.by.id, to_stored(deed.now)]
        columns = f"{', '.join(_COLUMNS.values())}, added_by, added_at"
        cursor.execute(f"insert into ledger ({columns}) values ({', '.join('?' * len(values))})", values)
        return added

    return carry_out(store, deed, work)


def keep_entry(store: Store, deed: Deed, entry: Entry, today: date) -> Entry:
    """Write what whoever keeps the ledger has changed; `entry.revision` is the one they saw. Raises Refused.

    Whose it is, when it is due, and whether they decline stays as it is.
    """

    def work(cursor: DuckDBPyConnection) -> Entry:
        before = _unchanged(cursor, entry.id, entry.revision)
        after = replace(
            entry,
            account=before.account,
            declined=before.declined,
            due_on=before.due_on,
            revision=before.revision + 1,
        )
        _check(cursor, before, after, deed.by.id, today)
        return _write(cursor, after)

    return carry_out(store, deed, work)


def pay_entry(store: Store, deed: Deed, number: int, revision: int, today: date) -> Entry:
    """Put down that an entry was paid today. Raises Refused, UnknownEntry."""

    def work(cursor: DuckDBPyConnection) -> Entry:
        before = _unchanged(cursor, number, revision)
        if before.paid_on is not None:
            raise Refused(NotInLedger.PAID)
        after = replace(before, paid_on=today, revision=before.revision + 1)
        _check(cursor, before, after, deed.by.id, today)
        return _write(cursor, after)

    return carry_out(store, deed, work)


def answer_offer(store: Store, deed: Deed, number: int, revision: int, *, declined: bool) -> Entry:
    """Say no to the payment of one's own entry, or yes after all. Raises Refused, UnknownEntry."""

    def work(cursor: DuckDBPyConnection) -> Entry:
        before = entry_of(cursor, number)
        check_answer(before, deed.by.id)
        if before.revision != revision:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        return _write(cursor, replace(before, declined=declined, revision=before.revision + 1))

    return carry_out(store, deed, work)


def answer_always(store: Store, deed: Deed, *, wants: bool) -> None:
    """Say of oneself that one wants payment, or never does; what is not paid yet follows. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        write_wants_pay(cursor, deed.by.id, wants, deed)
        cursor.execute(
            "update ledger set declined = ?, revision = revision + 1"
            " where account = ? and paid_on is null and declined <> ?",
            [not wants, deed.by.id, not wants],
        )

    carry_out(store, deed, work)


def entry_of(cursor: DuckDBPyConnection, number: int) -> Entry:
    """One entry inside a transaction. Raises UnknownEntry."""
    row = cursor.execute(f"{_SELECT} where entry = ?", [number]).fetchone()
    if row is None:
        raise UnknownEntry(number)
    return _entry(row)


def load_entry(store: Store, number: int) -> Entry:
    """One entry. Raises UnknownEntry."""
    with store.as_of_now() as cursor:
        return entry_of(cursor, number)


def list_entries(store: Store, account: int | None = None) -> tuple[Entry, ...]:
    """The entries of one member, or of everybody; the latest work first."""
    only, values = ("", []) if account is None else ("where account = ?", [account])
    return tuple(_entry(row) for row in store.rows(f"{_SELECT} {only} order by on_day desc, entry desc", values))


def days_late_in_all(store: Store, today: date) -> int:
    """The days by which the group was, or is, paid late, all entries together."""
    return sum(entry.days_late(today) for entry in list_entries(store))


# --- Rows -------------------------------------------------------------------------


def _check(cursor: DuckDBPyConnection, before: Entry | None, after: Entry, by: int, today: date) -> None:
    check_entry(after, today)
    check_keeping(before, after, by)
    if after.round is not None:
        asked = cursor.execute(
            "select 1 from asked join rounds using (round) where round = ? and account = ? and opened_at is not null",
            [after.round, after.account],
        ).fetchone()
        if asked is None:
            raise Refused(NotInLedger.NO_ROUND)


def _unchanged(cursor: DuckDBPyConnection, number: int, revision: int) -> Entry:
    entry = entry_of(cursor, number)
    if entry.revision != revision:
        raise Refused(NotAllowed.CHANGED_MEANWHILE)
    return entry


def _write(cursor: DuckDBPyConnection, entry: Entry) -> Entry:
    cursor.execute(
        f"update ledger set {', '.join(f'{column} = ?' for column in _COLUMNS.values())} where entry = ?",
        [*_values(entry), entry.id],
    )
    return entry


def _values(entry: Entry) -> list[object]:
    return [getattr(entry, field) for field in _COLUMNS]


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Entry(**{**values, "kind": Work(values["kind"])})
