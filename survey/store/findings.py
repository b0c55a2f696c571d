"""What was found, who promises what about it, and how far that is: added, changed and listed, with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.store.accounts import Account
from survey.store.audit import audit_of, record
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


class State(StrEnum):
    """How far a finding has come."""

    OPEN = "open"
    """Found, and nobody has promised anything yet."""
    PROMISED = "promised"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANNOT = "cannot"
    """It cannot be done; the outcome says why."""


@dataclass(frozen=True)
class Content:
    """What people write about a finding."""

    item: str
    """The question it is about, a row of a grid by its own key; '' for none."""
    area: str
    """The code of an area or a region; '' for England."""
    found: str
    public: bool
    """Whether everyone may read it once the results are public."""
    state: State = State.OPEN
    owner: str = ""
    """Who promises: an office, not a person."""
    promise: str = ""
    due_on: date | None = None
    outcome: str = ""
    """What was done, or why it cannot be."""

    def is_late(self, today: date) -> bool:
        """Whether the promised day has passed and it is not done."""
        return self.state in (State.PROMISED, State.UNDER_WAY) and self.due_on is not None and self.due_on < today


FIELDS = tuple(field.name for field in fields(Content))


@dataclass(frozen=True)
class Finding:
    """A finding as it stands; every change makes its revision one higher."""

    id: int
    wave: str
    content: Content
    first_due_on: date | None
    """The day that was promised first: moving it does not make a promise less late."""
    revision: int
    added_at: datetime
    changed_at: datetime

    @property
    def moved_from(self) -> date | None:
        """The day that was promised first, where a later one has taken its place."""
        first, now = self.first_due_on, self.content.due_on
        return first if first is not None and now is not None and first < now else None


@dataclass(frozen=True)
class Change:
    """What somebody changed at one moment: by field the words before and after."""

    happened_at: datetime
    actor: str
    is_first: bool
    before: dict[str, str]
    after: dict[str, str]


class UnknownFinding(Exception):
    """There is no finding of this number."""


class SameFinding(Exception):
    """The same was found already; `existing` is its number."""

    def __init__(self, existing: int) -> None:
        super().__init__(f"finding {existing} says the same")
        self.existing = existing


class ChangedMeanwhile(Exception):
    """Somebody else has saved a finding since it was read; `current` is what they made of it."""

    def __init__(self, current: Finding) -> None:
        super().__init__(f"finding {current.id} is at revision {current.revision}")
        self.current = current


_COLUMNS = f"finding, wave, {', '.join(FIELDS)}, first_due_on, revision, added_at, changed_at"


def add_finding(store: Store, wave: str, content: Content, *, by: Account, now: datetime) -> Finding:
    """Add a finding. Raises SameFinding where a wave has one about the same question and area in the same words."""

    def work(cursor: DuckDBPyConnection) -> Finding:
        same = cursor.execute(
            "select finding from findings where wave = ? and item = ? and area = ? and found = ?",
            [wave, content.item, content.area, content.found],
        ).fetchone()
        if same is not None:
            raise SameFinding(same[0])
        (number,) = cursor.execute("select coalesce(max(finding), 0) + 1 from findings").fetchall()[0]
        moment = from_stored(to_stored(now))
        added = Finding(number, wave, content, content.due_on, 1, moment, moment)
        values = {**vars(content), "finding": number, "wave": wave, "first_due_on": content.due_on}
        values |= {"revision": 1, "added_by": by.id}
        values |= {"added_at": to_stored(now), "changed_at": to_stored(now)}
        cursor.execute(
            f"insert into findings ({', '.join(values)}) values ({', '.join('?' * len(values))})", [*values.values()]
        )
        _record(cursor, "add finding", added, None, by, now)
        return added

    return store.journal.run(work)


def change_finding(
    store: Store, finding: int, content: Content, *, revision: int, by: Account, now: datetime
) -> Finding:
    """Put `content` in place of what a finding says, if it still is at `revision`; the same content changes nothing.

    Raises ChangedMeanwhile, and UnknownFinding.
    """

    def work(cursor: DuckDBPyConnection) -> Finding:
        rows = cursor.execute(f"select {_COLUMNS} from findings where finding = ?", [finding]).fetchall()
        if not rows:
            raise UnknownFinding(finding)
        current = _finding(rows[0])
        if current.content == content:
            return current
        if current.revision != revision:
            raise ChangedMeanwhile(current)
        changed = replace(
            current,
            content=content,
            first_due_on=current.first_due_on or content.due_on,
            revision=revision + 1,
            changed_at=from_stored(to_stored(now)),
        )
        cursor.execute(
            f"update findings set {', '.join(f'{name} = ?' for name in FIELDS)}, first_due_on = ?, revision = ?,"
            " changed_at = ?"
            " where finding = ?",
            [*vars(content).values(), changed.first_due_on, changed.revision, to_stored(now), finding],
        )
        _record(cursor, "change finding", changed, current.content, by, now)
        return changed

    return store.journal.run(work)


def find_finding(store: Store, finding: int) -> Finding:
    """One finding. Raises UnknownFinding."""
    rows = store.rows(f"select {_COLUMNS} from findings where finding = ?", [finding])
    if not rows:
        raise UnknownFinding(finding)
    return _finding(rows[0])


def list_findings(store: Store, waves: Sequence[str]) -> tuple[Finding, ...]:
    """The findings of these waves, in the order they were added."""
    rows = store.rows(f"select {_COLUMNS} from findings where list_contains(?, wave) order by finding", [list(waves)])
    return tuple(map(_finding, rows))


def list_changes(store: Store, finding: int) -> tuple[Change, ...]:
    """The history of a finding from its audit rows, the latest first."""
    return tuple(
        Change(
            row.happened_at,
            row.actor,
            row.action == "add finding",
            {name: row.details[f"{name} before"] for name in FIELDS if f"{name} before" in row.details},
            {name: row.details[f"{name} after"] for name in FIELDS if f"{name} after" in row.details},
        )
        for row in audit_of(store, _subject(finding))
    )


def by_urgency(findings: Sequence[Finding], today: date) -> tuple[Finding, ...]:
    """What is late first, the longest first; then what is promised, by its day; what is open; what is over."""

    def urgency(finding: Finding) -> tuple[bool, int, date, int]:
        said = finding.content
        rank = {State.PROMISED: 0, State.UNDER_WAY: 0, State.OPEN: 1}.get(said.state, 2)
        return (not said.is_late(today), rank, said.due_on or date.max, finding.id)

    return tuple(sorted(findings, key=urgency))


def _subject(finding: int) -> str:
    return f"finding {finding}"


def _record(
    cursor: DuckDBPyConnection, action: str, finding: Finding, before: Content | None, by: Account, now: datetime
) -> None:
    details: dict[str, str] = {}
    for name in FIELDS:
        old, new = "" if before is None else _said(before, name), _said(finding.content, name)
        if old != new:
            details |= {f"{name} before": old, f"{name} after": new}
    record(cursor, actor=by.name, action=action, subject=_subject(finding.id), now=now, details=details)


def _said(content: Content, name: str) -> str:
    value = getattr(content, name)
    return "" if value is None else str(value)


def _finding(row: tuple[Any, ...]) -> Finding:
    number, wave, *written, first_due_on, revision, added_at, changed_at = row
    said = dict(zip(FIELDS, written, strict=True))
    content = Content(**said | {"state": State(said["state"])})
    return Finding(number, wave, content, first_due_on, revision, from_stored(added_at), from_stored(changed_at))
