"""Rounds: prepared, listed, and moved from state to state as the one table of transitions says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey.coproduction.deciding import Result
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import TRANSITIONS, Act, Plan, Round, State, check_time_left, days_after_extension
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, UnknownRound, carry_out, next_number

if TYPE_CHECKING:
    from survey.store.connect import Store

_ENGLAND = ZoneInfo("Europe/London")

PLAN_FIELDS = tuple(field.name for field in fields(Plan))
_COLUMNS = (
    f"round, questionnaire, version, {', '.join(PLAN_FIELDS)}, state, minutes, revision, added_at, opened_at,"
    " closed_at, ended_at, first_decide_until, sign_off_until, is_extended, new_version, called_off_because"
)


def add_round(
    store: Store, deed: Deed, *, questionnaire: str, version: str, plan: Plan, minutes: int, asked: Iterable[int]
) -> Round:
    """Prepare a round on a version that the store has; nobody in the group sees it before it opens."""

    return carry_out(
        store,
        deed,
        lambda cursor: put_round(
            cursor, deed, questionnaire=questionnaire, version=version, plan=plan, minutes=minutes, asked=asked
        ),
    )


def put_round(
    cursor: DuckDBPyConnection,
    deed: Deed,
    *,
    questionnaire: str,
    version: str,
    plan: Plan,
    minutes: int,
    asked: Iterable[int],
) -> Round:
    """The same inside a transaction."""
    number = next_number(cursor, "rounds", "round")
    values: dict[str, object] = {
        "round": number,
        "questionnaire": questionnaire,
        "version": version,
        **vars(plan),
        "state": State.DRAFT,
        "minutes": minutes,
        "revision": 1,
        "added_by": deed.by.id,
        "added_at": to_stored(deed.now),
        "is_extended": False,
        "new_version": "",
        "called_off_because": "",
        "acted_at": to_stored(deed.now),
    }
    cursor.execute(
        f"insert into rounds ({', '.join(values)}) values ({', '.join('?' * len(values))})", [*values.values()]
    )
    ask_members(cursor, number, asked)
    return round_of(cursor, number)


def ask_members(cursor: DuckDBPyConnection, number: int, asked: Iterable[int]) -> None:
    """Put down who is asked in a round, in place of who was."""
    cursor.execute("delete from asked where round = ?", [number])
    for account in sorted(set(asked)):
        cursor.execute("insert into asked values (?, ?)", [number, account])


def move_round(cursor: DuckDBPyConnection, number: int, act: Act, now: datetime, **columns: object) -> Round:
    """Do an act to a round and write `columns` beside it. Raises Refused where the table has no such way.

    Who may, and when, is checked by the caller, in the same transaction.
    """
    current = round_of(cursor, number)
    state = TRANSITIONS.get((current.state, act))
    if state is None:
        raise Refused(NotAllowed.OVER)
    return write_round(cursor, number, state=state, revision=current.revision + 1, acted_at=to_stored(now), **columns)


def extend_in(cursor: DuckDBPyConnection, number: int, now: datetime) -> Round:
    """Take the one extension of a round: its last days move, and with them those of the votes that are open.

    Who may take it is checked by the caller; where a count finds no quorum, it is taken by itself. Raises Refused
    where it has been taken.
    """
    current = round_of(cursor, number)
    check_time_left(current)
    days = days_after_extension(current, now.astimezone(_ENGLAND).date())
    closes_on = days.sign_off_until if current.state is State.PROPOSED else days.decide_until
    cursor.execute(
        "update decisions set closes_on = ? where round = ? and result = ?", [closes_on, number, Result.OPEN]
    )
    return move_round(cursor, number, Act.EXTEND, now, is_extended=True, **vars(days))


def write_round(cursor: DuckDBPyConnection, number: int, **columns: object) -> Round:
    """Write columns of a round, moments as `to_stored` has them."""
    cursor.execute(
        f"update rounds set {', '.join(f'{name} = ?' for name in columns)} where round = ?", [*columns.values(), number]
    )
    return round_of(cursor, number)


def round_of(cursor: DuckDBPyConnection, number: int) -> Round:
    """A round inside a transaction. Raises UnknownRound."""
    rows = cursor.execute(f"select {_COLUMNS} from rounds where round = ?", [number]).fetchall()
    if not rows:
        raise UnknownRound(number)
    asked = cursor.execute("select account from asked where round = ?", [number]).fetchall()
    return _round(rows[0], frozenset(account for (account,) in asked))


def load_round(store: Store, number: int) -> Round:
    """One round. Raises UnknownRound."""
    with store.as_of_now() as cursor:
        return round_of(cursor, number)


def list_rounds(store: Store, *states: State) -> tuple[Round, ...]:
    """Rounds in these states, or all of them; the newest first."""
    asked: dict[int, set[int]] = {}
    for number, account in store.rows("select round, account from asked"):
        asked.setdefault(number, set()).add(account)
    rows = store.rows(
        f"select {_COLUMNS} from rounds where list_contains(?, state) order by round desc", [list(states or State)]
    )
    return tuple(_round(row, frozenset(asked.get(row[0], ()))) for row in rows)


def _round(row: tuple[Any, ...], asked: frozenset[int]) -> Round:
    number, questionnaire, version, *rest = row
    planned, rest = rest[: len(PLAN_FIELDS)], rest[len(PLAN_FIELDS) :]
    state, minutes, revision, added_at, opened_at, closed_at, ended_at, *later = rest
    first_decide_until, sign_off_until, is_extended, new_version, called_off_because = later
    return Round(
        id=number,
        questionnaire=questionnaire,
        version=version,
        plan=Plan(**dict(zip(PLAN_FIELDS, planned, strict=True))),
        state=State(state),
        minutes=minutes,
        asked=asked,
        revision=revision,
        added_at=from_stored(added_at),
        opened_at=_moment(opened_at),
        closed_at=_moment(closed_at),
        ended_at=_moment(ended_at),
        first_decide_until=first_decide_until,
        sign_off_until=sign_off_until,
        is_extended=is_extended,
        new_version=new_version,
        called_off_because=called_off_because,
    )


def _moment(stored: datetime | None) -> datetime | None:
    return None if stored is None else from_stored(stored)
