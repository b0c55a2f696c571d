"""The steps of a translation: in which order, by whom, and how far that makes a string."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from survey.adjudication.drafts import (
    Entry,
    Origin,
    Step,
    current_turn,
    decided_entry,
    decided_stage,
    stage_after,
)
from survey.adjudication.rules import (
    NotTranslated,
    can_adjudicate,
    can_draft,
    can_pretest,
    can_review,
    can_step,
    check_adjudicate,
    check_draft,
    check_pretest,
    check_review,
    check_step,
)
from survey.coproduction.refusals import NotAllowed, reasons_against
from survey.questionnaire.stages import Stage

SOURCE = "Do you like tea?"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA, BEN, CAT, DEE = 1, 2, 3, 4


def did(step: Step, account: int, words: str = "", source: str = SOURCE) -> Entry:
    return Entry(step, (words or f"words of {account}",), Origin.OWN, account, "", NOW, source)


NOTHING: tuple[Entry, ...] = ()
ONE_DRAFT = (did(Step.DRAFT, ANA),)
TWO_DRAFTS = (*ONE_DRAFT, did(Step.DRAFT, BEN))
SAME_DRAFTS = (did(Step.DRAFT, ANA, "same"), did(Step.DRAFT, BEN, "same"))
REVIEWED = (*TWO_DRAFTS, did(Step.REVIEW, CAT))
DECIDED = (*REVIEWED, did(Step.ADJUDICATE, DEE))
PRETESTED = (*DECIDED, did(Step.PRETEST, ANA, "words of 4"))
REWORDED = tuple(did(entry.step, entry.account, source="Do you like hot tea?") for entry in DECIDED)


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        (NOTHING, Stage.MISSING),
        (ONE_DRAFT, Stage.DRAFTED),
        (TWO_DRAFTS, Stage.DRAFTED),
        (REVIEWED, Stage.REVIEWED),
        (DECIDED, Stage.ADJUDICATED),
        (PRETESTED, Stage.PRETESTED),
        (REWORDED, Stage.STALE),
        ((*REWORDED, *ONE_DRAFT), Stage.DRAFTED),
        ((*DECIDED, did(Step.DRAFT, ANA)), Stage.DRAFTED),
    ],
)
def test_a_string_is_as_far_as_the_last_step_with_its_present_wording(history: tuple[Entry, ...], stage: Stage) -> None:
    assert stage_after(history, SOURCE) is stage


@pytest.mark.parametrize(
    ("history", "by", "reason"),
    [
        (NOTHING, ANA, None),
        (ONE_DRAFT, ANA, None),
        (ONE_DRAFT, BEN, None),
        (TWO_DRAFTS, BEN, None),
        (TWO_DRAFTS, CAT, NotTranslated.DRAFTED_TWICE),
        (REVIEWED, ANA, NotTranslated.REVIEWED_ALREADY),
        (DECIDED, ANA, None),
        (REWORDED, ANA, None),
    ],
)
def test_two_people_draft_until_somebody_reviews(
    history: tuple[Entry, ...], by: int, reason: NotTranslated | None
) -> None:
    expected = () if reason is None else (reason,)
    assert reasons_against(lambda: check_draft(history, SOURCE, by)) == expected
    assert can_draft(history, SOURCE, by) is (reason is None)


@pytest.mark.parametrize(
    ("history", "by", "words", "reason"),
    [
        (NOTHING, CAT, None, NotTranslated.TOO_FEW_DRAFTS),
        (ONE_DRAFT, CAT, None, NotTranslated.TOO_FEW_DRAFTS),
        ((did(Step.DRAFT, ANA), did(Step.DRAFT, ANA, "again")), CAT, None, NotTranslated.TOO_FEW_DRAFTS),
        (REWORDED, CAT, None, NotTranslated.TOO_FEW_DRAFTS),
        (TWO_DRAFTS, CAT, None, None),
        (TWO_DRAFTS, CAT, "corrected", None),
        (TWO_DRAFTS, ANA, None, None),
        (TWO_DRAFTS, ANA, "words of 2", None),
        (TWO_DRAFTS, ANA, "words of 1", NotTranslated.OWN_WORDS),
        (TWO_DRAFTS, ANA, "corrected", NotTranslated.DRAFTED_IT),
        (SAME_DRAFTS, ANA, None, NotTranslated.OWN_WORDS),
        (SAME_DRAFTS, CAT, "same", None),
        (REVIEWED, CAT, "better", None),
        (DECIDED, CAT, None, NotTranslated.DECIDED_ALREADY),
    ],
)
def test_nobody_reviews_the_words_they_wrote(
    history: tuple[Entry, ...], by: int, words: str | None, reason: NotTranslated | None
) -> None:
    forms = None if words is None else (words,)
    expected = () if reason is None else (reason,)
    assert reasons_against(lambda: check_review(history, SOURCE, by, forms)) == expected
    assert can_review(history, SOURCE, by, forms) is (reason is None)


@pytest.mark.parametrize(
    ("history", "by", "reason"),
    [
        (TWO_DRAFTS, DEE, NotTranslated.NOT_REVIEWED),
        (REVIEWED, ANA, NotTranslated.TOOK_PART),
        (REVIEWED, BEN, NotTranslated.TOOK_PART),
        (REVIEWED, CAT, NotTranslated.TOOK_PART),
        (REVIEWED, DEE, None),
        (DECIDED, DEE, NotTranslated.DECIDED_ALREADY),
        ((*DECIDED, did(Step.DRAFT, ANA)), DEE, NotTranslated.NOT_REVIEWED),
    ],
)
def test_who_decides_took_no_part_before(history: tuple[Entry, ...], by: int, reason: NotTranslated | None) -> None:
    expected = () if reason is None else (reason,)
    assert reasons_against(lambda: check_adjudicate(history, SOURCE, by)) == expected
    assert can_adjudicate(history, SOURCE, by) is (reason is None)


@pytest.mark.parametrize(
    ("history", "words", "note", "reason"),
    [
        (REVIEWED, None, None, NotTranslated.NOT_DECIDED),
        (DECIDED, None, None, None),
        (DECIDED, "words of 4", "Three people understood it.", None),
        (DECIDED, "other words", "Fine.", NotTranslated.OTHER_WORDS),
        (DECIDED, "words of 4", " ", NotTranslated.NO_FINDING),
        (PRETESTED, "words of 4", "Two more.", None),
    ],
)
def test_a_pretest_is_of_the_words_that_were_decided_and_says_what_it_found(
    history: tuple[Entry, ...], words: str | None, note: str | None, reason: NotTranslated | None
) -> None:
    forms = None if words is None else (words,)
    expected = () if reason is None else (reason,)
    assert reasons_against(lambda: check_pretest(history, SOURCE, forms, note)) == expected
    assert can_pretest(history, SOURCE, forms, note) is (reason is None)


@pytest.mark.parametrize(
    ("history", "step", "by", "words", "reason"),
    [
        (NOTHING, Step.DRAFT, ANA, " ", NotAllowed.EMPTY),
        (TWO_DRAFTS, Step.DRAFT, CAT, "words", NotTranslated.DRAFTED_TWICE),
        (ONE_DRAFT, Step.REVIEW, CAT, "words", NotTranslated.TOO_FEW_DRAFTS),
        (TWO_DRAFTS, Step.ADJUDICATE, DEE, "words", NotTranslated.NOT_REVIEWED),
        (REVIEWED, Step.PRETEST, DEE, "words", NotTranslated.NOT_DECIDED),
        (REVIEWED, Step.ADJUDICATE, DEE, "corrected", None),
    ],
)
def test_each_step_has_its_own_rule(
    history: tuple[Entry, ...], step: Step, by: int, words: str, reason: NotTranslated | None
) -> None:
    expected = () if reason is None else (reason,)
    assert reasons_against(lambda: check_step(history, SOURCE, step, by, (words,), "said")) == expected
    assert can_step(history, SOURCE, step, by, (words,), "said") is (reason is None)


def test_what_was_decided_is_served_until_something_else_is() -> None:
    drafted_anew = (*PRETESTED, did(Step.DRAFT, ANA, "new"))
    entry = decided_entry(drafted_anew, SOURCE)
    assert entry is not None
    assert entry.forms == ("words of 4",)
    assert decided_stage(drafted_anew, SOURCE) is Stage.PRETESTED
    assert decided_stage(DECIDED, SOURCE) is Stage.ADJUDICATED
    assert [found.step for found in current_turn(drafted_anew, SOURCE)] == [Step.DRAFT]
    assert decided_entry(REWORDED, SOURCE) is None
    assert decided_stage(REVIEWED, SOURCE) is None
