"""Warnings that the group has looked at and decided to leave: each set apart with the reason that was given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from survey.questionnaire.model import Accepted, Questionnaire
from survey.questionnaire.problems import Finding, Severity, instead_of, shown

FEWEST_WORDS = 4
"""Fewer are no reason: "later", "not needed", "see above"."""

ACCEPTED_NAMES = ("accepted-reason", "accepted-error", "accepted-unused")

_PLACEHOLDER = re.compile(r"\b(?:to ?do|tbc|tbd|fixme|xxx|lorem|reason goes here)\b", re.IGNORECASE)


class AcceptedFinding(NamedTuple):
    """A warning that stays, and why."""

    finding: Finding
    reason: str


def find_bad_reasons(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Entries of `accepted` without a reason that someone else could follow."""
    for position, entry in enumerate(questionnaire.accepted):
        if not _is_reason(entry.reason):
            message = f"{shown(entry.reason)} gives no reason why the finding stays."
            remedy = "Say in a sentence why it is right as it is, or when it will be mended."
            yield Finding(("accepted", position, "reason"), "accepted-reason", message, remedy)


def set_apart(
    questionnaire: Questionnaire, findings: Iterable[Finding], *, looked_for: Collection[str], known: Collection[str]
) -> tuple[list[Finding], list[AcceptedFinding]]:
    """What remains of the findings (each with its `at`), and what is accepted; only warnings can be.

    `known` names every rule there is, `looked_for` those that ran: an entry that matches nothing where something was
    looked for, or that names no rule, is a finding itself. An entry for an error is an error.
    """
    remaining: list[Finding] = []
    accepted: list[AcceptedFinding] = []
    used: set[int] = set()
    errors: set[int] = set()
    for finding in findings:
        matching = [number for number, entry in enumerate(questionnaire.accepted) if _matches(entry, finding)]
        if finding.severity is Severity.ERROR:
            errors.update(matching)
            remaining.append(finding)
            continue
        used.update(matching)
        reasons = [questionnaire.accepted[number].reason for number in matching]
        if good := next(filter(_is_reason, reasons), None):
            accepted.append(AcceptedFinding(finding, good))
        else:
            remaining.append(finding)
    for number, entry in enumerate(questionnaire.accepted):
        if number in errors - used:
            remaining.append(_for_an_error(number, entry))
        elif number not in used and entry.rule not in known:
            remaining.append(_for_no_rule(number, entry, known))
        elif number not in used and entry.rule in looked_for:
            remaining.append(_for_nothing(number, entry))
    return remaining, accepted


def _for_an_error(number: int, entry: Accepted) -> Finding:
    message = f"{_named(entry)} is an error, and only warnings can be accepted."
    return Finding(("accepted", number), "accepted-error", message, "Mend it, and take the entry out.")


def _for_no_rule(number: int, entry: Accepted, known: Collection[str]) -> Finding:
    message = f"There is no rule {shown(entry.rule)}."
    remedy = instead_of(entry.rule, sorted(known), "Name the rule as the check does.")
    return Finding(("accepted", number, "rule"), "accepted-unused", message, remedy, Severity.WARNING)


def _for_nothing(number: int, entry: Accepted) -> Finding:
    message = f"{_named(entry)} is accepted, and nothing of the kind is found."
    remedy = "Take the entry out, or correct its `at`."
    return Finding(("accepted", number), "accepted-unused", message, remedy, Severity.WARNING)


def _named(entry: Accepted) -> str:
    return f"{shown(entry.rule)} at {shown(entry.at)}" if entry.at else shown(entry.rule)


def _matches(entry: Accepted, finding: Finding) -> bool:
    if entry.rule != finding.rule:
        return False
    return entry.at is None or f"{finding.at}.".startswith(f"{entry.at}.")


def _is_reason(reason: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", reason)) >= FEWEST_WORDS and not _PLACEHOLDER.search(reason)
