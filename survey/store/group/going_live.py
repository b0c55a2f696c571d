"""After agreement: a version goes to translation, goes live in place of the one before, and is retired."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.going_live import check_going_live, check_retiring, check_translating
from survey.coproduction.people import Person
from survey.coproduction.rounds import Act, Round, State
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.people import person_of
from survey.store.group.rounds import move_round, round_of

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class WentLive:
    """That a version went live, with the languages that were not complete then, and why it did all the same."""

    at: datetime
    incomplete: tuple[str, ...]
    because: str


def send_to_translation(store: Store, deed: Deed, by: Person, number: int) -> Round:
    """Hand the agreed version of a round to the translators. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Round:
        check_translating(round_of(cursor, number), person_of(cursor, deed.by, by.way))
        return move_round(cursor, number, Act.TRANSLATE, deed.now)

    return carry_out_in_round(store, deed, number, work)


def go_live(store: Store, deed: Deed, by: Person, number: int, incomplete: Collection[str], because: str) -> Round:
    """Let the version of a round be the one that is asked; the one that was is retired. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Round:
        current = round_of(cursor, number)
        check_going_live(current, person_of(cursor, deed.by, by.way), incomplete, because)
        before = cursor.execute(
            "select round from rounds where questionnaire = ? and state = ?", [current.questionnaire, State.LIVE]
        ).fetchall()
        for (earlier,) in before:
            move_round(cursor, earlier, Act.RETIRE, deed.now)
        moved = move_round(cursor, number, Act.GO_LIVE, deed.now)
        cursor.execute(
            "insert into gone_live values (?, ?, ?, ?, ?)",
            [number, json.dumps(sorted(incomplete)), because if incomplete else "", deed.by.id, to_stored(deed.now)],
        )
        return moved

    return carry_out_in_round(store, deed, number, work)


def retire(store: Store, deed: Deed, by: Person, number: int) -> Round:
    """Ask the version of a round no more, without another in its place. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> Round:
        check_retiring(round_of(cursor, number), person_of(cursor, deed.by, by.way))
        return move_round(cursor, number, Act.RETIRE, deed.now)

    return carry_out_in_round(store, deed, number, work)


def went_live(store: Store, number: int) -> WentLive | None:
    """How the version of a round went live; None where it did not."""
    rows = store.rows("select gone_at, incomplete, because from gone_live where round = ?", [number])
    return next((WentLive(from_stored(at), tuple(json.loads(listed)), because) for at, listed, because in rows), None)
