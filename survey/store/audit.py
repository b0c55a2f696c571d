"""Who did what to whom: one row beside each change of staff, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class AuditRow:
    """`actor` is an account's name or `command line`; `subject` what was acted on; never a code or an answer."""

    happened_at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str]


def record(
    cursor: DuckDBPyConnection,
    *,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    details: Mapping[str, str] | None = None,
) -> None:
    """Write an audit row in the caller's transaction, so that neither it nor the change stands alone."""
    cursor.execute(
        "insert into audit values (?, ?, ?, ?, ?)",
        [to_stored(now), actor, action, subject, json.dumps(details or {}, ensure_ascii=False, sort_keys=True)],
    )


def list_audit(store: Store, *, most: int = 100) -> tuple[AuditRow, ...]:
    """The latest rows, newest first."""
    return _rows(store.rows("select * from audit order by happened_at desc, rowid desc limit ?", [most]))


def audit_of(store: Store, subject: str) -> tuple[AuditRow, ...]:
    """Everything that was done to one subject, newest first."""
    return _rows(store.rows("select * from audit where subject = ? order by happened_at desc, rowid desc", [subject]))


def _rows(found: Sequence[tuple[Any, ...]]) -> tuple[AuditRow, ...]:
    return tuple(
        AuditRow(from_stored(happened_at), actor, action, subject, json.loads(details))
        for happened_at, actor, action, subject, details in found
    )
