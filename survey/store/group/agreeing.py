"""What a vote on the whole new version comes to: it is agreed and kept for good, or the last agreed one stands."""

from __future__ import annotations

from datetime import datetime

from duckdb import DuckDBPyConnection

from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import TRANSITIONS, Act, Round
from survey.questionnaire.model import Status
from survey.store.clock import to_stored
from survey.store.group.rounds import move_round, round_of
from survey.store.group.versions import version_in
from survey.store.versions import save_version


def agree_version(cursor: DuckDBPyConnection, number: int, now: datetime) -> Round:
    """The new version of a round is agreed: kept as such beside the draft, under a hash of its own, and never changed.

    Whether it was agreed is for the count to say. Raises Refused where the round is not at this point.
    """
    current = round_of(cursor, number)
    if (current.state, Act.AGREE) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
    proposed = version_in(cursor, current.new_version)
    agreed = save_version(cursor, proposed.model_copy(update={"status": Status.AGREED}), now)
    return move_round(cursor, number, Act.AGREE, now, new_version=agreed, ended_at=to_stored(now))


def let_stand(cursor: DuckDBPyConnection, number: int, now: datetime) -> Round:
    """The group did not agree on the new version of a round: the wording that was agreed last stands.

    What was proposed stays with the round, to be read. Raises Refused where the round is not at this point.
    """
    return move_round(cursor, number, Act.LET_STAND, now, ended_at=to_stored(now))
