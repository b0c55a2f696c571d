"""Everything that stands on the screen of one string, put together for its template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from survey.adjudication.drafts import Step, drafts_of
from survey.adjudication.rules import check_adjudicate, check_draft, check_pretest, check_review
from survey.coproduction.refusals import Refused
from survey.i18n import EASY_READ
from survey.questionnaire.in_words import Words
from survey.questionnaire.versions.changes import mark_words
from survey.respondent.site import current_site
from survey.review.door import Guest
from survey.review.reading.asked import Asking
from survey.review.reading.looks import READERS
from survey.review.reasons import explain
from survey.review.translating.doing import NextStep, next_step_for
from survey.review.translating.filtering import Wanted, following, preceding
from survey.review.translating.numbers import examples_by_form
from survey.review.translating.people import names_of
from survey.review.translating.places import Place
from survey.review.translating.similar import similar_strings
from survey.review.translating.strings import Sheet, String
from survey.review.translating.terms import find_terms
from survey.review.translating.typing import Typed
from survey.review.translating.words import STAGES, catalogue_title
from survey.store.translating.comments import comments_on

NEIGHBOURS = 2
"""Strings shown before and after one of a page, to see the sentence in its place."""


@dataclass(frozen=True)
class Choice:
    """A step of the work, and why this person cannot do it now; no reason where they can."""

    step: Step
    why_not: tuple[str, ...]


def describe_string(sheet: Sheet, string: String, wanted: Wanted, guest: Guest, typed: Typed) -> dict[str, Any]:
    """What the template works with."""
    by = guest.account.id
    place = sheet.places.find(string.key.context) if sheet.places is not None else None
    before, after = preceding(sheet, wanted, by, string.id), following(sheet, wanted, by, string.id)
    next_step = next_step_for(string, by)
    mine = drafts_of(string.turn).get(by)
    comments = comments_on(current_site().store, string.key)
    return {
        **describe_sheet(sheet),
        "string": string,
        "number": sheet.position[string.id] + 1,
        "wanted": wanted,
        "typed": typed,
        "examples": examples_by_form(sheet.locale) if string.plural else (),
        "changed": [mark_words(old, new) for old, new in zip(string.previous, string.sources, strict=False)],
        "place": place,
        "readers": READERS,
        "asked": _asked(sheet, place),
        "nearby": _nearby(sheet, string),
        "next_step": next_step,
        "mine": mine,
        "hides_first": next_step is NextStep.SECOND,
        "choices": choices_for(string, by),
        "can_take": bool(string.served) and mine is None and next_step in (NextStep.FIRST, NextStep.SECOND),
        "names": names_of((*(e.account for e in string.history), *(e.account for e in comments))),
        "comments": comments,
        "terms": find_terms(sheet, string),
        "similar": similar_strings(sheet, string),
        "variants": _variants(sheet, string, place),
        "frame": _frame(sheet, string, place),
        "before": before,
        "after": after,
    }


def describe_sheet(sheet: Sheet) -> dict[str, Any]:
    """What every page of a catalogue says."""
    return {
        "sheet": sheet,
        "into": sheet.language,
        "catalogue_title": catalogue_title(sheet.name, sheet.questionnaire),
        "total": len(sheet.strings),
        "stages": STAGES,
        "source": "en",
    }


def choices_for(string: String, by: int) -> tuple[Choice, ...]:
    """Every step, with the reasons against it."""
    history, source = string.history, string.key.source
    checks: Mapping[Step, Callable[[], None]] = {
        Step.DRAFT: lambda: check_draft(history, source, by),
        Step.REVIEW: lambda: check_review(history, source, by),
        Step.ADJUDICATE: lambda: check_adjudicate(history, source, by),
        Step.PRETEST: lambda: check_pretest(history, source),
    }
    return tuple(Choice(step, _why_not(check)) for step, check in checks.items())


def _why_not(check: Callable[[], None]) -> tuple[str, ...]:
    try:
        check()
    except Refused as refused:
        return tuple(explain(refused))
    return ()


def _asked(sheet: Sheet, place: Place | None) -> object:
    if sheet.questionnaire is None or sheet.places is None or place is None or place.numbered is None:
        return None
    return Asking(sheet.places.questions, Words(sheet.questionnaire)).tell(place.numbered)


def _nearby(sheet: Sheet, string: String) -> tuple[String, ...]:
    """The strings of the same file around one, itself among them."""
    if not string.files:
        return ()
    same = [each for each in sheet.strings if each.files and each.files[0] == string.files[0]]
    at = same.index(string)
    return tuple(same[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1])


def _variants(sheet: Sheet, string: String, place: Place | None) -> tuple[tuple[String, Place], ...]:
    if sheet.places is None or place is None:
        return ()
    found = ((each, sheet.places.find(each.key.context)) for each in sheet.strings if each is not string)
    return tuple((each, theirs) for each, theirs in found if theirs.family == place.family)


def _frame(sheet: Sheet, string: String, place: Place | None) -> str:
    """The address of the preview; '' where there is none."""
    has_page = place is not None and place.numbered is not None
    if not has_page or sheet.locale not in current_site().languages.locales or sheet.locale == EASY_READ:
        return ""
    return url_for("review.translating.show_frame", locale=sheet.locale, catalogue=sheet.name, key=string.id)
