"""Saying something about a draft: said once, kept as it was typed where it cannot be said, and taken back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from survey.coproduction.people import Hat, Way
from survey.coproduction.refusals import NotAllowed
from survey.coproduction.rounds import Act
from survey.coproduction.saying import Comment, Kind, Place
from survey.coproduction.saying_rules import NotSaid
from survey.store.accounts import Role
from survey.store.audit import AuditRow, list_audit
from survey.store.group.acting import carry_out_in_round
from survey.store.group.comments import comments_of
from survey.store.group.rounds import move_round
from tests.survey.review.group import Group

FORM = "/review/rounds/1/say?item=control"
TYPED = {"field": "text", "kind": "clarity", "words": "What is “control”?"}


def said(group: Group) -> tuple[Comment, ...]:
    return comments_of(group.store, 1)


def refusals(group: Group) -> list[AuditRow]:
    return [row for row in list_audit(group.store) if row.action.startswith("refused")]


def test_a_member_says_something_and_the_group_reads_it(group: Group) -> None:
    group.open_round()
    answer = group.post("lee", FORM, **TYPED)
    assert (answer.status_code, answer.location) == (303, "/review/rounds/1/questions/1#said")
    (comment,) = said(group)
    assert (comment.place, comment.kind, comment.words) == (Place("control", "text"), Kind.CLARITY, TYPED["words"])
    assert (comment.author, comment.hat, comment.way) == (group.accounts["lee"].id, Hat.MEMBER, Way.SELF)
    page = group.text("noor", "/review/rounds/1/comments")
    assert TYPED["words"] in page
    assert list_audit(group.store)[0].details == {}
