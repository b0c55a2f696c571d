"""What somebody can do next with each string of a catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from survey.adjudication.drafts import DRAFTS_WANTED, Step, drafts_of
from survey.adjudication.rules import can_adjudicate, can_draft, can_review
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.questionnaire.stages import Stage
from survey.respondent.site import current_site
from survey.review.door import Guest
from survey.review.translating.strings import String
from survey.store.group.acting import Deed, note_refusal


class NextStep(StrEnum):
    """A step that waits for somebody, in the order of the work."""

    FIRST = "first"
    SECOND = "second"
    REVIEW = "review"
    DECIDE = "decide"
    PRETEST = "pretest"


def next_step_for(string: String, by: int) -> NextStep | None:
    """What this person is asked to do with a string; None where it waits for somebody else, or for nobody."""
    turn, source = string.turn, string.key.source
    if not turn:
        return None if string.stage.counts else NextStep.FIRST
    steps = {entry.step for entry in turn}
    if Step.ADJUDICATE in steps:
        return NextStep.PRETEST if string.stage is Stage.ADJUDICATED else None
    drafts = drafts_of(turn)
    if len(drafts) < DRAFTS_WANTED:
        return NextStep.SECOND if by not in drafts and can_draft(string.history, source, by) else None
    if Step.REVIEW not in steps:
        return NextStep.REVIEW if can_review(string.history, source, by) else None
    return NextStep.DECIDE if can_adjudicate(string.history, source, by) else None


def count_next_steps(strings: Iterable[String], by: int) -> Counter[NextStep]:
    """How many strings wait for this person, by what they can do."""
    return Counter(next_step for string in strings if (next_step := next_step_for(string, by)) is not None)


def check_in_person(guest: Guest, doing: Deed) -> None:
    """Raise Refused, with its audit row, for who came in with a link that somebody else was shown.

    Whoever shows links to several people could be all of those who are to look at a string.
    """
    if guest.person.way is not Way.SELF:
        note_refusal(current_site().store, doing, str(NotAllowed.NOT_IN_PERSON))
        raise Refused(NotAllowed.NOT_IN_PERSON)
