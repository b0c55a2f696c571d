"""Which questions of a round each member has read: kept so that they find their place again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from survey.coproduction.rounds import OPEN_STATES
from survey.store.clock import to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


def mark_read(store: Store, number: int, account: int, item: str, now: datetime) -> None:
    """Keep that somebody who was asked has read a question of an open round; anything else is not kept.

    It leaves no audit row: reading is nobody's business but the reader's.
    """
    if item in read_items(store, number, account):
        return
    store.journal.run(
        lambda cursor: cursor.execute(
            """
            insert into questions_read select asked.round, account, ?, ? from asked join rounds using (round)
            where asked.round = ? and account = ? and list_contains(?, state)
            on conflict do nothing
            """,
            [item, to_stored(now), number, account, [*OPEN_STATES]],
        )
    )


def read_items(store: Store, number: int, account: int) -> frozenset[str]:
    """The questions of a round that somebody has read."""
    rows = store.rows("select item from questions_read where round = ? and account = ?", [number, account])
    return frozenset(item for (item,) in rows)
