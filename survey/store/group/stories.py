"""Stories in the store: what happened to members, told without kinds, votes or outcomes.

A story that its author has taken back keeps its row, without its moment of confirmation, as a comment does.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying import Story
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import next_number

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "story, round, author, words, told_at, way, confirmed_at, hidden_because"


class UnknownStory(LookupError):
    """There is no story of this number."""


def add_story(
    cursor: DuckDBPyConnection, number: int, words: str, *, author: int, way: Way, entered_by: int, now: datetime
) -> int:
    """Put a story down; who may is checked by the caller. Return its number."""
    story = next_number(cursor, "stories", "story")
    moment = to_stored(now)
    confirmed = [moment, "self"] if way is Way.SELF else [None, ""]
    cursor.execute(
        "insert into stories values (?, ?, ?, ?, ?, ?, ?, ?, ?, '', null, null)",
        [story, number, author, words, way, entered_by, moment, *confirmed],
    )
    return story


def stories_of(store: Store, number: int) -> tuple[Story, ...]:
    """The stories of a round, the latest first; hidden ones with the reason, not those that wait or were taken back."""
    rows = store.rows(
        f"select {_COLUMNS} from stories where round = ? and confirmed_at is not null order by story desc", [number]
    )
    return tuple(_story(row) for row in rows)


def story_of(cursor: DuckDBPyConnection, story: int) -> Story:
    """One story inside a transaction, whether it is shown or not. Raises UnknownStory."""
    rows = cursor.execute(f"select {_COLUMNS} from stories where story = ?", [story]).fetchall()
    if not rows:
        raise UnknownStory(story)
    return _story(rows[0])


def load_story(store: Store, story: int) -> Story:
    """One story. Raises UnknownStory."""
    with store.as_of_now() as cursor:
        return story_of(cursor, story)


def has_told(cursor: DuckDBPyConnection, number: int, words: str, author: int) -> bool:
    """Whether somebody has told just this already, confirmed or waiting to be."""
    found = cursor.execute(
        "select 1 from stories where round = ? and words = ? and author = ?"
        " and (confirmed_at is not null or confirmed_how = '')",
        [number, words, author],
    ).fetchone()
    return found is not None


def take_story_back(cursor: DuckDBPyConnection, story: int) -> None:
    """Show it to nobody; its row stays."""
    cursor.execute("update stories set confirmed_at = null, confirmed_how = 'taken back' where story = ?", [story])


def hide_story(cursor: DuckDBPyConnection, story: int, because: str, by: int, now: datetime) -> None:
    """Hide its words from the others, with the reason; '' shows them again."""
    if (story_of(cursor, story).hidden_because != "") == (because != ""):
        raise Refused(NotAllowed.CHANGED_MEANWHILE)
    cursor.execute(
        "update stories set hidden_because = ?, hidden_by = ?, hidden_at = ? where story = ?",
        [because, by, to_stored(now), story],
    )


def _story(row: tuple[Any, ...]) -> Story:
    story, number, author, words, told_at, way, confirmed_at, hidden_because = row
    return Story(
        id=story,
        round=number,
        author=author,
        words=words,
        told_at=from_stored(told_at),
        way=Way(way),
        confirmed_at=None if confirmed_at is None else from_stored(confirmed_at),
        hidden_because=hidden_because,
    )
