"""After the count: a stop with its reply and how it was cleared, and the casting votes that break a tie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.counting import result_of
from survey.coproduction.deciding import Result, Stop
from survey.coproduction.decision_rules import Matter, NotDecided, check_casting, check_clear, check_reply, is_signed
from survey.coproduction.letter_words import About
from survey.coproduction.people import CO_CHAIRS, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out, carry_out_in_round
from survey.store.group.decisions import matter_of
from survey.store.group.letters import write_letters
from survey.store.group.people import holders_in, person_of, seats_in
from survey.store.group.settling import settle

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "decision, author, words, reply, replied_by, replied_at, seen_at, cleared_by, cleared_at"


class UnknownStop(LookupError):
    """Nobody by this number has stopped this decision."""


def stops_of(store: Store, decision: int) -> tuple[Stop, ...]:
    """The stops against a decision that was counted, in the order of the alphabet, which says nothing of who."""
    with store.as_of_now() as cursor:
        return stops_in(cursor, decision)


def stops_in(cursor: DuckDBPyConnection, decision: int) -> tuple[Stop, ...]:
    """The same inside a transaction."""
    rows = cursor.execute(
        f"select {_COLUMNS} from stops where decision = ? order by words, author", [decision]
    ).fetchall()
    return tuple(map(_stop, rows))


def co_chairs_in(cursor: DuckDBPyConnection) -> frozenset[int]:
    """Who the co-chairs are now."""
    held, seats = holders_in(cursor), seats_in(cursor)
    return frozenset(account for office in CO_CHAIRS for account in held.get(office, ()) if account in seats)


def co_chairs(store: Store) -> frozenset[int]:
    """The same as of now."""
    with store.as_of_now() as cursor:
        return co_chairs_in(cursor)


def sign_reply(
    store: Store, deed: Deed, number: int, decision: int, author: int, words: str, seen: str, way: Way
) -> Stop:
    """Write the reply to a stop, or sign the one that stands; other words take the other signature off.

    `seen` is the reply as whoever signs had it before them. Raises Refused, UnknownDecision, UnknownStop.
    """

    def work(cursor: DuckDBPyConnection) -> Stop:
        matter, stop = _found(cursor, number, decision, author)
        check_reply(matter, stop, person_of(cursor, deed.by, way), words)
        if stop.reply != seen:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        is_same = words == stop.reply
        signed_by = (stop.replied_by if is_same else frozenset()) | {deed.by.id}
        was_signed = is_same and is_signed(stop, co_chairs_in(cursor))
        cursor.execute(
            "update stops set reply = ?, replied_by = ?, seen_at = case when ? then seen_at end"
            " where decision = ? and author = ?",
            [words, json.dumps(sorted(signed_by)), is_same, decision, author],
        )
        now_signed = is_signed(_stop_of(cursor, decision, author), co_chairs_in(cursor))
        if not was_signed:
            cursor.execute(
                "update stops set replied_at = ? where decision = ? and author = ?",
                [to_stored(deed.now) if now_signed else None, decision, author],
            )
        if now_signed and not was_signed:
            write_letters(cursor, [author], About.STOP_REPLY, number, deed.now)
        return _stop_of(cursor, decision, author)

    return carry_out_in_round(store, deed, number, work)


def note_seen(store: Store, deed: Deed, decision: int) -> bool:
    """Keep that the author of a stop has its signed reply before them; only the first time. Return whether it was.

    Whatever the clock says: that somebody reads is not refused.
    """
    stop = next((each for each in stops_of(store, decision) if each.author == deed.by.id), None)
    if stop is None or stop.seen_at is not None or stop.cleared_at is not None or not is_signed(stop, co_chairs(store)):
        return False

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute(
            "update stops set seen_at = ? where decision = ? and author = ? and reply = ? and seen_at is null",
            [to_stored(deed.now), decision, deed.by.id, stop.reply],
        )

    carry_out(store, deed, work)
    return True


def clear_stop(store: Store, deed: Deed, number: int, decision: int, author: int, way: Way) -> Result:
    """Clear a stop, as its author or with the co-chairs' signed reply, and count again. Return what it came to.

    Raises Refused, UnknownDecision, UnknownStop.
    """

    def work(cursor: DuckDBPyConnection) -> Result:
        matter, stop = _found(cursor, number, decision, author)
        person = person_of(cursor, deed.by, way)
        check_clear(matter, stop, person, co_chairs_in(cursor), deed.now)
        cursor.execute(
            "update stops set cleared_by = ?, cleared_at = ? where decision = ? and author = ?",
            ["author" if person.id == author else "co_chairs", to_stored(deed.now), decision, author],
        )
        return _count_again(cursor, matter, deed.now)

    return carry_out_in_round(store, deed, number, work)


def cast(store: Store, deed: Deed, number: int, decision: int, agrees: bool, way: Way) -> Result:
    """A co-chair's vote that breaks a tie; it can be changed until both are there. Raises Refused, UnknownDecision."""

    def work(cursor: DuckDBPyConnection) -> Result:
        matter = matter_of(cursor, decision)
        if matter.round.id != number:
            raise Refused(NotAllowed.NOT_YOURS)
        check_casting(matter, person_of(cursor, deed.by, way))
        cursor.execute(
            "insert or replace into casting_votes values (?, ?, ?, ?)",
            [decision, deed.by.id, agrees, to_stored(deed.now)],
        )
        return _count_again(cursor, matter, deed.now)

    return carry_out_in_round(store, deed, number, work)


