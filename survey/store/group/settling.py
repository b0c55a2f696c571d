"""Closing votes: counted, extended where too few have voted, and settled with what that means for the round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.counting import count_votes, result_of
from survey.coproduction.deciding import OVER, Choice, Result, Vote
from survey.coproduction.decision_rules import Matter, NotDecided, can_count, check_count, check_let_stand
from survey.coproduction.letter_words import About
from survey.coproduction.people import SIDES, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import Fate
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.agreeing import agree_version, let_stand
from survey.store.group.decisions import decisions_in, matter_of, write_count, write_result
from survey.store.group.letters import write_letters
from survey.store.group.people import person_of
from survey.store.group.rounds import extend_in, round_of
from survey.store.group.suggestions import settle_suggestion
from survey.store.group.votes import all_have_voted, votes_in

if TYPE_CHECKING:
    from survey.store.connect import Store

_FATES = {
    Result.AGREED: Fate.AGREED,
    Result.NOT_AGREED: Fate.NOT_AGREED,
    Result.NO_DECISION: Fate.NO_DECISION,
}


def count(
    store: Store, deed: Deed, number: int, today: date, way: Way, decision: int | None = None
) -> Mapping[int, Result]:
    """Close and count one decision of a round, or all that can be counted now; return what each came to.

    Where too few have voted by the first date the round takes its extension, and the vote goes on. Raises Refused,
    UnknownDecision.
    """

    def work(cursor: DuckDBPyConnection) -> Mapping[int, Result]:
        matters = _to_count(cursor, deed, number, today, way, decision)
        results = {matter.decision.id: _count(cursor, matter, deed.now) for matter in matters}
        if Result.OPEN in results.values():
            extended = extend_in(cursor, number, deed.now)
            write_letters(cursor, extended.asked, About.EXTENSION, number, deed.now)
        return results

    return carry_out_in_round(store, deed, number, work)


def give_up(store: Store, deed: Deed, number: int, decision: int, today: date, way: Way) -> None:
    """End what a stop or a tie holds up after the second date: there is no decision. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        matter = matter_of(cursor, decision)
        if matter.round.id != number:
            raise Refused(NotAllowed.NOT_YOURS)
        check_let_stand(matter, person_of(cursor, deed.by, way), today)
        settle(cursor, matter, Result.NO_DECISION, deed.now)

    carry_out_in_round(store, deed, number, work)


def settle(cursor: DuckDBPyConnection, matter: Matter, result: Result, now: datetime) -> None:
    """Write what a decision has come to; where it is over, its suggestion, or its round, goes on from there."""
    decision = matter.decision
    write_result(cursor, decision.id, result, now, is_over=result in OVER)
    if result not in OVER:
        return
    if decision.suggestion is not None:
        settle_suggestion(cursor, decision.suggestion, _FATES[result], now)
    elif result is Result.AGREED:
        agree_version(cursor, decision.round, now)
    else:
        let_stand(cursor, decision.round, now)


def _to_count(
    cursor: DuckDBPyConnection, deed: Deed, number: int, today: date, way: Way, decision: int | None
) -> Collection[Matter]:
    round_, person = round_of(cursor, number), person_of(cursor, deed.by, way)
    if decision is None:
        found = [Matter(round_, each) for each in decisions_in(cursor, number) if each.result is Result.OPEN]
    else:
        found = [matter_of(cursor, decision)]
    if any(matter.round.id != number for matter in found):
        raise Refused(NotAllowed.NOT_YOURS)
    if not found:
        raise Refused(NotDecided.COUNTED)
    voted = {matter.decision.id: all_have_voted(cursor, matter.decision.id, round_.asked) for matter in found}
    ready = [matter for matter in found if can_count(matter, person, today, all_voted=voted[matter.decision.id])]
    if not ready:
        check_count(found[0], person, today, all_voted=voted[found[0].decision.id])
    return ready


def _count(cursor: DuckDBPyConnection, matter: Matter, now: datetime) -> Result:
    votes = votes_in(cursor, matter.decision.id)
    tally, stops = count_votes(votes), [vote for vote in votes if _is_stop(vote)]
    result = result_of(tally, len(stops), (), matter.round.plan.quorum, is_second_date=matter.round.is_extended)
    if result is Result.OPEN:
        return result
    write_count(cursor, matter.decision.id, tally, now)
    for stop in stops:
        cursor.execute(
            "insert into stops values (?, ?, ?, '', '[]', null, null, '', null)",
            [matter.decision.id, stop.account, stop.words],
        )
    settle(cursor, matter, result, now)
    return result


def _is_stop(vote: Vote) -> bool:
    return vote.choice is Choice.STOP and vote.confirmed_at is not None and vote.seat in SIDES
