"""A deed of the group: change and audit row together, or one audit row that says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import Account, Role, add_account
from survey.store.audit import list_audit
from survey.store.connect import Store, open_store
from survey.store.group.acting import Deed, UnknownRound, carry_out, carry_out_in_round
from tests.survey.store.builders import NOON, config_for


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(config_for(tmp_path))) as opened:
        yield opened


@pytest.fixture
def by(store: Store) -> Account:
    return add_account(store, "fay", Role.FACILITATOR, NOON)


def start_round(cursor: DuckDBPyConnection) -> None:
    cursor.execute(
        "insert into rounds by name select 1 as round, 'phb' as questionnaire, 'v' as version, '' as title,"
        " '' as purpose, '' as can_change, '' as cannot_change, '' as difference, '' as contact, 5 as quorum,"
        " '' as notice_reason, '' as load_reason, 'draft' as state, 1 as minutes, 1 as revision, 1 as added_by,"
        " ?::timestamp as added_at, false as is_extended, '' as new_version, '' as called_off_because,"
        " ?::timestamp as acted_at",
        [NOON.replace(tzinfo=None), NOON.replace(tzinfo=None)],
    )


def test_what_is_done_and_its_audit_row_come_together(store: Store, by: Account) -> None:
    assert carry_out(store, Deed(by, "begin", "round 1", NOON), lambda cursor: start_round(cursor) or 7) == 7
    row = list_audit(store)[0]
    assert (row.actor, row.action, row.subject) == ("fay", "begin", "round 1")


def test_what_a_rule_refuses_changes_nothing_and_leaves_one_row_that_says_why(store: Store, by: Account) -> None:
    def work(cursor: DuckDBPyConnection) -> None:
        start_round(cursor)
        raise Refused(NotAllowed.NO_VOTE)

    before = len(list_audit(store))
    with pytest.raises(Refused):
        carry_out(store, Deed(by, "begin", "round 1", NOON), work)
    assert store.rows("select count(*) from rounds") == [(0,)]
    rows = list_audit(store)
    assert len(rows) == before + 1
    assert rows[0].action == "refused: begin"
    assert rows[0].details["why"] == NotAllowed.NO_VOTE.value


def test_nothing_is_done_in_a_round_before_what_was_done_last(store: Store, by: Account) -> None:
    carry_out(store, Deed(by, "begin", "round 1", NOON), start_round)
    later, earlier = NOON + timedelta(days=3), NOON + timedelta(days=1)
    carry_out_in_round(store, Deed(by, "read", "round 1", later), 1, lambda cursor: None)
    with pytest.raises(Refused) as caught:
        carry_out_in_round(store, Deed(by, "read", "round 1", earlier), 1, lambda cursor: None)
    assert caught.value.reasons == (NotAllowed.CLOCK_WENT_BACK,)
    assert store.rows("select acted_at from rounds") == [(later.replace(tzinfo=None),)]


def test_nothing_is_done_in_a_round_that_there_is_not(store: Store, by: Account) -> None:
    with pytest.raises(UnknownRound):
        carry_out_in_round(store, Deed(by, "read", "round 9", NOON), 9, lambda cursor: None)


def test_a_round_can_be_changed_twice_in_one_deed(store: Store, by: Account) -> None:
    carry_out(store, Deed(by, "begin", "round 1", NOON), start_round)
    carry_out_in_round(
        store, Deed(by, "open", "round 1", NOON), 1, lambda cursor: cursor.execute("update rounds set state = 'live'")
    )
    assert store.rows("select state from rounds") == [("live",)]
