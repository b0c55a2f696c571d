"""Rounds on their way from suggestions that were agreed to a version that is asked."""

from __future__ import annotations

import json

from duckdb import DuckDBPyConnection

from survey.coproduction.deciding import Choice, Result, Tally
from survey.coproduction.people import Hat, Side, Way
from survey.coproduction.rounds import Round
from survey.coproduction.suggestions import CHANGE, Fate
from survey.store.group.acting import carry_out_in_round
from survey.store.group.agreeing import agree_version
from survey.store.group.decisions import open_decision, write_count, write_result
from survey.store.group.people import find_person
from survey.store.group.proposing import propose
from survey.store.group.suggestions import add_suggestion, settle_suggestion
from tests.survey.review.group import Group

HINT: dict[str, object] = {
    "do": "reword",
    "item": "control",
    "field": "hint",
    "words": "Think about the last 12 months.",
}


def suggest(
    group: Group,
    round_: Round,
    change: dict[str, object],
    *,
    agrees: int = 5,
    author: str = "lee",
    why: str = "It is clearer.",
    result: Result = Result.AGREED,
    comment: int | None = None,
) -> int:
    """A suggestion that was put to the vote, which has come to a result."""
    fates = {Result.AGREED: Fate.AGREED, Result.NOT_AGREED: Fate.NOT_AGREED}

    def work(cursor: DuckDBPyConnection) -> int:
        now = group.clock()
        by = group.accounts[author].id
        made = CHANGE.validate_json(json.dumps(change))
        number = add_suggestion(
            cursor,
            round_.id,
            made,
            why,
            comment=comment,
            author=by,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=by,
            now=now,
        )
        assert round_.plan.decide_until is not None
        decision = open_decision(cursor, round_.id, number, round_.plan.decide_until, by, now)
        settle_suggestion(cursor, number, fates.get(result, Fate.IN_VOTE), now)
        if result is not Result.OPEN:
            tally = Tally({Choice.AGREE: agrees, Choice.GO_AHEAD: 1}, {Side.LIVED_EXPERIENCE: agrees, Side.STAFF: 1})
            write_count(cursor, decision, tally, now)
            write_result(cursor, decision, result, now, is_over=result in fates)
        return number

    return carry_out_in_round(group.store, group.deed(author, "suggest", f"round {round_.id}"), round_.id, work)


def pass_days(group: Group, days: int = 29) -> None:
    """Until the last day to vote on suggestions has passed; everybody signs in again then."""
    group.clock.advance(days=days)
    group.sign_out()


def close_review(group: Group, round_: Round, by: str = "fay") -> Round:
    """Close a review whose days have passed."""
    person = find_person(group.store, group.accounts[by])
    deed = group.deed(by, "close the review", f"round {round_.id}")
    return propose(group.store, deed, person, round_.id, group.clock().date())


def agree(group: Group, round_: Round) -> Round:
    """The group has agreed on the new version."""
    deed = group.deed("fay", "count", f"round {round_.id}")
    return carry_out_in_round(
        group.store, deed, round_.id, lambda cursor: agree_version(cursor, round_.id, group.clock())
    )


def agreed_round(group: Group, *changes: dict[str, object], source: dict[str, object] | None = None) -> Round:
    """A whole round to a version that is agreed."""
    opened = group.open_round(source)
    for change in changes:
        suggest(group, opened, change)
    pass_days(group)
    close_review(group, opened)
    return agree(group, opened)
