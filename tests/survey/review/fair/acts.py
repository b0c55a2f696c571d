"""What tests of burden and equality do to a group: end a review, give a pulse, look at what was refused."""

from __future__ import annotations

from survey.coproduction.rounds import Act, Round
from survey.store.audit import AuditRow, list_audit
from survey.store.clock import to_stored
from survey.store.group.acting import carry_out_in_round
from survey.store.group.rounds import move_round
from tests.survey.review.group import Group

AGREES = dict.fromkeys(("ownership", "openness", "sharing_power", "plain_english", "respect", "equality"), "4")
MEETING = {"kind": "meeting", "round": "", "day-day": "5", "day-month": "10", "day-year": "2026", "minutes": "60"}


def end_review(group: Group, opened: Round | None = None) -> Round:
    """A round whose review is over, without asking the rules of ending it."""
    round_ = opened or group.open_round()
    return carry_out_in_round(
        group.store,
        group.deed("fay", "close the review", f"round {round_.id}"),
        round_.id,
        lambda cursor: move_round(cursor, round_.id, Act.PROPOSE, group.clock(), closed_at=to_stored(group.clock())),
    )


def refused(group: Group) -> list[AuditRow]:
    """The audit rows of what was refused."""
    return [row for row in list_audit(group.store) if row.action.startswith("refused")]


def put_down(group: Group, name: str = "lee", **fields: str) -> int:
    """An hour in a meeting that somebody puts down; the number of the entry."""
    answer = group.post(name, "/review/me/time", **{**MEETING, **fields})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    ((number,),) = group.store.rows("select max(entry) from ledger")
    return int(number)
