"""What the sponsor owes the group: a signed answer to each round whose review has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey.coproduction.closing import answer_due, day_in_england, review_ended_at
from survey.coproduction.people import Office
from survey.coproduction.rounds import Round
from survey.store.connect import Store
from survey.store.group.answers import load_answer
from survey.store.group.people import holders
from survey.store.group.rounds import list_rounds


@dataclass(frozen=True)
class Owed:
    """A round that waits for the sponsor's answer."""

    round: Round
    due_on: date


def owed_answers(store: Store, account: int) -> tuple[Owed, ...]:
    """The rounds that wait for an answer of this account, the newest first; nothing for who is not the sponsor."""
    if account not in holders(store).get(Office.SPONSOR, ()):
        return ()
    found = []
    for round_ in list_rounds(store):
        ended = review_ended_at(round_)
        if ended is not None and load_answer(store, round_.id) is None:
            found.append(Owed(round_, answer_due(day_in_england(ended))))
    return tuple(found)
