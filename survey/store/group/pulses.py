"""Pulses in the store: what was answered apart from who has answered, with nothing by which one finds the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from random import Random, SystemRandom
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Person, Side
from survey.coproduction.pulse import Answers, Pulse, Tick, Value, check_answers, check_pulse
from survey.store.clock import to_stored
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.rounds import round_of

if TYPE_CHECKING:
    from survey.store.connect import Store

_HIDING_ORDER: Random = SystemRandom()


@dataclass(frozen=True)
class Given:
    """How many have given a pulse of a round, and whether one person has."""

    count: int
    by_this_person: bool


def give_pulse(store: Store, deed: Deed, number: int, person: Person, today: date, answers: Answers) -> None:
    """Take somebody's pulse of a round, once. Raises Refused.

    The answers have no account and no moment, and all of the round are written again in an order by chance, so that
    the order of rows says nothing. That somebody has given one is kept with the day alone: the audit row has the
    moment, but no answer stands beside it.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        round_ = round_of(cursor, number)
        given = given_in(cursor, number, person.id)
        side = check_pulse(round_, person, has_given=given.by_this_person, given=given.count, today=today)
        check_answers(answers)
        rows = cursor.execute("select side, answers, words from pulses where round = ?", [number]).fetchall()
        rows.append((side, _written(answers), answers.words))
        _HIDING_ORDER.shuffle(rows)
        cursor.execute("delete from pulses where round = ?", [number])
        for row in rows:
            cursor.execute("insert into pulses values (?, ?, ?, ?)", [number, *row])
        midnight = to_stored(deed.now).replace(hour=0, minute=0, second=0, microsecond=0)
        cursor.execute("insert into pulses_given values (?, ?, ?)", [number, person.id, midnight])

    carry_out_in_round(store, deed, number, work)


def given_in(cursor: DuckDBPyConnection, number: int, account: int) -> Given:
    """Who has given a pulse of a round, inside a transaction."""
    rows = cursor.execute("select account from pulses_given where round = ?", [number]).fetchall()
    return Given(len(rows), (account,) in rows)


def load_given(store: Store, number: int, account: int) -> Given:
    """The same as of now."""
    with store.as_of_now() as cursor:
        return given_in(cursor, number, account)


def pulses_of(store: Store, number: int) -> tuple[Pulse, ...]:
    """Everything that was answered after a round, in no order that means anything."""
    rows = store.rows("select side, answers, words from pulses where round = ? order by all", [number])
    return tuple(_pulse(row) for row in rows)


def _written(answers: Answers) -> str:
    return json.dumps({"points": dict(answers.points), "ticks": sorted(answers.ticks)}, sort_keys=True)


def _pulse(row: tuple[Any, ...]) -> Pulse:
    side, written, words = row
    read = json.loads(written)
    points = {Value(value): point for value, point in read["points"].items()}
    return Pulse(Side(side), Answers(points, frozenset(map(Tick, read["ticks"])), words))
