"""What waits for members: gone from the list once it was confirmed, refused or taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from survey.coproduction.confirming_rules import NotConfirmed, What
from survey.coproduction.people import Hat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Act
from survey.coproduction.saying import Kind, Place
from survey.store.group.comments import add_comment, comments_of, take_comment_back
from survey.store.group.confirming import confirm, reject, waiting_for
from survey.store.group.overview import waiting_for_member
from survey.store.group.rounds import move_round
from tests.survey.review.conftest import made_group
from tests.survey.review.group import Group


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    with made_group(tmp_path) as group:
        group.open_round()
        yield group


def enter(group: Group, way: Way = Way.PAPER, seconds: int = 0) -> int:
    """A comment of lee's."""
    lee, fay = (group.accounts[name].id for name in ("lee", "fay"))

    def work(cursor: DuckDBPyConnection) -> int:
        return add_comment(
            cursor,
            1,
            Place("control"),
            Kind.OTHER,
            "x",
            author=lee,
            hat=Hat.MEMBER,
            way=way,
            entered_by=fay,
            now=group.clock() + timedelta(seconds=seconds),
        )

    return group.store.journal.run(work)


def waiting(group: Group) -> list[int]:
    return [entry.id for entry in waiting_for(group.store, group.accounts["lee"].id)]


def test_an_entry_waits_until_somebody_has_said_yes_or_no(group: Group) -> None:
    lee = group.accounts["lee"]
    one, two, own = enter(group), enter(group, seconds=1), enter(group, Way.SELF)
    assert waiting(group) == [entry.id for entry in waiting_for(group.store)] == [one, two]
    assert waiting_for(group.store, group.accounts["noor"].id) == ()
    confirm(group.store, group.deed("lee"), What.COMMENT, one, lee.id, Way.SELF)
    reject(group.store, group.deed("lee"), What.COMMENT, two, lee.id, Way.SELF)
    assert waiting(group) == []
    assert [comment.id for comment in comments_of(group.store, 1)] == [one, own]
    group.store.journal.run(lambda cursor: take_comment_back(cursor, one))
    assert waiting(group) == []
    assert waiting_for_member(group.store, lee.id, group.clock().date())[1].entries == 0
    for number in (one, two, own, 99):
        with pytest.raises(Refused) as caught:
            confirm(group.store, group.deed("lee"), What.COMMENT, number, lee.id, Way.SELF)
        assert caught.value.reasons == (NotConfirmed.NOT_WAITING,)


def test_a_yes_to_what_is_no_longer_there_is_refused(group: Group) -> None:
    lee, one = group.accounts["lee"], enter(group, seconds=1)
    for settle in (confirm, reject):
        with pytest.raises(Refused) as caught:
            settle(group.store, group.deed("lee"), What.COMMENT, one, lee.id, Way.SELF, seen=group.clock())
        assert caught.value.reasons == (NotAllowed.CHANGED_MEANWHILE,)
    assert waiting(group) == [one]


def test_nothing_is_confirmed_in_a_round_whose_review_is_over(group: Group) -> None:
    lee, one = group.accounts["lee"], enter(group)
    group.store.journal.run(lambda cursor: move_round(cursor, 1, Act.PROPOSE, group.clock()))
    assert waiting(group) == []
    with pytest.raises(Refused) as caught:
        confirm(group.store, group.deed("lee"), What.COMMENT, one, lee.id, Way.SELF)
    assert caught.value.reasons == (NotAllowed.OVER,)


def test_whoever_had_a_link_of_the_member_does_not_confirm_for_them(group: Group) -> None:
    lee, raj, one = group.accounts["lee"], group.accounts["raj"], enter(group)
    moment = group.clock().replace(tzinfo=None)

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute("insert into offices values ('named_contact', ?, ?, null)", [raj.id, moment])
        cursor.execute("insert into shown_links values (1, ?, ?, ?)", [lee.id, raj.id, moment])

    group.store.journal.run(work)
    with pytest.raises(Refused) as caught:
        confirm(group.store, group.deed("raj"), What.COMMENT, one, lee.id, Way.SELF, "by phone")
    assert caught.value.reasons == (NotConfirmed.HAD_A_HAND_IN_IT,)
