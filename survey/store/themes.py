"""The code frame of a question: themes that one person suggests, another agrees, and anybody may retire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.store.accounts import Account
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored
from survey.store.coding import LONGEST_LABEL, LONGEST_MEANING, CodingError, Refusal, checked_words

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "item, theme, label, meaning, added_by, agreed_by, agreed_at, retired_at"


@dataclass(frozen=True)
class Theme:
    """What answers to a question may speak of; accounts are given by their numbers."""

    item: str
    code: str
    label: str
    meaning: str
    added_by: int
    agreed_by: int | None
    agreed_at: datetime | None
    retired_at: datetime | None

    @property
    def is_in_use(self) -> bool:
        """Whether readers may find it."""
        return self.agreed_at is not None and self.retired_at is None


@dataclass(frozen=True)
class Frame:
    """The themes of one question, in the order in which they were suggested."""

    themes: tuple[Theme, ...]

    @property
    def in_use(self) -> tuple[Theme, ...]:
        """Those that readers may find."""
        return tuple(theme for theme in self.themes if theme.is_in_use)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of those."""
        return frozenset(theme.code for theme in self.in_use)

    @property
    def agreed_at(self) -> datetime | None:
        """Since when it is as it is: whoever read before has not looked for the theme that was agreed then."""
        return max((theme.agreed_at for theme in self.in_use if theme.agreed_at), default=None)


def load_frame(store: Store, wave: str, item: str) -> Frame:
    """The code frame of a question; empty where nobody has suggested a theme."""
    return _frame(store.rows(_FRAME, [wave, item]))


def read_frame(cursor: DuckDBPyConnection, wave: str, item: str) -> Frame:
    """The same in the caller's transaction."""
    return _frame(cursor.execute(_FRAME, [wave, item]).fetchall())


def add_theme(
    store: Store, account: Account, *, wave: str, item: str, label: str, meaning: str, now: datetime
) -> Theme:
    """Suggest a theme; it can be found in answers once somebody else has agreed. Raises CodingError, NotSaved."""
    label, meaning = checked_words(label, LONGEST_LABEL), checked_words(meaning, LONGEST_MEANING)
    if not label or not meaning:
        raise CodingError(Refusal.NO_LABEL)

    def work(cursor: DuckDBPyConnection) -> Theme:
        known = read_frame(cursor, wave, item).themes
        if any(theme.label.casefold() == label.casefold() and theme.retired_at is None for theme in known):
            raise CodingError(Refusal.SAME_LABEL)
        added = Theme(item, f"t{len(known) + 1}", label, meaning, account.id, None, None, None)
        cursor.execute(
            "insert into themes (wave, item, theme, label, meaning, added_by, added_at) values (?, ?, ?, ?, ?, ?, ?)",
            [wave, item, added.code, label, meaning, account.id, to_stored(now)],
        )
        _record(cursor, account, "suggest theme", wave, added, now)
        return added

    return store.journal.run(work)


def agree_theme(store: Store, account: Account, *, wave: str, item: str, theme: str, now: datetime) -> None:
    """Agree to a theme of somebody else's. Raises CodingError, NotSaved."""

    def work(cursor: DuckDBPyConnection) -> None:
        found = _find(cursor, wave, item, theme)
        if found.agreed_at is not None or found.retired_at is not None:
            raise CodingError(Refusal.ALREADY_DECIDED)
        if found.added_by == account.id:
            raise CodingError(Refusal.OWN_THEME)
        cursor.execute(
            "update themes set agreed_by = ?, agreed_at = ? where wave = ? and item = ? and theme = ?",
            [account.id, to_stored(now), wave, item, theme],
        )
        _record(cursor, account, "agree theme", wave, found, now)

    store.journal.run(work)


def retire_theme(store: Store, account: Account, *, wave: str, item: str, theme: str, now: datetime) -> None:
    """Take a theme out of use: it is offered no more and counts no more. Raises CodingError, NotSaved."""

    def work(cursor: DuckDBPyConnection) -> None:
        found = _find(cursor, wave, item, theme)
        if found.retired_at is not None:
            raise CodingError(Refusal.ALREADY_DECIDED)
        cursor.execute(
            "update themes set retired_at = ? where wave = ? and item = ? and theme = ?",
            [to_stored(now), wave, item, theme],
        )
        _record(cursor, account, "retire theme", wave, found, now)

    store.journal.run(work)


_FRAME = f"select {_COLUMNS} from themes where wave = ? and item = ? order by added_at, length(theme), theme"


def _frame(rows: Sequence[tuple[str, str, str, str, int, int | None, datetime | None, datetime | None]]) -> Frame:
    return Frame(tuple(Theme(*row[:6], _moment(row[6]), _moment(row[7])) for row in rows))


def _find(cursor: DuckDBPyConnection, wave: str, item: str, code: str) -> Theme:
    found = next((theme for theme in read_frame(cursor, wave, item).themes if theme.code == code), None)
    if found is None:
        raise CodingError(Refusal.UNKNOWN_THEME)
    return found


def _record(cursor: DuckDBPyConnection, account: Account, action: str, wave: str, theme: Theme, now: datetime) -> None:
    details = {"item": theme.item, "theme": theme.code, "label": theme.label}
    record(cursor, actor=account.name, action=action, subject=wave, now=now, details=details)


def _moment(stored: datetime | None) -> datetime | None:
    return None if stored is None else from_stored(stored)
