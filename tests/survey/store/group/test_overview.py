"""Rounds at a glance: counted as the rules count, and only what counts."""

from __future__ import annotations

from datetime import date, timedelta

from survey.store.group.overview import (
    AboutQuestion,
    Outstanding,
    Overview,
    Waiting,
    is_newcomer,
    outstanding_by_round,
    overview_of,
    waiting_for_member,
)
from survey.store.group.reading_progress import mark_read, read_items
from survey.store.group.running import call_off
from tests.survey.review.group import Group

TODAY = date(2026, 10, 6)


class Rows:
    """Rows written straight into the tables, each with what matters to a count."""

    def __init__(self, group: Group, number: int) -> None:
        self.group, self.number = group, number
        self.moment = group.clock().replace(tzinfo=None)

    def run(self, sql: str, *values: object) -> None:
        self.group.store.journal.run(lambda cursor: cursor.execute(sql, [*values]))

    def insert(self, table: str, **values: object) -> None:
        self.run(f"insert into {table} ({', '.join(values)}) values ({', '.join('?' * len(values))})", *values.values())

    def comment(self, number: int, item: str = "control", confirmed: bool = True, hidden: str = "") -> None:
        self.insert(
            "comments",
            comment=number,
            round=self.number,
            item=item,
            field="all",
            kind="clarity",
            words="Words.",
            author=self.group.accounts["lee"].id,
            hat="member",
            way="self" if confirmed else "paper",
            entered_by=1,
            said_at=self.moment,
            confirmed_at=self.moment if confirmed else None,
            confirmed_how="self" if confirmed else "",
            hidden_because=hidden,
        )

    def outcome(self, comment: int, seq: int = 1) -> None:
        self.insert(
            "outcomes",
            comment=comment,
            seq=seq,
            became="changed",
            words="Done.",
            power="The group.",
            owner="",
            decided_by=1,
            decided_at=self.moment,
        )

    def reopen(self, comment: int, after_seq: int = 1) -> None:
        self.insert("reopenings", comment=comment, after_seq=after_seq, words="No.", reopened_at=self.moment)

    def suggestion(self, number: int, fate: str = "suggested", confirmed: bool = True) -> None:
        self.insert(
            "suggestions",
            suggestion=number,
            round=self.number,
            item="control",
            change="{}",
            why="",
            author=self.group.accounts["lee"].id,
            hat="member",
            way="self",
            entered_by=1,
            suggested_at=self.moment,
            confirmed_at=self.moment if confirmed else None,
            confirmed_how="self" if confirmed else "",
            fate=fate,
        )

    def decision(self, number: int, result: str = "open", closes_on: date = TODAY) -> None:
        self.insert(
            "decisions",
            decision=number,
            round=self.number,
            suggestion=number,
            result=result,
            opened_by=1,
            opened_at=self.moment,
            closes_on=closes_on,
            tally="",
        )

    def vote(self, decision: int, name: str, confirmed: bool = True) -> None:
        self.insert(
            "votes",
            decision=decision,
            account=self.group.accounts[name].id,
            seat="lived_experience",
            choice="agree",
            words="",
            way="self",
            entered_by=1,
            cast_at=self.moment,
            confirmed_at=self.moment if confirmed else None,
            confirmed_how="self" if confirmed else "",
        )


def rows_of_a_round(group: Group) -> Rows:
    return Rows(group, group.open_round().id)


def test_comments_count_once_confirmed_unless_they_are_hidden(group: Group) -> None:
    rows = rows_of_a_round(group)
    rows.comment(1)
    rows.comment(2, confirmed=False)
    rows.comment(3, hidden="It names a nurse.")
    rows.comment(4, item="")
    rows.suggestion(1)
    rows.suggestion(2, fate="withdrawn")
    rows.suggestion(3, confirmed=False)
    rows.decision(1)
    assert overview_of(group.store, rows.number) == Overview(
        {"control": AboutQuestion(1, 1, 1), "": AboutQuestion(1, 1, 0)}, stories=0, decisions=1
    )


def test_a_comment_needs_an_answer_again_once_it_is_reopened(group: Group) -> None:
    rows = rows_of_a_round(group)
    rows.comment(1)
    rows.outcome(1)
    assert overview_of(group.store, rows.number).said["control"].unanswered == 0
    rows.reopen(1)
    assert overview_of(group.store, rows.number).said["control"].unanswered == 1
    rows.outcome(1, seq=2)
    assert overview_of(group.store, rows.number).said["control"].unanswered == 0


def test_what_waits_for_a_member_is_theirs_alone(group: Group) -> None:
    rows = rows_of_a_round(group)
    rows.comment(1)
    rows.outcome(1)
    rows.comment(2, confirmed=False)
    rows.decision(1)
    rows.decision(2, closes_on=TODAY - timedelta(days=1))
    rows.decision(3, result="agreed")
    rows.decision(4)
    rows.vote(4, "noor")
    rows.decision(5)
    rows.vote(5, "lee", confirmed=False)
    found = {name: waiting_for_member(group.store, group.accounts[name].id, TODAY) for name in ("lee", "noor")}
    assert found == {
        "lee": {rows.number: Waiting(votes=2, answers=1, entries=2)},
        "noor": {rows.number: Waiting(votes=2)},
    }


def test_what_is_to_do_is_all_that_keeps_a_round_from_going_on(group: Group) -> None:
    rows = rows_of_a_round(group)
    assert outstanding_by_round(group.store, TODAY).get(rows.number, Outstanding()).is_nothing
    for number in (1, 2):
        rows.comment(number)
    rows.outcome(1)
    rows.suggestion(1)
    rows.suggestion(2, fate="agreed")
    rows.decision(1)
    rows.decision(2, closes_on=TODAY - timedelta(days=1))
    rows.decision(3, result="stopped")
    rows.decision(4, result="tied")
    rows.decision(5, result="agreed")
    assert outstanding_by_round(group.store, TODAY) == {rows.number: Outstanding(1, 1, 1, 1, 1, 1)}
    call_off(group.store, group.deed("fay"), rows.number, "No money.")
    assert outstanding_by_round(group.store, TODAY) == {}


def test_a_newcomer_is_one_until_they_have_done_something(group: Group) -> None:
    rows = rows_of_a_round(group)
    lee = group.accounts["lee"].id
    assert is_newcomer(group.store, lee)
    mark_read(group.store, rows.number, lee, "control", group.clock())
    assert not is_newcomer(group.store, lee)
    assert is_newcomer(group.store, group.accounts["noor"].id)


def test_a_question_is_read_once_by_whoever_was_asked(group: Group) -> None:
    rows = rows_of_a_round(group)
    lee, ada = group.accounts["lee"].id, 999
    for account in (lee, lee, ada):
        mark_read(group.store, rows.number, account, "control", group.clock())
    assert read_items(group.store, rows.number, lee) == {"control"}
    assert read_items(group.store, rows.number, ada) == frozenset()


def test_nothing_is_read_in_a_round_that_is_over(group: Group) -> None:
    rows = rows_of_a_round(group)
    call_off(group.store, group.deed("fay"), rows.number, "No money.")
    mark_read(group.store, rows.number, group.accounts["lee"].id, "control", group.clock())
    assert read_items(group.store, rows.number, group.accounts["lee"].id) == frozenset()