def casting_votes(store: Store, decision: int) -> Mapping[int, bool]:
    """By co-chair: whether their casting vote agrees. Sealed until both are there: the caller sees to that."""
    with store.as_of_now() as cursor:
        return _casting_in(cursor, decision)


def _casting_in(cursor: DuckDBPyConnection, decision: int) -> Mapping[int, bool]:
    rows = cursor.execute("select account, agrees from casting_votes where decision = ?", [decision]).fetchall()
    return {account: bool(agrees) for account, agrees in rows}


def _count_again(cursor: DuckDBPyConnection, matter: Matter, now: datetime) -> Result:
    """What the sealed count comes to with the stops that stand and the votes of those who are co-chairs now."""
    tally = matter.decision.tally
    if tally is None:
        raise Refused(NotDecided.NOT_COUNTED)
    standing = sum(stop.cleared_at is None for stop in stops_in(cursor, matter.decision.id))
    chairs = co_chairs_in(cursor)
    casting = [agrees for account, agrees in _casting_in(cursor, matter.decision.id).items() if account in chairs]
    result = result_of(tally, standing, casting, matter.round.plan.quorum, is_second_date=matter.round.is_extended)
    settle(cursor, matter, result, now)
    return result


def _found(cursor: DuckDBPyConnection, number: int, decision: int, author: int) -> tuple[Matter, Stop]:
    matter = matter_of(cursor, decision)
    if matter.round.id != number:
        raise Refused(NotAllowed.NOT_YOURS)
    return matter, _stop_of(cursor, decision, author)


def _stop_of(cursor: DuckDBPyConnection, decision: int, author: int) -> Stop:
    for stop in stops_in(cursor, decision):
        if stop.author == author:
            return stop
    raise UnknownStop(author)


def _stop(row: tuple[Any, ...]) -> Stop:
    decision, author, words, reply, replied_by, replied_at, seen_at, cleared_by, cleared_at = row
    return Stop(
        decision=decision,
        author=author,
        words=words,
        reply=reply,
        replied_by=frozenset(json.loads(replied_by)),
        seen_at=_moment(seen_at),
        replied_at=_moment(replied_at),
        cleared_by=cleared_by,
        cleared_at=_moment(cleared_at),
    )


def _moment(stored: datetime | None) -> datetime | None:
    return None if stored is None else from_stored(stored)
