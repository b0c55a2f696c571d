"""Who may read a draft, and who says of a question that they have read it."""

from __future__ import annotations

from survey.coproduction.people import Person
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import OPEN_STATES, Round


def check_reads(round: Round, person: Person) -> None:
    """Raise Refused unless they were asked; whoever runs rounds reads all, and alone those never opened."""
    if person.may_facilitate:
        return
    if person.seat is None or person.id not in round.asked:
        raise Refused(NotAllowed.NOT_ASKED)
    if round.opened_at is None:
        raise Refused(NotAllowed.OVER)


def can_read(round: Round, person: Person) -> bool:
    """Whether somebody may read the draft of a round."""
    return holds(lambda: check_reads(round, person))


def check_marks_read(round: Round, person: Person) -> None:
    """Raise Refused unless they were asked to read it and the group is at work on it."""
    if person.seat is None or person.id not in round.asked:
        raise Refused(NotAllowed.NOT_ASKED)
    if round.state not in OPEN_STATES:
        raise Refused(NotAllowed.OVER)


def can_mark_read(round: Round, person: Person) -> bool:
    """Whether somebody may say that they have read a question."""
    return holds(lambda: check_marks_read(round, person))
