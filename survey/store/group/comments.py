"""Comments in the store: what members said about a draft, at which place, and of what kind.

A comment that its author has taken back, or never said, keeps its row; it has no moment of confirmation any more, so it
counts for nothing and nobody else is shown it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Hat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying import Comment, Kind, Place
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import next_number
from survey.store.group.outcomes import without_outcome

if TYPE_CHECKING:
    from survey.store.connect import Store

PAGE = 50
"""So many comments are on one page of the list."""

_COLUMNS = "comment, round, item, field, kind, words, author, hat, way, said_at, confirmed_at, hidden_because"


class UnknownComment(LookupError):
    """There is no comment of this number."""


@dataclass(frozen=True)
class Wanted:
    """Which comments of a round a list is to show; what is None or False does not narrow it."""

    item: str | None = None
    """An item; WHOLE for those on the questionnaire as a whole."""
    kind: Kind | None = None
    author: int | None = None
    without_outcome: bool = False


def add_comment(
    cursor: DuckDBPyConnection,
    number: int,
    place: Place,
    kind: Kind,
    words: str,
    *,
    author: int,
    hat: Hat,
    way: Way,
    entered_by: int,
    now: datetime,
) -> int:
    """Put a comment down; who may, and whether it can be said, is checked by the caller. Return its number.

    What a member says in a session of their own is confirmed by that; anything else waits.
    """
    comment = next_number(cursor, "comments", "comment")
    moment = to_stored(now)
    row = [comment, number, place.item, place.field, kind, words, author, hat, way, entered_by, moment]
    cursor.execute(
        "insert into comments values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', null, null)",
        row + ([moment, "self"] if way is Way.SELF else [None, ""]),
    )
    return comment


def comments_of(store: Store, number: int, item: str | None = None) -> tuple[Comment, ...]:
    """What members said in a round, or about one item of it, in the order they said it; hidden ones with the reason.

    What waits to be confirmed, and what was taken back, is not among them.
    """
    narrower = "" if item is None else " and item = ?"
    rows = store.rows(
        f"select {_COLUMNS} from comments where round = ? and confirmed_at is not null{narrower} order by comment",
        [number] if item is None else [number, item],
    )
    return tuple(_comment(row) for row in rows)


def list_comments(store: Store, number: int, wanted: Wanted, page: int = 1) -> tuple[int, tuple[Comment, ...]]:
    """How many comments of a round are wanted, and those on one page of them, the latest first."""
    where = ["round = ?", "confirmed_at is not null"]
    values: list[object] = [number]
    for column, value in (("item", wanted.item), ("kind", wanted.kind), ("author", wanted.author)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    with store.as_of_now() as cursor:
        if wanted.without_outcome:
            where.append("list_contains(?, comment)")
            values.append(list(without_outcome(cursor, number)))
        chosen = " and ".join(where)
        ((count,),) = cursor.execute(f"select count(*) from comments where {chosen}", values).fetchall()
        rows = cursor.execute(
            f"select {_COLUMNS} from comments where {chosen} order by comment desc limit ? offset ?",
            [*values, PAGE, PAGE * (page - 1)],
        ).fetchall()
    return int(count), tuple(_comment(row) for row in rows)


def comment_of(cursor: DuckDBPyConnection, comment: int) -> Comment:
    """One comment inside a transaction, whether it counts or not. Raises UnknownComment."""
    rows = cursor.execute(f"select {_COLUMNS} from comments where comment = ?", [comment]).fetchall()
    if not rows:
        raise UnknownComment(comment)
    return _comment(rows[0])


def is_in_round(cursor: DuckDBPyConnection, comment: int, number: int) -> bool:
    """Whether there is a comment of this number in a round, confirmed or not."""
    found = cursor.execute("select 1 from comments where comment = ? and round = ?", [comment, number]).fetchone()
    return found is not None


def load_comment(store: Store, comment: int) -> Comment:
    """One comment. Raises UnknownComment."""
    with store.as_of_now() as cursor:
        return comment_of(cursor, comment)


def has_said(cursor: DuckDBPyConnection, number: int, place: Place, kind: Kind, words: str, author: int) -> bool:
    """Whether somebody has said just this already, confirmed or waiting to be."""
    found = cursor.execute(
        "select 1 from comments where round = ? and item = ? and field = ? and kind = ? and words = ? and author = ?"
        " and (confirmed_at is not null or confirmed_how = '')",
        [number, place.item, place.field, kind, words, author],
    ).fetchone()
    return found is not None


def has_outcome(cursor: DuckDBPyConnection, comment: int) -> bool:
    """Whether anything was decided about a comment, be it reopened since or not."""
    return cursor.execute("select 1 from outcomes where comment = ?", [comment]).fetchone() is not None


def with_outcome(store: Store, number: int) -> frozenset[int]:
    """The comments of a round about which anything was decided."""
    rows = store.rows("select distinct comment from outcomes join comments using (comment) where round = ?", [number])
    return frozenset(comment for (comment,) in rows)


def take_comment_back(cursor: DuckDBPyConnection, comment: int) -> None:
    """Let it count for nothing; its row stays."""
    cursor.execute("update comments set confirmed_at = null, confirmed_how = 'taken back' where comment = ?", [comment])


def hide_comment(cursor: DuckDBPyConnection, comment: int, because: str, by: int, now: datetime) -> None:
    """Hide its words from the others, with the reason; '' shows them again."""
    if (comment_of(cursor, comment).hidden_because != "") == (because != ""):
        raise Refused(NotAllowed.CHANGED_MEANWHILE)
    cursor.execute(
        "update comments set hidden_because = ?, hidden_by = ?, hidden_at = ? where comment = ?",
        [because, by, to_stored(now), comment],
    )


def _comment(row: tuple[Any, ...]) -> Comment:
    comment, number, item, field, kind, words, author, hat, way, said_at, confirmed_at, hidden_because = row
    return Comment(
        id=comment,
        round=number,
        place=Place(item, field),
        kind=Kind(kind),
        words=words,
        author=author,
        hat=Hat(hat),
        way=Way(way),
        said_at=from_stored(said_at),
        confirmed_at=None if confirmed_at is None else from_stored(confirmed_at),
        hidden_because=hidden_because,
    )
