"""Who may do which step with a string: never twice the same person where two are to look.

Two people draft. Somebody who did not write the words chosen reviews, and may correct them; somebody who wrote one of
the drafts can only take the other as it stands. A person who did none of that decides. Then there may be pretests.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from survey.adjudication.drafts import DRAFTS_WANTED, Entry, Step, current_turn, drafts_of
from survey.coproduction.refusals import NotAllowed, Refused, holds

Forms = tuple[str, ...]


class NotTranslated(StrEnum):
    """Why a step is not done."""

    DRAFTED_TWICE = "two people have drafted it already"
    REVIEWED_ALREADY = "it was reviewed already"
    TOO_FEW_DRAFTS = "two people have not drafted it yet"
    OWN_WORDS = "these are the words of the person who reviews"
    DRAFTED_IT = "who wrote a draft takes the other one as it stands"
    NOT_REVIEWED = "it was not reviewed yet"
    DECIDED_ALREADY = "it was adjudicated already"
    TOOK_PART = "who drafted or reviewed it does not adjudicate"
    NOT_DECIDED = "it was not adjudicated yet"
    OTHER_WORDS = "a pretest is about the words that were adjudicated"
    NO_FINDING = "it is not said what the pretest found"


def check_draft(history: Sequence[Entry], source: str, by: int) -> None:
    """Whether somebody may draft, or draft again; what was decided can be drafted anew. Raises Refused."""
    turn = current_turn(history, source)
    if _has(turn, Step.ADJUDICATE):
        return
    if _has(turn, Step.REVIEW):
        raise Refused(NotTranslated.REVIEWED_ALREADY)
    drafts = drafts_of(turn)
    if by not in drafts and len(drafts) >= DRAFTS_WANTED:
        raise Refused(NotTranslated.DRAFTED_TWICE)


def can_draft(history: Sequence[Entry], source: str, by: int) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_draft(history, source, by))


def check_review(history: Sequence[Entry], source: str, by: int, forms: Forms | None = None) -> None:
    """Whether somebody may review; `forms` are the words they choose, None where that is not known yet.

    Raises Refused.
    """
    turn = current_turn(history, source)
    if _has(turn, Step.ADJUDICATE):
        raise Refused(NotTranslated.DECIDED_ALREADY)
    drafts = drafts_of(turn)
    if len(drafts) < DRAFTS_WANTED:
        raise Refused(NotTranslated.TOO_FEW_DRAFTS)
    if by not in drafts:
        return
    of_others = {draft.forms for account, draft in drafts.items() if account != by} - {drafts[by].forms}
    if not of_others or forms == drafts[by].forms:
        raise Refused(NotTranslated.OWN_WORDS)
    if forms is not None and forms not in of_others:
        raise Refused(NotTranslated.DRAFTED_IT)


def can_review(history: Sequence[Entry], source: str, by: int, forms: Forms | None = None) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_review(history, source, by, forms))


def check_adjudicate(history: Sequence[Entry], source: str, by: int) -> None:
    """Whether somebody may decide. Raises Refused."""
    turn = current_turn(history, source)
    if _has(turn, Step.ADJUDICATE):
        raise Refused(NotTranslated.DECIDED_ALREADY)
    if not _has(turn, Step.REVIEW):
        raise Refused(NotTranslated.NOT_REVIEWED)
    if any(entry.account == by for entry in turn):
        raise Refused(NotTranslated.TOOK_PART)


def can_adjudicate(history: Sequence[Entry], source: str, by: int) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_adjudicate(history, source, by))


def check_pretest(history: Sequence[Entry], source: str, forms: Forms | None = None, note: str | None = None) -> None:
    """Whether a pretest can be put down; None for what is not known yet. Anyone may have asked. Raises Refused."""
    decisions = [entry for entry in current_turn(history, source) if entry.step is Step.ADJUDICATE]
    if not decisions:
        raise Refused(NotTranslated.NOT_DECIDED)
    if forms is not None and forms != decisions[-1].forms:
        raise Refused(NotTranslated.OTHER_WORDS)
    if note is not None and not note.strip():
        raise Refused(NotTranslated.NO_FINDING)


def can_pretest(history: Sequence[Entry], source: str, forms: Forms | None = None, note: str | None = None) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_pretest(history, source, forms, note))


def check_step(history: Sequence[Entry], source: str, step: Step, by: int, forms: Forms, note: str) -> None:
    """Whether somebody may do this step now with these words. Raises Refused."""
    if not any(form.strip() for form in forms):
        raise Refused(NotAllowed.EMPTY)
    match step:
        case Step.DRAFT:
            check_draft(history, source, by)
        case Step.REVIEW:
            check_review(history, source, by, forms)
        case Step.ADJUDICATE:
            check_adjudicate(history, source, by)
        case Step.PRETEST:
            check_pretest(history, source, forms, note)


def can_step(history: Sequence[Entry], source: str, step: Step, by: int, forms: Forms, note: str) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_step(history, source, step, by, forms, note))


def _has(turn: Sequence[Entry], step: Step) -> bool:
    return any(entry.step is step for entry in turn)
