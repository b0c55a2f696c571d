"""Accounts of those who sign in, and the links and six-digit codes they do it with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store

LINK_LASTS = timedelta(minutes=60)
MOST_WRONG_TRIES = 5


class Role(StrEnum):
    """What an account is for; respondents have none."""

    LIVED_EXPERIENCE = "lived_experience"
    CARER = "carer"
    GROUP_STAFF = "group_staff"
    FACILITATOR = "facilitator"
    TRANSLATOR = "translator"
    INTERVIEWER = "interviewer"
    CLERK = "clerk"
    STAFF = "staff"
    ICS_STAFF = "ics_staff"
    ANALYST = "analyst"
    ADMIN = "admin"


class AccountError(Exception):
    """An account cannot be added or found; the message says why."""


class LinkProblem(StrEnum):
    """Why somebody is not signed in."""

    UNKNOWN = "unknown"
    """No such link, or no link that waits for a code."""
    SPENT = "spent"
    """Used already, or replaced by a newer link."""
    EXPIRED = "expired"
    WRONG_CODE = "wrong_code"
    TOO_MANY_TRIES = "too_many_tries"
    """The six digits are void; the link they came with still works."""


class LinkError(Exception):
    """A sign-in link or code does not work; `kind` says why."""

    def __init__(self, kind: LinkProblem) -> None:
        super().__init__(str(kind))
        self.kind = kind


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    id: int
    name: str
    role: Role
    added_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """Who has signed in, and whether with a link that somebody else was shown."""

    account: Account
    through_another: bool


@dataclass(frozen=True)
class SignInLink:
    """A way in, good once: the token of a link, or the six digits typed with the name."""

    number: int
    token: str = field(repr=False)
    code6: str = field(repr=False)
    expires_at: datetime


_PRESENT = """
select account, name, role, added_at from accounts where account not in (select account from departures)
"""
"""Those who can sign in."""


def add_account(store: Store, name: str, role: Role, now: datetime, *, actor: str = "command line") -> Account:
    """Add an account. Raises AccountError for a name that is empty, long or taken."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 100 or not name.isprintable():
        raise AccountError("An account needs a name of 1 to 100 characters.")

    def work(cursor: DuckDBPyConnection) -> Account:
        if cursor.execute(f"{_PRESENT} and name = ?", [name]).fetchone():
            raise AccountError(f"There is an account '{name}' already.")
        if cursor.execute("select 1 from accounts where name = ?", [name]).fetchone():
            raise AccountError(f"An account '{name}' was removed. Its name stays with what it did: use another.")
        added = insert_account(cursor, name, role, now)
        record(cursor, actor=actor, action="add account", subject=name, now=now, details={"role": str(role)})
        return added

    return store.journal.run(work)


def insert_account(cursor: DuckDBPyConnection, name: str, role: Role, now: datetime) -> Account:
    """Write a new account in the caller's transaction, which has looked at its name and writes the audit row."""
    (number,) = cursor.execute("select coalesce(max(account), 0) + 1 from accounts").fetchall()[0]
    cursor.execute("insert into accounts values (?, ?, ?, ?)", [number, name, role, to_stored(now)])
    return Account(number, name, role, from_stored(to_stored(now)))


def find_account(store: Store, account: int) -> Account | None:
    """One account by its number, unless it was removed."""
    rows = store.rows(f"{_PRESENT} and account = ?", [account])
    return _account(rows[0]) if rows else None


def find_account_named(store: Store, name: str) -> Account | None:
    """The same by its name."""
    rows = store.rows(f"{_PRESENT} and name = ?", [name])
    return _account(rows[0]) if rows else None


def list_present(store: Store) -> tuple[Account, ...]:
    """Everybody who can sign in, by name."""
    return tuple(_account(row) for row in store.rows(f"{_PRESENT} order by name"))


def list_accounts(store: Store) -> tuple[Account, ...]:
    """All accounts, by name, those that were removed as well: what they did keeps their names."""
    return tuple(
        _account(row) for row in store.rows("select account, name, role, added_at from accounts order by name")
    )


def make_link(store: Store, key: bytes, name: str, now: datetime, *, actor: str = "command line") -> SignInLink:
    """A new link for an account; links made before it no longer work. Raises AccountError for an unknown name."""

    def work(cursor: DuckDBPyConnection) -> SignInLink:
        found = cursor.execute(f"{_PRESENT} and name = ?", [name]).fetchone()
        if found is None:
            raise AccountError(f"There is no account '{name}'.")
        link = insert_link(cursor, key, found[0], now)
        record(cursor, actor=actor, action="make sign-in link", subject=name, now=now)
        return link

    return store.journal.run(work)


