"""Rounds in the store: kept whole, and moved only as the table says."""

from __future__ import annotations

import pytest

from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Act, State
from survey.store.group.acting import UnknownRound
from survey.store.group.rounds import list_rounds, load_round, move_round
from tests.survey.review.group import Group


def test_a_round_comes_back_as_it_was_written(group: Group) -> None:
    prepared = group.prepare_round()
    assert load_round(group.store, prepared.id) == prepared
    assert prepared.state is State.DRAFT
    assert prepared.asked == {account.id for account in group.accounts.values()}


def test_rounds_are_listed_by_state_the_newest_first(group: Group) -> None:
    first, second = group.prepare_round(), group.open_round()
    assert [each.id for each in list_rounds(group.store)] == [second.id, first.id]
    assert [each.id for each in list_rounds(group.store, State.IN_REVIEW)] == [second.id]


def test_a_round_cannot_be_moved_where_the_table_has_no_way(group: Group) -> None:
    opened = group.open_round()
    with pytest.raises(Refused) as caught:
        group.store.journal.run(lambda cursor: move_round(cursor, opened.id, Act.GO_LIVE, group.clock()))
    assert caught.value.reasons == (NotAllowed.OVER,)
    assert load_round(group.store, opened.id) == opened


def test_there_is_no_round_that_nobody_prepared(group: Group) -> None:
    with pytest.raises(UnknownRound):
        load_round(group.store, 9)
