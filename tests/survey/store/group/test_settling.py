"""Closing and counting in the store: once, by the right people, with what it means for suggestion and round."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey.coproduction.deciding import Choice, Result
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Side, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Act, State
from survey.coproduction.suggestions import Fate
from survey.store.clock import to_stored
from survey.store.group.acting import carry_out_in_round
from survey.store.group.decisions import open_decision
from survey.store.group.letters import letters_of
from survey.store.group.rounds import move_round
from survey.store.group.settling import give_up
from tests.survey.review.deciding.table import HINT, SHORTER, Table


@pytest.fixture
def table(bare_table: Table) -> Table:
    bare_table.put(SHORTER, HINT)
    return bare_table


def test_a_vote_that_everyone_has_cast_can_be_counted_before_its_day(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision, tom="go_ahead")
    assert table.count("kim", decision) == {decision: Result.AGREED}
    found = table.at(decision)
    assert found.tally is not None
    assert found.tally.choices == {Choice.AGREE: 6, Choice.GO_AHEAD: 1, Choice.STOP: 0}
    assert found.tally.sides == {Side.LIVED_EXPERIENCE: 5, Side.STAFF: 2}
    assert found.counted_at == found.settled_at == table.group.clock()
    assert table.fate(decision) is Fate.AGREED


def test_a_vote_is_not_counted_before_its_day_while_one_is_missing_or_not_confirmed(table: Table) -> None:
    decision = table.decisions[0]
    for name in ("lee", "noor", "kim", "tom", "cara", "sue"):
        table.vote(name, decision)
    table.vote("raj", decision, way=Way.SUPPORTER)
    before = table.audit()
    with pytest.raises(Refused) as caught:
        table.count(decision=decision)
    assert caught.value.reasons == (NotDecided.BEFORE_THE_DAY,)
    assert table.audit() == before + 1
    assert table.at(decision).result is Result.OPEN


def test_a_member_or_staff_cannot_count(table: Table) -> None:
    table.after_the_day()
    for name in ("lee", "sue"):
        with pytest.raises(Refused) as caught:
            table.count(name)
        assert caught.value.reasons == (NotAllowed.NOT_YOURS,)


def test_all_votes_are_counted_at_once_after_the_day(table: Table) -> None:
    first, second = table.decisions
    table.vote_all(first)
    table.vote_all(second, lee="go_ahead", noor="go_ahead", kim="go_ahead", tom="go_ahead")
    table.after_the_day()
    assert table.count() == {first: Result.AGREED, second: Result.NOT_AGREED}
    assert table.fate(second) is Fate.NOT_AGREED


def test_of_two_who_count_at_once_one_wins_and_the_other_leaves_one_audit_row(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision)
    before = table.audit()

    def count(name: str) -> object:
        try:
            return table.count(name, decision)[decision]
        except Refused as refused:
            return refused.reasons

    with ThreadPoolExecutor(4) as pool:
        came_to = list(pool.map(count, ["fay", "kim", "raj", "fay"]))
    assert came_to.count(Result.AGREED) == 1
    assert came_to.count((NotDecided.COUNTED,)) == 3
    assert table.audit() == before + 4
    assert table.store.rows("select count(*) from audit where action = 'refused: count votes'") == [(3,)]


def test_without_a_quorum_the_round_is_extended_by_itself_once_and_everyone_is_told(table: Table) -> None:
    first, second = table.decisions
    table.vote_all(first)
    table.vote("lee", second)
    table.after_the_day()
    assert table.count() == {first: Result.AGREED, second: Result.OPEN}
    after = table.current()
    assert after.is_extended
    assert table.at(second).closes_on == after.plan.decide_until
    assert after.plan.decide_until is not None
    assert after.plan.decide_until > table.today
    assert all(letters_of(table.store, account) for account in after.asked)
    table.vote("noor", second)
    with pytest.raises(Refused) as caught:
        table.count()
    assert caught.value.reasons == (NotDecided.BEFORE_THE_DAY,)
    table.after_the_day()
    assert table.count() == {second: Result.NO_DECISION}
    assert table.fate(second) is Fate.NO_DECISION


def test_as_many_staff_as_lived_experience_are_no_quorum_whatever_they_say(table: Table) -> None:
    decision = table.decisions[0]
    for name in ("lee", "noor", "sue", "raj"):
        table.vote(name, decision)
    table.after_the_day()
    assert table.count(decision=decision) == {decision: Result.OPEN}


def test_what_waits_to_be_confirmed_is_not_counted(table: Table) -> None:
    decision = table.decisions[0]
    for name in ("lee", "noor", "kim", "tom", "sue"):
        table.vote(name, decision)
    table.vote("cara", decision, "stop", "No.", way=Way.SUPPORTER)
    table.after_the_day()
    assert table.count(decision=decision) == {decision: Result.AGREED}


def test_a_stop_is_kept_with_its_words_and_holds_the_decision_up(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision, sue="stop")
    assert table.count(decision=decision) == {decision: Result.STOPPED}
    assert table.at(decision).settled_at is None
    assert table.fate(decision) is Fate.IN_VOTE
    assert table.store.rows("select author, words, cleared_by from stops") == [
        (table.group.accounts["sue"].id, "It is too long.", "")
    ]


def test_what_is_held_up_past_the_second_date_can_be_ended_and_not_before(table: Table) -> None:
    first, second = table.decisions
    table.vote_all(first, lee="stop")
    table.count(decision=first)
    table.after_the_day()
    deed = table.group.deed("fay", "let stand")
    with pytest.raises(Refused) as caught:
        give_up(table.store, deed, table.round, first, table.today, Way.SELF)
    assert caught.value.reasons == (NotDecided.TIME_LEFT,)
    table.count(decision=second)  # nobody voted: the round is extended
    table.after_the_day()
    give_up(table.store, table.group.deed("fay", "let stand"), table.round, first, table.today, Way.SELF)
    assert table.at(first).result is Result.NO_DECISION
    assert table.fate(first) is Fate.NO_DECISION


@pytest.mark.parametrize(("agreeing", "state"), [(True, State.AGREED), (False, State.STANDS)])
def test_the_vote_on_the_whole_version_ends_the_round(bare_table: Table, agreeing: bool, state: State) -> None:
    table, group = bare_table, bare_table.group
    clock = group.clock()
    version = table.current().version

    def propose(cursor):  # type: ignore[no-untyped-def]
        days = {"sign_off_until": table.today, "new_version": version, "closed_at": to_stored(clock)}
        move_round(cursor, table.round, Act.PROPOSE, clock, **days)
        return open_decision(cursor, table.round, None, table.today, group.accounts["fay"].id, clock)

    decision = carry_out_in_round(table.store, group.deed("fay", "propose"), table.round, propose)
    choice = "agree" if agreeing else "go_ahead"
    table.vote_all(decision, **dict.fromkeys(("lee", "noor", "kim", "tom", "cara"), choice))
    table.count(decision=decision)
    assert table.current().state is state


def test_a_decision_of_another_round_is_not_counted(table: Table) -> None:
    other = Table(table.group, table.group.open_round().id)
    table.vote_all(table.decisions[0])
    with pytest.raises(Refused):
        other.count(decision=table.decisions[0])
    with pytest.raises(Refused):
        other.count()
