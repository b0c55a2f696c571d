"""Suggested changes made to a questionnaire: one, or all that were agreed, with what overtakes what."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from survey.coproduction.conflicts import in_conflict, order_of_making
from survey.coproduction.editing import Document, edit
from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import Change
from survey.coproduction.wordings import check_text
from survey.questionnaire.check.structural import find_all
from survey.questionnaire.in_words import wording
from survey.questionnaire.load import dump_questionnaire
from survey.questionnaire.model import Questionnaire, Status
from survey.questionnaire.problems import Finding, Severity
from survey.questionnaire.schema import fit_to_format, schema_findings
from survey.questionnaire.versions.trends import compare_trends

LONGEST_VERSION = 32

_BY_RULE = {
    "item-unknown": DoesNotFit.DEPENDED_ON,
    "code-unknown": DoesNotFit.DEPENDED_ON,
    "item-later": DoesNotFit.TOO_EARLY,
    "repeat-outside": DoesNotFit.TOO_EARLY,
    "consent-first": DoesNotFit.CONSENT_FIRST,
    "consent-end": DoesNotFit.NEEDED,
    "role-single": DoesNotFit.STEERS,
    "answering-option": DoesNotFit.STEERS,
    "answering-role": DoesNotFit.STEERS,
    "duplicate-id": DoesNotFit.TAKEN,
    "duplicate-code": DoesNotFit.TAKEN,
    "reserved": DoesNotFit.TAKEN,
    "options-none": DoesNotFit.TOO_FEW_ANSWERS,
    "refused-option": DoesNotFit.PRIVATE,
    "text-brace": DoesNotFit.BRACES,
    "text-empty": NotAllowed.EMPTY,
    "text-long": NotAllowed.TOO_LONG,
}
"""What a finding of the check means for a suggestion; others are said as the check says them."""


@dataclass(frozen=True)
class Ranked:
    """An agreed suggestion: its number, the earlier the lower, and how many voted for it."""

    id: int
    change: Change
    agrees: int


@dataclass(frozen=True)
class Applied:
    """What came of agreed suggestions, by their numbers."""

    questionnaire: Questionnaire
    applied: tuple[int, ...]
    overtaken: tuple[int, ...]


def check_change(questionnaire: Questionnaire, change: Change) -> None:
    """Raise Refused where a change cannot be made to a questionnaire, or makes one that cannot be asked."""
    apply_change(questionnaire, change)


def apply_change(questionnaire: Questionnaire, change: Change) -> Questionnaire:
    """The questionnaire with a change; ids and codes stay what they are. Raises Refused."""
    changed = _make(questionnaire, [change])
    if changed == questionnaire:
        raise Refused(DoesNotFit.NOTHING_NEW)
    return changed


def apply_all(questionnaire: Questionnaire, ranked: Iterable[Ranked], taken: Collection[str] = ()) -> Applied:
    """The next draft: with everything that was agreed, save what something with more votes overtakes.

    `taken` are names of versions that there are already. With nothing to change it is the same version.
    """
    in_order = sorted(ranked, key=lambda each: (-each.agrees, each.id))
    accepted: list[Ranked] = []
    for each in in_order:
        if not any(in_conflict(each.change, other.change) for other in accepted):
            accepted.append(each)
    try:
        changed = _make_all(questionnaire, accepted)
    except Refused:
        accepted, changed = _make_what_fits(questionnaire, in_order)
    kept = {each.id for each in accepted}
    if changed != questionnaire:
        version = next_version(questionnaire.version, taken)
        changed = changed.model_copy(update={"version": version, "status": Status.DRAFT})
    return Applied(
        changed,
        tuple(sorted(kept)),
        tuple(sorted(each.id for each in in_order if each.id not in kept)),
    )


def next_version(version: str, taken: Collection[str]) -> str:
    """The name of the version after one: its last number counts up, past all that are taken."""
    stem, digits = re.fullmatch(r"(.*?)([0-9]*)", version).groups()  # type: ignore[union-attr]
    stem = stem if digits else f"{stem}."
    number = int(digits or 1)
    while True:
        number += 1
        name = f"{stem}{number:0{len(digits)}d}"
        if len(name) > LONGEST_VERSION:
            stem, digits, number = "", "", 0
        elif name != version and name not in taken:
            return name


def _make_what_fits(questionnaire: Questionnaire, in_order: Sequence[Ranked]) -> tuple[list[Ranked], Questionnaire]:
    """Taken one by one from the one with most votes: each that still fits with all before it."""
    accepted: list[Ranked] = []
    changed = questionnaire
    for each in in_order:
        if any(in_conflict(each.change, other.change) for other in accepted):
            continue
        try:
            changed = _make_all(questionnaire, [*accepted, each])
        except Refused:
            continue
        accepted.append(each)
    return accepted, changed


def _make_all(questionnaire: Questionnaire, accepted: Sequence[Ranked]) -> Questionnaire:
    """Words first, questions that go last, so that nothing is looked for that has gone."""
    changes: list[Change] = []
    for each in sorted(accepted, key=lambda each: order_of_making(each.change)):
        if each.change not in changes:
            changes.append(each.change)
    return _make(questionnaire, changes)


def _make(questionnaire: Questionnaire, changes: Sequence[Change]) -> Questionnaire:
    document: Document = json.loads(dump_questionnaire(questionnaire))
    for change in changes:
        for text in _texts(change.model_dump(mode="json")):
            check_text(text)
        edit(document, change)
    changed = _without_old_equivalences(questionnaire, _fitted(document))
    _check_sound(questionnaire, changed)
    return changed


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _fitted(document: Document) -> Questionnaire:
    try:
        return fit_to_format(document)
    except ValidationError as error:
        first = next(schema_findings(error, document))
        raise Refused(DoesNotFit.UNUSABLE, about={DoesNotFit.UNUSABLE: f"{first.message} {first.remedy}"}) from error


def _without_old_equivalences(before: Questionnaire, after: Questionnaire) -> Questionnaire:
    """That answers can be compared with those to an earlier wording was said of words that are now others."""
    broken = {trend.item.partition("__")[0] for trend in compare_trends(before, after)}
    if not broken:
        return after
    document: Document = json.loads(dump_questionnaire(after))
    for section in document["sections"]:
        for page in section["pages"]:
            for item in page["items"]:
                if item["id"] in broken:
                    item.pop("equivalent", None)
    return fit_to_format(document)


def _check_sound(before: Questionnaire, after: Questionnaire) -> None:
    """Raise Refused for every error of the check that was not there before."""
    errors = [finding for finding in find_all(after) if finding.severity is Severity.ERROR]
    if not errors:
        return
    old = {(finding.rule, finding.at) for finding in find_all(before)}
    new = [finding for finding in errors if (finding.rule, finding.at) not in old]
    reasons = list(dict.fromkeys(_BY_RULE.get(finding.rule, DoesNotFit.UNUSABLE) for finding in new))
    if reasons:
        raise Refused(*reasons, about={reason: _about(reason, new, after) for reason in reasons})


def _about(reason: object, findings: Iterable[Finding], after: Questionnaire) -> str:
    """The questions that findings of one reason are at; of what only the check has words for, those."""
    mine = [each for each in findings if _BY_RULE.get(each.rule, DoesNotFit.UNUSABLE) is reason]
    if reason is DoesNotFit.UNUSABLE:
        return f"{mine[0].message} {mine[0].remedy}"
    return "; ".join(dict.fromkeys(name for each in mine for name in _named(each, after)))


def _named(finding: Finding, after: Questionnaire) -> Iterator[str]:
    """The questions at a place: one, those of a page, or the title of a section."""
    match finding.location:
        case ("sections", int(section), "pages", int(page), "items", int(item), *_):
            yield f"“{wording(after.sections[section].pages[page].items[item].text)}”"
        case ("sections", int(section), "pages", int(page), *_):
            yield from (f"“{wording(item.text)}”" for item in after.sections[section].pages[page].items)
        case ("sections", int(section), *_):
            yield f"“{wording(after.sections[section].title)}”"
