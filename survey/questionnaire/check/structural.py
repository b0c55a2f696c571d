"""The checks of a questionnaire that no schema can make: one table of rules over the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from survey.questionnaire.check.bounds import BOUND_RULES
from survey.questionnaire.check.conditions import CONDITION_RULES
from survey.questionnaire.check.cycles import CYCLE_RULES
from survey.questionnaire.check.formats import FORMAT_RULES
from survey.questionnaire.check.items import ITEM_RULES
from survey.questionnaire.check.pipes import PIPE_RULES
from survey.questionnaire.check.places import placed
from survey.questionnaire.check.repeats import REPEAT_RULES
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.check.size import SIZE_RULES
from survey.questionnaire.check.soft import SOFT_RULES
from survey.questionnaire.check.text import TEXT_RULES
from survey.questionnaire.check.versions import VERSION_RULES
from survey.questionnaire.model import EndKind, Questionnaire, StatementItem
from survey.questionnaire.problems import Finding, Location, Problem, Severity, report, shown
from survey.questionnaire.proof.findings import find_proof_problems
from survey.questionnaire.walk import items_of, pages_of

RESERVED_PAGES = frozenset({"check", "done", "goodbye", "handover", "leave", "media", "preview", "return-code"})
"""Addresses that stand round the questions and what is kept beside them, so that no page can have the name."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def check_questionnaire(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Every problem of a questionnaire that fits the format, in the order of the file."""
    return report(find_all(questionnaire))


def find_all(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What the rules find and, where they find no error, what can be proved about the ways through."""
    sound = True
    for finding in find_problems(questionnaire):
        sound = sound and finding.severity is not Severity.ERROR
        yield finding
    if sound:
        yield from placed(find_proof_problems(questionnaire), questionnaire)


def find_problems(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What the rules find, rule by rule."""
    for rule in RULES:
        yield from placed(rule.find(questionnaire), questionnaire)


def _check_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    sections = ((("sections", number, "id"), section.id) for number, section in enumerate(questionnaire.sections))
    pages = (((*location, "id"), page.id) for location, _, page in pages_of(questionnaire))
    items = (((*location, "id"), item.id) for location, _, item in items_of(questionnaire))
    for kind, ids in (("section", sections), ("page", pages), ("item", items)):
        yield from _repeated(kind, ids)
    for location, _, page in pages_of(questionnaire):
        if page.id in RESERVED_PAGES:
            message = f"{shown(page.id)} cannot be the id of a page: the address is taken."
            yield Finding((*location, "id"), "reserved", message, "Choose another id.")


def _repeated(kind: str, ids: Iterable[tuple[Location, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for location, name in ids:
        if name in seen:
            message = f"There is another {kind} {shown(name)} before this one."
            yield Finding(location, "duplicate-id", message, "Give one of them another id.")
        seen.add(name)


def _check_head(questionnaire: Questionnaire) -> Iterator[Finding]:
    if questionnaire.core_minutes is not None and questionnaire.core_minutes > questionnaire.minutes:
        message = "The main questions cannot take longer than the whole survey."
        yield Finding(("core_minutes",), "minutes", message, "Make it at most `minutes`.")
    if not _LANGUAGE.fullmatch(questionnaire.language):
        message = f"{shown(questionnaire.language)} is not a language tag."
        yield Finding(("language",), "language", message, "Write a language and a region, as in `en-GB`.")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", questionnaire.contact.email):
        message = f"{shown(questionnaire.contact.email)} is not an e-mail address."
        yield Finding(("contact", "email"), "email", message, "Write the address people can write to.")


def _check_ends(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, page in pages_of(questionnaire):
        if page.end is None:
            continue
        if page.end.kind is EndKind.REFUSED and page.end.when is None:
            message = "An end of kind `refused` needs to know when."
            remedy = 'Add `when`, for example {"item": "taking_part", "is": "no"}.'
            yield Finding((*location, "end"), "end-when", message, remedy)
        if page.end.kind is EndKind.OFFER and page.end.when is not None:
            message = "An end of kind `offer` has no `when`: the offer is made whenever the page is shown."
            remedy = "Put the condition into the page's `show_if`."
            yield Finding((*location, "end", "when"), "end-when", message, remedy)


def _check_consent(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Nothing is stored before the agreement, so it is asked first, of everyone, and a no ends the journey."""
    answerable = ((place, number) for place, number, item in items_of(questionnaire) if item.type != "statement")
    first_page = next((number for _, number in answerable), None)
    pages = {number: page for _, number, page in pages_of(questionnaire)}
    for location, number, item in items_of(questionnaire):
        if item.role != "consent" or isinstance(item, StatementItem):
            continue
        page, section = pages[number], questionnaire.sections[int(location[1])]
        if number != first_page or page.show_if is not None or section.show_if is not None:
            message = "The agreement to take part is not the first thing everyone is asked."
            yield Finding(location, "consent-first", message, "Put its page first and take out its conditions.")
        if page.end is None or page.end.kind is not EndKind.REFUSED:
            message = "A no to taking part does not end the journey."
            yield Finding(location[:-2], "consent-end", message, "Give the page an `end` of kind `refused`.")


RULES: tuple[Rule, ...] = (
    Rule(_check_ids, ("duplicate-id", "reserved")),
    Rule(_check_head, ("minutes", "language", "email")),
    Rule(_check_ends, ("end-when",)),
    Rule(_check_consent, ("consent-first", "consent-end")),
    *SIZE_RULES,
    *ITEM_RULES,
    *BOUND_RULES,
    *CONDITION_RULES,
    *SOFT_RULES,
    *REPEAT_RULES,
    *CYCLE_RULES,
    *PIPE_RULES,
    *FORMAT_RULES,
    *VERSION_RULES,
    *TEXT_RULES,
)

RULE_NAMES = frozenset(name for rule in RULES for name in rule.names)
"""Everything that the rules can report; `phb check` can report more, which needs more than the one file."""
