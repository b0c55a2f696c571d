"""Votes in the store: cast, changed, written down, sealed; and whose vote is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.coproduction.confirming_rules import What
from survey.coproduction.deciding import Choice
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import Role
from survey.store.group.acting import carry_out_in_round
from survey.store.group.confirming import confirm
from survey.store.group.rounds import ask_members
from survey.store.group.votes import (
    BallotRefused,
    Filled,
    cast_votes,
    own_votes,
    turnout_of,
    words_beside,
    write_vote_down,
)
from tests.survey.review.deciding.table import HINT, SHORTER, Table


@pytest.fixture
def table(bare_table: Table) -> Table:
    bare_table.put(SHORTER, HINT)
    return bare_table


def refused_once(table: Table, *reasons: object) -> None:
    """The last thing left one audit row, that says why."""
    row = table.last_audit()
    assert row.action == "refused: vote"
    assert row.details["why"] == "; ".join(map(str, reasons))


def votes(table: Table) -> list[tuple[object, ...]]:
    return table.store.rows("select * from votes order by decision, account")


def test_a_vote_is_kept_with_the_seat_of_the_account_and_can_be_changed(table: Table) -> None:
    decision = table.decisions[0]
    table.vote("cara", decision, "go_ahead", "I like it less.")
    table.vote("cara", decision, "stop", "First ask my mother.")
    (mine,) = own_votes(table.store, table.round, table.group.accounts["cara"].id).values()
    assert (mine.seat, mine.choice, mine.words, mine.way) == (
        Seat.CARER,
        Choice.STOP,
        "First ask my mother.",
        Way.SELF,
    )
    assert mine.confirmed_at == table.group.clock()
    assert len(votes(table)) == 1


def test_no_audit_row_says_how_somebody_voted(table: Table) -> None:
    table.vote("lee", table.decisions[0], "stop", "Quokka.")
    told = f"{table.last_audit()}"
    assert "stop" not in told
    assert "Quokka" not in told


def test_words_beside_votes_are_sealed_until_the_count(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision)
    table.vote("cara", decision, "go_ahead", "I like it less.")
    assert words_beside(table.store, decision) == ()
    table.count(decision=decision)
    assert [vote.words for vote in words_beside(table.store, decision)] == ["I like it less."]


def test_several_votes_are_saved_together_or_not_at_all(table: Table) -> None:
    first, second = table.decisions
    filled = {first: Filled("agree", ""), second: Filled("stop", "")}
    before = table.audit()
    with pytest.raises(BallotRefused) as caught:
        cast_votes(table.store, table.group.deed("lee", "vote"), table.round, filled, table.today, Way.SELF)
    assert caught.value.by_decision == {second: (NotDecided.STOP_WITHOUT_WORDS,)}
    assert votes(table) == []
    assert table.audit() == before + 1
    refused_once(table, NotDecided.STOP_WITHOUT_WORDS)


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("fay", (NotAllowed.NO_VOTE,)),
        ("gone", (NotAllowed.NO_VOTE,)),
        ("stranger", (NotAllowed.NO_VOTE, NotAllowed.NOT_ASKED)),
        ("late", (NotAllowed.NOT_ASKED,)),
    ],
)
def test_who_has_no_vote_is_refused_with_one_audit_row(table: Table, name: str, reasons: tuple[object, ...]) -> None:
    group = table.group
    group.add("stranger", Role.STAFF)
    group.add("late", Role.LIVED_EXPERIENCE)
    group.accounts["gone"] = group.accounts["tom"]
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into departures values (?, 'moved away', ?)",
            [group.accounts["tom"].id, group.clock().replace(tzinfo=None)],
        )
    )
    before = table.audit()
    with pytest.raises(BallotRefused) as caught:
        table.vote(name, table.decisions[0])
    assert caught.value.reasons == reasons
    assert votes(table) == []
    assert table.audit() == before + 1
    refused_once(table, *reasons)


@pytest.mark.parametrize("choice", ["", "block", "AGREE", "agree ", "true"])
def test_a_choice_that_there_is_not_is_refused(table: Table, choice: str) -> None:
    with pytest.raises(BallotRefused):
        table.vote("lee", table.decisions[0], choice)
    refused_once(table, NotDecided.NO_CHOICE)
    assert votes(table) == []


def test_a_vote_after_the_day_or_after_the_count_is_refused(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision)
    table.after_the_day()
    before = votes(table)
    with pytest.raises(BallotRefused):
        table.vote("lee", decision, "go_ahead")
    refused_once(table, NotDecided.PAST_THE_DAY)
    table.count(decision=decision)
    with pytest.raises(BallotRefused):
        table.vote("lee", decision, "go_ahead")
    refused_once(table, NotDecided.COUNTED)
    assert votes(table) == before


def test_a_clock_that_jumps_back_and_forth_lets_nobody_vote_after_the_count(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision)
    table.after_the_day()
    table.count(decision=decision)
    before = votes(table)
    for jump in (timedelta(days=-10), timedelta(days=20), timedelta(days=-10)):
        table.group.clock.moment += jump
        rows = table.audit()
        with pytest.raises(Refused):
            table.vote("lee", decision, "go_ahead")
        assert table.audit() == rows + 1
    assert votes(table) == before


def test_a_vote_of_another_round_is_refused(table: Table) -> None:
    other = Table(table.group, table.group.open_round().id)
    with pytest.raises(BallotRefused):
        other.vote("lee", table.decisions[0])
    assert votes(table) == []


def test_a_vote_by_a_link_that_somebody_else_was_shown_waits_and_changes_none_that_counts(table: Table) -> None:
    first = table.decisions[0]
    table.vote("lee", first, "agree", way=Way.SUPPORTER)
    assert turnout_of(table.store, table.round)[first].voted == 0
    assert turnout_of(table.store, table.round)[first].waiting == 1
    table.vote("noor", first, "agree")
    with pytest.raises(BallotRefused):
        table.vote("noor", first, "stop", "No.", way=Way.SUPPORTER)
    refused_once(table, NotDecided.HAS_VOTED)
    assert own_votes(table.store, table.round, table.group.accounts["noor"].id)[first].choice is Choice.AGREE


def test_a_vote_on_paper_counts_once_the_member_has_confirmed_it(table: Table) -> None:
    decision, tom = table.decisions[0], table.group.accounts["tom"]
    paper = Filled("go_ahead", "As I said.")
    deed = table.group.deed("fay", "write vote down")
    write_vote_down(table.store, deed, table.round, decision, tom, paper, table.today)
    assert (turnout_of(table.store, table.round)[decision].voted) == 0
    confirm(table.store, table.group.deed("tom", "confirm"), What.VOTE, decision, tom.id, Way.SELF)
    assert (turnout_of(table.store, table.round)[decision].voted) == 1
    mine = own_votes(table.store, table.round, tom.id)[decision]
    assert (mine.choice, mine.way, mine.seat) == (Choice.GO_AHEAD, Way.PAPER, Seat.LIVED_EXPERIENCE)
    with pytest.raises(Refused) as caught:
        write_vote_down(table.store, deed, table.round, decision, tom, replace(paper, choice="agree"), table.today)
    assert caught.value.reasons == (NotDecided.HAS_VOTED,)


def test_a_vote_is_written_down_by_who_facilitates_alone(table: Table) -> None:
    deed = table.group.deed("sue", "write vote down")
    with pytest.raises(Refused) as caught:
        write_vote_down(
            table.store,
            deed,
            table.round,
            table.decisions[0],
            table.group.accounts["tom"],
            Filled("agree", ""),
            table.today,
        )
    assert caught.value.reasons == (NotAllowed.NOT_YOURS,)
    assert votes(table) == []


def test_turnout_counts_those_who_have_a_vote_now(table: Table) -> None:
    first = table.decisions[0]
    table.vote("lee", first)
    table.vote("sue", first)
    assert (turnout_of(table.store, table.round)[first].voted, turnout_of(table.store, table.round)[first].voters) == (
        2,
        7,
    )
    accounts = table.group.accounts
    carry_out_in_round(
        table.store,
        table.group.deed("fay", "ask"),
        table.round,
        lambda cursor: ask_members(cursor, table.round, [accounts["lee"].id, accounts["fay"].id]),
    )
    turnout = turnout_of(table.store, table.round)[first]
    assert (turnout.voted, turnout.voters) == (1, 1)


def test_who_leaves_the_group_keeps_the_vote_they_cast(table: Table) -> None:
    decision = table.decisions[0]
    table.vote_all(decision)
    group = table.group
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into departures values (?, 'moved away', ?)",
            [group.accounts["tom"].id, group.clock().replace(tzinfo=None)],
        )
    )
    table.count(decision=decision)
    tally = table.at(decision).tally
    assert tally is not None
    assert tally.choices[Choice.AGREE] == 7
