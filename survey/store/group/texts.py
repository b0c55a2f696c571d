"""The texts that the group has of itself: every version whole, never overwritten, and who agreed to which."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import TextKind, check_text
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "kind, version, words, added_by, added_at"


@dataclass(frozen=True)
class GroupText:
    """One version of a text; `words` by part, see `PARTS_OF_TEXT`."""

    kind: TextKind
    version: int
    words: Mapping[str, str]
    added_by: int
    added_at: datetime


@dataclass(frozen=True)
class Agreement:
    """That somebody agreed to a version."""

    version: int
    agreed_at: datetime


def versions_of(store: Store, kind: TextKind) -> tuple[GroupText, ...]:
    """All versions of a text, the newest first."""
    rows = store.rows(f"select {_COLUMNS} from group_texts where kind = ? order by version desc", [kind])
    return tuple(_text(row) for row in rows)


def newest_texts(store: Store) -> dict[TextKind, GroupText]:
    """The newest version of each text that was ever written."""
    rows = store.rows(
        f"select {_COLUMNS} from group_texts qualify row_number() over (partition by kind order by version desc) = 1"
    )
    return {text.kind: text for text in map(_text, rows)}


def add_text(store: Store, deed: Deed, kind: TextKind, words: Mapping[str, str], *, seen: int) -> GroupText:
    """Write a new version; `seen` is the one it was written on, 0 where there was none. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> GroupText:
        if _newest(cursor, kind) != seen:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        check_text(kind, words)
        text = GroupText(kind, seen + 1, dict(words), deed.by.id, deed.now)
        cursor.execute(
            f"insert into group_texts ({_COLUMNS}) values (?, ?, ?, ?, ?)",
            [kind, text.version, json.dumps(text.words, ensure_ascii=False), deed.by.id, to_stored(deed.now)],
        )
        return text

    return carry_out(store, deed, work)


def agree_to_text(store: Store, deed: Deed, kind: TextKind, version: int) -> None:
    """Put down that whoever acts agrees to the newest version. Raises Refused where it is not the newest."""

    def work(cursor: DuckDBPyConnection) -> None:
        if version == 0 or _newest(cursor, kind) != version:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        cursor.execute(
            "insert into text_agreements values (?, ?, ?, ?) on conflict do nothing",
            [kind, version, deed.by.id, to_stored(deed.now)],
        )

    carry_out(store, deed, work)


def agreement_of(store: Store, kind: TextKind, account: int) -> Agreement | None:
    """The newest version that somebody agreed to; None where they never did."""
    rows = store.rows(
        "select version, agreed_at from text_agreements where kind = ? and account = ? order by version desc limit 1",
        [kind, account],
    )
    return Agreement(rows[0][0], from_stored(rows[0][1])) if rows else None


def who_agreed(store: Store, kind: TextKind) -> frozenset[int]:
    """The accounts that agreed to the newest version."""
    rows = store.rows(
        "select account from text_agreements where kind = ?"
        " and version = (select max(version) from group_texts where kind = ?)",
        [kind, kind],
    )
    return frozenset(account for (account,) in rows)


def _newest(cursor: DuckDBPyConnection, kind: TextKind) -> int:
    ((version,),) = cursor.execute(
        "select coalesce(max(version), 0) from group_texts where kind = ?", [kind]
    ).fetchall()
    return int(version)


def _text(row: tuple[Any, ...]) -> GroupText:
    kind, version, words, added_by, added_at = row
    return GroupText(TextKind(kind), version, json.loads(words), added_by, from_stored(added_at))