def insert_link(cursor: DuckDBPyConnection, key: bytes, account: int, now: datetime) -> SignInLink:
    """Write a new link of an account in the caller's transaction, and end those before it."""
    end_links(cursor, account, now)
    (number,) = cursor.execute("select coalesce(max(link), 0) + 1 from sign_in_links").fetchall()[0]
    link = SignInLink(number, secrets.token_urlsafe(24), f"{secrets.randbelow(1_000_000):06}", now + LINK_LASTS)
    cursor.execute(
        "insert into sign_in_links values (?, ?, ?, ?, ?, ?, 0, null)",
        [
            number,
            account,
            hash_code(key, Purpose.SIGN_IN_LINK, link.token),
            _code_hash(key, number, link.code6),
            to_stored(now),
            to_stored(link.expires_at),
        ],
    )
    return link


def end_links(cursor: DuckDBPyConnection, account: int, now: datetime) -> None:
    """Let no link that was made for an account so far sign anybody in."""
    cursor.execute(
        "update sign_in_links set ended_at = ? where account = ? and ended_at is null", [to_stored(now), account]
    )


def spend_link(store: Store, key: bytes, token: str, now: datetime) -> SignedIn:
    """Sign in with a link, which works once. Raises LinkError; a link that was good once leaves an audit row then."""
    token_hash = hash_code(key, Purpose.SIGN_IN_LINK, token)

    def work(cursor: DuckDBPyConnection) -> SignedIn | LinkProblem:
        found = cursor.execute(
            "select link, account, name, expires_at, ended_at from sign_in_links join accounts using (account)"
            " where token_hash = ?",
            [token_hash],
        ).fetchone()
        if found is None:
            return LinkProblem.UNKNOWN
        link, account, name, expires_at, ended_at = found
        if ended_at is None and expires_at > to_stored(now):
            return _sign_in(cursor, link, account, now)
        problem = LinkProblem.EXPIRED if ended_at is None else LinkProblem.SPENT
        record(cursor, actor="sign-in page", action="refused: sign in", subject=name, now=now, details={"why": problem})
        return problem

    return _signed_in(store.journal.run(work))


def spend_code(store: Store, key: bytes, name: str, code6: str, now: datetime) -> SignedIn:
    """Sign in with the six digits of the newest link. Raises LinkError, of a kind that no stranger should learn.

    Five wrong ones void the digits and leave the link: anyone can type a name, and must not shut its owner out.
    """

    def work(cursor: DuckDBPyConnection) -> SignedIn | LinkProblem:
        found = cursor.execute(
            """
            select link, sign_in_links.account, code_hash, expires_at, wrong_tries
            from sign_in_links join accounts using (account)
            where name = ? and ended_at is null
            """,
            [" ".join(name.split())],
        ).fetchone()
        if found is None:
            return LinkProblem.UNKNOWN
        link, account, code_hash, expires_at, wrong_tries = found
        if expires_at <= to_stored(now):
            return LinkProblem.EXPIRED
        if wrong_tries >= MOST_WRONG_TRIES:
            return LinkProblem.TOO_MANY_TRIES
        digits = "".join(character for character in code6 if character.isdigit())
        if secrets.compare_digest(code_hash, _code_hash(key, link, digits)):
            return _sign_in(cursor, link, account, now)
        cursor.execute("update sign_in_links set wrong_tries = ? where link = ?", [wrong_tries + 1, link])
        return LinkProblem.WRONG_CODE

    return _signed_in(store.journal.run(work))


def _signed_in(outcome: SignedIn | LinkProblem) -> SignedIn:
    """Raise only now what went wrong: tries and refusals were written down, and must not be undone."""
    if isinstance(outcome, LinkProblem):
        raise LinkError(outcome)
    return outcome


def _sign_in(cursor: DuckDBPyConnection, link: int, account: int, now: datetime) -> SignedIn:
    cursor.execute("update sign_in_links set ended_at = ? where link = ?", [to_stored(now), link])
    row = cursor.execute("select account, name, role, added_at from accounts where account = ?", [account]).fetchall()
    found = _account(row[0])
    shown = cursor.execute("select 1 from shown_links where link = ?", [link]).fetchone() is not None
    details = {"through": "a link that somebody else was shown"} if shown else {}
    record(cursor, actor=found.name, action="sign in", subject=found.name, now=now, details=details)
    return SignedIn(found, shown)


def _code_hash(key: bytes, link: int, code6: str) -> str:
    return hash_code(key, Purpose.SIGN_IN_CODE, f"{link}:{code6}")


def _account(row: tuple[int, str, str, datetime]) -> Account:
    number, name, role, added_at = row
    return Account(number, name, Role(role), from_stored(added_at))
