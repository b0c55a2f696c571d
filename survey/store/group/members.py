"""What members say of themselves and how they take part, one row each, changed only by whoever saw the row as it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import (
    MemberReason,
    Need,
    Profile,
    TakingPart,
    check_address,
    check_new_name,
    check_profile,
    check_taking_part,
)
from survey.coproduction.people import Naming, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import Account, Role, insert_account
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out
from survey.store.group.people import SEATS

if TYPE_CHECKING:
    from survey.store.connect import Store

_MEMBERS = """
select account, name, role, accounts.added_at, display_name, naming, first_involved, lives_it, way, supporter, email,
    needs, needs_words, minutes_a_month, wants_pay, about, said_at, coalesce(revision, 0)
from accounts left join members using (account)
where list_contains(?, role) and account not in (select account from departures)
"""


@dataclass(frozen=True)
class Member:
    """Somebody who is in the group now. `revision` is 0 until something was saved of them."""

    account: int
    name: str
    """As their account has it; how the group sees them is in `how_people_are_shown`."""
    seat: Seat
    since: date
    """First involved: what was put down, else the day of the account."""
    profile: Profile
    part: TakingPart
    said_at: datetime | None
    """When they first said something of themselves; None before."""
    revision: int

    @property
    def minutes_a_month(self) -> int:
        """What they want to give in a month at most."""
        return self.profile.minutes_a_month


def list_members(store: Store) -> tuple[Member, ...]:
    """Everybody who is in the group now, by name."""
    with store.as_of_now() as cursor:
        return _members(cursor)


def load_member(store: Store, account: int) -> Member | None:
    """One of them; None for whoever is not in the group, or no longer."""
    with store.as_of_now() as cursor:
        return member_of(cursor, account)


def member_of(cursor: DuckDBPyConnection, account: int) -> Member | None:
    """The same inside a transaction."""
    found = _members(cursor, "and account = ?", account)
    return found[0] if found else None


def add_member(store: Store, deed: Deed, name: str, role: Role, first_involved: date | None) -> Account:
    """Add an account with a seat. Raises Refused for a name that will not do, or a role that has no seat."""

    def work(cursor: DuckDBPyConnection) -> Account:
        if role not in SEATS:
            raise Refused(MemberReason.NO_SUCH_CHOICE)
        check_new_name(name, names_of_others(cursor, None))
        part = TakingPart(first_involved=first_involved)
        check_taking_part(part, deed.now.date())
        account = insert_account(cursor, name, role, deed.now)
        _write(cursor, Member(account.id, name, SEATS[role], deed.now.date(), Profile(), part, None, 1), deed)
        return account

    return carry_out(store, deed, work)


def save_profile(
    store: Store,
    deed: Deed,
    account: int,
    profile: Profile,
    revision: int,
    offered: Mapping[str, Collection[str]],
    way: Way = Way.SELF,
) -> None:
    """Write what a member says of themselves. Raises Refused.

    `revision` is that of the row they saw. `offered` has the codes that can be told by dimension. `way` is how whoever
    does this came in.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        member = _unchanged(cursor, account, revision)
        check_address(member.profile.email, profile.email, way)
        check_profile(profile, member.seat, names_of_others(cursor, account), offered)
        said_at = member.said_at or deed.now
        _write(cursor, replace(member, profile=profile, said_at=said_at, revision=revision + 1), deed)

    carry_out(store, deed, work)


def save_taking_part(store: Store, deed: Deed, account: int, part: TakingPart, revision: int) -> None:
    """Write how a member takes part. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        member = _unchanged(cursor, account, revision)
        check_taking_part(part, deed.now.date())
        _write(cursor, replace(member, part=part, revision=revision + 1), deed)

    carry_out(store, deed, work)


def write_wants_pay(cursor: DuckDBPyConnection, account: int, wants: bool, deed: Deed) -> None:
    """Write whether a member wants to be paid, inside a transaction. Raises Refused for whoever is not one."""
    member = member_of(cursor, account)
    if member is None:
        raise Refused(MemberReason.NOT_IN_GROUP)
    said = replace(member.profile, wants_pay=wants)
    _write(cursor, replace(member, profile=said, revision=member.revision + 1), deed)


def names_of_others(cursor: DuckDBPyConnection, account: int | None) -> tuple[str, ...]:
    """Every name that somebody else has or shows, of those who left as well."""
    rows = cursor.execute(
        "select name from accounts where account is distinct from ?"
        " union select display_name from members where display_name <> '' and account is distinct from ?",
        [account, account],
    ).fetchall()
    return tuple(name for (name,) in rows)


def _unchanged(cursor: DuckDBPyConnection, account: int, revision: int) -> Member:
    member = member_of(cursor, account)
    if member is None:
        raise Refused(MemberReason.NOT_IN_GROUP)
    if member.revision != revision:
        raise Refused(NotAllowed.CHANGED_MEANWHILE)
    return member


def _write(cursor: DuckDBPyConnection, member: Member, deed: Deed) -> None:
    profile, part = member.profile, member.part
    cursor.execute("delete from members where account = ?", [member.account])
    values: dict[str, object] = {
        "account": member.account,
        "display_name": profile.display_name,
        "naming": profile.naming,
        "first_involved": part.first_involved,
        "lives_it": profile.lives_it,
        "way": part.way,
        "supporter": part.supporter,
        "email": profile.email,
        "needs": json.dumps(sorted(profile.needs)),
        "needs_words": profile.needs_words,
        "minutes_a_month": profile.minutes_a_month,
        "wants_pay": profile.wants_pay,
        "about": json.dumps(dict(profile.about), sort_keys=True),
        "revision": member.revision,
        "changed_at": to_stored(deed.now),
        "said_at": None if member.said_at is None else to_stored(member.said_at),
    }
    cursor.execute(
        f"insert into members ({', '.join(values)}) values ({', '.join('?' * len(values))})", [*values.values()]
    )


def _members(cursor: DuckDBPyConnection, only: str = "", *parameters: object) -> tuple[Member, ...]:
    rows = cursor.execute(f"{_MEMBERS} {only} order by name", [[*map(str, SEATS)], *parameters]).fetchall()
    return tuple(_member(row) for row in rows)


def _member(row: tuple[Any, ...]) -> Member:
    account, name, role, added_at, display_name, naming, first_involved, lives_it, way, supporter, *rest = row
    email, needs, needs_words, minutes_a_month, wants_pay, about, said_at, revision = rest
    profile, part = Profile(), TakingPart()
    if revision:
        profile = Profile(
            display_name=display_name,
            naming=Naming(naming),
            lives_it=lives_it,
            needs=frozenset(map(Need, json.loads(needs))),
            needs_words=needs_words,
            email=email,
            minutes_a_month=minutes_a_month,
            wants_pay=wants_pay,
            about=json.loads(about),
        )
        part = TakingPart(Way(way), supporter, first_involved)
    since = part.first_involved or from_stored(added_at).date()
    said = None if said_at is None else from_stored(said_at)
    return Member(account, name, SEATS[Role(role)], since, profile, part, said, revision)
