"""Who read which answer and which themes they found in it.

Two people read each answer, neither seeing what the other found. Where they differ both see both, and each may change
their own: what they found first stays beside it, because that alone says how far two readers agree. A theme that the
two do not both find in the end is not counted. A reading is stale, and counts for nothing, when the words are other
words now or a theme has been agreed since: nobody has looked for that theme then.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.store.accounts import Account
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored
from survey.store.coding import READERS, CodingError, Refusal
from survey.store.themes import Frame, read_frame
from survey.store.written import Answer, is_there

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "response, seq, coder, themes, read_at"


@dataclass(frozen=True)
class Reading:
    """What one person found in an answer; only themes that are in use."""

    coder: int
    first: frozenset[str]
    """Before they knew what the other had found."""
    now: frozenset[str]


@dataclass(frozen=True)
class Coded:
    """An answer with the readings of it that count: at most two."""

    answer: Answer
    readings: tuple[Reading, ...]

    @property
    def differ(self) -> bool:
        """Whether two have read it and do not find the same."""
        return len({reading.now for reading in self.readings}) > 1

    @property
    def is_full(self) -> bool:
        """Whether as many have read it as should."""
        return len(self.readings) == READERS

    @property
    def found_by_both(self) -> frozenset[str]:
        """The themes that two readers find in the end; none before both have read it."""
        return frozenset.intersection(*(reading.now for reading in self.readings)) if self.is_full else frozenset()

    def by(self, coder: int) -> Reading | None:
        """What this person found, if they have read it."""
        return next((reading for reading in self.readings if reading.coder == coder), None)


def load_coded(store: Store, wave: str, item: str, frame: Frame, answers: Iterable[Answer]) -> tuple[Coded, ...]:
    """Each of the answers to a question with the readings of it that count."""
    rows = store.rows(
        f"select {_COLUMNS} from readings join responses using (response) where wave = ? and item = ?", [wave, item]
    )
    by_response: dict[int, list[_Row]] = {}
    for response, *rest in rows:
        by_response.setdefault(response, []).append(_Row(*rest))
    return tuple(
        Coded(answer, _counting(by_response.get(answer.response, ()), answer, frame))
        for answer in answers
        if answer.item == item
    )


def save_reading(
    store: Store, account: Account, *, wave: str, answer: Answer, themes: Collection[str], now: datetime
) -> None:
    """Note which themes somebody found in an answer; none is a finding, too. Raises CodingError, NotSaved.

    Once both have read it, it can be changed only while they differ.
    """
    chosen = frozenset(themes)

    def work(cursor: DuckDBPyConnection) -> None:
        frame = read_frame(cursor, wave, answer.item)
        if not frame.codes or not chosen <= frame.codes:
            raise CodingError(Refusal.UNKNOWN_THEME)
        if not is_there(cursor, answer):
            raise CodingError(Refusal.ANSWER_GONE)
        rows = cursor.execute(
            f"select {_COLUMNS} from readings where response = ? and item = ?", [answer.response, answer.item]
        ).fetchall()
        coded = Coded(answer, _counting([_Row(*row[1:]) for row in rows], answer, frame))
        mine = coded.by(account.id)
        if coded.is_full and (mine is None or not coded.differ):
            raise CodingError(Refusal.READ_BY_TWO)
        first = mine.first if mine is not None and coded.is_full else chosen
        cursor.execute(
            "insert or replace into readings values (?, ?, ?, ?, ?, ?)",
            [answer.response, answer.item, answer.seq, account.id, _to_json(first, chosen), to_stored(now)],
        )
        action = "change reading" if mine else "read answer"
        record(cursor, actor=account.name, action=action, subject=wave, now=now, details={"item": answer.item})

    store.journal.run(work)


@dataclass(frozen=True)
class _Row:
    seq: int
    coder: int
    themes: str
    read_at: datetime


def _counting(rows: Sequence[_Row], answer: Answer, frame: Frame) -> tuple[Reading, ...]:
    """The first two that are not stale."""
    since = frame.agreed_at
    if since is None:
        return ()
    fresh = [row for row in rows if row.seq == answer.seq and from_stored(row.read_at) >= since]
    first = sorted(fresh, key=lambda row: (row.read_at, row.coder))[:READERS]
    return tuple(Reading(row.coder, *(each & frame.codes for each in _from_json(row.themes))) for row in first)


def _to_json(first: frozenset[str], now: frozenset[str]) -> str:
    return json.dumps({"first": sorted(first), "now": sorted(now)})


def _from_json(themes: str) -> tuple[frozenset[str], frozenset[str]]:
    read = json.loads(themes)
    return frozenset(read["first"]), frozenset(read["now"])
