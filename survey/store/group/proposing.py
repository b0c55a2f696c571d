"""Closing the review of a round: what was agreed becomes the new version, and the group votes on it as a whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.applying import Applied, Ranked, apply_all
from survey.coproduction.deciding import Choice, Result
from survey.coproduction.people import Person
from survey.coproduction.proposing import LeftOpen, check_proposing
from survey.coproduction.rounds import Act, Round
from survey.coproduction.suggestions import Fate, Suggestion
from survey.coproduction.working_days import add_working_days
from survey.store.clock import to_stored
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.decisions import decisions_in, open_decision
from survey.store.group.letters import write_that_review_ended
from survey.store.group.outcomes import without_outcome
from survey.store.group.people import person_of
from survey.store.group.rounds import move_round, round_of
from survey.store.group.suggestions import all_suggestions, settle_suggestion
from survey.store.group.versions import names_in, version_in
from survey.store.versions import save_version

if TYPE_CHECKING:
    from survey.store.connect import Store

SIGN_OFF_TAKES = 10
"""Working days that the group has to vote on the new version."""

_UNDECIDED = frozenset({Fate.SUGGESTED, Fate.IN_VOTE})


def propose(store: Store, deed: Deed, by: Person, number: int, today: date) -> Round:
    """Close the review of a round. Raises Refused with everything that is not settled yet."""

    def work(cursor: DuckDBPyConnection) -> Round:
        current = round_of(cursor, number)
        check_proposing(current, person_of(cursor, deed.by, by.way), left_open_in(cursor, number), today)
        made = next_draft_in(cursor, current)
        for suggestion in made.overtaken:
            settle_suggestion(cursor, suggestion, Fate.OVERTAKEN, deed.now)
        last_day = add_working_days(today, SIGN_OFF_TAKES)
        moved = move_round(
            cursor,
            number,
            Act.PROPOSE,
            deed.now,
            new_version=save_version(cursor, made.questionnaire, deed.now),
            closed_at=to_stored(deed.now),
            sign_off_until=last_day,
        )
        open_decision(cursor, number, None, last_day, deed.by.id, deed.now)
        write_that_review_ended(cursor, moved, deed.now)
        return moved

    return carry_out_in_round(store, deed, number, work)


def next_draft_in(cursor: DuckDBPyConnection, round_: Round) -> Applied:
    """What the agreed suggestions of a round make of its draft, as things stand."""
    votes = {
        decision.suggestion: decision.tally.choices[Choice.AGREE]
        for decision in decisions_in(cursor, round_.id)
        if decision.suggestion is not None and decision.tally is not None
    }
    ranked = [
        Ranked(each.id, each.change, votes.get(each.id, 0))
        for each in _suggestions_in(cursor, round_.id)
        if each.fate is Fate.AGREED
    ]
    return apply_all(version_in(cursor, round_.version), ranked, names_in(cursor, round_.questionnaire))


def left_open_in(cursor: DuckDBPyConnection, number: int) -> LeftOpen:
    """What is not settled in a round."""
    held_up = {each.suggestion: each.result for each in decisions_in(cursor, number) if each.suggestion is not None}
    return LeftOpen(
        comments=without_outcome(cursor, number),
        suggestions=tuple(each.id for each in _suggestions_in(cursor, number) if each.fate in _UNDECIDED),
        stopped=tuple(each for each, result in held_up.items() if result is Result.STOPPED),
        tied=tuple(each for each, result in held_up.items() if result is Result.TIED),
    )


def _suggestions_in(cursor: DuckDBPyConnection, number: int) -> tuple[Suggestion, ...]:
    return tuple(each for each in all_suggestions(cursor, number) if each.confirmed_at is not None)
