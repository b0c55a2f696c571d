"""Votes: cast and changed until the count, by members themselves or written down for them. Nobody else reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.deciding import Choice, Vote
from survey.coproduction.decision_rules import check_vote, check_write_vote_down
from survey.coproduction.people import Person, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import Account
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.decisions import matter_of, voters_in
from survey.store.group.people import person_of
from survey.store.group.rounds import round_of

if TYPE_CHECKING:
    from survey.store.connect import Store

_COLUMNS = "account, seat, choice, words, way, cast_at, confirmed_at"


@dataclass(frozen=True)
class Filled:
    """What somebody filled in for one decision, as it came."""

    choice: str
    words: str


class BallotRefused(Refused):
    """Votes that were sent together and not saved; `by_decision` are the reasons, of those that have some."""

    def __init__(self, by_decision: Mapping[int, tuple[StrEnum, ...]]) -> None:
        super().__init__(*dict.fromkeys(reason for reasons in by_decision.values() for reason in reasons))
        self.by_decision = by_decision


@dataclass(frozen=True)
class Turnout:
    """How many of those who have a vote have voted, and of how many the vote waits to be confirmed."""

    voted: int
    waiting: int
    voters: int


def cast_votes(store: Store, deed: Deed, number: int, filled: Mapping[int, Filled], today: date, way: Way) -> None:
    """Cast or change one's votes in a round, all or none. Raises BallotRefused, UnknownDecision.

    What somebody casts in a session of their own is confirmed by that; anything else waits.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        person = person_of(cursor, deed.by, way)
        refused = {}
        for decision, paper in filled.items():
            matter = matter_of(cursor, decision)
            known = vote_of(cursor, decision, person.id)
            has_voted = known is not None and known.confirmed_at is not None
            try:
                if matter.round.id != number:
                    raise Refused(NotAllowed.NOT_YOURS)
                check_vote(matter, person, today, paper.choice, paper.words, has_voted=has_voted)
            except Refused as one:
                refused[decision] = one.reasons
                continue
            if known is None or not has_voted or (known.choice, known.words) != (paper.choice, paper.words):
                _write(cursor, deed, decision, person, paper, way)
        if refused:
            raise BallotRefused(refused)

    carry_out_in_round(store, deed, number, work)


def write_vote_down(
    store: Store, deed: Deed, number: int, decision: int, member: Account, paper: Filled, today: date
) -> None:
    """Enter what a member gave on paper; it counts once it is confirmed. Raises Refused, UnknownDecision."""

    def work(cursor: DuckDBPyConnection) -> None:
        matter = matter_of(cursor, decision)
        if matter.round.id != number:
            raise Refused(NotAllowed.NOT_YOURS)
        voter = person_of(cursor, member, Way.PAPER)
        known = vote_of(cursor, decision, member.id)
        has_voted = known is not None and known.confirmed_at is not None
        check_write_vote_down(matter, person_of(cursor, deed.by), voter, today, has_voted=has_voted)
        check_vote(matter, voter, today, paper.choice, paper.words)
        _write(cursor, deed, decision, voter, paper, Way.PAPER)

    carry_out_in_round(store, deed, number, work)


def _write(cursor: DuckDBPyConnection, deed: Deed, decision: int, voter: Person, paper: Filled, way: Way) -> None:
    moment = to_stored(deed.now)
    confirmed = [moment, "self"] if way is Way.SELF else [None, ""]
    cursor.execute(
        "insert or replace into votes values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [decision, voter.id, voter.seat, paper.choice, paper.words, way, deed.by.id, moment, *confirmed],
    )


# --- Reading, for the one who cast it and for the count ---------------------------------


def vote_of(cursor: DuckDBPyConnection, decision: int, account: int) -> Vote | None:
    """Somebody's own vote, confirmed or not."""
    rows = cursor.execute(
        f"select {_COLUMNS} from votes where decision = ? and account = ?", [decision, account]
    ).fetchall()
    return _vote(rows[0]) if rows else None


def votes_in(cursor: DuckDBPyConnection, decision: int) -> tuple[Vote, ...]:
    """Every vote of a decision: for the count alone, and for what is published after it."""
    rows = cursor.execute(f"select {_COLUMNS} from votes where decision = ? order by account", [decision]).fetchall()
    return tuple(map(_vote, rows))


def words_beside(store: Store, decision: int) -> tuple[Vote, ...]:
    """The votes of a decision that count and have words, in the order of the alphabet, which says nothing of who.

    There are none before it is counted.
    """
    rows = store.rows(
        f"select {_COLUMNS} from votes join (select decision, counted_at from decisions) using (decision)"
        " where decision = ? and counted_at is not null and confirmed_at <= counted_at and words <> ''"
        " order by words, account",
        [decision],
    )
    return tuple(map(_vote, rows))


def own_votes(store: Store, number: int, account: int) -> dict[int, Vote]:
    """By decision of a round: somebody's own votes, those that wait to be confirmed too."""
    rows = store.rows(
        f"select decision, {_COLUMNS} from votes join (select decision, round from decisions) using (decision)"
        " where round = ? and account = ? and (confirmed_at is not null or confirmed_how = '')",
        [number, account],
    )
    return {decision: _vote(tuple(vote)) for decision, *vote in rows}


def turnout_of(store: Store, number: int) -> dict[int, Turnout]:
    """By decision of a round: how many have voted, and nothing else of their votes."""
    with store.as_of_now() as cursor:
        voters = voters_in(cursor, round_of(cursor, number).asked)
        rows = cursor.execute(
            "select decision, account, confirmed_at is not null, coalesce(confirmed_how = '', false)"
            " from decisions left join votes using (decision) where round = ?",
            [number],
        ).fetchall()
    voted: dict[int, list[tuple[bool, bool]]] = {decision: [] for decision, *_ in rows}
    for decision, account, confirmed, waits in rows:
        if account in voters:
            voted[decision].append((confirmed, waits and not confirmed))
    return {
        decision: Turnout(sum(one for one, _ in each), sum(waits for _, waits in each), len(voters))
        for decision, each in voted.items()
    }


def all_have_voted(cursor: DuckDBPyConnection, decision: int, asked: frozenset[int]) -> bool:
    """Whether of all who have a vote one is there, and confirmed."""
    rows = cursor.execute(
        "select account from votes where decision = ? and confirmed_at is not null", [decision]
    ).fetchall()
    voters = voters_in(cursor, asked)
    return bool(voters) and voters <= {account for (account,) in rows}


def _vote(row: tuple[Any, ...]) -> Vote:
    account, seat, choice, words, way, cast_at, confirmed_at = row
    return Vote(
        account=account,
        seat=Seat(seat),
        choice=Choice(choice),
        words=words,
        way=Way(way),
        cast_at=from_stored(cast_at),
        confirmed_at=None if confirmed_at is None else from_stored(confirmed_at),
    )
