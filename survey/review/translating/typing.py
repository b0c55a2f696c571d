"""What somebody typed for one string, what the checks say about it, and the words that its boxes begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from survey.adjudication.drafts import Origin, Step, drafts_of
from survey.adjudication.problems import Problem, find_problems
from survey.coproduction.saying_rules import LONGEST_WORDS, as_kept
from survey.i18n import gettext
from survey.questionnaire.stages import Stage
from survey.review.translating.doing import NextStep, next_step_for
from survey.review.translating.reasons import WRONG
from survey.review.translating.strings import Sheet, String


@dataclass(frozen=True)
class Told:
    """What a check says; `details` are in English, as the source is."""

    words: str
    details: str = ""


@dataclass(frozen=True)
class Typed:
    """What stands in the form. `errors` and `warnings` by the number of the box."""

    forms: tuple[str, ...]
    note: str = ""
    origin: Origin = Origin.OWN
    errors: Mapping[int, tuple[Told, ...]] = field(default_factory=dict)
    warnings: Mapping[int, tuple[Told, ...]] = field(default_factory=dict)
    refused: Sequence[str] = ()
    """Why a rule refused it; nothing is wrong with the words."""
    note_error: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something must be changed before it can be saved."""
        return bool(self.errors or self.refused or self.note_error)


def begin_with(sheet: Sheet, string: String, by: int) -> Typed:
    """What the boxes hold before somebody has typed."""
    return Typed(_fitted(_words_to_begin_with(string, by), sheet.forms_wanted(string)))


def read_typed(sheet: Sheet, string: String, sent: Mapping[str, str]) -> Typed:
    """What was sent, with line ends as they are in files."""
    forms = tuple(as_kept(sent.get(f"words-{number}", "")) for number in range(sheet.forms_wanted(string)))
    origin = Origin.MEMORY if sent.get("origin") == Origin.MEMORY else Origin.OWN
    if forms == tuple(map(as_kept, string.forms)) and string.in_files is Stage.MACHINE:
        origin = Origin.MACHINE
    return Typed(forms, as_kept(sent.get("note", "")), origin)


def check_typed(sheet: Sheet, string: String, typed: Typed) -> Typed:
    """The same with what the checks say."""
    too_long = gettext("This text is too long. Make it shorter.")
    at_fault = [at for at, form in enumerate(typed.forms) if len(form) > LONGEST_WORDS]
    if at_fault:
        return Typed(typed.forms, typed.note, typed.origin, errors=dict.fromkeys(at_fault, (Told(too_long),)))
    errors: dict[int, tuple[Told, ...]] = {}
    warnings: dict[int, tuple[Told, ...]] = {}
    for problem in problems_of(sheet, string, typed.forms):
        side = errors if problem.stops else warnings
        side[problem.form] = (*side.get(problem.form, ()), _told(problem))
    note_error = too_long if len(typed.note) > LONGEST_WORDS else ""
    return Typed(typed.forms, typed.note, typed.origin, errors, warnings, note_error=note_error)


def problems_of(sheet: Sheet, string: String, forms: Sequence[str]) -> tuple[Problem, ...]:
    """What is wrong with a translation of a string."""
    wanted = sheet.forms_wanted(string)
    return find_problems(string.sources, forms, wanted, is_questionnaire=sheet.questionnaire is not None)


def _told(problem: Problem) -> Told:
    return Told(str(WRONG[problem.wrong]), problem.details)


def _words_to_begin_with(string: String, by: int) -> tuple[str, ...]:
    drafts = drafts_of(string.turn)
    next_step = next_step_for(string, by)
    if next_step is NextStep.REVIEW:
        return next(draft.forms for account, draft in drafts.items() if account != by)
    if next_step in (NextStep.FIRST, NextStep.SECOND):
        return string.forms
    if by in drafts and string.turn[-1].step is Step.DRAFT:
        return drafts[by].forms
    return string.newest


def _fitted(forms: Sequence[str], wanted: int) -> tuple[str, ...]:
    return (*forms, *[""] * wanted)[:wanted]
