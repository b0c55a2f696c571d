"""Decisions in the store: what is put to the vote, by whom, and once."""

from __future__ import annotations

import pytest

from survey.coproduction.deciding import Result
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import Fate
from survey.store.group.decisions import UnknownDecision, decisions_of, load_matter, open_decision, put_to_vote
from survey.store.group.suggestions import UnknownSuggestion
from tests.survey.review.deciding.table import HINT, OTHERWISE, SHORTER, Table


@pytest.fixture
def table(bare_table: Table) -> Table:
    return bare_table


def test_suggestions_are_put_to_the_vote_together_until_the_rounds_last_day(table: Table) -> None:
    table.put(SHORTER, OTHERWISE)
    found = decisions_of(table.store, table.round)
    assert [each.result for each in found] == [Result.OPEN, Result.OPEN]
    assert {each.closes_on for each in found} == {table.current().plan.decide_until}
    assert all(each.tally is None for each in found)
    assert [table.fate(each.id) for each in found] == [Fate.IN_VOTE, Fate.IN_VOTE]


def test_a_co_chair_may_put_to_the_vote_and_other_members_may_not(table: Table) -> None:
    suggestion = table.suggest(HINT)
    with pytest.raises(Refused) as caught:
        put_to_vote(table.store, table.group.deed("lee"), table.round, [suggestion], table.today, Way.SELF)
    assert caught.value.reasons == (NotAllowed.NOT_YOURS,)
    put_to_vote(table.store, table.group.deed("kim"), table.round, [suggestion], table.today, Way.SELF)
    assert len(decisions_of(table.store, table.round)) == 1


def test_a_suggestion_is_put_to_the_vote_once_and_then_none_of_those_sent_with_it(table: Table) -> None:
    first = table.suggest(SHORTER)
    put_to_vote(table.store, table.group.deed("fay"), table.round, [first], table.today, Way.SELF)
    second, before = table.suggest(HINT), table.audit()
    with pytest.raises(Refused) as caught:
        put_to_vote(table.store, table.group.deed("fay"), table.round, [first, second], table.today, Way.SELF)
    assert caught.value.reasons == (NotDecided.NOT_TO_VOTE_ON,)
    assert len(decisions_of(table.store, table.round)) == 1
    assert table.audit() == before + 1


def test_the_whole_version_is_put_to_the_vote_once(table: Table) -> None:
    def put() -> int:
        return table.store.journal.run(
            lambda cursor: open_decision(cursor, table.round, None, table.today, 1, table.group.clock())
        )

    assert load_matter(table.store, put()).decision.suggestion is None
    with pytest.raises(Refused):
        put()


def test_what_there_is_not_is_not_found(table: Table) -> None:
    with pytest.raises(UnknownDecision):
        load_matter(table.store, 99)
    with pytest.raises(UnknownSuggestion):
        put_to_vote(table.store, table.group.deed("fay"), table.round, [99], table.today, Way.SELF)
