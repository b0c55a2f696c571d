"""The history of a finding in words: who changed what, from what to what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from survey.i18n import gettext
from survey.staff.findings.subjects import Subjects
from survey.store.accounts import Role, list_accounts
from survey.store.connect import Store
from survey.store.findings import FIELDS, Change, Content, list_changes

MEMBERS = frozenset({Role.LIVED_EXPERIENCE, Role.CARER})
"""Whose names are not told: others than the group read a finding's history."""


@dataclass(frozen=True)
class Step:
    """One field that was changed; '' where nothing stood."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """What one person changed at one moment; `who` is '' for a member of the group."""

    happened_at: datetime
    who: str
    is_first: bool
    steps: tuple[Step, ...]


def history_of(store: Store, finding: int, subjects: Subjects, write_date: Callable[[date], str]) -> list[Moment]:
    """The latest change first."""
    members = {account.name for account in list_accounts(store) if account.role in MEMBERS}
    return [_moment(change, members, subjects, write_date) for change in list_changes(store, finding)]


def differences(
    theirs: Content, typed: Content, subjects: Subjects, write_date: Callable[[date], str]
) -> tuple[Step, ...]:
    """Where two contents differ: what somebody else saved, and what is typed."""
    pairs = ((name, _as_kept(getattr(theirs, name)), _as_kept(getattr(typed, name))) for name in FIELDS)
    return tuple(
        Step(name, *(_words(name, text, subjects, write_date) for text in (old, new)))
        for name, old, new in pairs
        if old != new
    )


def _as_kept(value: object) -> str:
    return "" if value is None else str(value)


def _moment(change: Change, members: set[str], subjects: Subjects, write_date: Callable[[date], str]) -> Moment:
    who = "" if change.actor in members else change.actor
    steps = [
        Step(name, *(_words(name, values[name], subjects, write_date) for values in (change.before, change.after)))
        for name in FIELDS
        if name in change.after
    ]
    return Moment(change.happened_at, who, change.is_first, tuple(steps))


def _words(name: str, value: str, subjects: Subjects, write_date: Callable[[date], str]) -> str:
    if name == "item":
        return subjects.question(value)
    if name == "area":
        return subjects.place(value) or gettext("England")
    if name == "due_on" and value:
        return write_date(date.fromisoformat(value))
    return value
